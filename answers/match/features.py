"""A question beside one candidate, as scale-free numbers: the same for a base of thirty facts and of a million.

It knows no weights and no thresholds. What forbids an answer whatever the numbers say is in `vetoes.py`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import pairwise

from answers.factbase import Entry
from answers.match.asked import Asked
from answers.match.candidates import Candidate
from answers.match.fits import fits
from answers.match.vetoes import miscounted, strange, unnamed
from answers.text.names import Gazetteer, token

REPAIRED = 0.9
"""What a word counts that was only found after its spelling was repaired."""

PART = 0.5
"""What a name counts when the passage speaks only of a part of it: of Poland, when Europe was asked about."""

FADES_IN = 7.0
"""Days in which the nearness of a passage's day to the day of asking falls to 1/e."""

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
    "fits",
    "recent",
    "length",
    "question",
)


def features(asked: Asked, candidate: Candidate, gazetteer: Gazetteer, today: date | None = None) -> dict[str, float]:
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
    fits      1 unless the question asks how many, who, where or when and the passage holds nothing of that kind
    recent    exp(-days / 7) between the passage's day and the day of asking; 0 where either is unknown
    length    terms of the passage over 40, at most 1
    question  likeness of terms to the nearest of its title and known questions (1: the same terms)
    """
    entry = candidate.entry
    own = {*entry.passage, *map(token, entry.named)}
    wider = frozenset(map(token, entry.names - entry.named))
    around = own | entry.around | entry.title
    asked_for = set(_looked_for(asked))
    return {
        **_meaning(candidate),
        "bm25": _bm25(asked, entry),
        "coverage": _covered(asked, own, wider),
        "around": _covered(asked, around, wider),
        "title": _covered(asked, entry.title),
        "focus": len(own & asked_for) / max(1, len(own)),
        "pairs": _pairs(asked, entry),
        "numbers": _numbers(asked, entry),
        "named": _share_named(asked, entry),
        "unnamed": float(any(True for _ in unnamed(asked, entry))),
        "strange": float(any(True for _ in strange(asked, entry))),
        "miscounted": float(any(True for _ in miscounted(asked, entry))),
        "loudest": _loudest(asked, around | wider) / 12,
        "fits": float(fits(asked, entry, gazetteer)),
        "recent": recency(entry.published, today),
        "length": min(1.0, len(own) / 40),
        "question": max(_alike(asked, heading) for heading in (entry.title, *entry.questions)),
    }


def recency(published: date | None, today: date | None) -> float:
    """How near a passage's day is to the day of asking, in [0, 1]; 0 where either is unknown."""
    return math.exp(-abs((today - published).days) / FADES_IN) if published and today else 0.0


def _meaning(candidate: Candidate) -> dict[str, float]:
    own = candidate.cosine or 0.0
    heading = own if candidate.heading is None else candidate.heading
    return {"cosine": own, "heading": heading, "best_cosine": max(own, heading)}


def _looked_for(asked: Asked) -> Iterable[str]:
    return (asked.repaired.get(term, term) for term in asked.terms)


def _bm25(asked: Asked, entry: Entry) -> float:
    times = Counter(entry.passage)
    norm = 0.6 * (0.5 + 0.5 * len(entry.passage) / _USUAL_LENGTH)
    total = 0.0
    for term, weight in asked.terms.items():
        meant = asked.repaired.get(term, term)
        if count := times[meant]:
            total += weight * 1.6 * count / (count + norm)
        elif meant in entry.title:
            total += weight * 0.6
        elif meant in entry.around:
            total += weight * 0.25
    return total / (1.6 * asked.weight) if asked.weight else 0.0


def _share(asked: Asked, term: str, terms: AbstractSet[str], wider: AbstractSet[str] = frozenset()) -> float:
    if term in terms:
        return 1.0
    if asked.repaired.get(term) in terms:
        return REPAIRED
    return PART if term in wider else 0.0


def _covered(asked: Asked, terms: AbstractSet[str], wider: AbstractSet[str] = frozenset()) -> float:
    if not asked.weight:
        return 0.0
    shares = (weight * _share(asked, term, terms, wider) for term, weight in asked.terms.items())
    return sum(shares) / asked.weight


def _alike(asked: Asked, known: Iterable[str]) -> float:
    """Twice what is shared over what both have, by weight; a known term that was not asked weighs as the mean does."""
    terms = set(known)
    if not terms or not asked.weight:
        return 0.0
    shared = sum(weight * _share(asked, term, terms) for term, weight in asked.terms.items())
    extra = len(terms - set(_looked_for(asked))) * asked.weight / len(asked.terms)
    return 2 * shared / (asked.weight + shared + extra)


def _pairs(asked: Asked, entry: Entry) -> float:
    wanted = _neighbours(tuple(_looked_for(asked)))
    return len(wanted & _neighbours(entry.passage)) / len(wanted) if wanted else 0.0


def _neighbours(terms: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(terms))


def _numbers(asked: Asked, entry: Entry) -> float:
    numbers = {term for term in asked.terms if term[0].isdecimal()}
    return len(numbers & set(entry.passage)) / len(numbers) if numbers else 0.0


def _share_named(asked: Asked, entry: Entry) -> float:
    return sum(name in entry.names for name in asked.names) / len(asked.names) if asked.names else 0.0


def _loudest(asked: Asked, near: AbstractSet[str]) -> float:
    lost = (w for term, w in asked.terms.items() if term not in near and asked.repaired.get(term) not in near)
    return max(lost, default=0.0)
