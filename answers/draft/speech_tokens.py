"""The words of a stretch of an article, each with its place; what is quoted is one token, so that rules see past it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from answers.draft.values import Span

_ABBREVIATED = (
    "Mr|Mrs|Ms|Mx|Dr|Gen|Lt|Col|Sen|Sens|Rep|Reps|Gov|Sgt|Maj|Adm|Capt|St|Jr|Sr|Prof|Rev|Hon|Pres|Sec|Brig|Cmdr|Cmd|Cpl|Pvt"
    "|Supt|Insp|Det|Amb|Atty|Fr|Msgr|Vice|Asst|Dep|Del|Ald|Lieut|Pte|Ens|Spc|No|Dist|Min"
)
_TOKEN = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}(?:['’]s)?|\b(?:{_ABBREVIATED})\.(?:-(?:{_ABBREVIATED})\.)?(?:-[^\W\d_]+)?|\b[A-Z]\.(?=\s+[A-Z])"
    r"|\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]ho|[Ww]e|I|[Yy]ou|[Tt]here)(?=['’](?:s|ve|d|re|ll|m)\b)|['’](?:s|ve|d|re|ll|m)\b"
    r"|[@#]?[^\W\d_]+(?:[-'’&.][^\W_]+)*(?:(?<=s)['’](?!\w))?|[$£€]?\d+(?:[,.:/]\d+)*(?:%|(?:-[^\W\d_]+)+|(?:st|nd|rd|th)\b)?|\S"
)


class Sort(Enum):
    WORD = auto()
    NUMBER = auto()
    QUOTE = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, mark or whole quotation; `low` is the word in small letters with straight apostrophes."""

    start: int
    stop: int
    text: str
    low: str
    sort: Sort

    @property
    def capital(self) -> bool:
        return self.sort is Sort.WORD and self.text[0].isupper()

    @property
    def word(self) -> bool:
        return self.sort is Sort.WORD

    @property
    def quote(self) -> bool:
        return self.sort is Sort.QUOTE


def tokens(text: str, start: int, stop: int, quotes: Sequence[Span] = ()) -> list[Token]:
    """The tokens of `text[start:stop]`; `quotes` are those that reach into it, in order, each cut to it."""
    found: list[Token] = []
    at = start
    for quote in quotes:
        found += _plain(text, at, max(at, quote.start))
        found.append(Token(max(at, quote.start), min(stop, quote.stop), "“”", "“”", Sort.QUOTE))
        at = min(stop, quote.stop)
    found += _plain(text, at, stop)
    return found


def _plain(text: str, start: int, stop: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, start, stop):
        word = found.group()
        yield Token(found.start(), found.end(), word, *_read(word))


@lru_cache(16_384)
def _read(word: str) -> tuple[str, Sort]:
    return _low(word), _sort(word)


def _low(word: str) -> str:
    """In small letters; a name that would then be a pronoun keeps the look of an abbreviation."""
    return {"US": "u.s.", "WHO": "w.h.o.", "IT": "i.t."}.get(word) or word.lower().replace("’", "'")


def _sort(word: str) -> Sort:
    if word[0].isalpha() or (word[0] in "@#" and len(word) > 1):
        return Sort.WORD
    return Sort.NUMBER if any(map(str.isdigit, word)) else Sort.MARK


def low(words: Sequence[Token], at: int) -> str:
    """A word in small letters, or nothing where there is none."""
    return words[at].low if 0 <= at < len(words) else ""


def joined(words: Sequence[Token]) -> str:
    """The words as they stand, with one blank where there was any."""
    parts = [(" " if at and words[at - 1].stop < word.start else "") + word.text for at, word in enumerate(words)]
    return "".join(parts)


def unowned(name: str) -> str:
    """Without the mark of the genitive: "Kirby's" is Kirby."""
    for end in ("'s", "’s", "'", "’"):
        if name.endswith(end):
            return name.removesuffix(end)
    return name
