"""Whether a passage holds a thing of the kind that is asked for: a number, a time, a place, a person, a reason.

What the question names itself is no answer to it: "who commands NATO?" is not answered by a passage that names NATO
only. Rule: what denies the thing that is asked about answers, too ("when do they start to fight?" - they will not).
"""

from answers.factbase import Entry
from answers.match.asked import Asked
from answers.match.denials import scope
from answers.match.limits import CALENDAR
from answers.match.manner import Kind
from answers.match.roles import Role, roles
from answers.model import Fact
from answers.text.names import Gazetteer
from answers.text.names import Kind as NameKind
from answers.text.normalise import stem, words
from answers.text.reading import read

_AMOUNTS = frozenset(
    map(stem, "hundred hundreds thousand thousands million millions dozen dozens tens handful".split())
)
_TIMES = frozenset(map(stem, (*CALENDAR, *"may today tomorrow yesterday day week month year soon recently".split())))
_WANTED = {
    Kind.WHO: {NameKind.PERSON, NameKind.ORGANISATION, NameKind.OUTLET},
    Kind.WHERE: {NameKind.PLACE},
}
_PEOPLE_ARE = frozenset({Role.ACTOR, Role.RECEIVER})
_REASONS = frozenset(
    """because since as due so therefore thus hence reason reasons aim aims aimed meant order support
    ensure help helps response respond reassure reassurance signal signals fear fears worry worries worried threat threats
    threatened threatening concern concerns defend defence defense deter protect avoid prevent case purpose intended
    intention despite although""".split()
)


def fits(asked: Asked, entry: Entry, gazetteer: Gazetteer) -> bool:
    """By its terms and names alone; True for kinds that any sentence may answer."""
    terms = entry.passage
    if asked.kind is Kind.HOW_MANY:
        return any(term[0].isdecimal() for term in terms) or not _AMOUNTS.isdisjoint(terms)
    if asked.kind is Kind.WHEN:
        return not _TIMES.isdisjoint(terms) or any(len(term) == 4 and term.isdecimal() for term in terms)
    if (wanted := _WANTED.get(asked.kind)) is None:
        return True
    others = entry.named - gazetteer.whole(asked.names)
    return any(name in gazetteer and gazetteer.named(name).kind in wanted for name in others)


def tells(asked: Asked, fact: Fact, gazetteer: Gazetteer) -> bool:
    """By its words: of somebody who acts or is given something, of a reason. True for every other kind of question."""
    if asked.kind is Kind.WHO:
        speaker = f"{fact.speaker} said . " if asked.speech else ""
        told = roles(read(speaker + fact.quote.text, gazetteer))
        others = told.keys() - gazetteer.whole(asked.names)
        return any(told[name] & _PEOPLE_ARE for name in others)
    if asked.kind is Kind.WHY:
        return any(word.form in _REASONS for word in words(fact.quote.text))
    return True


def disavows(asked: Asked, fact: Fact) -> bool:
    """Whether the passage says of something that is asked about that it is not so."""
    return bool(scope(words(fact.quote.text)) & asked.terms.keys())
