"""Numbers that count nothing: years, days, times, scores, and the numbers in names ("F-16", "Article 5", "Highway 61").

Dates are known here only as far as they must not be taken for figures.
"""

from collections.abc import Sequence

from answers.draft.counted import Counted, is_time
from answers.draft.hedges import ADDING, Hedge
from answers.draft.numerals import Numeral
from answers.draft.tokens import Token, form, touching

MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec""".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)
_NAMED_BY_NUMBER = frozenset(
    """act age aged amendment annex appendix article boeing boulevard category channel chapter clause clauses class
    convention day directive episode exit figure flight form gate grade group highway interstate iphone issue item
    law lesson level line lot model mark number no nos nr op page pages paragraph part phase platform point pp
    procedure protocol radio regulation resolution room round route row rule scene schedule season section session
    sector size stage step table task team terminal top tier track title type under unit version verse volume vol ward week
    windows year zone schengen""".split()
)
_COUNTED_ALL_THE_SAME = frozenset(
    {"age", "day", "top", "under", "group", "team", "year", "week", "part", "act", "unit", "class", "law"}
)
_BEFORE_A_YEAR = frozenset(
    """in since by from until till to through during of before after around late early mid spring summer autumn fall
    winter the year between circa and or its last their for his her this that""".split()
)
_CLOCK = frozenset(
    {"am", "pm", "a.m.", "p.m.", "gmt", "bst", "est", "edt", "utc", "cet", "et", "o'clock", "o’clock", "noon", "hrs"}
)
_SHIFTS = frozenset({"ago", "after", "later", "earlier", "hence", "before", "afterwards"})
_MOMENTS = frozenset(
    {"every", "next", "last", "past", "coming", "previous", "following", "first", "final", "preceding", "recent"}
)
_FIXED_ONE = frozenset({"no", "any", "every", "some", "each", "this", "that", "which", "the", "another"})
_TAKING = frozenset(
    """killing killed injuring injured wounding wounded hurting arrested arresting detained detaining rescued rescuing saved
    saving displaced displacing evacuated evacuating captured capturing destroyed destroying downed downing""".split()
)
_CHANGING = frozenset(
    """rose risen rise rises rising fell fallen fall falls falling grew grown grow increased increase increases dropped drop
    drops climbed climb jumped jump cut raised raise declined decline shrank up down""".split()
)
_BEING = frozenset(
    """more others were are have had died survived escaped fled remain remained dead killed injured wounded missing
    hurt""".split()
)
_SINGLES = frozenset(
    """person man woman child boy girl baby civilian soldier officer policeman serviceman worker journalist pilot
    passenger patient resident villager student teacher protester demonstrator fighter militant gunman attacker
    hostage prisoner victim death fatality casualty case vote seat firefighter rescuer crewman sailor driver employee
    doctor nurse paramedic medic marine trooper missile drone rocket shell bomb tank plane aircraft helicopter ship
    vessel house building bus car train""".split()
)


def is_label(text: Sequence[Token], numeral: Numeral, counted: Counted | None) -> bool:
    """Whether the number names, dates or ranks something, or is part of a word, and so counts nothing."""
    if numeral.sign and numeral.sign != "%":
        return False
    return (
        _in_a_word(text, numeral, counted)
        or _is_clock(text, numeral)
        or _is_day(text, numeral, counted)
        or _is_year(text, numeral, counted)
        or _is_name(text, numeral, counted)
        or _is_moment(text, numeral, counted)
        or _is_no_one(text, numeral, counted)
    )


def is_lone(text: Sequence[Token], numeral: Numeral, hedge: Hedge, behind: Hedge) -> bool:
    """Whether a number without a noun still counts: "killing at least 30", "two were held", "an additional 140"."""
    before, after = form(text, hedge.first - 1), form(text, numeral.stop)
    if (hedge.words or behind.words) and not (before == "at" and numeral.high <= 24):
        return True
    if numeral.scale > 1 or numeral.vague or numeral.high >= 1000:
        return True
    added = form(text, hedge.first) in ADDING or form(text, numeral.first - 1) in ADDING
    of_them = after == "of" and form(text, numeral.stop + 1) in {"them", "those", "whom", "which", "us"}
    changed = before in {"from", "to"} and any(
        form(text, at) in _CHANGING for at in range(hedge.first - 6, hedge.first - 1)
    )
    there = before == "the" and after in {"already", "killed", "who"}
    return added or of_them or there or changed or before in _TAKING or after in _BEING


def _in_a_word(text: Sequence[Token], numeral: Numeral, counted: Counted | None) -> bool:
    """As in "F-16", "M777", "post-2014", "45-minute", "40s", "24th", "9/11", "3-2", "1.2.3"."""
    at, stop = numeral.first, numeral.stop
    before = form(text, at - 1)
    if touching(text, at) and (text[at - 1].word or text[at - 1].digits or before in {"/", ":", "#", "_", "@", "."}):
        return True
    if touching(text, at) and before == "," and touching(text, at - 1) and text[at - 2].digits:
        return True  # "1,5 million" is one and a half elsewhere, and no five
    if touching(text, at) and before in {"-", "‑", "–", "."} and (touching(text, at - 1) or text[at].word):
        return not (before == "–" and not touching(text, at - 1))
    measured = counted is not None and counted.first == stop and not counted.noun
    return touching(text, stop) and not measured and _joined_behind(text, stop)


def _joined_behind(text: Sequence[Token], stop: int) -> bool:
    after = text[stop]
    if after.surface in "/:_":
        return True
    if after.surface in "-‑–" and touching(text, stop + 1):
        return form(text, stop + 1) not in {"percent", "per", "%"}
    return after.word


def _is_clock(text: Sequence[Token], numeral: Numeral) -> bool:
    return form(text, numeral.stop) in _CLOCK or (
        form(text, numeral.stop) == "local" and form(text, numeral.stop + 1) == "time"
    )


def _is_day(text: Sequence[Token], numeral: Numeral, counted: Counted | None) -> bool:
    """As in "Feb. 2", "24 February", "26-28 August", "Saturday 12"."""
    if not numeral.digits or numeral.high > 31:
        return False
    before = form(text, numeral.first - 1)
    dotted = form(text, numeral.first - 2) if before == "." else before
    if dotted in MONTHS and _is_month(text, numeral.first - 1 - (before == ".")):
        return counted is None or not counted.unit or dotted != "may"
    after = form(text, numeral.stop)
    return (after in MONTHS and _is_month(text, numeral.stop)) or (before in _DAYS and counted is None)


def _is_month(text: Sequence[Token], at: int) -> bool:
    return text[at].capital


def _is_year(text: Sequence[Token], numeral: Numeral, counted: Counted | None) -> bool:
    """Four plain digits that may be a year and do not stand right before what they count."""
    whole = numeral.digits and numeral.scale == 1 and 1500 <= numeral.low <= numeral.high <= 2100
    if not whole or len(text[numeral.first].surface) != 4:
        return False
    if counted is None or form(text, numeral.first - 1) in _BEFORE_A_YEAR:
        return True
    round_ = numeral.low % 50 == 0 or counted.unit in {"people", "troops", "civilians", "dead"}
    return not round_ or counted.stop - numeral.stop > 2 or text[numeral.stop].capital


def _is_name(text: Sequence[Token], numeral: Numeral, counted: Counted | None) -> bool:
    """A number behind the word that it belongs to: "Article 5", "page 12", "number two", "Boeing 737", "Mr Lee, 49,"."""
    before = form(text, numeral.first - 1)
    if before == "." and form(text, numeral.first - 2) in {"no", "nos", "nr", "vol", "art", "p", "pp", "sec"}:
        return True
    if before in _NAMED_BY_NUMBER and not (before in _COUNTED_ALL_THE_SAME and counted):
        return True
    if _is_age(text, numeral, counted):
        return True
    named = numeral.first > 1 and text[numeral.first - 1].capital and before not in _DAYS
    return named and (counted is None or text[numeral.stop].capital) and before not in MONTHS


def _is_age(text: Sequence[Token], numeral: Numeral, counted: Counted | None) -> bool:
    """As in "Beebe, 49, said", "Lee (43)": a bare number between marks, behind a name."""
    marks = (form(text, numeral.first - 1), form(text, numeral.stop))
    bare = counted is None and numeral.scale == 1 and numeral.high < 120
    return bare and marks[0] in {",", "("} and marks[1] in {",", ")", ".", ";", ""} and numeral.first > 1


def _is_moment(text: Sequence[Token], numeral: Numeral, counted: Counted | None) -> bool:
    """As in "two days ago", "in the next 48 hours": a point in time, not a length of it."""
    if counted is None or not is_time(counted.unit):
        return False
    behind = [form(text, at) for at in range(counted.stop, counted.stop + 2)]
    shifted = behind[0] in _SHIFTS or (behind[0] in {"from", "away"} and behind[1] in {"now", "from"})
    return shifted or form(text, numeral.first - 1) in _MOMENTS


def _is_no_one(text: Sequence[Token], numeral: Numeral, counted: Counted | None) -> bool:
    """As in "one of them", "one day", "the one who": "one" counts only people and things of which each one counts."""
    if text[numeral.first].form != "one" or numeral.stop - numeral.first > 1 or numeral.sign:
        return False
    before = form(text, numeral.first - 1)
    if counted is None or form(text, numeral.stop) == "of" or before in _FIXED_ONE - {"another"}:
        return True
    noun = form(text, counted.stop - 1)
    return not (
        noun in _SINGLES
        or before in {"least", "only", "just", "than", "exactly"}
        or counted.unit in {"%", "$", "€", "£"}
    )
