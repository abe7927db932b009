"""Numbers to an order, and to the odds that the first of it answers: learned weights, read from a file.

The file is written by `python -m bot evaluate --fit` (see `answers/fit.py`, which says how, and on what).
Rule: what is learned stands in `weights.json`, never in code; there is one set with an encoder and one without.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from importlib import resources
from operator import mul


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of a sum by feature; `constant` is added."""

    weights: Mapping[str, float]
    constant: float = 0.0

    def of(self, features: Mapping[str, float]) -> float:
        # Without a generator: a question is summed up for each of its candidates.
        total: float = self.constant + sum(map(mul, self.weights.values(), map(features.__getitem__, self.weights)))
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """`order` ranks candidates (a log-odds against each other), `foreign` those of a question in another language.

    `answers` gives the log-odds that the first answers where nothing forbids it, `forbidden` where something does.
    """

    order: Weights
    foreign: Weights
    answers: Weights
    forbidden: Weights

    def probability(self, signs: Mapping[str, float], *, forbidden: bool = False) -> float:
        """Estimated probability, in [0, 1], that the first passage answers, from `signs_of` the ranking."""
        odds = (self.forbidden if forbidden else self.answers).of(signs)
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


@cache
def ranker(*, dense: bool) -> Ranker:
    """The packaged weights: `dense` for candidates that have cosines."""
    stored = json.loads((resources.files("answers.match") / "weights.json").read_text(encoding="utf-8"))
    part = stored["dense" if dense else "lexical"]
    return Ranker(**{name: Weights(**weights) for name, weights in part.items()})


SIGNS = ("lead", "share", "doubt", "cosine_lead", "cosine_gap", "openness")


class Standing:
    """How the candidates of one question stand among each other; what is the same for all of them is computed once."""

    def __init__(self, scored: Sequence[tuple[float, Mapping[str, float]]], openness: float = 0.0) -> None:
        """Score and features of each candidate, in any order, and the openness of the question."""
        self._scored, self._openness = scored, openness
        scores = [score for score, _ in scored]
        top = max(scores, default=0.0)
        odds = [math.exp(one - top) for one in scores]
        total = sum(odds)
        self.shares = [one / total for one in odds]
        self._doubt = -sum(one * math.log(one + 1e-12) for one in self.shares)
        self._scores, self._likeness = nlargest(2, scores), nlargest(2, (known["best_cosine"] for _, known in scored))

    def signs(self, at: int) -> dict[str, float]:
        """As `signs_of`, where all others are rivals."""
        score, own = self._scored[at]
        like = own["best_cosine"]
        best = _best_but(like, self._likeness, like - 0.1)
        return {
            **own,
            "lead": min(10.0, score - _best_but(score, self._scores, score - 10.0)),
            "share": math.log(self.shares[at] + 1e-9),
            "doubt": self._doubt,
            "cosine_lead": like - best,
            "cosine_gap": max(0.0, best - like),
            "openness": self._openness,
        }


def _best_but(own: float, first_two: Sequence[float], alone: float) -> float:
    """The best of the others, of which the first two of all are known."""
    if len(first_two) < 2:
        return alone
    return first_two[1] if own == first_two[0] else first_two[0]


def signs_of(
    first: Mapping[str, float], score: float, rivals: Sequence[tuple[float, Mapping[str, float]]], openness: float = 0.0
) -> dict[str, float]:
    """What speaks for the first of a ranking: its own features, and how it stands among its rivals.

    `rivals` are score and features of the others that do not say the same, in any order. lead: log-odds over the
    best of them, at most 10; share: log of its share of all odds; doubt: the entropy of those shares in nats;
    cosine_lead: its best likeness over the best of theirs; cosine_gap: how far below the best likeness of all it is;
    openness: how much nearer the question is to a known gap than to any known question.
    """
    return Standing([(score, first), *rivals], openness).signs(0)
