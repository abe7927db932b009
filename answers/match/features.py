"""A question beside one candidate, as scale-free numbers: the same for a base of thirty facts and of a million.

It knows no weights and no thresholds. What forbids an answer whatever the numbers say is in `vetoes.py`.
"""

import math
from collections.abc import Container
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from answers.factbase import Entry
from answers.match.asked import Asked
from answers.match.candidates import Candidate
from answers.match.fits import fits
from answers.match.vetoes import miscounted, strange, unnamed
from answers.text.names import Gazetteer, is_token, tokens

REPAIRED = 0.9
"""What a word counts that was only found after its spelling was repaired."""

PART = 0.5
"""What a name counts when the passage speaks only of a part of it: of Poland, when Europe was asked about."""

FADES_IN = 7.0
"""Days in which the nearness of a passage's day to the day of asking falls to 1/e."""

UNTOLD = 0.5
"""Nearness in time where it tells nothing: it must neither lift nor lower the odds."""

_USUAL_LENGTH = 20
"""Terms of a usual sentence of news, for BM25's length norm: a constant, so that a score means the same in every base."""

NAMES = (
    "cosine",
    "heading",
    "best_cosine",
    "bm25",
    "coverage",
    "around",
    "title",
    "focus",
    "pairs",
    "numbers",
    "named",
    "unnamed",
    "strange",
    "miscounted",
    "loudest",
    "rarest",
    "heard",
    "fits",
    "recent",
    "length",
    "question",
)


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of a question with what it was probably meant as (itself, mostly) and its weight."""

    term: str
    meant: str
    weight: float
    rarity: float

    def share(self, terms: Container[str]) -> float:
        """How much of it some terms hold, in [0, 1]."""
        return 1.0 if self.term in terms else REPAIRED if self.meant in terms else 0.0


class Beside:
    """A question on its day, made ready to be set beside many candidates."""

    def __init__(self, asked: Asked, gazetteer: Gazetteer, today: date | None = None) -> None:
        self._asked, self._gazetteer, self._today = asked, gazetteer, today
        repaired = asked.repaired
        self._terms = [
            _Term(term, meant := repaired.get(term, term), weight, asked.rarities.get(meant, 0.0))
            for term, weight in asked.terms.items()
        ]
        self._weight, self._rarity = asked.weight, sum(one.rarity for one in self._terms)
        self._meant = frozenset(one.meant for one in self._terms)
        self._wanted = self._meant | asked.terms.keys()
        self._names = any(map(is_token, self._wanted))
        self._pairs = frozenset(pairwise(one.meant for one in self._terms))
        self._numbers = frozenset(term for term in asked.terms if term[0].isdecimal())

    def features(self, candidate: Candidate) -> dict[str, float]:
        """The numbers of one candidate, by the names of `NAMES`; all in [0, 1] but `bm25`, which can pass 1 a little.

        cosine, heading, best_cosine
                  likeness of meaning to the passage, to the nearest of its title and known questions (the passage's own
                  where there is none), and the higher of the two; 0 without an encoder
        bm25      BM25 (k1 0.6, b 0.5) of the passage, title and neighbours, over what the question could reach
        coverage, around, title
                  share of the question's weight in the passage, there or around it, and in its title
        focus     share of the passage's terms that the question asks for
        pairs     share of the question's pairs of neighbouring terms that the passage has
        numbers   share of the question's numbers that the passage has
        named     share of the question's names that are spoken of
        unnamed, strange, miscounted
                  1 when a name, what looks like one, or a number of the question stands nowhere near
        loudest   weight of the rarest word that is heard nowhere near, over 12 (the weight of a word in 160,000)
        heard     share of the rarity of its words that are near or in a known question; 1 where nothing is told of it
        rarest    how rare in the language the rarest word is that stands neither near nor in a known question
        fits      1 unless the question asks how many, who, where or when and the passage holds nothing of that kind
        recent    exp(-days / 7) between the passage's day and the day of asking; a half where either is unknown
        length    terms of the passage over 40, at most 1
        question  likeness of terms to the nearest of its title and known questions (1: the same terms)
        """
        entry, asked = candidate.entry, self._asked
        own = {*entry.passage, *tokens(entry.named)}
        return {
            **_meaning(candidate),
            **self._heard(entry, own),
            "focus": len(own & self._meant) / max(1, len(own)),
            "pairs": self._paired(entry, own),
            "numbers": _part(self._numbers, own) if self._numbers else 0.0,
            "named": sum(name in entry.names for name in asked.names) / len(asked.names) if asked.names else 0.0,
            "unnamed": float(any(True for _ in unnamed(asked, entry))),
            "strange": float(any(True for _ in strange(asked, entry))),
            "miscounted": float(any(True for _ in miscounted(asked, entry))),
            "fits": float(fits(asked, entry, self._gazetteer)),
            "recent": recency(entry.published, self._today),
            "length": min(1.0, len(own) / 40),
            "question": max(map(self.alike, (entry.title, *entry.questions))),
        }

    def _heard(self, entry: Entry, own: AbstractSet[str]) -> dict[str, float]:
        """What is made of where each term of the question stands; most stand nowhere, so what stands is found first."""
        wanted = self._wanted
        near = wanted & own | wanted & entry.title | wanted & entry.around
        wider = tokens(entry.names - entry.named) if self._names else frozenset()
        heard = near | (wanted & wider)
        coverage = around = title = bm25 = loudest = rarest = unheard = 0.0
        for one in self._terms:
            if one.term not in heard and one.meant not in heard:
                loudest = max(loudest, one.weight)
                if one.meant not in entry.known:
                    rarest, unheard = max(rarest, one.rarity), unheard + one.rarity
                continue
            weight, part = one.weight, PART * (one.term in wider)
            coverage += weight * (one.share(own) or part)
            around += weight * (one.share(near) or part)
            title += weight * one.share(entry.title)
            bm25 += _bm25(one, entry) if one.meant in near else 0.0
        whole = self._weight or math.inf
        told = {"coverage": coverage, "around": around, "title": title, "bm25": bm25 / 1.6}
        shares = {name: value / whole for name, value in told.items()}
        return {**shares, "loudest": loudest / 12, "rarest": rarest, "heard": 1 - unheard / (self._rarity or math.inf)}

    def _paired(self, entry: Entry, own: AbstractSet[str]) -> float:
        """Share of the question's pairs; where no two terms of one stand, those of the passage need not be made."""
        if not any(first in own and second in own for first, second in self._pairs):
            return 0.0
        return _part(self._pairs, frozenset(pairwise(entry.passage)))

    def alike(self, known: AbstractSet[str]) -> float:
        """Likeness of the question's terms to others, in [0, 1]: twice what is shared over what both have, by weight.

        A known term that was not asked weighs as the mean does.
        """
        if not self._weight or self._wanted.isdisjoint(known):
            return 0.0
        shared = sum(one.weight * one.share(known) for one in self._terms)
        extra = len(known - self._meant) * self._weight / len(self._terms)
        return 2 * shared / (self._weight + shared + extra)


def _bm25(one: _Term, entry: Entry) -> float:
    """What a term adds that stands near: over and over in the passage, else above it or around it."""
    if count := entry.passage.count(one.meant):
        norm = 0.6 * (0.5 + 0.5 * len(entry.passage) / _USUAL_LENGTH)
        return one.weight * 1.6 * count / (count + norm)
    return one.weight * (0.6 if one.meant in entry.title else 0.25 * (one.meant in entry.around))


def recency(published: date | None, today: date | None) -> float:
    """How near a passage's day is to the day of asking, in [0, 1]; `UNTOLD` where either is unknown."""
    return math.exp(-abs((today - published).days) / FADES_IN) if published and today else UNTOLD


def _meaning(candidate: Candidate) -> dict[str, float]:
    own = candidate.cosine or 0.0
    heading = own if candidate.heading is None else candidate.heading
    return {"cosine": own, "heading": heading, "best_cosine": max(own, heading)}


def _part(wanted: AbstractSet[object], there: AbstractSet[object]) -> float:
    return len(wanted & there) / len(wanted)
