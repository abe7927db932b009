"""The forms that name a place of the calendar: "Feb. 2, 2022", "March 2-4", "the second half of 2022", "the 1990s".

A form is a pattern of letters, one for each word (`answers.draft.date_words`), and what it means in its sentence. Without
a year it is the one that the tense and the article's day tell (`answers.draft.date_here`). A group `it` in a pattern is what
is found when the rest is only needed beside it.
"""

import re
from collections.abc import Callable

from answers.draft import calendar
from answers.draft.calendar import Period, Season
from answers.draft.date_here import Here, month_day
from answers.draft.tense import Direction

Form = tuple[re.Pattern[str], Callable[[Here], Period | None]]

PRE = r"(?:A?R-?i?|A?Ef)?"
"""early, mid-, later in, the end of"""

YEAR = r",?f?(?:(?P<Y>Y)|(?P<rel>[LHN])y)"
_REPORTED = 45
"""Days within which the figures of a quarter that has ended are still to come."""

WEEKDAY = r"(?:(?P<W>[Ww]),?)?"
MONTH_DAY = r"(?P<M>M)(?P<D>[DO])"
DAY_MONTH = r"A?(?P<D>Of?|D)(?P<M>M)"


def _iso(here: Here) -> Period | None:
    """Of "2022-02-02", "24.02.2022"; of "2/3/2022" nobody can say which is the month, unless one number is too large."""
    form = here.words.form(here.at("I"))
    parts = [int(part) for part in re.split(r"[-./]", form)]
    if "-" in form:
        return calendar.on(calendar.day_of(*parts))
    day, month, year = parts
    if "/" in form:
        days = {calendar.day_of(year, month, day), calendar.day_of(year, day, month)} - {None}
        return calendar.on(days.pop()) if len(days) == 1 else None
    return calendar.on(calendar.day_of(year, month, day))


def _day(here: Here) -> Period | None:
    make = month_day(here)
    if here.has("Y") or here.has("rel") or not here.has("W"):
        return here.in_year(make)
    return _on_weekday(here, make) or here.yearly(make)


def _last_or_next_day(here: Here) -> Period | None:
    """Of "last Oct. 23": strictly before the article's day."""
    day, make = here.published, month_day(here)
    if day is None:
        return None
    days = [one for year in range(day.year - 4, day.year + 5) if (one := make(year)) and one.first != day]
    fit = [one for one in days if (one.first < day) is (here.step() < 0)]
    return (fit[-1] if here.step() < 0 else fit[0]) if fit else None


def _on_weekday(here: Here, make: Callable[[int], Period | None]) -> Period | None:
    """What is called "Tuesday, March 8" is in the nearest year in which March 8 is a Tuesday."""
    if here.published is None:
        return None
    day, weekday = here.published, here.number("W")
    years = (make(year) for year in range(day.year - 4, day.year + 5))
    fit = [one for one in years if one and one.first.weekday() == weekday]
    return min(fit, key=lambda one: abs((one.first - day).days), default=None)


def _days(here: Here) -> Period | None:
    """Of "March 2-4", "Feb. 24 to March 2": the second day may lie in the next year."""
    later = "M2" if here.has("M2") else "M"
    if here.counts(here.stop - 1):
        return None
    begin, end = month_day(here), month_day(here, later, "D2")
    turn = here.number(later) < here.number("M")

    def stretch(year: int) -> Period | None:
        return calendar.between(
            begin(year - turn if here.has("Y") else year), end(year if here.has("Y") else year + turn)
        )

    return here.in_year(stretch)


def _second_day(here: Here) -> Period | None:
    """The 25 of "April 24 and 25"."""
    return None if here.counts(here.stop - 1) else here.in_year(month_day(here))


def _day_of_month(here: Here) -> Period | None:
    """Of "on the 24th", "the 15th of next month"."""
    day, number = here.published, here.number("D")
    if day is None or (not here.has("m") and here.after.isalnum()):
        return None
    months = [
        calendar.month(day.year, day.month + step) for step in (range(-2, 3) if not here.has("m") else [here.step()])
    ]
    days = [calendar.on(calendar.day_of(one.first.year, one.first.month, number)) for one in months if one]
    return here.choose(days) if not here.has("m") else days[0] if days else None


def _month(here: Here) -> Period | None:
    number = here.number("M")
    return here.in_year(lambda year: calendar.month(year, number))


def _month_alone(here: Here) -> Period | None:
    """Of "in April"; "last May" is never this month, "next May" neither."""
    day, number = here.published, here.number("M")
    if day is None or not here.is_month(here.at("M")):
        return None
    if not (step := here.step()):
        if here.has("rel"):
            return calendar.month(day.year, number)
        return here.yearly(lambda year: calendar.month(year, number))
    passed = number < day.month if step < 0 else number > day.month
    return calendar.month(day.year if passed else day.year + step, number)


def _week_of_month(here: Here) -> Period | None:
    """Of "the first week of March": its first seven days; of the last, its last seven."""
    month, number = _month(here), here.words.number(here.at("n"))
    if month is None:
        return None
    begin = calendar.shifted(month.first, 7 * number - 7) if number > 0 else calendar.shifted(month.last, -6)
    return calendar.between(calendar.on(begin), calendar.on(calendar.shifted(begin, 6)))


def _months(here: Here) -> Period | None:
    first, last = here.number("M"), here.number("M2")
    turn = last <= first

    def stretch(year: int) -> Period | None:
        begin = here.number("Y1") if here.has("Y1") else year - turn if here.has("Y") else year
        end = year if here.has("Y") or here.has("Y1") else year + turn
        return calendar.between(calendar.month(begin, first), calendar.month(end, last))

    return here.in_year(stretch)


def _year(here: Here) -> Period | None:
    """Four digits alone are a year only where a word beside them says so."""
    at = here.at("Y")
    if not here.is_year(at) or here.words.form(here.first - 1) == "fiscal":
        return None
    return calendar.year(here.number("Y"))


def _years(here: Here) -> Period | None:
    """Of "2014-2018", "2014-18", "from 2014 to 2018"; falling numbers are none."""
    begin, end = here.number("Y1"), here.number("Y")
    if len(here.words.form(here.at("Y"))) == 2:
        end += begin // 100 * 100
    if end <= begin or not here.is_year(here.at("Y"), sure=True):
        return None
    return calendar.between(calendar.year(begin), calendar.year(end))


def _quarter(here: Here) -> Period | None:
    """A quarter alone is the last one begun, unless it lies ahead; a fiscal one has no place in the calendar."""
    number = here.number("n")
    if "fiscal" in {here.before, here.words.form(here.at("n") - 1), here.words.form(here.at("n") - 2)}:
        return None
    if here.has("Y") or here.has("rel"):
        return None if (year := here.year()) is None else calendar.quarter(year, number)
    day = here.published
    if day is None:
        return None
    periods = [calendar.quarter(day.year + step, number) for step in (-1, 0, 1)]
    begun = [one for one in periods if one and one.first <= day]
    if here.direction is Direction.FUTURE and not (begun and (day - begun[-1].last).days < _REPORTED):
        return here.choose(periods)
    return begun[-1] if begun else None


def _half(here: Here) -> Period | None:
    number = here.number("n") if here.words.form(here.at("n")) not in {"last", "final"} else 2
    if number not in {1, 2} or (year := here.year()) is None:
        return None
    return calendar.half(year, number)


def _decade(here: Here) -> Period | None:
    if here.words.form(here.at("Z"))[0] in "'’‘" and here.before != "the" and here.words.form(here.first) != "the":
        return None
    return calendar.decade(here.number("Z"))


def _season(here: Here) -> Period | None:
    """The "last fall" is the last one that is over, "this summer" the one of this year, "the summer" as the tense tells."""
    day, which = here.published, Season(here.number("S"))
    if here.has("Y"):
        year = here.year()
        return None if year is None else calendar.season(year, which)
    if day is None:
        return None
    if here.has("y"):
        return calendar.season(day.year + here.step(), which)
    periods = [one for step in (-2, -1, 0, 1, 2) if (one := calendar.season(day.year + step, which))]
    if here.step():
        past = here.step() < 0
        fit = [one for one in periods if (one.last < day if past else one.first > day)]
        return (fit[-1] if past else fit[0]) if fit else None
    now = [one for one in periods if one.first <= day <= one.last]
    if here.has("rel"):
        return now[0] if now else min(periods, key=lambda one: (one.first.year != day.year, one.first))
    return here.choose(periods) if here.before in _BEFORE_SEASON else None


_BEFORE_SEASON = frozenset("in by during since until till through throughout over for before after".split())


def _season_pair(here: Here) -> Period | None:
    """Of "the winter of 2021-22"."""
    year, last = here.number("Y"), here.number("D") % 100
    return calendar.season(year, Season.WINTER) if (year + 1) % 100 == last else None


def _forms(*table: tuple[str, Callable[[Here], Period | None]]) -> tuple[Form, ...]:
    return tuple((re.compile(pattern), means) for pattern, means in table)


ABSOLUTE = _forms(
    (r"(?P<I>I)", _iso),
    (rf"{PRE}{WEEKDAY}{MONTH_DAY}{YEAR}", _day),
    (rf"{PRE}{WEEKDAY}{MONTH_DAY}", _day),
    (rf"(?P<rel>[LN]){MONTH_DAY}", _last_or_next_day),
    (rf"{PRE}{WEEKDAY}{DAY_MONTH}{YEAR}", _day),
    (rf"{PRE}{WEEKDAY}{DAY_MONTH}(?![DO])", _day),
    (rf"(?P<W>[Ww])\({MONTH_DAY}(?:{YEAR})?\)", _day),
    (rf"(?P<W>[Ww])\({DAY_MONTH}(?:{YEAR})?\)", _day),
    (rf"{MONTH_DAY}[->](?P<D2>[DO])(?:{YEAR})?", _days),
    (rf"(?P<D>[DO])[->](?P<D2>[DO])f?(?P<M>M)(?:{YEAR})?", _days),
    (rf"{MONTH_DAY}(?:,?Y,?)?[->](?P<M2>M)(?P<D2>[DO])(?:{YEAR})?", _days),
    (rf"{DAY_MONTH}[->](?P<D2>[DO])f?(?P<M2>M)(?:{YEAR})?", _days),
    (rf"b(?P<it>{MONTH_DAY}&(?P<D2>[DO])(?:{YEAR})?)", _days),
    (rf"b(?P<it>{MONTH_DAY}&(?P<M2>M)(?P<D2>[DO])(?:{YEAR})?)", _days),
    (rf"b(?P<it>(?P<D>[DO])&(?P<D2>[DO])f?(?P<M>M)(?:{YEAR})?)", _days),
    (rf"b(?P<it>{DAY_MONTH}&(?P<D2>[DO])f?(?P<M2>M)(?:{YEAR})?)", _days),
    (rf"(?P<M>M)[DO](?:,[DO])?,?&(?P<it>(?P<D>[DO])(?:{YEAR})?)", _second_day),
    (r"n(?P<it>A(?P<D>O))", _day_of_month),
    (r"A?(?P<D>O)fA?(?P<rel>[LHN])?(?P<m>m)", _day_of_month),
    (rf"A?(?P<n>[oL])kf(?P<M>M)(?:{YEAR})?", _week_of_month),
    (rf"{PRE}(?:A?mf)?(?P<M>M){YEAR}", _month),
    (rf"{PRE}(?:A?mf)?(?P<rel>[LHN])?(?P<M>M)", _month_alone),
    (rf"(?P<M>M)(?P<Y1>Y)?[->](?P<M2>M)(?:{YEAR})?", _months),
    (rf"b(?P<it>(?P<M>M)(?P<Y1>Y)?&(?P<M2>M)(?:{YEAR})?)", _months),
    (rf"{PRE}(?:A?y)?(?P<Y>Y)", _year),
    (r"(?P<Y1>Y)-(?P<Y>Y|D|#)", _years),
    (r"F(?P<it>(?P<Y1>Y)>(?P<Y>Y))", _years),
    (r"b(?P<it>(?P<Y1>Y)&(?P<Y>Y))", _years),
    (rf"A?(?P<n>o)-?q(?:{YEAR})?", _quarter),
    (r"A?(?P<Y>Y)(?P<n>o)-?q", _quarter),
    (r"(?P<rel>[LHN])ys(?P<n>o)-?q", _quarter),
    (r"A?(?P<n>o)-?qfA(?P<y>y)", _quarter),
    (rf"(?P<n>Q)(?:{YEAR})?", _quarter),
    (rf"A?(?P<n>[oL])h{YEAR}", _half),
    (r"A?(?P<n>[oL])hfA(?P<y>y)", _half),
    (r"(?P<n>h),?(?P<Y>Y)", _half),
    (r"(?:A?R-?A?|A)?(?P<Z>Z)", _decade),
    (rf"{PRE}(?P<rel>[LHN])(?P<S>S)", _season),
    (rf"{PRE}A?(?P<S>S),?f?(?P<Y>Y)", _season),
    (rf"{PRE}A?(?P<S>S)f?(?P<rel>[LHN])(?P<y>y)", _season),
    (rf"{PRE}A(?P<S>S)(?!f)", _season),
    (r"A?Sf?(?P<Y>Y)-(?P<D>[D#])", _season_pair),
)
