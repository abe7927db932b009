"""Questions that a passage is likely to answer, made from its parts. An editor keeps what is good and adds what readers ask.

They are few and plain on purpose: a known question counts much when a reader asks, so a wrong one does harm.
"""

from collections.abc import Iterator

from answers.draft.values import Candidate, FoundFigure
from answers.fields import LONGEST_KNOWN
from answers.model import Part

MOST = 6
_MONEY = frozenset("$ € £ ¥ ₹ ₴ ₽ USD EUR GBP JPY UAH RUB".split())
_PART = {
    Part.TOTAL: "How many {counts}?",
    Part.ADDITIONAL: "How many more {counts}?",
    Part.EXISTING: "How many {counts} were there already?",
    Part.OPTION: "How many {counts} may yet come?",
}


def likely(candidate: Candidate) -> tuple[str, ...]:
    """At most `MOST` questions, the most certain first; none for a passage of which nothing is known."""
    asked = dict.fromkeys((*_of_figures(candidate), *_of_speaker(candidate)))
    return tuple(question for question in asked if len(question) <= LONGEST_KNOWN)[:MOST]


def _of_figures(candidate: Candidate) -> Iterator[str]:
    where = candidate.places[0].canonical if candidate.places else ""
    for figure in candidate.figures:
        yield from _of_figure(figure, where)


def _of_figure(figure: FoundFigure, where: str) -> Iterator[str]:
    if figure.unit == "%":
        yield f"What share of {figure.counts}?" if figure.counts else f"What share{_in(where)}?"
    elif figure.unit in _MONEY:
        yield f"How much money for {figure.counts}?" if figure.counts else f"How much money{_in(where)}?"
    elif figure.unit:
        counts = figure.counts or figure.unit
        yield _PART[figure.part].format(counts=counts + ("" if where in counts else _in(where)))


def _in(where: str) -> str:
    return f" in {where}" if where else ""


def _of_speaker(candidate: Candidate) -> Iterator[str]:
    """What a speaker said of each place that the passage names, else of its topic."""
    speaker = candidate.attribution.speaker
    if not speaker:
        return
    about = [place.canonical for place in candidate.places if place.canonical != speaker] or list(candidate.topics)
    for matter in dict.fromkeys(about[:2]):
        yield f"What did {_named(speaker)} say about {matter}?"


def _named(speaker: str) -> str:
    """As it stands within a sentence: "The Pentagon" is "the Pentagon" there."""
    return speaker[0].lower() + speaker[1:] if speaker.startswith("The ") else speaker
