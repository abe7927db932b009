"""Numbers to an order. First form: fixed weights on scale-free features.

The weights were fitted (listwise softmax) on the first halves of two public question sets, a news quiz and a health
crisis's questions, and rounded; DESIGN.md, "The first score", says what they reach on the second halves.
"""

from collections.abc import Mapping

WEIGHTS = {"coverage": 0.03, "around": 0.31, "focus": 0.42, "title": 0.24}
"""They add up to 1."""


def passage_score(features: Mapping[str, float]) -> float:
    """How well the passage and what stands around it cover the question, in [0, 1]."""
    return sum(weight * features[name] for name, weight in WEIGHTS.items())


def score(features: Mapping[str, float]) -> float:
    """In [0, 1]: the passage's own score, or its mean with the likeness to a question it is known to answer."""
    own = passage_score(features)
    return max(own, (own + features["question"]) / 2)
