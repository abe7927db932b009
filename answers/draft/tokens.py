"""A sentence as words, numbers and marks with their places, for those who read its figures. It knows no number's value."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:US|AU|CA|NZ|HK|[ACSR])?\$|[€£¥₹₽₴₺₪₩%]"
    r"|\d{1,3}(?:[,\u00a0\u202f ]\d{3}){1,5}(?!\d|,\d)(?:\.\d+)?"  # five groups at most: no number is longer
    r"|\d+(?:\.\d+)?"
    r"|(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark; `form` is in small letters. Offsets count code points."""

    surface: str
    form: str
    start: int
    stop: int

    @property
    def digits(self) -> bool:
        return self.surface[0].isdecimal()

    @property
    def word(self) -> bool:
        return self.surface[0].isalpha()

    @property
    def capital(self) -> bool:
        return self.surface[0].isupper()


def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and marks of a text, in order; white space is dropped."""
    return tuple([Token(word := match[0], word.lower(), match.start(), match.end()) for match in _TOKEN.finditer(text)])


def touching(text: Sequence[Token], at: int) -> bool:
    """Whether the token `at` stands right behind the one before it, as in "F-16"."""
    return 0 < at < len(text) and text[at - 1].stop == text[at].start


def form(text: Sequence[Token], at: int) -> str:
    """The token in small letters; empty before the first and after the last."""
    return text[at].form if 0 <= at < len(text) else ""
