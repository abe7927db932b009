"""The language of a question: by its script, then by its small words, then by a statistical identifier.

English is what undecided Latin text is taken for: questions are short and full of names and slips. This module
knows no names, so that a question is read the same whatever the base holds.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from answers.match.identifier import identifier
from answers.text.normalise import words

UNDETERMINED = "und"
"""ISO 639-2 for a text in no language that can be told."""

ENGLISH = "en"
_LONGEST = 300
_SURE = 0.95
"""How sure the identifier must be to call words foreign of which none is a small word of its language."""

_LATIN = ("en", "pl", "ro", "de", "fr", "es", "it", "pt", "cs", "sk", "hu", "lt", "lv", "et", "nl", "tr", "sv")
_CYRILLIC = ("uk", "ru")
_SCRIPTS: Mapping[str, str] = {
    "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "HANGUL": "ko",
    "THAI": "th", "DEVANAGARI": "hi", "ARMENIAN": "hy", "GEORGIAN": "ka",
}  # fmt: skip
"""The first word of a letter's Unicode name to the language that the script tells."""
_LETTERS: Mapping[str, frozenset[str]] = {"uk": frozenset("іїєґ"), "ru": frozenset("ыэъё")}
_MARKS: Mapping[str, frozenset[str]] = {
    "pl": frozenset("łżźńśąę"), "ro": frozenset("țșăţş"), "de": frozenset("ßü"), "es": frozenset("ñ¿¡"),
}  # fmt: skip
"""Letters and marks that one language has, in words without a capital: a name keeps its letters in any language."""

# Words that are small in one of the languages; a word that several of them have tells nothing.
_SMALL_WORDS: Mapping[str, str] = {
    "en": """the of and to is are were what who when where why which how whose whom did does do will would can
        could should has have had be been being this that these those there their they them it its with for from by
        about into not isn't aren't don't doesn't didn't won't i'm what's his her our your you we he she if
        many much any than then now say said going get tell me my but or at""",
    "de": """der das und ist sind wird werden wurde wurden nicht wer wann wo warum wieso weshalb welche welcher
        welches welchen wie wieviele viele haben hatte ein eine einen einem einer zu zum zur von vom mit nach auf für
        über im den dem sich sie ich wir gibt sagt sagte kann können soll schickt ob noch danke hallo
        hat kommen wen wem worauf wofür bei aus des steht""",
    "fr": """le les du des et est sont quel quelle quels quelles qui quand où pourquoi combien comment que quoi dans
        pour sur avec une ne pas ont sera seront était au aux ce cette ces il ils elle elles je nous vous leur dit
        merci bonjour oui peut la se en""",
    "es": """el los las y es son que quien quienes cuándo dónde cuál cuáles cuánto cuántos cuántas por para con una
        unos esta están fue fueron será hay del al cómo se su sus dijo dice gracias hola si hacia desde la en""",
    "pl": """jest są czy kto kiedy gdzie dlaczego ile ilu do jak jaki jaka jakie który która które którzy w z ze na się
        nie od oraz przez będzie będą był była został powiedział mówi co czym dzień dobry dziękuję żołnierzy""",
    "ro": """este sunt cine când unde câți câte cât cum care ce din și la cu pe pentru nu va vor fost să se ai ale
        lui spus către despre bună mulțumesc""",
    "uk": """що хто коли де чому скільки який яка які чим ким на у кого кому чи та до з із в від у про це як є не буде
        будуть сказав навіщо куди дякую привіт""",
    "ru": """что кто когда где почему сколько какой какая какие каком какую каких чем кем в на до у кого кому ли и с из
        от про это как не будет будут сказал зачем куда спасибо привет""",
    "": "il lo gli della nel sono chi perche quanti quante dove os uma nao onde quando quem het een van ik zijn en wat wie",
}


@cache
def _owners() -> Mapping[str, str]:
    """A small word to the one language that it tells."""
    forms = {language: set(_folded(listed)) for language, listed in _SMALL_WORDS.items()}
    counted = Counter(form for listed in forms.values() for form in listed)
    return {form: language for language, listed in forms.items() for form in listed if counted[form] == 1}


def _folded(text: str) -> list[str]:
    return [word.form for word in words(text)]


def language_of(text: str) -> str:
    """The ISO 639-1 code of a question's language; `UNDETERMINED` when it has no letters of a script that tells."""
    text = text[:_LONGEST]
    letters = "".join(filter(str.isalpha, text))
    if not letters:
        return UNDETERMINED
    # A name is looked up for every letter: of plain ones, which most texts consist of, it needs not be.
    script = "LATIN" if letters.isascii() else _leading(Counter(map(_script, letters)))
    if script == "LATIN":
        return _latin(text)
    return _cyrillic(text) if script == "CYRILLIC" else _SCRIPTS.get(script, UNDETERMINED)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "NONE").split(" ")[0]


def _leading(scripts: Counter[str]) -> str:
    """The script that tells: names in Latin letters stand in texts of every script, hardly ever the other way round."""
    if scripts["HIRAGANA"] + scripts["KATAKANA"]:
        return "HIRAGANA"  # Japanese mixes scripts: any kana tells it from Chinese
    other = max(scripts, key=lambda one: (one != "LATIN", scripts[one]))
    return other if 4 * scripts[other] >= scripts.total() else "LATIN"


def _latin(text: str) -> str:
    forms = _folded(text)
    hits = _hits(forms, _LATIN)
    if not text.isascii():
        small = {character for word in text.split() if not word[0].isupper() for character in word}
        hits.update(language for language, marks in _MARKS.items() if small & marks)
    ours = hits.pop(ENGLISH, 0)
    most = max(hits.values(), default=0)
    if most > ours:
        return _first([language for language in _LATIN if hits[language] == most], text)
    if ours or len(forms) < 2:
        return ENGLISH
    guess, sure = _guess(text, _LATIN)
    return guess if sure >= _SURE else ENGLISH


def _first(leading: Sequence[str], text: str) -> str:
    """The one language that leads; of several the identifier's, if that is one of them."""
    if len(leading) > 1 and (guess := _guess(text, _LATIN)[0]) in leading:
        return guess
    return leading[0]


def _cyrillic(text: str) -> str:
    letters = Counter(text.casefold())
    told = {language: sum(letters[letter] for letter in marks) for language, marks in _LETTERS.items()}
    if told["uk"] != told["ru"]:
        return max(told, key=lambda one: told[one])
    hits = _hits(_folded(text), _CYRILLIC)
    if hits["uk"] != hits["ru"]:
        return max(hits, key=lambda one: hits[one])
    return _guess(text, _CYRILLIC)[0]


def _hits(forms: Sequence[str], languages: Sequence[str]) -> Counter[str]:
    """How many different small words of each language there are."""
    owners = _owners()
    return Counter(owner for form in {*forms} if (owner := owners.get(form, "")) in languages)


def _guess(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
    """What the identifier takes a text for, and how sure it is: asked last, for it takes some tenths of a second to load."""
    language, sure = identifier(languages, (*_LATIN, *_CYRILLIC)).classify(text)
    return str(language), float(sure)
