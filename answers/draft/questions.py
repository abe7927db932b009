"""Questions that a passage is likely to answer, made from its parts. An editor keeps what is good and adds what readers ask.

They are few and plain on purpose: a known question counts much when a reader asks, so a wrong one does harm.
"""

import re
from collections.abc import Iterator

from answers.draft.values import Candidate, FoundFigure
from answers.fields import LONGEST_KNOWN
from answers.model import Part

MOST = 6
_TELLS = 3
"""Words of what a figure counts from which on a question about it is about this one."""

_MONEY = frozenset("$ € £ ¥ ₹ ₴ ₽ USD EUR GBP JPY UAH RUB".split())
_ARTICLE = r"(United (States|Kingdom|Nations|Arab)|Netherlands|Philippines|Maldives|European Union|Department |Ministry )|.*\b(Republic|Sea|Strip|Islands|Union|Force|Bank)$"
"""Names that stand with an article within a sentence."""

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
    """For each figure that says of what it is: "How many troops?" alone would be answered by every army of the record."""
    for figure in candidate.figures:
        if figure.counts and len(figure.counts.split()) >= _TELLS:
            yield _of_figure(figure)


def _of_figure(figure: FoundFigure) -> str:
    if figure.unit == "%":
        return f"What share of {figure.counts}?"
    if figure.unit in _MONEY:
        return f"How much money for {figure.counts}?"
    return _PART[figure.part].format(counts=figure.counts)


def _of_speaker(candidate: Candidate) -> Iterator[str]:
    """What a speaker said of each place that the passage names."""
    speaker = candidate.attribution.speaker
    about = dict.fromkeys(place.canonical for place in candidate.places if place.canonical != speaker)
    for place in list(about)[: 2 if speaker else 0]:
        yield f"What did {_named(speaker)} say about {_named(place)}?"


def _named(name: str) -> str:
    """As it stands within a sentence: "the Pentagon", "the United States", "the US officials"."""
    if name.startswith("The "):
        return "the " + name[4:]
    plain = not name.rsplit(maxsplit=1)[-1][0].isupper()
    return f"the {name}" if plain or re.match(_ARTICLE, name) else name
