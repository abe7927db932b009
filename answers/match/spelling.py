"""Words that nobody knows, and the known word that each may have been meant as.

A word of the base, of the gazetteer or of the language is left alone: "food" is not a misspelt "foot". Distances
are optimal string alignments (a swap of two letters is one edit), counted by rapidfuzz for the few words that have
nearly the same letters.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from answers.text.normalise import STOP_WORDS

SHORTEST = 4
"""Letters of the shortest word that is corrected: shorter ones have too many neighbours."""

LONG = 8
"""Letters from which on two edits are corrected. In shorter words two edits make another word as often as they mend one:
allowed where only one word was that near, they mended 18 more of 3,521 slips and changed 24 more of 284 right words.
"""

_LANGUAGE = 1e-7
"""What an occurrence in the language counts beside one in the base: the commonest English word counts as eight."""


def dictionary() -> AbstractSet[str]:
    """Ordinary English words in lower case, so that they are never taken for slips of the keyboard or for names."""
    return _language().keys()  # a set of their own would take 8 MB more


@cache
def _language() -> Mapping[str, int]:
    """The words of the language with how often they were counted."""
    return dict(SpellChecker(language="en").word_frequency.dictionary)


def rarity(form: str) -> float:
    """How rare a folded word is in English, in [0, 1]: 0 for the commonest, 1 for one that was counted once or never."""
    return 1 - math.log(max(1, _language().get(form, 0))) / _commonest()


@cache
def _commonest() -> float:
    return math.log(max(_language().values()))


def slip_of_stop_word(form: str) -> bool:
    """Whether a word is one edit from a word that says nothing ("hwo", "arent"): such a slip names nobody."""
    return process.extractOne(form, STOP_WORDS, scorer=OSA.distance, score_cutoff=1) is not None


class Speller:
    """The words of one base, and those of the language beside them: a slip that is nearer to those was none of ours."""

    def __init__(self, known: Iterable[tuple[str, int]], names: frozenset[str]) -> None:
        self._times: Mapping[str, int] = {**dict.fromkeys(names, 1), **dict(known)}
        self._words = _Words(self._times)
        self._ordinary, self._known = _ordinary(), dictionary()  # now, not when the first reader mistypes

    def knows(self, word: str) -> bool:
        """Whether the base, the gazetteer or the language has this folded word."""
        return word in self._times or word in self._known

    def meant(self, word: str) -> str | None:
        """The word of the base that an unknown one was probably meant as: one edit away, two from eight letters on.

        Of several equally near, the likeliest. None when the word is known, short, near to nothing of the base, or
        more likely a slip in a word that the base does not have.
        """
        if len(word) < SHORTEST or self.knows(word):
            return None
        letters = _bits(word)
        for edits in (1, 2) if len(word) >= LONG else (1,):
            near = [one for held in (self._words, self._ordinary) for one in held.like(len(word), letters, edits)]
            found = process.extract(word, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
            if found:
                likeliest = min((other for other, *_ in found), key=lambda other: (-self._weight(other), other))
                return likeliest if likeliest in self._times else None
        return None

    def _weight(self, word: str) -> float:
        return self._times.get(word, 0) + _LANGUAGE * _language().get(word, 0)


class _Words:
    """Words by their length, each with its letters as bits: an edit changes few of them, so few words are compared.

    64 bits hold for each of 32 kinds of letters whether it occurs, and whether it does so again.
    """

    def __init__(self, words: Iterable[str]) -> None:
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            by_length[len(word)].append(word)
        self._held = {length: (held, _letters(held, length)) for length, held in by_length.items()}

    def like(self, own: int, bits: np.uint64, edits: int) -> Iterator[str]:
        """Every word within so many edits of one of `own` letters with these `bits`, and some that are not."""
        for length in range(own - edits, own + edits + 1):
            held, letters = self._held.get(length, ([], None))
            if letters is not None:
                # To replace a letter takes one away and adds one, to leave one out or to add one changes one.
                most = 2 * edits - abs(length - own)
                yield from (held[at] for at in np.flatnonzero(np.bitwise_count(letters ^ bits) <= most).tolist())


@cache
def _ordinary() -> _Words:
    return _Words(word for word in _language() if len(word) >= SHORTEST)


def _letters(words: list[str], length: int) -> NDArray[np.uint64]:
    """The letters of words of one length as bits."""
    codes = np.array(words, dtype=f"U{max(1, length)}").view(np.uint32).reshape(len(words), -1)
    once, again = (np.zeros(len(words), np.uint64) for _ in range(2))
    for column in codes.T:
        bit = np.uint64(1) << (column % 32).astype(np.uint64)
        again |= once & bit
        once |= bit
    return once | again << np.uint64(32)


def _bits(word: str) -> np.uint64:
    """As `_letters` of one word, which numpy takes 40 microseconds for."""
    once = again = 0
    for letter in word:
        bit = 1 << ord(letter) % 32
        again |= once & bit
        once |= bit
    return np.uint64(once | again << 32)
