"""Question x fact base to ranked matches: read, find candidates, weigh, order."""

from dataclasses import dataclass
from datetime import date

from answers.factbase import Entry, FactBase
from answers.match.asked import Asked, analyse
from answers.match.candidates import candidates
from answers.match.features import features, vetoes
from answers.match.rank import score
from answers.match.spelling import Speller
from answers.model import Match, Question

SHOWN = 10
"""How many of the best are kept as matches; the rest are forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    entry: Entry
    score: float
    features: dict[str, float]
    vetoes: tuple[str, ...]


class Matcher:
    """The matcher of one fact base; it holds what is computed once a revision."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self._speller = Speller(base.spellings(), base.gazetteer.vocabulary)

    def match(self, question: Question, as_of: date | None = None) -> tuple[Asked, tuple[Match, ...]]:
        """What was asked, and the best `SHOWN` matches, best first; equal scores in the order of the base."""
        asked = analyse(question.text, self._base, self._speller)
        scored = [_scored(asked, entry) for entry in candidates(asked, self._base, as_of)]
        scored.sort(key=lambda one: (-one.score, -one.entry.rank, one.entry.number))
        facts = self._base.facts([one.entry.number for one in scored[:SHOWN]])
        return asked, tuple(
            Match(fact=fact, score=one.score, features=one.features, vetoes=one.vetoes)
            for one, fact in zip(scored, facts, strict=False)
        )


def _scored(asked: Asked, entry: Entry) -> Scored:
    known = features(asked, entry)
    return Scored(entry=entry, score=score(known), features=known, vetoes=tuple(vetoes(asked, entry)))
