"""The passages of one revision as vectors of one encoder: prepared once, opened, scanned for the nearest.

It knows facts by their numbers; it knows no terms and no ranking.
"""

import math
from collections.abc import Sequence
from pathlib import Path

import numkong
import numpy as np
from numpy.typing import NDArray

from answers.encode import Encoder
from answers.factbase import FactBase
from answers.match.graph import Graph
from answers.match.headings import Headings
from answers.match.preparing import EXACT, prepare
from answers.match.vectorfile import Bytes, Floats, VectorsDamaged, file_of, mapped, passage_text, rows_of, to_bytes

__all__ = ["Vectors", "VectorsDamaged", "file_of", "greatest", "passage_text", "prepare"]

_BLOCK = 128


class Vectors:
    """The vectors of one base, open. Safe to use from several threads."""

    def __init__(self, rows: Bytes, headings: Headings, graph: Graph | None = None, gaps: Bytes | None = None) -> None:
        self._rows, self._headings, self._graph = rows, headings, graph
        self._gaps = rows[:0] if gaps is None else gaps

    @classmethod
    def open(cls, file: Path, base: FactBase, encoder: Encoder) -> "Vectors":
        """The vectors that were prepared for a base. Raises `VectorsDamaged`; without its graph all are compared."""
        layout, whole = mapped(file, encoder.name)
        headings = Headings(base.count, base.spans())
        if (layout.count, layout.dimension) != (rows_of(base), encoder.dimension):
            raise VectorsDamaged(f"{file.name} is not of this base or encoder")
        _, rows = layout.parts(whole)
        known = base.count + len(headings)
        seen = Graph.open(file, layout.dimension) if layout.count > EXACT else None
        return cls(rows[:known], headings, seen, rows[known:])

    def nearest(self, vector: Floats, limit: int, among: NDArray[np.bool_] | None = None) -> list[tuple[int, float]]:
        """The numbers of the nearest facts with the likeness of their passage or heading, whichever is more, best first.

        `among` marks those that may be found, by their number less one.
        """
        if self._graph and among is None:
            near = self._graph.near(_bytes(vector), 2 * limit)
        else:
            near = self._scan(_bytes(vector), 2 * limit, None if among is None else self._headings.open(among))
        numbers = [one for one in self._headings.facts([row - 1 for row in near]) if among is None or among[one - 1]]
        own, heading = self.of(numbers, vector)
        likeness = np.fmax(own, heading)
        best = sorted(zip(numbers, map(float, likeness), strict=True), key=lambda one: (-one[1], one[0]))
        return best[:limit]

    def best_of(self, numbers: NDArray[np.int64], vector: Floats, limit: int) -> list[int]:
        """The numbers of the nearest among these facts, by their passages or headings, best first."""
        above, places = self._headings.of(numbers)
        rows = np.concatenate([numbers - 1, above])
        owners = np.concatenate([np.arange(len(numbers)), places])
        if not len(rows):
            return []
        products = _products(_bytes(vector), self._rows[rows])
        found = greatest(products, 2 * limit)
        best = found[np.argsort(-products[found], kind="stable")]
        return [int(numbers[owner]) for owner in dict.fromkeys(owners[best].tolist())][:limit]

    def of(self, numbers: Sequence[int], vector: Floats) -> tuple[Floats, Floats]:
        """The cosines of these facts' passages, and of the nearest of their headings (NaN where a fact has none)."""
        wanted = np.asarray(numbers, np.int64)
        rows, places = self._headings.of(wanted)
        heading = np.full(len(wanted), np.nan, np.float32)
        np.fmax.at(heading, places, self._cosines(rows, vector))
        return self._cosines(wanted - 1, vector), heading

    def of_gaps(self, vector: Floats) -> Floats:
        """The cosines of the questions of all gaps, in the order of the base."""
        return _cosines(self._gaps, vector)

    def _cosines(self, rows: NDArray[np.int64], vector: Floats) -> Floats:
        return _cosines(self._rows[rows], vector)

    def _scan(self, vector: Bytes, limit: int, among: NDArray[np.bool_] | None) -> list[int]:
        """The `limit` with the greatest products: a little more than are wanted, for bytes are rounded."""
        if not len(self._rows):
            return []
        products = _products(vector, self._rows)
        if among is not None:
            products = np.where(among, products, -np.inf)
        found = greatest(products, limit)
        return [int(at) + 1 for at in found if products[at] > -math.inf]


def _cosines(rows: Bytes, vector: Floats) -> Floats:
    found = rows.astype(np.float32)
    lengths = np.linalg.norm(found, axis=1) * np.linalg.norm(vector)
    return np.asarray((found @ vector.astype(np.float32)) / np.maximum(lengths, 1e-9), np.float32)


def _products(vector: Bytes, rows: Bytes) -> Floats:
    # numkong multiplies bytes four times as fast as usearch's own scan or numpy over floats (measured).
    products: Floats = np.asarray(numkong.cdist(vector[None], rows, metric="dot", out_dtype="float32"))[0]
    return products


def greatest(values: Floats, limit: int) -> NDArray[np.int64]:
    """Where the `limit` greatest stand, in no order. What is below the `limit`-th greatest block's best is no such one."""
    blocks = len(values) // _BLOCK
    if blocks > limit:
        best = values[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
        least = np.partition(best, -limit)[-limit]
        likely = np.flatnonzero(values >= least)
    else:
        likely = np.arange(len(values))
    if len(likely) <= limit:
        return likely
    return likely[np.argpartition(-values[likely], limit - 1)[:limit]]


def _bytes(vector: Floats) -> Bytes:
    return to_bytes(np.asarray(vector, np.float32))
