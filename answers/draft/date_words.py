"""A sentence as words that matter for dates, each with a letter for its kind, so that forms can be patterns of letters.

It knows which words there are, not what they mean together (`answers.draft.date_forms`), and not the article's day.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from answers.draft.calendar import Season

OTHER, BREAK = "x", "!"

_NUMERIC = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}([./])[0-9]{1,2}\1[0-9]{4}")

_TOKEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-])"
    r"|[0-9]{1,2}([./])[0-9]{1,2}\1[0-9]{4}(?![./]?[0-9])"
    r"|[0-9]+(?:st|nd|rd|th)\b"
    r"|[0-9]{4}['’]?s\b|['’‘][0-9]0s\b"
    r"|[0-9]+(?:[.,:][0-9]+)*"
    r"|(?:J[Aa][Nn]|F[Ee][Bb]|M[Aa][Rr]|A[Pp][Rr]|J[Uu][NnLl]|A[Uu][Gg]|S[Ee][Pp][Tt]?|O[Cc][Tt]|N[Oo][Vv]|D[Ee][Cc]"
    r"|M[Oo][Nn]|T[Uu][Ee][Ss]?|W[Ee][Dd][Ss]?|T[Hh][Uu](?:[Rr][Ss]?)?|F[Rr][Ii]|S[Aa][Tt]|S[Uu][Nn])\."
    r"|[QqHh][1-4]\b"
    r"|[^\W\d_]+(?:['’](?:t|ll|re|ve|d|m)\b)?"
    r"|['’]s\b"
    r"|\n\s*\n"
    r"|\S"
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed weds",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
NUMBERS = {
    name: number
    for number, name in enumerate(
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty""".split(),
        start=1,
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1}
SEASONS = {
    "spring": Season.SPRING,
    "summer": Season.SUMMER,
    "autumn": Season.AUTUMN,
    "fall": Season.AUTUMN,
    "winter": Season.WINTER,
}
TODAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_DECADES = {"nineties": 1990, "eighties": 1980, "seventies": 1970, "sixties": 1960, "fifties": 1950}

_KINDS = {
    **dict.fromkeys(TODAYS, "t"),
    **dict.fromkeys(SEASONS, "S"),
    **dict.fromkeys(_DECADES, "Z"),
    **dict.fromkeys(NUMBERS, "u"),
    **dict.fromkeys(("a", "an"), "a"),
    **dict.fromkeys(("first", "second", "third", "fourth"), "o"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("week", "weeks"), "k"),
    **dict.fromkeys(("month", "months"), "m"),
    **dict.fromkeys(("year", "years"), "y"),
    **dict.fromkeys(("quarter",), "q"),
    **dict.fromkeys(("half",), "h"),
    **dict.fromkeys(("weekend",), "e"),
    **dict.fromkeys(("decade", "decades"), "c"),
    **dict.fromkeys(("morning", "afternoon", "evening", "night", "noon", "midday", "lunchtime"), "P"),
    **dict.fromkeys(("early", "earlier", "late", "later", "mid"), "R"),
    **dict.fromkeys(("end", "start", "beginning", "middle", "close"), "E"),
    **dict.fromkeys(("q1", "q2", "q3", "q4"), "Q"),
    **dict.fromkeys(("h1", "h2"), "h"),
    **dict.fromkeys(("to", "through", "thru", "until", "till"), ">"),
    **dict.fromkeys(("-", "–"), "-"),
    **dict.fromkeys(("every", "each", "any", "some", "another", "most", "that", "those", "these"), "v"),
    **dict.fromkeys(("previous", "preceding", "following", "same"), "j"),
    **dict.fromkeys(("final",), "L"),
    "last": "L",
    "past": "l",
    "this": "H",
    "next": "N",
    "current": "H",
    "the": "A",
    "of": "f",
    "in": "i",
    "on": "n",
    "from": "F",
    "ago": "G",
    "now": "J",
    "time": "K",
    "between": "b",
    "before": "B",
    "after": "V",
    **dict.fromkeys(("and", "or"), "&"),
    "—": "~",
    "'s": "s",
    "’s": "s",
    **dict.fromkeys(("'", "’"), "'"),
    **{mark: mark for mark in ",()"},
}
"""What each letter of a pattern stands for; M, W and the kinds of numbers are told by form, see `_kind`."""

AMBIGUOUS_MONTHS = frozenset("march april may june august mar jan jun dec sep".split())
"""Also names and ordinary words: they need another sign that a month is meant."""


class Token(NamedTuple):
    """A word, number or mark with its place in the text; `form` is in lower case, without the full stop of a short form.

    A tuple, as there is one for every word of an article: a frozen dataclass takes twice the time to make.
    """

    form: str
    kind: str
    start: int
    stop: int
    capital: bool


@dataclass(frozen=True)
class Words:
    """The tokens of a text and, as one string, their kinds: place i of `kinds` is token i."""

    text: str
    tokens: Sequence[Token]

    @cached_property
    def kinds(self) -> str:
        return "".join(token.kind for token in self.tokens)

    def form(self, at: int) -> str:
        """The word at a place; empty before the first and after the last."""
        return self.tokens[at].form if 0 <= at < len(self.tokens) else ""

    def capital(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].capital

    def number(self, at: int) -> int:
        """The number that a word stands for: of a day, month, year, weekday, quarter or decade, or how many."""
        return _number(self.tokens[at])

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """From the first to before the last token, in code points."""
        return self.tokens[first].start, self.tokens[stop - 1].stop

    def within(self, start: int, stop: int) -> tuple[int, int]:
        """Which tokens a stretch of the text touches."""
        return max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, stop)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]


def words(text: str) -> Words:
    """Total: any text has its words."""
    return Words(text, [_token(text, found) for found in _TOKEN.finditer(text)])


def _token(text: str, found: re.Match[str]) -> Token:
    said, start, stop = found.group(), found.start(), found.end()
    form = said.lower()
    if form[-1] == "." and len(form) > 1:
        form = form[:-1]
    kind = _kind(form, said)
    if kind == "-" and not _tight(text, start, stop):
        kind = "~"
    return Token(form, kind, start, stop, said[0].isupper())


def _tight(text: str, start: int, stop: int) -> bool:
    return start > 0 and stop < len(text) and not text[start - 1].isspace() and not text[stop].isspace()


def _kind(form: str, said: str) -> str:
    if "0" <= form[0] <= "9":
        return _number_kind(form)
    if kind := _KINDS.get(form):
        return kind
    if form in MONTHS:
        return "M" if said[0].isupper() or form not in AMBIGUOUS_MONTHS else OTHER
    if form in WEEKDAYS:
        return _weekday_kind(form, said)
    if form[0] in "'’‘" and form[-2:] == "0s":
        return "Z" if form[1] >= "3" else OTHER
    return BREAK if form.isspace() else OTHER


def _weekday_kind(form: str, said: str) -> str:
    """A short form needs its capital, and more beside it: "w"."""
    if len(form) > 5:
        return "W"
    return "w" if said[0].isupper() else OTHER


def _number_kind(form: str) -> str:
    if form.isdecimal():
        return _plain_kind(int(form) if len(form) <= 4 else 0, len(form))
    if form.endswith("s"):
        return "Z" if form[3] == "0" else OTHER
    if form[-2:].isalpha():
        return "O" if len(form) <= 4 and 1 <= int(form[:-2]) <= 31 else OTHER
    return "I" if _NUMERIC.fullmatch(form) else "#"


def _plain_kind(number: int, digits: int) -> str:
    if digits <= 2 and 1 <= number <= 31:
        return "D"
    return "Y" if 1200 <= number <= 2199 and digits == 4 else "#"


def _number(token: Token) -> int:
    form = token.form
    for table in _BY_KIND.get(token.kind, ()):
        if form in table:
            return table[form]
    digits = "".join(letter for letter in form if "0" <= letter <= "9")[:4]
    if token.kind == "Z":
        return int(digits) if len(digits) == 4 else 1900 + int(digits)
    return int(digits or 0)


_BY_KIND: dict[str, tuple[Mapping[str, int], ...]] = {
    "M": (MONTHS,),
    "W": (WEEKDAYS,),
    "w": (WEEKDAYS,),
    "o": (ORDINALS,),
    "u": (NUMBERS,),
    "a": (NUMBERS,),
    "L": (ORDINALS,),
    "t": (TODAYS,),
    "S": (SEASONS,),
    "Z": (_DECADES,),
}
