"""What a figure counts, as far as it is told: whose, of what, in which state, from where, to where, how often.

Two figures are compared only when nothing that both tell sets them apart. What is told is read from the words that an
editor (or `draft`) put down for the figure, and only where these are silent from its sentence. It knows no numbers.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from answers.model import Figure, Part
from answers.text.names import Gazetteer, Kind
from answers.text.normalise import STOP_WORDS, Word, stem, words

_UNITS = {
    "people": "people person persons resident residents inhabitant inhabitants individual individuals lives",
    "troops": """troop troops soldier soldiers serviceman servicemen servicewoman servicewomen personnel serviceperson
        servicepeople servicemembers forces gis""",
    "%": "% percent percentage pct",
    "usd": "$ usd dollar dollars us$",
    "eur": "€ eur euro euros",
    "gbp": "£ gbp pound pounds sterling",
    "dead": "dead death deaths fatality fatalities",
    "hurt": "injured wounded injuries",
}
_UNIT_OF = {word: unit for unit, known in _UNITS.items() for word in known.split()} | {
    "service members": "troops",
    "per cent": "%",
}
_OF_PEOPLE = {"dead", "hurt"}
"""Units that are a state of people: "12 deaths" are 12 people dead."""

_STATES = {
    "alert": "alert standby readiness",
    "dead": "kill killed kills killing dead death deaths die died dies fatalities fatality slain",
    "hurt": "wound wounded injure injured injuries hurt injuring wounding",
    "missing": "missing unaccounted",
    "held": "captured capture detained arrested imprisoned jailed captive hostage",
    "fled": "flee fled fleeing displaced evacuated evacuate uprooted",
    "freed": "freed released rescued",
    "sent": """send sends sending sent deploy deploys deploying deployed deployment deployments shift shifting shifted
        dispatch dispatched dispatching move moved moving transfer transferred""",
    "withdrawn": "withdraw withdrawn withdrawing withdrew withdrawal pull pulled pulling",
}
_STATE_OF = {word: state for state, known in _STATES.items() for word in known.split()}

_RATES = {"daily": "day", "hourly": "hour", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()
)
_PERIODS = frozenset({"hour", "day", "week", "month", "year"})
_PER = frozenset({"a", "an", "per", "each", "every"})

_TO = frozenset("to into toward towards for".split())
_FROM = frozenset("from leaving".split())
_IN = frozenset("in at on near around inside within across throughout along outside".split())
_OF = frozenset("of by".split())
_LEADS = _TO | _FROM | _IN | _OF
_GLUE = frozenset("and or the a an both either with plus new".split())
"""Words over which a preposition still reaches a name: "to Poland and Germany"."""
_BREAKS = frozenset("and but while although though when as since which who after before because whereas".split())
_AFTER, _BEFORE = 7, 4
"""Words beside a figure in which its state is sought where its own words tell none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What one figure counts; what is empty was not told."""

    part: Part
    unit: str
    side: frozenset[str] = frozenset()
    origin: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    state: str = ""
    rate: str = ""


def slot(passage: str, figures: Iterable[Figure], figure: Figure, gazetteer: Gazetteer) -> Slot:
    """The slot of one of a passage's figures. Total."""
    own = [words(figure.counts), words(figure.text)]
    led, after = _beside(passage, figures, figure)
    roles = _together(_roles(_named(read, gazetteer, unlisted=True), read) for read in own)
    more = _roles(_first_group(_named(after, gazetteer, unlisted=False), after), after)
    unit = unit_of(figure.unit)
    return Slot(
        part=figure.part,
        unit="people" if unit in _OF_PEOPLE else unit,
        side=_widest(roles["side"], gazetteer),
        origin=roles["from"] or (frozenset() if roles["place"] else more["from"]),
        place=_widest(_places(roles["place"] or more["place"], gazetteer), gazetteer),
        state=unit if unit in _OF_PEOPLE else _told_state(own, led, after),
        rate=_rate([*own[0], *own[1]]) or _rate(after[:3]),
    )


def unit_of(unit: str) -> str:
    """What is counted under one word: soldiers are troops; the stem of the last word of what is in no list."""
    plain = " ".join(unit.casefold().split())
    last = plain.rpartition(" ")[2]
    if listed := _UNIT_OF.get(plain) or _UNIT_OF.get(last):
        return listed
    read = words(unit)
    return stem(read[-1].form) if read else plain


def alike(one: Slot, other: Slot, gazetteer: Gazetteer) -> bool:
    """Whether two figures may count the same thing: nothing that both tell sets them apart."""
    if (one.part, one.unit, one.rate) != (other.part, other.unit, other.rate) or not one.unit:
        return False
    if one.state and other.state and one.state != other.state:
        return False
    if one.place and other.place and one.place != other.place:
        return False
    return _meet(one.side, other.side, gazetteer) and _meet(one.origin, other.origin, gazetteer)


def _meet(one: frozenset[str], other: frozenset[str], gazetteer: Gazetteer) -> bool:
    """Whether two sets of names have something in common, be it that one lies in the other; so has what is not told."""
    if not one or not other or one & other:
        return True
    return bool(one & gazetteer.whole(other) or other & gazetteer.whole(one))


def _beside(text: str, figures: Iterable[Figure], figure: Figure) -> tuple[Sequence[Word], Sequence[Word]]:
    """The words of the sentence before the figure and those after it, up to the next figure on either side."""
    at = text.find(figure.text)
    if at < 0:
        return (), ()
    stop = at + len(figure.text)
    marks = [(start, start + len(one.text)) for one in figures if (start := text.find(one.text)) >= 0]
    floor = max((end for _, end in marks if end <= at), default=0)
    ceiling = min((start for start, _ in marks if start >= stop), default=len(text))
    read = words(text)
    before = [word for word in read if floor <= word.start < at]
    return before, [word for word in read if stop <= word.start < ceiling]


def _clause(after: Sequence[Word]) -> Sequence[Word]:
    """Words up to one that begins another clause."""
    end = next((at for at, word in enumerate(after) if word.form in _BREAKS and word.form != "who"), len(after))
    return after[:end]


def _told_state(own: Iterable[Sequence[Word]], led: Sequence[Word], after: Sequence[Word]) -> str:
    """The state by the figure's own words, else by those that follow it, else by those that lead to it."""
    texts = (*own, _clause(after)[:_AFTER], led[-_BEFORE:])
    return next((state for state in map(_state, texts) if state), "")


def _state(read: Sequence[Word]) -> str:
    """The state that the words tell; that of being sent only where they tell no other."""
    found = [_STATE_OF[word.form] for word in read if word.form in _STATE_OF]
    return next((state for state in found if state != "sent"), found[0] if found else "")


def _rate(read: Sequence[Word]) -> str:
    """The period of "100 a day" or "daily"; empty for what is counted once."""
    for word, after in zip(read, [*read[1:], None], strict=False):
        if word.form in _RATES:
            return _RATES[word.form]
        if after and word.form in _PER and after.form in _PERIODS:
            return after.form
    return ""


_Named = tuple[str, int, int]
"""A name, and the words from which to which (exclusive) it goes."""


def _roles(named: Iterable[_Named], read: Sequence[Word]) -> dict[str, frozenset[str]]:
    """Names by the part that the preposition before them gives them; without one they are whose it is."""
    found: dict[str, set[str]] = {"side": set(), "from": set(), "place": set()}
    for name, first, stop in named:
        found["from" if _based(read, stop) else _role(read, first)].add(name)
    return {role: frozenset(names) for role, names in found.items()}


def _together(found: Iterable[dict[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
    counts, text = found
    return {role: counts[role] or text[role] for role in counts}


def _named(read: Sequence[Word], gazetteer: Gazetteer, *, unlisted: bool) -> list[_Named]:
    """The names in some words, in order; with `unlisted` a word with a capital that no list has is one, too."""
    mentions = gazetteer.find(read)
    covered = {at for mention in mentions for at in range(mention.first, mention.stop)}
    found = [(one.name.canonical, one.first, one.stop) for one in mentions]
    if unlisted:
        found += [(read[at].form, at, at + 1) for at in range(1, len(read)) if at not in covered and _unknown(read[at])]
    return sorted(found, key=lambda name: name[1])


def _unknown(word: Word) -> bool:
    return word.capital and not any(word.form in known for known in (STOP_WORDS, _UNIT_OF, _CALENDAR))


def _first_group(named: Sequence[_Named], read: Sequence[Word]) -> Iterator[_Named]:
    """Of a sentence that goes on after its figure: the names up to the first that stands in another phrase.

    "12 people in Kharkiv, officials in Kyiv said" tells Kharkiv; "from Kyiv to Poland and Germany" all three.
    """
    end = 0
    for name, first, stop in named:
        between = read[end:first] if end else ()
        if any(word.form not in _GLUE | _LEADS for word in between):
            return
        yield name, first, stop
        end = stop


def _based(read: Sequence[Word], stop: int) -> bool:
    """Whether a name says where only: "Germany-based soldiers" are not Germany's."""
    return stop < len(read) and read[stop].form == "based"


def _role(read: Sequence[Word], at: int) -> str:
    """Back over names and glue to the preposition that leads to a name."""
    for word in reversed(read[:at]):
        if word.form in _LEADS:
            return "place" if word.form in _TO | _IN else "from" if word.form in _FROM else "side"
        if not (word.capital or word.form in _GLUE):
            break
    return "side"


def _places(names: frozenset[str], gazetteer: Gazetteer) -> frozenset[str]:
    """Those that may be where something is or goes: no bodies, no people."""
    return frozenset(name for name in names if name not in gazetteer or gazetteer.named(name).kind is Kind.PLACE)


def _widest(names: frozenset[str], gazetteer: Gazetteer) -> frozenset[str]:
    """Names without those that lie in another of them: "Warsaw, Poland" is Poland, "Canadians of Operation Unifier" Canada's."""
    return frozenset(name for name in names if not (gazetteer.whole([name]) - {name}) & names)
