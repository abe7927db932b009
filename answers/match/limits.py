"""What a question is limited to: an outlet, a speaker, a time. Times are resolved against a day that is handed in.

Rule: a limit is read where it is put into words, never guessed; what tells no time limits nothing. It knows no fact
base and no clock.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from answers.match.manner import asks_now
from answers.text.names import Kind, Mention
from answers.text.reading import Reading

_LONGEST = 1000
Span = tuple[date | None, date | None]
"""First and last day, both inclusive; None where it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an answer must meet. Names are canonical; `words` is the time as the asker wrote it."""

    outlets: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    now: bool = False
    words: str = ""


def limits_of(reading: Reading, text: str, today: date) -> Limits:
    """The limits of a question that was read; `text` is the same question. Any text has them."""
    text = text[:_LONGEST]
    first, last, told = _time(text, today)
    return Limits(
        outlets=tuple(dict.fromkeys(_named(reading, Kind.OUTLET, _limits_outlet))),
        speakers=tuple(dict.fromkeys(_named(reading, Kind.PERSON, _limits_speaker))),
        first=first,
        last=last,
        now=asks_now(text),
        words=told,
    )


def _named(reading: Reading, kind: Kind, limits: Callable[[str, str], bool]) -> Iterator[str]:
    """The names of a kind that the words beside them make a limit; names joined by "and" are limits together."""
    last: Mention | None = None
    for mention in reading.mentions:
        if mention.name.kind is not kind:
            continue
        joined = last is not None and [word.form for word in reading.words[last.stop : mention.first]] in _JOINS
        if joined or limits(*_beside(reading, mention)):
            last = mention
            yield mention.name.canonical


def _beside(reading: Reading, mention: Mention) -> tuple[str, str]:
    """The folded words before a name, with a blank at the end, and after it, with what the name owns told by "'s"."""
    owns = reading.words[mention.stop - 1].surface.casefold().replace("’", "'").endswith(("'s", "s'"))
    before = " ".join(word.form for word in reading.words[: mention.first])
    after = " ".join(word.form for word in reading.words[mention.stop :])
    return f"{before} ", ("'s " if owns else "") + after


_JOINS = (["and"], ["or"], ["and", "the"])
_REPORT = r"(?:articles?|stor(?:y|ies)|reports?|reporting|coverage|piece|news)"
_REPORTING = r"(?:say|says|said|report|reports|reported|write|writes|wrote|written|claim|claims|claimed|mention|mentions|mentioned|tell|tells|cover|covers|covered|publish|published|quote|quotes|quoted)"
_SAYING = r"(?:say|says|said|saying|tell|tells|told|announce|announced|claim|claimed|comment|warn|warned|promise|promised|mention|mentioned|state|stated|think|believe|reply|describe|described)"
_TO_OUTLET = re.compile(
    r"(?:\baccording to (?:the )?|\bper |\b(?:reported|written|published|quoted) (?:by|in|on) (?:the )?)$"
)
_OUTLET_ASKED = re.compile(
    r"(?:\b(?:do|does|did|has|have|had|is|what|whether|that|as|when|how) (?:the |both )?|\band (?:the )?)$"
)
_FROM_OUTLET = re.compile(r"\b(?:from|of) (?:the )?$")
_OWN_REPORT = re.compile(rf"^(?:'s )?(?:\w+ )?{_REPORT}\b")
_REPORTS = re.compile(rf"^(?:also |ever |really |and \w+ )?{_REPORTING}\b")


def _limits_outlet(before: str, after: str) -> bool:
    if _TO_OUTLET.search(before):
        return True
    if _OUTLET_ASKED.search(before) and _REPORTS.search(after):
        return True
    return bool(_OWN_REPORT.search(after)) or bool(_FROM_OUTLET.search(before) and not after)


_TO_SPEAKER = re.compile(
    r"\b(?:according to|in the words of|(?:said|told|announced|stated|claimed|promised) by|(?:quotes?|words?|statements?|comments?|remarks?) (?:by|of|from)) (?:\w+ ){0,3}$"
)
_SPEAKER_ASKED = re.compile(r"\b(?:do|does|did|has|have|had) (?:\w+ ){0,4}$")
_WHAT_SAID = re.compile(r"\bwhat (?:\w+ ){0,3}$")
_SPEAKS = re.compile(rf"^(?:also |ever |really |just |already |not |and \w+ )?{_SAYING}\b")
_OWN_WORDS = re.compile(
    r"^'s (?:\w+ )?(?:words?|statements?|comments?|remarks?|quotes?|position|opinion|view|answer)\b"
)


def _limits_speaker(before: str, after: str) -> bool:
    if _TO_SPEAKER.search(before) or _OWN_WORDS.search(after):
        return True
    asked = _SPEAKER_ASKED.search(before) or _WHAT_SAID.search(before)
    return bool(asked and _SPEAKS.search(after))


_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        """january jan/february feb/march mar/april apr/may/june jun/july jul/august aug/september sept sep/october oct/
        november nov/december dec""".split("/"),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
CALENDAR = frozenset({*_WEEKDAYS, *(next(name for name in _MONTHS if _MONTHS[name] == at) for at in range(1, 13))}) - {
    "may"
}
"""Days of the week and months by their whole names, but May: the word seldom is the month."""
_DAYS: Mapping[str, int] = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1,
    "gestern": -1, "ayer": -1, "wczoraj": -1, "вчора": -1, "вчера": -1,
}  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month that each begins with."""
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
_COUNTS = {"few": 4, "couple of": 2, "couple": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}  # fmt: skip


def _one_of(words: Iterable[str]) -> str:
    """A pattern of words that looks at a first letter before it tries them one after another; most words have another."""
    listed = list(words)
    return rf"(?=[{''.join(dict.fromkeys(word[0] for word in listed))}])(?:{'|'.join(listed)})"


_MONTH = rf"(?P<month>{_one_of(_MONTHS)})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBER = rf"(?P<count>\d{{1,3}}|{_one_of(_COUNTS)})"
_LEAD = _one_of("in during throughout since until till before after by of".split())

Resolve = Callable[[re.Match[str], date], Span]


def _day(found: re.Match[str], today: date) -> Span:
    """A day of a month; without a year the one nearest to today."""
    month, day = _month_of(found), int(found["day"])
    if found["year"]:
        one = date(int(found["year"]), month, day)
        return one, one
    years = (year for year in (today.year - 1, today.year, today.year + 1) if day <= monthrange(year, month)[1])
    one = min((date(year, month, day) for year in years), key=lambda near: abs(near - today))
    return one, one


def _month_of(found: re.Match[str]) -> int:
    told = found["month"].casefold()
    return int(told) if told.isdecimal() else _MONTHS[told]


def _month(found: re.Match[str], today: date) -> Span:
    """A month; without a year the last that has begun."""
    month = _month_of(found)
    year = int(found["year"]) if found["year"] else today.year - (month > today.month)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(found: re.Match[str], today: date) -> Span:  # noqa: ARG001 - every reading of a time is called in the same way
    year = int(found["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _weekday(found: re.Match[str], today: date) -> Span:
    """A day of the week: the last one up to today, before today with "last", after it with "next"."""
    weekday, which = _WEEKDAYS.index(found["weekday"].casefold()), (found["which"] or "").casefold()
    back = (today.weekday() - weekday) % 7
    days = 7 - back if which == "next" else -(back or 7 * (which == "last"))
    one = today + timedelta(days=days)
    return one, one


def _near_day(found: re.Match[str], today: date) -> Span:
    one = today + timedelta(days=_DAYS[found.group().casefold()])
    return one, one


def _today(found: re.Match[str], today: date) -> Span:  # noqa: ARG001 - every reading of a time is called in the same way
    return today, today


def _ago(found: re.Match[str], today: date) -> Span:
    """So long ago; the longer, the less sharp."""
    unit = _UNITS[found["unit"].casefold()]
    day, slack = today - timedelta(days=_count(found) * unit), timedelta(days=unit // 2)
    return day - slack, day + slack


def _past(found: re.Match[str], today: date) -> Span:
    return today - timedelta(days=_count(found) * _UNITS[found["unit"].casefold()]), today


def _count(found: re.Match[str]) -> int:
    told = found["count"].casefold()
    return int(told) if told.isdecimal() else _COUNTS[told]


def _calendar(found: re.Match[str], today: date) -> Span:
    """A week (from Monday), month or year of the calendar beside today's."""
    step = {"this": 0, "next": 1, "coming": 1}.get(found["which"].casefold(), -1)
    match found["unit"].casefold():
        case "week" | "weekend" as unit:
            monday = today - timedelta(days=today.weekday() - 7 * step)
            return monday + timedelta(days=5 * (unit == "weekend")), monday + timedelta(days=6)
        case "month":
            year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
            return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])
        case _:
            return date(today.year + step, 1, 1), date(today.year + step, 12, 31)


def _season(found: re.Match[str], today: date) -> Span:
    """A season of the northern year; "last" is the one that has ended, else the one that is nearest to today."""
    begins = _SEASONS[found["season"].casefold()]
    which = (found["which"] or "").casefold()
    years = [int(found["year"])] if found["year"] else range(today.year - 2, today.year + 2)
    spans = [_quarter(year, begins) for year in years]
    if which in {"last", "previous", "past"}:
        spans = [span for span in spans if span[1] < today][-1:]
    elif which in {"next", "coming"}:
        spans = [span for span in spans if span[0] > today][:1]
    return min(spans, key=lambda span: abs(span[0] + timedelta(days=45) - today))


def _quarter(year: int, begins: int) -> tuple[date, date]:
    after = date(year + (begins + 3 > 12), (begins + 2) % 12 + 1, 1)
    return date(year, begins, 1), after - timedelta(days=1)


def _table(*rows: tuple[str, Resolve]) -> tuple[tuple[re.Pattern[str], Resolve], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), resolve) for pattern, resolve in rows)


_TIMES = _table(
    (r"\b(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b", _day),
    (r"\b(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?P<year>\d{4})\b", _day),
    (rf"\b{_DAY}(?: of)? {_MONTH}\b\.?(?:,? {_YEAR})?", _day),
    (rf"\b{_MONTH}\.? {_DAY}(?!\w)(?:,? {_YEAR})?", _day),
    (rf"\b{_MONTH}\.?,?(?: of)? {_YEAR}\b", _month),
    (rf"\b{_LEAD} (?:early |late |mid[- ])?{_MONTH}\b(?P<year>)", _month),
    (rf"\b{_LEAD} (?:the )?(?P<which>)(?P<season>{_one_of(_SEASONS)})(?: of)? {_YEAR}\b", _season),
    (rf"\b{_LEAD} (?:the year )?{_YEAR}\b", _year),
    (
        rf"\b(?<!ash )(?<!good )(?<!black )(?<!super )(?:(?P<which>last|next|this|on) )?\b(?P<weekday>{_one_of(_WEEKDAYS)})\b(?! times)",
        _weekday,
    ),
    (rf"\b{_one_of(_DAYS)}\b", _near_day),
    (rf"\b{_NUMBER} (?P<unit>day|week|month|year)s? ago\b", _ago),
    (rf"\b(?:past|last) {_NUMBER} (?P<unit>day|week|month|year)s?\b", _past),
    (r"\b(?P<which>last|this|next|past|previous|coming) (?P<unit>weekend|week|month|year)\b", _calendar),
    (
        rf"\b(?:{_LEAD} (?:the )?)?(?P<which>last|this|next|past|previous|coming) (?P<season>{_one_of(_SEASONS)})\b(?P<year>)",
        _season,
    ),
    # "Where are they today" asks how things stand, "what did he say today" of the day.
    (r"\b(?:did|was|were|happen(?:s|ed|ing)?|said|announced|news)\b.{0,200}?\b(?P<words>today)\b", _today),
)
_SINCE = re.compile(r"\b(?:since|after|from)(?: the| early| late)? *$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:before|until|till|by|prior to|up to)(?: the| early| late)? *$", re.IGNORECASE)
_OPEN = re.compile(rf"^(?:{_LEAD}) ", re.IGNORECASE)


def _time(text: str, today: date) -> tuple[date | None, date | None, str]:
    """The first and last day of the time that a question names, and its words; nothing where it names none."""
    for pattern, resolve in _TIMES:
        for found in pattern.finditer(text):
            span = _span(resolve, found, today)
            if span != (None, None):
                told = found["words"] if "words" in pattern.groupindex else found.group()
                return *_opened(span, _before(text, found)), told.strip(" .,")
    return None, None, ""


def _span(resolve: Resolve, found: re.Match[str], today: date) -> Span:
    try:
        return resolve(found, today)
    except (LookupError, ValueError, OverflowError):  # no such word or day, or beyond the calendar
        return None, None


def _before(text: str, found: re.Match[str]) -> str:
    """What leads up to a time: words before it, and the first of its own if that is a preposition."""
    own = _OPEN.match(found.group())
    return text[max(0, found.start() - 20) : found.start()] + (own.group() if own else "")


def _opened(span: Span, before: str) -> Span:
    first, last = span
    if _SINCE.search(before):
        return first, None
    return (None, last) if _UNTIL.search(before) else (first, last)
