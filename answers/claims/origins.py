"""What two facts go back to: one speaker, one body, one outlet, one report, the same words.

Only what can be shown is named. `UNKNOWN` is no independence: two outlets that name nobody may have read one statement.
It knows no figures.
"""

import re
from collections.abc import Iterable, Iterator

from answers.model import Fact, Origin, Shared
from answers.text.names import Gazetteer, Kind
from answers.text.normalise import Word, forms, words

RUN = 5
"""Words in a row that two passages must quote alike before these are proof of one origin."""

_QUOTED = re.compile(r"[“„«]([^“”„«»]+)(?:[”“»]|$)|\"([^\"]+)\"")
"""Between marks; a quotation in curly ones that the passage breaks off goes to its end."""
_TOLD = frozenset("told citing per".split())
_TOLD_BY = frozenset("reported spoke speaking interview published obtained seen reviewed said statement".split())
_TELLS = frozenset("reported reports reporting said says".split())
_BODIES = frozenset(
    """administration agency army authority cabinet command commission committee company council court department
    embassy force foundation government guard institute ministry mission navy office organisation organization
    parliament police president presidency senate service staff union university""".split()
)
"""Last words of what is one voice though no list has it: "Canadian government", not "US officials"."""


def origin(one: Fact, other: Fact, gazetteer: Gazetteer) -> Origin:
    """The source that both go back to, the nearest that can be named. Symmetric; `UNKNOWN` where none is proved."""
    if _copied(one, other):
        return Origin(shared=Shared.REPORT)
    for shared, of in ((Shared.SPEAKER, _speakers), (Shared.BODY, _bodies), (Shared.OUTLET, _outlets)):
        both = set(of(one, gazetteer)) & set(of(other, gazetteer))
        if both:
            return Origin(shared=shared, name=min(both))
    return Origin(shared=Shared.WORDS if quoted_alike(one, other) else Shared.UNKNOWN)


def voices(fact: Fact, gazetteer: Gazetteer) -> frozenset[str]:
    """Who is heard in a fact: its speaker, and the bodies that this is or speaks for."""
    return frozenset((*_speakers(fact, gazetteer), *_bodies(fact, gazetteer)))


def quoted_alike(one: Fact, other: Fact) -> bool:
    """Whether both quote the same `RUN` words in a row."""
    return not runs(one.quote.text).isdisjoint(runs(other.quote.text))


def runs(passage: str) -> frozenset[tuple[str, ...]]:
    """Every run of `RUN` words between quotation marks."""
    found: set[tuple[str, ...]] = set()
    for match in _QUOTED.finditer(passage):
        said = forms(match.group(1) or match.group(2))
        found.update(said[at : at + RUN] for at in range(len(said) - RUN + 1))
    return frozenset(found)


def _copied(one: Fact, other: Fact) -> bool:
    """Whether their articles are one report, published twice."""
    first, second = one.article, other.article
    return first.id != second.id and (first.same_as or first.id) == (second.same_as or second.id)


def _speakers(fact: Fact, gazetteer: Gazetteer) -> Iterator[str]:
    """Who speaks, under the listed name; an unlisted one only if it is one person's or one body's."""
    if not fact.speaker:
        return
    read = words(fact.speaker)
    whole = [one for one in gazetteer.find(read) if (one.first, one.stop) == (0, len(read)) or _led(read, one.first)]
    if whole and whole[0].stop == len(read):
        yield whole[0].name.canonical
    elif _one_voice(read):
        yield fact.speaker


def _led(read: tuple[Word, ...], first: int) -> bool:
    return first == 1 and read[0].form == "the"


def _one_voice(read: tuple[Word, ...]) -> bool:
    """Of "Jane Smith" and "Canadian government", not of "US officials", "a diplomat", "police"."""
    if len(read) < 2 or read[0].form in {"a", "an", "one", "another", "two", "several", "some"}:
        return False
    return read[-1].form in _BODIES or all(word.capital for word in read)


def _bodies(fact: Fact, gazetteer: Gazetteer) -> Iterator[str]:
    """The bodies that a speaker is or speaks for: itself, what his role names, what a listed person is part of."""
    for name in _speakers(fact, gazetteer):
        if name in gazetteer:
            named = gazetteer.named(name)
            yield from _organisations((name,), gazetteer)
            yield from _organisations(named.part_of if named.kind is Kind.PERSON else (), gazetteer)
    if fact.role:
        yield from _organisations((one.name.canonical for one in gazetteer.find(words(fact.role))), gazetteer)


def _organisations(names: Iterable[str], gazetteer: Gazetteer) -> Iterator[str]:
    return (name for name in names if name in gazetteer and gazetteer.named(name).kind is Kind.ORGANISATION)


def _outlets(fact: Fact, gazetteer: Gazetteer) -> Iterator[str]:
    """The outlet whose report it is: the one that the passage goes back to, else the one that published it."""
    cited = list(_cited(fact, gazetteer))
    yield from cited or [_canonical(fact.article.outlet, gazetteer)]


def _cited(fact: Fact, gazetteer: Gazetteer) -> Iterator[str]:
    """Outlets that speak in the passage, were spoken to ("told Reuters") or are credited as its author."""
    speaker = [name for name in _speakers(fact, gazetteer) if _is_outlet(name, gazetteer)]
    credited = (_canonical(author, gazetteer) for author in fact.article.authors)
    yield from speaker
    yield from (name for name in credited if _is_outlet(name, gazetteer))
    read = words(fact.quote.text)
    for one in gazetteer.find(read):
        if one.name.kind is Kind.OUTLET and _tells(read, one.first, one.stop):
            yield one.name.canonical


def _tells(read: tuple[Word, ...], first: int, stop: int) -> bool:
    """Whether the words around an outlet's name make it the source: "told CNN", "reported by CNN", "CNN reported"."""
    before = [word.form for word in read[max(first - 4, 0) : first] if word.form != "the"]
    led = bool(before) and (
        before[-1] in _TOLD or (before[-1] in {"to", "by", "with"} and not _TOLD_BY.isdisjoint(before))
    )
    return led or " ".join(before[-2:]) == "according to" or (stop < len(read) and read[stop].form in _TELLS)


def _is_outlet(name: str, gazetteer: Gazetteer) -> bool:
    return name in gazetteer and gazetteer.named(name).kind is Kind.OUTLET


def _canonical(outlet: str, gazetteer: Gazetteer) -> str:
    read = words(outlet)
    found = [one.name.canonical for one in gazetteer.find(read) if one.stop - one.first == len(read)]
    return found[0] if found else outlet
