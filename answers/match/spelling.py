"""Words that nobody knows, and the known word that each may have been meant as.

A word of the base, of the gazetteer or of the language is left alone: "food" is not a misspelt "foot". Distances
are optimal string alignments (a swap of two letters is one edit), counted by rapidfuzz.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

SHORTEST = 4
"""Letters of the shortest word that is corrected: shorter ones have too many neighbours."""


@cache
def dictionary() -> frozenset[str]:
    """Ordinary English words in lower case, so that they are never taken for slips of the keyboard or for names."""
    return frozenset(SpellChecker(language="en").word_frequency.dictionary)


class Speller:
    """The words of one base, ordered by first and last letter and length so that few have to be compared."""

    def __init__(self, known: Iterable[tuple[str, int]], names: frozenset[str]) -> None:
        self._times: Mapping[str, int] = {**dict.fromkeys(names, 1), **dict(known)}
        self._near: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._times:
            for place in _places(word, len(word)):
                self._near[place].append(word)
        self._ordinary = dictionary()  # loaded with the base, not by the first reader who mistypes

    def knows(self, word: str) -> bool:
        """Whether the base, the gazetteer or the language has this folded word."""
        return word in self._times or word in self._ordinary

    def meant(self, word: str) -> str | None:
        """The known word that an unknown one was probably meant as: one edit away, two from eight letters on.

        Of several equally near, the one that occurs most. None when the word is known, short, or near to nothing.
        """
        if len(word) < SHORTEST or self.knows(word):
            return None
        near = {other for by in (-1, 0, 1) for place in _places(word, len(word) + by) for other in self._near[place]}
        allowed = 2 if len(word) >= 8 else 1
        found = process.extract(word, list(near), scorer=OSA.distance, score_cutoff=allowed, limit=None)
        return min(found, key=lambda hit: (hit[1], -self._times[hit[0]], hit[0]))[0] if found else None


def _places(word: str, length: int) -> tuple[tuple[str, int], tuple[str, int]]:
    return (word[0] + "-", length), ("-" + word[-1], length)
