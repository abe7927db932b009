"""Foreign text to text that may be saved: without the characters that change what is seen and not what is said.

An article file that held them would be refused (`answers.fields`). Nothing else of a text is changed.
"""

from answers.fields import LONGEST_TEXT, deceives


def safe(text: str) -> tuple[str, int]:
    """The text with one kind of line break, a last one, and without unseen characters; and how many of those it had."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join([character for character in plain if not unsavable(character)])
    return (kept if kept.endswith("\n") else kept + "\n"), len(plain) - len(kept)


def unsavable(character: str) -> bool:
    """Control characters, bidi overrides, byte order marks, and halves of characters, which UTF-8 cannot hold."""
    return deceives(character) or "\ud800" <= character <= "\udfff"


def line(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text on one line, its blanks single; empty when it is longer than a field may be: cut, it would be another."""
    if len(text) > 8 * longest:
        return ""
    # Blanks first: a tab between two words parts them, a dropped one would join them.
    one = "".join(character for character in " ".join(text.split()) if not unsavable(character))
    return one if len(one) <= longest else ""
