"""Characters that deceive: unseen ones, and letters of one script that stand in a word of another and look like its own.

A word of an editor's is Latin, or Cyrillic, or Greek; "Kіrby" with a Cyrillic і is neither a slip nor a name. Rule: genuine text of
any language passes. The letters are those of Unicode's confusables (UTS #39) that news type shows alike.
"""

import re
import unicodedata
from functools import cache

BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows. Hebrew and Arabic need none of them, nor do they need the next."""

HIDDEN = BIDI | frozenset("\ufeff\u200b\u2060\u2061\u2062\u2063\u2064\u180e\u115f\u1160\u3164\uffa0\ufff9\ufffa\ufffb")
"""Characters that nobody sees; control characters and tags beside them."""

_LIKE = {
    "Cyrillic": dict(zip("асеорхуіјѕһԁԛԝӏАВЕКМНОРСТХУІЈЅ", "aceopxyijshdqwlABEKMHOPCTXYIJS", strict=True)),
    "Greek": dict(zip("οναιρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovaipuABEZHIKMNOPTYX", strict=True)),
}
_PLAIN = {letter: like for letters in _LIKE.values() for letter, like in letters.items()}
LOOK_ALIKES = frozenset(_PLAIN)
"""Letters that look like Latin ones and are none."""

_SCRIPT = {letter: script for script, letters in _LIKE.items() for letter in letters}
_WORD = re.compile(r"[^\W\d_]+")


def unseen(character: str) -> bool:
    """Whether a character changes what is seen and says nothing: a control, a direction, a width of nothing, a tag."""
    if character in "\n\r\t":
        return False
    hidden = character in HIDDEN or "\U000e0000" <= character <= "\U000e007f"
    return hidden or unicodedata.category(character) == "Cc"


def mixed(text: str) -> str:
    """The first word in which Latin letters and letters that look like Latin ones stand together; empty when none is."""
    if text.isascii():
        return ""
    return next((word for word in _WORD.findall(text) if _mixed(word)), "")


def _mixed(word: str) -> bool:
    return not word.isascii() and any(letter in _PLAIN for letter in word) and any(map(_latin, word))


@cache
def _latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


def script_of(word: str) -> str:
    """Which script's letters a mixed word borrows: "Cyrillic" or "Greek"."""
    return next(_SCRIPT[letter] for letter in word if letter in _SCRIPT)


def mostly_latin(text: str) -> bool:
    """Whether most letters of a text are Latin: there a borrowed letter is no slip of a Cyrillic keyboard."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(map(_latin, letters)) >= len(letters)


def seen_as(text: str) -> str:
    """What a text looks like when every letter that looks like a Latin one is taken for it."""
    return "".join(_PLAIN.get(character, character) for character in text)


def borrowed_host(host: str) -> str:
    """The first label of a host name that is made to look like another one; empty when none is.

    A label in one script is its own, unless all of it could be read as Latin letters.
    """
    return next((label for label in map(_decoded, host.split(".")) if _borrowed(label)), "")


def _decoded(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label


def _borrowed(label: str) -> bool:
    return not label.isascii() and (bool(mixed(label)) or seen_as(label).isascii())
