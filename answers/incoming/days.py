"""The day that a page or feed says something was published on. A day that can be read in two ways is none."""

import re
from datetime import date
from email.utils import parsedate_to_datetime

EARLIEST = 1990
"""Before the web: such a year is what a program writes that knows none."""

_MONTHS = "january february march april may june july august september october november december".split()
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})(?!\d)")


def day_of(text: str) -> date | None:
    """The day as it is written, in the time zone that it is written in; None unless it is plain.

    2022-02-02T23:30:00-05:00, 20220202, Wed, 02 Feb 2022 23:30:00 -0500, February 2, 2022 and 2 Feb. 2022 are plain;
    02/03/2022 is not.
    """
    text = " ".join(text[:100].split()).casefold()
    numbers = _numbers(text)
    try:
        return date(*numbers) if numbers and numbers[0] >= EARLIEST else None
    except ValueError:
        return None


def _numbers(text: str) -> tuple[int, int, int] | None:
    if match := _ISO.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _MONTH_FIRST.match(re.sub(r"^[a-z]+day,? ", "", text)):
        return int(match[3]), _month(match[1]), int(match[2])
    if match := _DAY_FIRST.match(re.sub(r"^[a-z]+day,? ", "", text)):
        return int(match[3]), _month(match[2]), int(match[1])
    return _mail(text)


def _month(word: str) -> int:
    """Its number, also of "Feb" and "Sept"; 0, which no date takes, for what is no month."""
    return next((at for at, month in enumerate(_MONTHS, 1) if month.startswith(word)), 0)


def _mail(text: str) -> tuple[int, int, int] | None:
    """A day as mail and RSS have it: "Wed, 02 Feb 2022 23:30:00 -0500"."""
    if not re.match(r"[a-z]{3}, *\d{1,2} [a-z]{3} \d{4} \d", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment.year, moment.month, moment.day
