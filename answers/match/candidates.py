"""The facts that are worth a closer look: the best by shared terms and, beside an encoder, the nearest by meaning."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from answers.factbase import Entry, FactBase
from answers.match.lexical import Lexical
from answers.match.vectors import Vectors

MOST = 24
"""Of each kind. Weighing the best 12 of 40 ordered as well as weighing all (measured), and each costs 50 microseconds."""

LATELY, DAYS = 12, 3
"""How many more of the nearest are taken from what was published within so many days of the day of asking.

Most questions are of what has just happened, and in a large base its older likes crowd it out: of 100,000 passages the
right one was among the candidates of 95 % of the news questions with them, of 87 % without.
"""

_BEFORE_A_DAY = 4
"""How many times as many of the nearest are fetched before later ones are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry with its BM25 as `rank`, 0 where only its meaning found it.

    `cosine` is the likeness of its passage to the question, `heading` that of the nearest of its title and known
    questions; None without an encoder, or without a heading.
    """

    entry: Entry
    cosine: float | None = None
    heading: float | None = None


def candidates(
    terms: Iterable[str],
    vector: NDArray[np.float32] | None,
    base: FactBase,
    vectors: Vectors | None,
    lexical: Lexical,
    as_of: date | None = None,
    today: date | None = None,
) -> list[Candidate]:
    """At most `MOST` that share a term, best BM25 first, then those of the `MOST` nearest that are not among them.

    Of a large base the nearest from around `today` follow. `as_of` leaves out what was published after that day, or
    nobody knows when. Withdrawn facts are candidates, too.
    """
    ranks = dict(lexical.ranked(terms, limit=MOST, as_of=as_of))
    if vector is None or vectors is None:
        return [Candidate(entry=entry) for entry in base.entries_of(ranks)]
    near = dict(_nearest(vector, base, vectors, as_of))
    late = [] if today is None or base.searchable else vectors.best_of(base.around(today, DAYS, as_of), vector, LATELY)
    entries = base.entries_of({**dict.fromkeys([*ranks, *near, *late], 0.0), **ranks})
    own, heading = vectors.of([entry.number for entry in entries], vector)
    return [
        Candidate(entry=entry, cosine=float(cosine), heading=None if math.isnan(above) else float(above))
        for entry, cosine, above in zip(entries, own, heading, strict=True)
    ]


def _nearest(
    vector: NDArray[np.float32], base: FactBase, vectors: Vectors, as_of: date | None
) -> Sequence[tuple[int, float]]:
    if as_of is None:
        return vectors.nearest(vector, MOST)
    near = vectors.nearest(vector, _BEFORE_A_DAY * MOST)
    known = set(base.until(as_of, [number for number, _ in near]))
    found = [one for one in near if one[0] in known][:MOST]
    if len(found) == min(MOST, base.count):
        return found
    allowed = np.zeros(base.count, np.bool_)
    allowed[np.asarray(base.until(as_of), np.int64) - 1] = True
    return vectors.nearest(vector, MOST, allowed)
