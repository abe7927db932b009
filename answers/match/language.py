"""The language of a question. First form: by script only, since only English is matched so far."""

import unicodedata


def language_of(text: str) -> str:
    """`en` when most letters are Latin, else `und` (undetermined, ISO 639-2)."""
    letters = [character for character in text[:1000] if character.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return "en" if latin * 2 >= len(letters) else "und"
