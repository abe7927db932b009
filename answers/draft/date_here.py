"""A matched form in its sentence, and which of several years, weeks or months is meant there.

It knows the article's day and asks the tense. It knows no forms: those are `answers.draft.date_forms` and
`answers.draft.relative_dates`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from answers.draft import calendar
from answers.draft.calendar import Period
from answers.draft.date_words import AMBIGUOUS_MONTHS, Words
from answers.draft.tense import Direction, direction

_SURELY_TIME = frozenset("in since during until till throughout early earlier late later mid last this next".split())
_PERHAPS_TIME = frozenset("by of from before after for around about through between".split())
_COUNTED = frozenset(
    """people troops soldiers civilians men women children students workers miles km kilometers kilometres metres meters
    feet acres hectares tons tonnes dollars euros pounds rubles roubles yen cases deaths casualties homes houses
    buildings families residents refugees migrants victims fighters personnel prisoners police officers employees jobs
    vehicles tanks planes missiles rockets drones shells seats votes members participants protesters patients beds
    doses hours gmt utc mph kph points others more percent per square cubic square-foot lives units copies shares
    villagers survivors passengers volunteers inmates detainees schools hospitals delegates voters megawatts %""".split()
)
"""What a number of four digits counts where it is no year."""

_COMPOUND = frozenset("strong member seat foot mile".split())
_HEDGES = frozenset("about some nearly almost roughly approximately least most than over under exactly total".split())
_BEFORE_YEAR = frozenset(
    """in since of by from until till through during before after for early late earlier later mid the its his her their
    our a an this that year ( around circa throughout our between on post""".split()
)
_FAR = 300
"""Days, for what returns every year: nearly a year off."""


@dataclass(frozen=True)
class Here:
    """A form found at tokens `first` to before `stop`; `found` has its parts, one letter of the pattern a token.

    A name such as "Good Friday" has no parts.
    """

    words: Words
    published: date | None
    found: re.Match[str] | None
    first: int
    stop: int

    def has(self, part: str) -> bool:
        return bool(self.part(part))

    def part(self, part: str) -> str:
        """The letters of a part that the form has; empty when it stands not there."""
        return (self.found.groupdict().get(part) or "") if self.found else ""

    def at(self, part: str) -> int:
        """The place of a part's first token; the form must have it."""
        return self.found.start(part) if self.found else self.first

    def number(self, part: str) -> int:
        return self.words.number(self.at(part))

    @property
    def before(self) -> str:
        return self.words.form(self.first - 1)

    @property
    def after(self) -> str:
        return self.words.form(self.stop)

    @cached_property
    def direction(self) -> Direction:
        return direction(self.words, self.first, self.stop)

    def choose(self, periods: Iterable[Period | None]) -> Period | None:
        """Of those that repeat, in order of time: the last behind or the first ahead, or the nearest if nothing tells."""
        day, known = self.published, [one for one in periods if one is not None]
        if day is None or not known:
            return None
        behind = [one for one in known if one.first <= day]
        ahead = [one for one in known if one.last >= day]
        if self.direction is Direction.FUTURE and ahead:
            return ahead[0]
        if self.direction is Direction.PAST and behind:
            return behind[-1]
        return _nearest(known, day)

    def yearly(self, make: Callable[[int], Period | None]) -> Period | None:
        """What returns every year, in the year that is meant.

        A verb is often not that of the date ("said the Jan. 14 deadline"), and nobody leaves the year away from what is
        nearly a year off while the same day is near on the other side: then the nearest is meant.
        """
        day = self.published
        if day is None:
            return None
        periods = [one for year in range(day.year - 4, day.year + 5) if (one := make(year))]
        told, near = self.choose(periods), _nearest(periods, day)
        if told is None or _off(told, day) < _FAR or self.before == "since":
            return told
        return near

    def year(self) -> int | None:
        """The year that a form names: in digits ("2014"), or beside this one ("last year")."""
        if self.has("Y"):
            return self.number("Y") if self.is_year(self.at("Y"), sure=True) else None
        if self.published is None:
            return None
        return self.published.year + self.step()

    def step(self) -> int:
        """-1 for last, 1 for next, 0 for this or none."""
        return {"L": -1, "l": -1, "N": 1}.get(self.part("rel")[-1:], 0)

    def in_year(self, make: Callable[[int], Period | None]) -> Period | None:
        """In the year that the form names, else in the one that is meant."""
        if self.has("Y") or self.has("rel"):
            return None if (year := self.year()) is None else make(year)
        return self.yearly(make)

    def is_month(self, at: int) -> bool:
        """Whether the word is a month and no name or verb: "in May", "the March summit", no "Theresa May"."""
        words = self.words
        form, before, after = words.form(at), words.form(at - 1), words.form(at + 1)
        if form not in AMBIGUOUS_MONTHS or before in _SURELY_TIME:
            return True
        name_follows = words.capital(at + 1) and words.tokens[at + 1].kind == "x"
        if before in _PERHAPS_TIME or words.kinds[max(0, at - 2) : at] in {"M&", "M,"}:
            return not name_follows
        if before == "-":
            return words.form(at - 2) in _SURELY_TIME
        noun_follows = (
            after.isalpha() and not name_follows and after not in {"for", "on", "to", "of", "in", "and", "was"}
        )
        return before in {"the", "a"} and noun_follows

    def counts(self, at: int) -> bool:
        """Whether a number is followed by what it counts: "2000 troops"."""
        after = self.words.form(at + 1)
        return after in _COUNTED or (after == "-" and self.words.form(at + 2) in _COMPOUND)

    def is_year(self, at: int, *, sure: bool = False) -> bool:
        """Whether four digits are a year and no count; `sure` where a month or another year stands beside it."""
        words = self.words
        before, after = words.form(at - 1), words.form(at + 1)
        if sure or self.counts(at):
            return not self.counts(at)
        if before in {"of", "for", "by", "in"} and words.form(at - 2) in _HEDGES | {"number", "up"}:
            return False
        listed = words.kinds[max(0, at - 2) : at] in {"Y&", "Y,"} or words.kinds[max(0, at - 3) : at] == "Y,&"
        if listed or before in _BEFORE_YEAR or words.kinds[max(0, at - 1) : at] in {"s", "S"}:
            return True
        if before == "to":
            return words.form(at - 2) in {"dating", "dates", "dated", "back"}
        modern = 1900 <= words.number(at) < 2100
        return (
            modern
            and words.kinds[at + 1 : at + 2] == "x"
            and _one_thing(after)
            and (words.form(at - 2) in _BEFORE_YEAR or _describes(before))
        )


def _off(one: Period, day: date) -> int:
    return abs((one.first - day).days)


def _nearest(periods: Sequence[Period], day: date) -> Period | None:
    return min(periods, key=lambda one: (_off(one, day), one.first), default=None)


def _one_thing(noun: str) -> bool:
    """Whether a word may be a noun in the singular: "1996 campaign", not "1918 villagers"."""
    return noun.isalpha() and not noun.endswith("s") and noun not in _VERBS


def _describes(word: str) -> bool:
    """Whether a word may be an adjective before a year: "unsuccessful 1996 campaign"."""
    return word.isalpha() and word not in _HEDGES | _VERBS and not word.endswith(("ed", "s", "ing"))


_VERBS = frozenset("were was is are have had has be been to with and or at as on not when".split())


def month_day(here: Here, month: str = "M", day: str = "D") -> Callable[[int], Period | None]:
    number, on = here.number(month), here.number(day)
    return lambda year: calendar.on(calendar.day_of(year, number, on))
