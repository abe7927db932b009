"""The time expressions of a text, each resolved against the article's day; what is vague has no date and is not found.

"soon", "recently", "in the coming days", "for two weeks" and "8:35" are none. What could be either of two dates ("2/3/2022")
is none either: blank rather than wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from answers.draft.calendar import Period
from answers.draft.date_forms import ABSOLUTE
from answers.draft.date_here import Here
from answers.draft.date_words import BREAK, Words, words
from answers.draft.holidays import ALONE, holidays, names
from answers.draft.relative_dates import RELATIVE
from answers.draft.values import FoundDate

_ANCHORS = frozenset("MWwYZIQSOtkmyqhedcP")
"""Kinds of words without one of which there is no date."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Tokens that may be a date, and what they are then."""

    first: int
    stop: int
    means: Callable[[], Period | None]


def find(text: str, published: date | None) -> tuple[FoundDate, ...]:
    """All dates of a sentence (or a longer text) in their order, none overlapping another.

    `published` is the article's day; without it only what names its year is found. Total: any text has its dates.
    """
    said = words(text)
    if _ANCHORS.isdisjoint(said.kinds) and not any(name in text for name in ALONE):
        return ()
    plain = _without_names(said)
    found = sorted([*_holidays(said, published), *_forms(plain, published)], key=lambda one: (one.first, -one.stop))
    return tuple(_resolved(plain, found))


def _resolved(said: Words, candidates: list[_Candidate]) -> Iterator[FoundDate]:
    """The longest that means something, from the left."""
    reached = 0
    for one in candidates:
        if one.first >= reached and (period := one.means()) is not None:
            reached = one.stop
            yield _found(said, one, period)


def _found(said: Words, one: _Candidate, period: Period) -> FoundDate:
    start, stop = said.span(one.first, one.stop)
    return FoundDate(
        start=start,
        stop=stop,
        text=said.text[start:stop],
        iso=period.iso,
        granularity=period.granularity,
        first=period.first,
        last=period.last,
    )


def _forms(said: Words, published: date | None) -> Iterator[_Candidate]:
    for pattern, means in (*ABSOLUTE, *RELATIVE):
        for found in pattern.finditer(said.kinds):
            yield _form(Here(said, published, found, *found.span("it" if "it" in pattern.groupindex else 0)), means)


def _form(here: Here, means: Callable[[Here], Period | None]) -> _Candidate:
    return _Candidate(here.first, here.stop, lambda: means(here))


def _holidays(said: Words, published: date | None) -> Iterator[_Candidate]:
    for start, stop, make, year in holidays(said.text):
        first, last = said.within(start, stop)
        here = Here(said, published, None, first, last)
        yield _holiday(here, make, year)


def _holiday(here: Here, make: Callable[[int], Period | None], year: int | None) -> _Candidate:
    return _Candidate(here.first, here.stop, lambda: make(year) if year else here.yearly(make))


def _without_names(said: Words) -> Words:
    tokens = list(said.tokens)
    for start, stop in names(said.text):
        first, last = said.within(start, stop)
        tokens[first:last] = [token._replace(kind=BREAK) for token in tokens[first:last]]
    return Words(said.text, tokens)
