"""Which vectors are of headings, and whose: the title of an article is above all its facts, a known question above one.

Rows are counted from 0: first a row of each passage, in the order of the facts' numbers, then one of each heading.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BELOW_TITLE = 10
"""Facts of an article that its title brings in."""


class Headings:
    """The headings of a base of `count` facts. `spans`: first and last fact of each, and whether it is a title."""

    def __init__(self, count: int, spans: Sequence[tuple[int, int, bool]]) -> None:
        self._count = count
        self._spans = np.array([span[:2] for span in spans], np.int64).reshape(-1, 2)
        titles = np.array([span[2] for span in spans], np.bool_)
        self._titles, self._questions = np.flatnonzero(titles), np.flatnonzero(~titles)
        self._title_firsts, self._question_firsts = (self._spans[rows, 0] for rows in (self._titles, self._questions))

    def __len__(self) -> int:
        return len(self._spans)

    def of(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of the headings of some facts, and at which place of `numbers` the fact of each stands."""
        first, last = (np.searchsorted(self._question_firsts, numbers, side) for side in ("left", "right"))
        counts = last - first
        places = np.arange(len(numbers))
        before = np.cumsum(counts) - counts
        within = np.arange(counts.sum()) - np.repeat(before, counts)
        known = self._questions[np.repeat(first, counts) + within]
        titled, titles = self._titled(numbers)
        rows = np.concatenate([known, titles]) + self._count
        return rows, np.concatenate([np.repeat(places, counts), places[titled]])

    def _titled(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Which facts stand below a title, and the heading that it is for each of those."""
        if not len(self._titles):
            return np.zeros(len(numbers), np.bool_), self._titles
        near = np.searchsorted(self._title_firsts, numbers, "right") - 1
        titles = self._titles[np.maximum(near, 0)]
        below = (near >= 0) & (self._spans[titles, 1] >= numbers)
        return below, titles[below]

    def facts(self, rows: Sequence[int]) -> list[int]:
        """The numbers of the facts of rows, each once, in that order; of a title the first few."""
        found: dict[int, None] = {}
        for row in rows:
            if row < self._count:
                found[row + 1] = None
            else:
                first, last = (int(end) for end in self._spans[row - self._count])
                found.update(dict.fromkeys(range(first, min(last, first + BELOW_TITLE - 1) + 1)))
        return list(found)

    def open(self, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A mask of facts as one of rows: a heading may be met where a fact below it may be found.

        A closed heading that were met would take the place of an open one and bring no fact in.
        """
        until = np.concatenate([[0], np.cumsum(among)])
        return np.concatenate([among, until[self._spans[:, 1]] > until[self._spans[:, 0] - 1]])
