"""A question beside one entry, as numbers in [0, 1], and the vetoes: what the question names and the entry lacks."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from answers.factbase import Entry
from answers.match.asked import Asked
from answers.text.names import is_token, token
from answers.text.normalise import stem

REPAIRED = 0.9
"""What a word counts that was only found after its spelling was repaired."""

PART = 0.5
"""What a name counts when the passage speaks only of a part of it: of Poland, when Europe was asked about."""


def features(asked: Asked, entry: Entry) -> dict[str, float]:
    """Scale-free: the same for a base of thirty facts and of a million.

    coverage  share of the question's weight that stands in the passage or among its names
    around    the same with the neighbouring passages and the title
    title     the same of the title alone
    question  likeness to the nearest question that an editor knows it to answer (1: the same terms)
    heard     share of the question's weight that is spoken of at all: around the passage, or in a known question
    asked     1 when at least two things are asked for, one of them no name; else 0 ("and in Poland?" asks too little)
    focus     share of the passage's terms that the question asks for
    """
    own = {*entry.passage, *map(token, entry.named)}
    wider = frozenset(map(token, entry.names - entry.named))
    around = _covered(asked, own | entry.around | entry.title, wider)
    return {
        "coverage": _covered(asked, own, wider),
        "around": around,
        "title": _covered(asked, entry.title),
        "question": max((_alike(asked, known) for known in entry.questions), default=0.0),
        "heard": max(around, *(_covered(asked, set(known)) for known in entry.questions), 0.0),
        "asked": float(len(asked.terms) > 1 and any(not is_token(term) for term in asked.terms)),
        "focus": len(own & set(_looked_for(asked))) / max(1, len(own)),
    }


def _looked_for(asked: Asked) -> Iterator[str]:
    return (asked.repaired.get(term, term) for term in asked.terms)


def _share(asked: Asked, term: str, terms: AbstractSet[str], wider: AbstractSet[str] = frozenset()) -> float:
    if term in terms:
        return 1.0
    if asked.repaired.get(term) in terms:
        return REPAIRED
    return PART if term in wider else 0.0


def _covered(asked: Asked, terms: AbstractSet[str], wider: AbstractSet[str] = frozenset()) -> float:
    if not asked.weight:
        return 0.0
    shares = (weight * _share(asked, term, terms, wider) for term, weight in asked.terms.items())
    return sum(shares) / asked.weight


def _alike(asked: Asked, known: Iterable[str]) -> float:
    """Twice what is shared over what both have, by weight; a known term that was not asked weighs as the mean does."""
    terms = set(known)
    if not terms or not asked.weight:
        return 0.0
    shared = sum(weight * _share(asked, term, terms) for term, weight in asked.terms.items())
    extra = len(terms - set(_looked_for(asked))) * asked.weight / len(asked.terms)
    return 2 * shared / (asked.weight + shared + extra)


def vetoes(asked: Asked, entry: Entry) -> Iterator[str]:
    """What the question names and neither the passage nor what stands around it speaks of, as the asker wrote it.

    A name is a place, person, organisation or outlet; a number counts like one. Where an editor listed the
    names of a passage, the neighbours add none.
    """
    spoken = {*map(token, entry.names), *entry.title, *entry.passage}
    near = spoken if entry.listed else spoken | entry.around
    yield from (name for name in asked.names if token(name) not in near)
    context = {*entry.passage, *entry.around, *entry.title, *(term for known in entry.questions for term in known)}
    yield from (word.surface for word in asked.suspects if stem(word.form) not in context)
    year = str(entry.published.year) if entry.published else ""
    yield from (number for number in asked.numbers if number not in context and number != year)
