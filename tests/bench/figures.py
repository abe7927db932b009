"""Figures of what rows handed back: shares, percentiles, and the ratios of two rows. It knows no table."""

import math
import statistics
from collections.abc import Sequence

from tests.bench.asking import PLAIN, TYPED, Told


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[math.ceil(share * len(values)) - 1]


def middle_and_worst(values: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    return statistics.median(values), percentile(values, 0.99)


def top(told: Told, deep: int, kind: str = "") -> float:
    """Share of the questions, or of those of one set, with a right fact among the first `deep`."""
    ranks: list[int | None] = [
        rank for rank, own in zip(told["ranks"], told["kinds"], strict=True) if own.startswith(kind)
    ]
    return sum(rank is not None and rank <= deep for rank in ranks) / len(ranks) if ranks else math.nan


def ratios(ours: Told, theirs: Told) -> list[float]:
    """Theirs over ours: median and 99th percentile, as asked, with slips, and as asked of what was computed."""
    told = []
    for name, measure in ((PLAIN, "ms"), (TYPED, "ms"), (PLAIN, "cpu ms")):
        mine, other = (middle_and_worst(one[measure]) for one in both(ours, theirs, name))
        told += [their / own for own, their in zip(mine, other, strict=True)]
    return told


def gains(ours: Told, theirs: Told) -> list[float]:
    """Our top-1 less theirs, as asked and with slips."""
    return [top(mine, 1) - top(other, 1) for mine, other in (both(ours, theirs, name) for name in (PLAIN, TYPED))]


def both(ours: Told, theirs: Told, name: str) -> list[Told]:
    """What was measured in a pass of the questions that both were asked: who is slow is asked fewer."""
    passes = [told["passes"][name] for told in (ours, theirs)]
    count = min(len(one["ms"]) for one in passes)
    return [{what: values[:count] for what, values in one.items()} for one in passes]
