"""Numbers to an order, and to the odds that the first of it answers: learned weights, read from a file.

The file is written by `python -m bot evaluate --fit` (see `answers/fit.py`, which says how, and on what).
Rule: what is learned stands in `weights.json`, never in code; there is one set with an encoder and one without.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of a sum by feature; `constant` is added."""

    weights: Mapping[str, float]
    constant: float = 0.0

    def of(self, features: Mapping[str, float]) -> float:
        return self.constant + sum(weight * features[name] for name, weight in self.weights.items())


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


SIGNS = ("lead", "share", "doubt", "cosine_lead", "cosine_gap")


def signs_of(
    first: Mapping[str, float], score: float, rivals: Sequence[tuple[float, Mapping[str, float]]]
) -> dict[str, float]:
    """What speaks for the first of a ranking: its own features, and how it stands among its rivals.

    `rivals` are score and features of the others that do not say the same, in any order. lead: log-odds over the
    best of them, at most 10; share: log of its share of all odds; doubt: the entropy of those shares in nats;
    cosine_lead: its best likeness over the best of theirs; cosine_gap: how far below the best likeness of all it is.
    """
    scores = [score, *(other for other, _ in rivals)]
    top = max(scores)
    odds = [math.exp(one - top) for one in scores]
    total = sum(odds)
    shares = [one / total for one in odds]
    best = max((other["best_cosine"] for _, other in rivals), default=first["best_cosine"] - 0.1)
    return {
        **first,
        "lead": min(10.0, score - max((other for other, _ in rivals), default=score - 10.0)),
        "share": math.log(shares[0] + 1e-9),
        "doubt": -sum(one * math.log(one + 1e-12) for one in shares),
        "cosine_lead": first["best_cosine"] - best,
        "cosine_gap": max(0.0, best - first["best_cosine"]),
    }
