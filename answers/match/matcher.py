"""Question x fact base to ranked matches: read, find candidates, weigh, order, and ask what forbids the first ones."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from answers.encode import Encoder
from answers.encode import Kind as Text
from answers.factbase import FactBase
from answers.match.asked import Asked, analyse
from answers.match.candidates import Candidate, candidates
from answers.match.features import Beside
from answers.match.gaps import OPEN_ABROAD_AT, OPEN_AT, Gaps
from answers.match.lexical import Lexical
from answers.match.rank import Ranker, Standing, Weights, ranker
from answers.match.spelling import Speller
from answers.match.vectors import Vectors
from answers.match.vetoes import (
    NEEDS,
    OPEN,
    SLIGHT,
    UNFIT,
    UNSETTLED,
    excused,
    foreseen,
    parts_told,
    unmet,
    unsettled,
    unspoken,
)
from answers.model import Fact, Match, Question

CHECKED = 3
"""Matches that are read again for what they say otherwise: as many as a reader is shown. Each costs .2 ms."""

SAME_QUESTION = 0.9
"""Likeness of terms from which a known question is the one that was asked. A choice of sense."""

FORESEEN = 0.9
"""The least probability that the answer to such a question has: an editor has said that the passage answers it."""

APART = timedelta(days=30)
"""How far from the record's time a day of asking still counts as near it."""

REMEMBERED = 256
"""Questions whose vectors are kept in memory: less than half a megabyte."""

PASSAGES = 2_048
"""Passages of which it is kept who does what in them: about three megabytes."""

SHOWN = 10
"""How many of the best are kept as matches; the rest are forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    candidate: Candidate
    score: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What finds passages by meaning: an encoder and the vectors of one revision under it."""

    encoder: Encoder
    vectors: Vectors


class Matcher:
    """The matcher of one fact base; it holds what is computed once a revision. Without `meaning` it goes by words."""

    def __init__(self, base: FactBase, lexical: Lexical, meaning: Meaning | None = None) -> None:
        self._base, self._lexical, self._meaning = base, lexical, meaning
        self._speller = Speller(base.spellings(), base.gazetteer.vocabulary)
        self._gaps = Gaps(base, meaning.vectors if meaning else None)
        # In a crisis thousands ask the same in the same words.
        self._vector = lru_cache(REMEMBERED)(self._encoded)
        # Of a passage that comes near, the same whatever is asked: reading it again was a third of a question's work.
        self._parts = lru_cache(PASSAGES)(partial(parts_told, base.gazetteer))

    @property
    def meaning(self) -> Meaning | None:
        return self._meaning

    @property
    def _ranker(self) -> Ranker:
        return ranker(dense=self._meaning is not None)

    def match(self, question: Question, today: date, as_of: date | None = None) -> tuple[Asked, tuple[Match, ...]]:
        """What was asked, and the best `SHOWN` matches, best first; equal scores in the order of the base.

        `as_of` reads only what was published up to that day.
        """
        asked, scored = self.weigh(question, today, as_of)
        return asked, self.matches(asked, scored, today)

    def matches(self, asked: Asked, scored: Sequence[Scored], today: date, outlet: str = "") -> tuple[Match, ...]:
        """The best of what was weighed, as `match` has them; with an `outlet` only of what it published."""
        ranking = Ranking([one for one in scored if outlet in {"", one.candidate.entry.outlet}], asked.openness)
        facts = self._base.facts([one.candidate.entry.number for one in ranking.scored[:SHOWN]])
        return tuple(self._match(asked, ranking, at, fact, today) for at, fact in enumerate(facts))

    def weigh(self, question: Question, today: date, as_of: date | None = None) -> tuple[Asked, list[Scored]]:
        """What was asked, and every candidate with its features and score, best first."""
        asked = analyse(question.text, self._base, self._speller, today)
        near = today if self._in_time(today) else None
        found = candidates(
            [*asked.terms, *asked.repaired.values()],
            self._vector(asked.text),
            self._base,
            self._meaning.vectors if self._meaning else None,
            self._lexical,
            as_of,
            near,
        )
        beside, order = Beside(asked, self._base.gazetteer, near), self._order(asked)
        scored = [_scored(beside, order, candidate) for candidate in found]
        scored.sort(key=lambda one: (-one.score, one.candidate.entry.number))
        return self._opened(asked, beside, scored), scored

    def _opened(self, asked: Asked, beside: Beside, scored: Sequence[Scored]) -> Asked:
        """The same question with how open it is, and with the gap that it then asks for."""
        alike = "heading" if self._meaning else "question"
        known = max((one.features[alike] for one in scored), default=0.0)
        about, openness = self._gaps.nearest(asked, self._vector(asked.text), beside.alike, known)
        line = OPEN_ABROAD_AT if asked.foreign else OPEN_AT
        return replace(asked, gap=about if openness >= line else "", openness=openness)

    def _encoded(self, text: str) -> NDArray[np.float32] | None:
        return self._meaning.encoder.encode([text], Text.QUESTION)[0] if self._meaning else None

    def _in_time(self, today: date) -> bool:
        """Whether the day of asking lies in the time of the record: far from all of it no passage is nearer than another."""
        first, last = self._base.coverage.first, self._base.coverage.last
        return first is not None and last is not None and first - APART <= today <= last + APART

    def _order(self, asked: Asked) -> Weights:
        return self._ranker.foreign if asked.foreign else self._ranker.order

    def forbidden(self, asked: Asked, scored: Sequence[Scored], today: date) -> list[bool]:
        """Of each candidate, whether a veto stands above its score."""
        facts = self._base.facts([one.candidate.entry.number for one in scored])
        pairs = zip(scored, facts, strict=True)
        return [bool(self._vetoes(asked, one, fact, today, closely=True)) for one, fact in pairs]

    def _match(self, asked: Asked, ranking: "Ranking", at: int, fact: Fact, today: date) -> Match:
        own = ranking.scored[at]
        vetoes = tuple(self._vetoes(asked, own, fact, today, closely=at < CHECKED))
        return Match(
            fact=fact,
            score=ranking.shares[at],
            probability=self.probability(ranking, at, forbidden=bool(vetoes)),
            features=own.features,
            vetoes=vetoes,
        )

    def _vetoes(self, asked: Asked, own: Scored, fact: Fact, today: date, *, closely: bool) -> Collection[str]:
        """What forbids the fact; a question that an editor wrote down for it is only forbidden by time."""
        found = [UNSETTLED] if unsettled(asked, fact, today) else []
        if own.features["question"] >= SAME_QUESTION and foreseen(asked, fact):
            return found
        if asked.slight:
            found.append(SLIGHT)
        if asked.gap:
            found.append(OPEN)
        found += unspoken(asked, own.candidate.entry)
        if closely:
            found += unmet(asked, own.candidate.entry, fact, self._base.gazetteer, self._parts)
        if not own.features["fits"] and asked.kind in NEEDS and not excused(asked, fact):
            found.append(UNFIT)
        return dict.fromkeys(found)

    def probability(self, ranking: "Ranking", at: int, *, forbidden: bool = False) -> float:
        """Estimated probability that the candidate answers, from its features and its rivals."""
        odds = self._ranker.probability(ranking.signs(at), forbidden=forbidden)
        known = ranking.scored[at].features["question"] >= SAME_QUESTION
        return max(odds, FORESEEN) if known and not forbidden else odds


class Ranking:
    """The candidates of one question, best first, and how each stands among its rivals: facts of its claim are none."""

    def __init__(self, scored: Sequence[Scored], openness: float = 0.0) -> None:
        self.scored, self._openness = scored, openness
        self._standing = self._of(scored)

    @property
    def shares(self) -> Sequence[float]:
        """The score of each as a share of all odds, in [0, 1]."""
        return self._standing.shares

    def signs(self, at: int) -> Mapping[str, float]:
        """What speaks for one of them, as `rank` has it."""
        own, claim = self.scored[at], self.scored[at].candidate.entry.claim
        left = [one for one in self.scored if one is own or not claim or one.candidate.entry.claim != claim]
        if len(left) == len(self.scored):
            return self._standing.signs(at)
        return self._of(left).signs(next(place for place, one in enumerate(left) if one is own))

    def _of(self, scored: Sequence[Scored]) -> Standing:
        return Standing([(one.score, one.features) for one in scored], self._openness)


def _scored(beside: Beside, order: Weights, candidate: Candidate) -> Scored:
    known = beside.features(candidate)
    return Scored(candidate=candidate, score=order.of(known), features=known)
