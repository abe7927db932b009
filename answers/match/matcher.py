"""Question x fact base to ranked matches: read, find candidates, weigh, order, and ask what forbids the first ones."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from answers.encode import Encoder
from answers.encode import Kind as Text
from answers.factbase import FactBase
from answers.match.asked import Asked, analyse
from answers.match.candidates import Candidate, candidates
from answers.match.features import Beside
from answers.match.fits import disavows
from answers.match.lexical import Lexical
from answers.match.rank import Ranker, Weights, ranker, signs_of
from answers.match.spelling import Speller
from answers.match.vectors import Vectors
from answers.match.vetoes import NEEDS, SLIGHT, UNFIT, UNSETTLED, foreseen, unmet, unsettled, unspoken
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
        # In a crisis thousands ask the same in the same words, and a comparison asks it of each outlet.
        self._vector = lru_cache(REMEMBERED)(self._encoded)

    @property
    def meaning(self) -> Meaning | None:
        return self._meaning

    @property
    def _ranker(self) -> Ranker:
        return ranker(dense=self._meaning is not None)

    def match(
        self, question: Question, today: date, as_of: date | None = None, outlet: str = ""
    ) -> tuple[Asked, tuple[Match, ...]]:
        """What was asked, and the best `SHOWN` matches, best first; equal scores in the order of the base.

        `as_of` reads only what was published up to that day, `outlet` only what that outlet published.
        """
        asked, scored = self.weigh(question, today, as_of, outlet)
        facts = tuple(self._base.facts([one.candidate.entry.number for one in scored[:SHOWN]]))
        shares = _shares(scored)
        return asked, tuple(self._match(asked, scored, at, fact, shares[at], today) for at, fact in enumerate(facts))

    def weigh(
        self, question: Question, today: date, as_of: date | None = None, outlet: str = ""
    ) -> tuple[Asked, list[Scored]]:
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
        scored = [_scored(beside, order, candidate) for candidate in found if outlet in {"", candidate.entry.outlet}]
        scored.sort(key=lambda one: (-one.score, one.candidate.entry.number))
        return asked, scored

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

    def _match(self, asked: Asked, scored: Sequence[Scored], at: int, fact: Fact, share: float, today: date) -> Match:
        vetoes = tuple(self._vetoes(asked, scored[at], fact, today, closely=at < CHECKED))
        return Match(
            fact=fact,
            score=share,
            probability=self.probability(scored, at, forbidden=bool(vetoes)),
            features=scored[at].features,
            vetoes=vetoes,
        )

    def _vetoes(self, asked: Asked, own: Scored, fact: Fact, today: date, *, closely: bool) -> Collection[str]:
        """What forbids the fact; a question that an editor wrote down for it is only forbidden by time."""
        found = [UNSETTLED] if unsettled(asked, fact, today) else []
        if own.features["question"] >= SAME_QUESTION and foreseen(asked, fact):
            return found
        if asked.slight:
            found.append(SLIGHT)
        found += unspoken(asked, own.candidate.entry)
        if closely:
            found += unmet(asked, own.candidate.entry, fact, self._base.gazetteer)
        if not own.features["fits"] and asked.kind in NEEDS and not disavows(asked, fact):
            found.append(UNFIT)
        return dict.fromkeys(found)

    def probability(self, scored: Sequence[Scored], at: int, *, forbidden: bool = False) -> float:
        """Estimated probability that the candidate answers, from its features and its rivals: facts of its claim are none."""
        own = scored[at]
        claim = own.candidate.entry.claim
        rivals = [
            (one.score, one.features)
            for place, one in enumerate(scored)
            if place != at and not (claim and one.candidate.entry.claim == claim)
        ]
        odds = self._ranker.probability(signs_of(own.features, own.score, rivals), forbidden=forbidden)
        return max(odds, FORESEEN) if own.features["question"] >= SAME_QUESTION and not forbidden else odds


def _scored(beside: Beside, order: Weights, candidate: Candidate) -> Scored:
    known = beside.features(candidate)
    return Scored(candidate=candidate, score=order.of(known), features=known)


def _shares(scored: Sequence[Scored]) -> list[float]:
    """The score of each as a share of all odds, in [0, 1]."""
    odds = [math.exp(one.score - scored[0].score) for one in scored]
    total = sum(odds)
    return [one / total for one in odds]
