"""The forms that count from the article's day: "Wednesday", "last week", "two days ago", "the end of the month".

A weekday is the last one up to the article's day, or the next one from it on where the tense says so. Weeks are those of
ISO, Monday to Sunday. Nothing here is found without the article's day.
"""

import re
from collections.abc import Callable
from datetime import date

from answers.draft import calendar
from answers.draft.calendar import Period
from answers.draft.date_forms import DAY_MONTH, MONTH_DAY, PRE, YEAR, Form
from answers.draft.date_here import Here, month_day
from answers.draft.date_words import TODAYS
from answers.draft.tense import MOVED, Direction

_WEEK = 7
_NOWADAYS = frozenset(
    "world society generation youth standards prices money dollars terms technology youngsters".split()
)
_WEEK_WORDS = frozenset("of beginning starting commencing ending ended".split())


def _today(here: Here) -> Period | None:
    """Of "today", "late yesterday", "tomorrow night"; "today's world" is no day."""
    form = here.words.form(here.at("t"))
    if here.published is None or (here.after in {"'s", "’s"} and here.words.form(here.stop + 1) in _NOWADAYS):
        return None
    return calendar.on(calendar.shifted(here.published, TODAYS[form]))


def _part_of_day(here: Here) -> Period | None:
    """Of "this morning" and "last night"."""
    if here.published is None:
        return None
    return calendar.on(calendar.shifted(here.published, here.step()))


def _beyond(here: Here) -> Period | None:
    """Of "the day before yesterday" and "the day after tomorrow"."""
    by = TODAYS[here.words.form(here.at("t"))]
    if here.published is None or not by or (by < 0) is not (here.words.form(here.at("side")) == "before"):
        return None
    return calendar.on(calendar.shifted(here.published, 2 * by))


def _weekday(here: Here) -> Period | None:
    """None for "every Friday" and "that Friday"; "last Friday" is never the article's day, "next Friday" neither."""
    day = here.published
    if day is None or here.words.kinds[max(0, here.first - 1) : here.first] in set("vju"):
        return None
    back = (day.weekday() - here.number("W")) % _WEEK
    if step := here.step():
        return calendar.on(calendar.shifted(day, -(back or _WEEK) if step < 0 else _WEEK - back))
    ahead = here.direction is Direction.FUTURE or (here.has("rel") and here.direction is not Direction.PAST)
    return calendar.on(calendar.shifted(day, (_WEEK - back) % _WEEK if ahead else -back))


def _weekday_of_week(here: Here) -> Period | None:
    """Of "Wednesday of last week"."""
    if here.published is None or (whole := calendar.week(here.published)) is None:
        return None
    return calendar.on(calendar.shifted(whole.first, _WEEK * here.step() + here.number("W")))


def _week_from_weekday(here: Here) -> Period | None:
    """Of "a week ago Friday" and "a week from Monday"."""
    if here.published is None:
        return None
    back = (here.published.weekday() - here.number("W")) % _WEEK
    ago = here.words.form(here.at("side")) == "ago"
    return calendar.on(calendar.shifted(here.published, -back - _WEEK if ago else 2 * _WEEK - back))


def _weekdays(here: Here) -> Period | None:
    """From "Monday to Friday": the nearest such days behind, or ahead where the tense says so.

    What was "moved from Monday to Friday" fills no such stretch.
    """
    day, first, last = here.published, here.number("W"), here.number("W2")
    near = {here.words.form(at) for at in range(max(0, here.first - 4), here.first)}
    if day is None or near & MOVED:
        return None
    length = (last - first) % _WEEK or _WEEK
    if here.direction is Direction.FUTURE:
        begin = calendar.shifted(day, (first - day.weekday()) % _WEEK)
    else:
        begin = calendar.shifted(day, -((day.weekday() - last) % _WEEK) - length)
    return calendar.between(calendar.on(begin), calendar.on(calendar.shifted(begin, length)))


def _step_of(here: Here, unit: str, step: int) -> Period | None:
    """The day, week, month … that lies so many of its kind from the article's."""
    return _step_from(here.published, unit, step)


def _step_from(day: date | None, unit: str, step: int) -> Period | None:
    return None if day is None else _STEPS[unit](day, step)


_STEPS: dict[str, Callable[[date, int], Period | None]] = {
    "d": lambda day, step: calendar.on(calendar.shifted(day, step)),
    "k": lambda day, step: calendar.week(calendar.shifted(day, _WEEK * step)),
    "e": lambda day, step: calendar.weekend(calendar.shifted(day, _WEEK * step)),
    "m": lambda day, step: calendar.month(day.year, day.month + step),
    "q": lambda day, step: calendar.quarter(day.year, (day.month + 2) // 3 + step),
    "y": lambda day, step: calendar.year(day.year + step),
    "c": lambda day, step: calendar.year(day.year + 10 * step),
}


def _unit(here: Here) -> Period | None:
    """Of "last week"; not "the last week", which are seven days, nor "this decade" and "next day"."""
    if here.step() and here.before in {"the", "its", "his", "her", "their", "our"}:
        return None
    return _step_of(here, here.part("u"), here.step())


def _current(here: Here) -> Period | None:
    """Of "the end of the month", "later in the year", "year's end": of this one, unless more is told ("of the year of …")."""
    if here.after == "of" or (here.has("E") and here.words.form(here.at("E")) != "end"):
        return None
    return _step_of(here, here.part("u"), 0)


def _weekend(here: Here) -> Period | None:
    """Of "over the weekend": the last one begun, or the next."""
    if here.published is None:
        return None
    begun = here.published.weekday() > 4
    ahead = here.direction is Direction.FUTURE
    return _step_of(here, "e", 0 if begun or ahead else -1)


def _weekend_of(here: Here) -> Period | None:
    day = here.in_year(month_day(here))
    return calendar.weekend(day.first) if day else None


def _week_of(here: Here) -> Period | None:
    """Of "the week of Jan. 24", "the week ending March 7"."""
    if here.words.form(here.at("link")) not in _WEEK_WORDS:
        return None
    day = here.in_year(month_day(here))
    return calendar.week(day.first) if day else None


def _ago(here: Here) -> Period | None:
    """What was "two days ago" is a day, "three weeks ago" a week; what is only about so long ago is none."""
    count = here.words.form(here.at("n"))
    if here.before in _ABOUT or not (count.isalpha() or (count.isdecimal() and len(count) < 4)):
        return None
    return _step_of(here, here.part("u"), -here.number("n"))


_ABOUT = frozenset("about almost around nearly roughly some than over under least most every few approximately".split())


def _ahead(here: Here) -> Period | None:
    """Of "two weeks from now", "in two weeks' time"."""
    return None if here.before in _ABOUT else _step_of(here, here.part("u"), here.number("n"))


def _years_ago_today(here: Here) -> Period | None:
    day = here.published
    if day is None or here.words.form(here.at("t")) != "today":
        return None
    return calendar.on(calendar.day_of(day.year - here.number("n"), day.month, day.day))


def _years_ago_then(here: Here) -> Period | None:
    """Of "two years ago this month" and "a year ago this week"."""
    day = here.published
    past = calendar.day_of(day.year - here.number("n"), day.month, min(day.day, 28)) if day else None
    return _step_from(past, here.part("u"), 0)


def _forms(*table: tuple[str, Callable[[Here], Period | None]]) -> tuple[Form, ...]:
    return tuple((re.compile(pattern), means) for pattern, means in table)


RELATIVE = _forms(
    (r"R?(?P<t>t)P?", _today),
    (r"R?(?P<rel>[LH])P", _part_of_day),
    (r"A?d(?P<side>[BV])(?P<t>t)", _beyond),
    (rf"{PRE}(?P<rel>H?l|[LHN])?(?P<W>W)P?", _weekday),
    (r"n(?P<it>(?P<W>w))", _weekday),
    (rf"{PRE}(?P<W>W)P?,?f?(?P<rel>[LHN])k", _weekday_of_week),
    (r"(?P<rel>[LHN])k,?n?(?P<W>W)", _weekday_of_week),
    (r"ak(?P<side>[GF])n?(?P<W>W)", _week_from_weekday),
    (r"(?P<W>W)P?[->](?P<W2>W)P?", _weekdays),
    (r"b(?P<it>(?P<W>W)P?&(?P<W2>W)P?)", _weekdays),
    (rf"{PRE}(?P<rel>[LHN])(?P<u>[kmyqe])", _unit),
    (r"(?P<rel>Hl)(?P<u>[e])", _unit),
    (r"(?:A?EfA|RiA|A?EfH|RiH)(?P<u>[kmyq])", _current),
    (r"A?(?P<u>[my])s?-?(?P<E>E)", _current),
    (r"A(?P<e>e)", _weekend),
    (rf"A?ef(?:{MONTH_DAY})(?:{YEAR})?", _weekend_of),
    (rf"A?k(?P<link>[fxE])(?:[Ww],?)?{MONTH_DAY}(?:{YEAR})?", _week_of),
    (rf"A?k(?P<link>[fxE])(?:[Ww],?)?{DAY_MONTH}(?:{YEAR})?", _week_of),
    (r"(?P<n>[uaD#])(?P<u>[dkmyc])G", _ago),
    (r"(?P<n>[uaD])(?P<u>[dkmyc])FJ", _ahead),
    (r"i(?P<it>(?P<n>[uaD])(?P<u>[dkmyc])['s]?K)", _ahead),
    (r"(?P<n>[uaD])yG(?P<t>t)", _years_ago_today),
    (r"(?P<n>[uaD])yGH(?P<u>[km])", _years_ago_then),
)
