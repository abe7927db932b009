"""Stretches of the calendar: a day, a week, a month … each with its ISO form, its width, its first and its last day.

Pure counting: it knows no words and no article. What lies outside the years 1 to 9999 is None, not an error.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from answers.model import Granularity

FIRST_YEAR, LAST_YEAR = 1, 9999


class Season(IntEnum):
    """By the month that it begins with, as meteorologists count in the north."""

    SPRING = 3
    SUMMER = 6
    AUTUMN = 9
    WINTER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """`first` to `last`, both inclusive. `iso` is as short as its width allows: "2022-02-02", "2022-W05", "2014/2018"."""

    iso: str
    granularity: Granularity
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"no days from {self.first} to {self.last}")


def shifted(day: date | None, days: int) -> date | None:
    try:
        return day + timedelta(days=days) if day else None
    except OverflowError:
        return None


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def on(day: date | None) -> Period | None:
    if day is None:
        return None
    return Period(iso=day.isoformat(), granularity=Granularity.DAY, first=day, last=day)


def week(day: date | None) -> Period | None:
    """The ISO week, Monday to Sunday, that a day lies in."""
    if day is None or (monday := shifted(day, -day.weekday())) is None or (sunday := shifted(monday, 6)) is None:
        return None
    year, number, _ = day.isocalendar()
    return Period(iso=f"{year:04}-W{number:02}", granularity=Granularity.WEEK, first=monday, last=sunday)


def weekend(day: date | None) -> Period | None:
    """Saturday and Sunday of the ISO week that a day lies in."""
    if (whole := week(day)) is None:
        return None
    return between(on(shifted(whole.last, -1)), on(whole.last))


def month(year: int, number: int) -> Period | None:
    """A month; `number` may run over, as when months are counted on: the 13th is January of the next year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    last = monthrange(year, number)[1]
    return Period(
        iso=f"{year:04}-{number:02}",
        granularity=Granularity.MONTH,
        first=date(year, number, 1),
        last=date(year, number, last),
    )


def quarter(year: int, number: int) -> Period | None:
    """A quarter; `number` may run over as in `month`."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    begin, end = month(year, 3 * number - 2), month(year, 3 * number)
    if begin is None or end is None:
        return None
    return Period(iso=f"{year:04}-Q{number}", granularity=Granularity.QUARTER, first=begin.first, last=end.last)


def half(year: int, number: int) -> Period | None:
    return between(month(year, 6 * number - 5), month(year, 6 * number))


def season(year: int, which: Season) -> Period | None:
    """The season that begins in a year: winter runs into the next one."""
    return between(month(year, which), month(year, which + 2))


def year(number: int) -> Period | None:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    return Period(iso=f"{number:04}", granularity=Granularity.YEAR, first=date(number, 1, 1), last=date(number, 12, 31))


def decade(first: int) -> Period | None:
    return between(year(first), year(first + 9))


def between(begin: Period | None, end: Period | None) -> Period | None:
    """From the first day of one to the last of another; None when the second ends before the first begins."""
    if begin is None or end is None or end.last < begin.first:
        return None
    if begin == end:
        return begin
    return Period(iso=f"{begin.iso}/{end.iso}", granularity=Granularity.RANGE, first=begin.first, last=end.last)
