"""Whether a time expression lies ahead or behind: told by the verb that governs it, or by a word beside it.

English news prose only, without a parser: the verb nearest before it in its clause, else the nearest after it.
It knows no calendar. Where nothing tells, it says so.
"""

from enum import Enum

from answers.draft.date_words import Words

_REACH = 30
"""Words that are looked at on either side; it bounds the work, too."""


_TELLING = frozenset("x>E~-")
"""Kinds of words that may be a verb or end a clause: most, "to", "end" and dashes; the rest are passed over quickly."""


class Direction(Enum):
    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


_WILL = frozenset(
    "will shall won't would wouldn't should might must may could i'll we'll he'll she'll they'll it'll".split()
)
_PRESENT_BE = frozenset("is are am isn't aren't i'm we're they're you're".split())
_PAST_BE = frozenset("was were wasn't weren't been".split())
_PASSIVE = _PRESENT_BE | {"be", "being"}
_HAVE = frozenset("has have had hasn't haven't hadn't i've we've they've".split())
_AHEAD = frozenset(
    """expected expects expect scheduled due set slated planned plans plan planning intends intend intended hopes hope
    hoped aims aim aimed wants want wanted agreed agrees agree prepares prepare preparing prepared vowed vows vow
    promised promises promise threatened threatens pledged pledges decided decides ready likely about poised going
    asked asks urged urges urge called calls call needs need needed seeking seeks seek sought offered offers unable
    supposed bound hoping aiming intending expecting scheduling able must eager proposed proposes proposal deadline
    plot vote voted demanded demands demand ordered orders opportunity invited invites continue continues wait waiting
    upcoming forthcoming looming pending ultimatum""".split()
)
"""What is done "to leave on Friday" after one of these, or what is "set for Friday", lies ahead."""

_BESIDE_AHEAD = frozenset(
    "expected scheduled due set slated planned upcoming forthcoming looming pending deadline anticipated".split()
)
_PLANNED = frozenset("expected scheduled due set slated planned anticipated".split())
_SCHEDULED = frozenset(
    """begins begin starts start opens open ends end closes close expires expire meets meet resumes resume arrives arrive leaves
    leave returns return faces face holds hosts votes vote takes go goes head heads comes come convenes kicks runs
    marks visits travels flies departs elapses retires""".split()
)
"""Verbs in the present that tell of a timetable: "the court meets Tuesday"."""

MOVED = frozenset(
    """moved postponed delayed rescheduled changed pushed move postpone delay reschedule push brought shifted extended
    extend""".split()
)
"""Before "to Thursday" the day lies ahead, and before "from Tuesday to Thursday" no stretch is told."""

_REPORTS = frozenset(
    """says say tells tell reports report writes warns warn announces adds argues claims notes insists believes shows
    show suggests indicates confirms calls describes accuses""".split()
)
_PAST_FORMS = frozenset(
    """said told set was were had did went came took gave made got saw found left met began held kept became brought thought
    rose fell ran led hit cut put won lost sent spent built bought sold paid felt heard knew spoke wrote read stood sat
    struck broke drove flew grew drew threw shot fought taught caught sought showed swept swore withdrew woke wore tore
    stole sank shook rode overtook forgot fled fed dealt chose bore beat ate shut spread split burst quit sworn killed
    slain done gone seen taken given been known shown begun fallen risen broken driven drawn thrown stolen written lay
    laid lit lent meant slid sped spun stuck strode bound forbade foresaw""".split()
)
_NO_VERBS = frozenset(
    """need hundred indeed red bed speed seed breed united armed unarmed feed embed allied aged so-called wicked naked
    sacred kindred shed wed sled ed med fed""".split()
)
_CLAUSE = frozenset(',;:—–()“”"-') | {"and", "but", "that"}
_STOPS = frozenset(';:—()“”"') | {"!", "?"}
_OPENING = frozenset('“"')
_TITLES = frozenset("mr mrs ms dr gov sen rep gen col lt maj sgt prof st no vs".split())
_HOUR = frozenset("a p m am pm . est edt et gmt utc pst pdt local time".split())
_BEFORE_DATE = frozenset(
    """on in by at of the a an this from since until till before after during through around about early late as soon
    for its his her their our next last later earlier only over mid and between""".split()
)


def direction(words: Words, first: int, stop: int) -> Direction:
    """Of the expression of tokens `first` to before `stop`."""
    beside = _beside(words, first, stop)
    if beside is not Direction.UNKNOWN:
        return beside
    begins = _begins_clause(words, first)
    sides = (_after, _before) if begins else (_before, _after)
    for side in sides:
        at = stop if side is _after else first
        if (found := side(words, at)) is not Direction.UNKNOWN:
            return found
    near = range(max(0, first - 8), first)
    return Direction.FUTURE if any(_aim(words, at) for at in near) else Direction.UNKNOWN


def _aim(words: Words, at: int) -> bool:
    """A bare "to leave": what is only aimed at lies ahead."""
    return words.form(at) == "to" and _base_form(words, at + 1)


def _beside(words: Words, first: int, stop: int) -> Direction:
    """Told by what stands right before: "scheduled for", "as early as", "since"."""
    at = _before_hour(words, first)
    near = [words.form(one) for one in range(max(0, at - 5), at)]
    if near[-1:] in (["since"], ["follows"]) or near[-2:] == ["since", "the"]:
        return Direction.PAST
    if near[-1:] == ["as"] and {"soon", "early"} & set(near[-3:]):
        return Direction.FUTURE
    if near[-1:] and near[-1] in {"until", "till"} and "had" not in near:
        told = _after(words, stop) if _begins_clause(words, at) else Direction.UNKNOWN
        return Direction.PAST if told is Direction.PAST else Direction.FUTURE
    if near[-1:] == ["to"] and MOVED & set(near):
        return Direction.FUTURE
    while near and near[-1] in _BEFORE_DATE:
        near.pop()
    return Direction.FUTURE if near[-1:] and near[-1] in _BESIDE_AHEAD else Direction.UNKNOWN


def _before_hour(words: Words, first: int) -> int:
    """Past what tells the hour: "until 9 a.m. EST Tuesday"."""
    at = first
    while at > max(0, first - _REACH) and (words.form(at - 1) in _HOUR or words.kinds[at - 1] in "D#"):
        at -= 1
    return at if words.kinds[at : at + 1] in {"D", "#"} else first


def _begins_clause(words: Words, first: int) -> bool:
    """Whether nothing but a preposition stands between it and the beginning of its clause."""
    at = first - 1
    while at >= max(0, first - _REACH) and words.form(at) in _BEFORE_DATE and words.form(at) != "and":
        at -= 1
    return at < 0 or words.form(at) in _CLAUSE


def _ends(words: Words, at: int) -> bool:
    """Whether a sentence or a part of it ends at a mark; the full stops of "U.S. troops" and "Gov. Smith" end none."""
    form, before = words.form(at), words.form(at - 1)
    if form != ".":
        return form in _STOPS
    return len(before) > 1 and before not in _TITLES


def _before(words: Words, first: int) -> Direction:
    kinds = words.kinds
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if kinds[at] not in _TELLING:
            continue
        if _ends(words, at):
            return Direction.UNKNOWN
        if (found := _verb(words, at)) is not Direction.UNKNOWN:
            return found
    return Direction.UNKNOWN


def _after(words: Words, stop: int) -> Direction:
    kinds = words.kinds
    for at in range(stop, min(len(kinds), stop + _REACH)):
        if kinds[at] not in _TELLING:
            continue
        if words.form(at) in {"which", "who", "whose"}:
            return Direction.UNKNOWN  # what is told of a noun on the way
        if _ends(words, at) and words.form(at) not in _OPENING:
            return Direction.UNKNOWN
        if (found := _verb(words, at)) is not Direction.UNKNOWN:
            return found
    return Direction.UNKNOWN


def _verb(words: Words, at: int) -> Direction:
    """What the word at a place tells, if it is a verb that tells anything: the first rule that knows it."""
    form = words.form(at)
    for rule in _RULES:
        if (told := rule(words, at, form)) is not None:
            return told
    return Direction.UNKNOWN


def _name(words: Words, at: int, form: str) -> Direction | None:
    """A capital makes a name; what begins a sentence is let through."""
    return Direction.UNKNOWN if words.capital(at) and at > 0 and form not in _WILL else None


def _modal(words: Words, at: int, form: str) -> Direction | None:
    if form not in _WILL:
        return None
    return Direction.PAST if "have" in {words.form(at + 1), words.form(at + 2)} else Direction.FUTURE


def _to(words: Words, at: int, form: str) -> Direction | None:
    return _governed(words, at) if form == "to" and _base_form(words, at + 1) else None


def _present_be(words: Words, at: int, form: str) -> Direction | None:
    return _of_present_be(words, at) if form in _PRESENT_BE else None


def _told_before(words: Words, at: int, form: str) -> Direction | None:
    """The verb itself in "to leave", "will leave", "will be paid", "are deployed": the word before it tells."""
    before = words.form(at - 1)
    passive = before in _PASSIVE and form not in _PLANNED
    return Direction.UNKNOWN if passive or before in _WILL | {"to", "not"} else None


def _planned(words: Words, at: int, form: str) -> Direction | None:
    if form not in _PLANNED or _once_planned(words, at) or (form == "set" and words.form(at + 1) not in {"for", "to"}):
        return None
    return Direction.FUTURE


def _was_to(words: Words, at: int, form: str) -> Direction | None:
    return Direction.FUTURE if form in _PAST_BE and words.form(at + 1) in _PLANNED | {"to"} else None


def _past(_words: Words, _at: int, form: str) -> Direction | None:
    return Direction.PAST if form in _REPORTS or form in _HAVE or _is_past(form) else None


def _timetable(words: Words, at: int, form: str) -> Direction | None:
    return Direction.FUTURE if form in _SCHEDULED and _subject_before(words, at) else None


_RULES = (_name, _modal, _to, _present_be, _told_before, _planned, _was_to, _past, _timetable)


def _once_planned(words: Words, at: int) -> bool:
    """What came of what "had been scheduled" is told elsewhere."""
    return words.form(at - 1) == "had" or (words.form(at - 1) == "been" and words.form(at - 2) == "had")


def _is_past(form: str) -> bool:
    return form in _PAST_FORMS or (len(form) > 3 and form.endswith("ed") and form not in _NO_VERBS)


def _base_form(words: Words, at: int) -> bool:
    """Whether what follows "to" may be a verb: no article, number, name or pronoun."""
    form = words.form(at)
    known = {"the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "it", "them", "him"}
    return form.isalpha() and form not in known and not words.capital(at)


def _governed(words: Words, to: int) -> Direction:
    """Of an infinitive: ahead after a verb of planning or a comma, as its verb otherwise; else nothing yet."""
    for at in range(to - 1, max(-1, to - 8), -1):
        form = words.form(at)
        if form in _STOPS or form == ",":
            return Direction.FUTURE
        if form in _PLANNED and _once_planned(words, at):
            return Direction.PAST
        if form in _AHEAD or form in _PRESENT_BE or (form in _PAST_BE and at == to - 1):
            return Direction.FUTURE
        if form in _HAVE and at == to - 1:
            return Direction.PAST if form == "had" else Direction.FUTURE
        if _is_past(form) and not words.capital(at):
            return Direction.PAST
    return Direction.UNKNOWN


def _of_present_be(words: Words, at: int) -> Direction:
    """What "is to leave", "is expected" or "is leaving" lies ahead; "is" alone tells nothing."""
    near = [words.form(at + 1), words.form(at + 2)]
    if near[0] == "to" or set(near) & _AHEAD or any(one.endswith("ing") and len(one) > 5 for one in near):
        return Direction.FUTURE
    return Direction.UNKNOWN


def _subject_before(words: Words, at: int) -> bool:
    """Whether the word before may be its subject: after "the" or "to" it is no verb in the present."""
    before = words.form(at - 1)
    return before.isalpha() and before not in _BEFORE_DATE | {"to", "no", "any"}
