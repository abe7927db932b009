"""Numbers to an order. First form: fixed weights; what a passage says counts most, what stands around it little."""

from collections.abc import Mapping

WEIGHTS = {"coverage": 0.75, "around": 0.15, "focus": 0.10}
"""They add up to 1; chosen on the first halves of the public question sets (DESIGN.md, "The first score")."""


def score(features: Mapping[str, float]) -> float:
    """In [0, 1]: the better of what the passage itself covers and of a question that it is known to answer."""
    return max(features["question"], sum(weight * features[name] for name, weight in WEIGHTS.items()))
