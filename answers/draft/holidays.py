"""Named days that stand at one place of the calendar everywhere, and names that only look like dates.

A feast that differs between countries or churches (Thanksgiving, Orthodox Easter) is none: blank rather than wrong.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from answers.draft import calendar
from answers.draft.calendar import Period

_HOLIDAY = re.compile(
    r"\b(?:(?P<eve>Christmas Eve)|(?P<boxing>Boxing Day)|(?P<christmas>Christmas(?: Day)?)(?! (?:tree|Island|card|eve|week|holiday|market|party|season|present|gift|truce|shopping)\w*)"
    r"|(?P<newyear>New Year['’]s Day)|(?P<sylvester>New Year['’]s Eve)|(?P<halloween>Halloween)"
    r"|(?P<valentine>Valentine['’]s Day)|(?P<goodfriday>Good Friday)(?! (?:Agreement|Accord|peace|deal|pact)\w*)"
    r"|(?P<eastermonday>Easter Monday)|(?P<easter>Easter(?: Sunday| Day)?)(?! (?:Rising|Island|egg|week|holiday|break|Parade|truce)\w*)"
    r"|(?P<ash>Ash Wednesday)|(?P<palm>Palm Sunday)|(?P<maundy>(?:Maundy|Holy) Thursday)"
    r"|(?P<fourth>(?:the )?Fourth of July))\b(?:,? (?P<year>[12]\d{3})\b)?"
)
_NO_DATE = re.compile(
    r"\b(?:(?:Black|Bloody|Super|Cyber|Freaky|Casual|Ruby|Man|Mad|Giving|Fat|Shrove|Easter|Palm|Holy|Maundy|Ash|Good|Orthodox"
    r"|Sheffield|Spy|Meatless|Throwback) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    r"|Mail on Sunday|Fox News Sunday|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (?:Times|Telegraph|Mirror|Mail|Express|Night"
    r" Live|Night Football|Addams|Herald|Business Post)"
    r"|Sept(?:ember|\.)? 11(?:,? 2001,?)?(?=,? (?:terrorist |terror )?attacks?)(?<!2001)(?<!2001,)"
    r"|Jan(?:uary|\.)? 6 (?:committee|panel|insurrection|riot|rioters|defendants|commission)"
    r"|[A-Z]\w{1,40}['’]s March|March (?:for|on) [A-Z]\w{1,40})\b"
)
ALONE = ("Christmas", "Halloween", "Easter")
"""The holidays without a weekday, a month or "day" in their name."""

_FIXED = {
    "eve": (12, 24),
    "christmas": (12, 25),
    "boxing": (12, 26),
    "newyear": (1, 1),
    "sylvester": (12, 31),
    "halloween": (10, 31),
    "valentine": (2, 14),
    "fourth": (7, 4),
}
_FROM_EASTER = {"goodfriday": -2, "eastermonday": 1, "easter": 0, "ash": -46, "palm": -7, "maundy": -3}


def holidays(text: str) -> Iterator[tuple[int, int, Callable[[int], Period | None], int | None]]:
    """Where each stands, the day it is in a year, and the year named beside it, if any."""
    if "Orthodox" in text:
        return
    for found in _HOLIDAY.finditer(text):
        year = found["year"]
        name = next(name for name, said in found.groupdict().items() if said and name != "year")
        yield found.start(), found.end(), _maker(name), int(year) if year else None


def names(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that are names with a weekday, month or day in them: "Bloody Sunday", "The Sunday Times"."""
    return (found.span() for found in _NO_DATE.finditer(text))


def _maker(name: str) -> Callable[[int], Period | None]:
    if name in _FIXED:
        month, day = _FIXED[name]
        return lambda year: calendar.on(calendar.day_of(year, month, day))
    return lambda year: calendar.on(calendar.shifted(_easter(year), _FROM_EASTER[name]))


def _easter(year: int) -> date | None:
    """Easter Sunday of the western churches (the anonymous Gregorian algorithm)."""
    golden, century, rest = year % 19, *divmod(year, 100)
    leap, over = divmod(century, 4)
    epact = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * over + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return calendar.day_of(year, month, day + 1)
