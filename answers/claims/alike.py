"""Which passages seem to say the same: a likeness that suggests, and never decides.

Cosine of TF-IDF over stems and names, with more for what is told alike: figures, a voice. Words that both quote, five
in a row, are proof by themselves. It knows no claims: an editor joins facts, and `suggesting` asks him to.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from answers.claims.origins import runs, voices
from answers.claims.slots import unit_of
from answers.claims.weighing import weigh
from answers.model import Agreement, Fact, Figure
from answers.text.names import Gazetteer, token
from answers.text.normalise import forms
from answers.text.reading import stems

FIGURE, VOICE = 0.15, 0.10
"""What a figure told by both adds to the cosine of two passages, and one speaker. Chosen as plain shares of a cosine that
is .2 for one matter and .5 for one statement: together they lift a likely pair above an unlikely one and make none alone.
"""
NAME = 0.5
"""What a name counts beside a word: it mostly stands among the words, too, but under other forms."""


_EPSILON = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What likeness is read from: how often each stem and name, the figures, who speaks, what is quoted."""

    terms: Counter[str]
    figures: tuple[Figure, ...] = ()
    voice: frozenset[str] = frozenset()
    quoted: frozenset[tuple[str, ...]] = field(default=frozenset())


def sketch(
    passage: str, names: Iterable[str] = (), figures: Iterable[Figure] = (), voice: Iterable[str] = ()
) -> Sketch:
    """The sketch of a passage with what is known of it. Total."""
    listed = frozenset(names)
    terms = Counter([*stems(forms(passage)), *map(token, listed)])
    return Sketch(terms=terms, figures=tuple(figures), voice=frozenset(voice), quoted=runs(passage))


def sketch_of(fact: Fact, gazetteer: Gazetteer) -> Sketch:
    """The sketch of a fact; its voice is the speaker's and that of the body he speaks for."""
    return sketch(fact.quote.text, fact.names, fact.figures, voices(fact, gazetteer))


class Likeness:
    """Sketches, indexed by their terms: what is like one is found without a look at all the others."""

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self._sketches = tuple(sketches)
        times = Counter(term for one in sketches for term in one.terms)
        self._rarity = {term: math.log(1 + len(sketches) / count) for term, count in times.items()}
        self._unheard = math.log(1 + len(sketches))
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, one in enumerate(sketches):
            for term, weight in self._weights(one).items():
                found[term].append((at, weight))
        self._postings = {
            term: (np.array([at for at, _ in places]), np.array([weight for _, weight in places]))
            for term, places in found.items()
        }

    def _weights(self, one: Sketch) -> dict[str, float]:
        """Each term's share of a vector of length one."""
        raw = {
            term: (1 + math.log(times)) * self._rarity.get(term, self._unheard) * (NAME if term.startswith("n_") else 1)
            for term, times in one.terms.items()
        }
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {term: weight / length for term, weight in raw.items()}

    def _cosines(self, one: Sketch) -> NDArray[np.float64]:
        """Of every sketch; 0 for those that share no term."""
        cosines = np.zeros(len(self._sketches))
        weights = self._weights(one)
        for term in weights.keys() & self._postings.keys():
            places, theirs = self._postings[term]
            cosines[places] += weights[term] * theirs
        return cosines

    def like(self, one: Sketch, *, above: float, most: int = 10) -> list[tuple[int, float]]:
        """The sketches like one, as their places and scores in [0, 1], the likest first; at most `most`.

        Only those are looked at whose words alone come within what figure and voice can add.
        """
        cosines = self._cosines(one)
        places = np.flatnonzero(cosines >= max(above - FIGURE - VOICE, _EPSILON))
        scored = [(at, self._score(float(cosines[at]), one, self._sketches[at])) for at in map(int, places)]
        kept = [(at, score) for at, score in scored if score >= above]
        return sorted(kept, key=lambda found: (-found[1], found[0]))[:most]

    def score(self, one: Sketch, other: Sketch) -> float:
        """How much two passages seem to say the same, in [0, 1]; symmetric."""
        ours, theirs = self._weights(one), self._weights(other)
        cosine = sum(ours[term] * theirs[term] for term in sorted(ours.keys() & theirs.keys()))
        return self._score(cosine, one, other)

    @staticmethod
    def _score(cosine: float, one: Sketch, other: Sketch) -> float:
        if one.quoted & other.quoted:
            return 1.0
        told = FIGURE * _figure_in_common(one, other) + VOICE * bool(one.voice & other.voice)
        return min(cosine + told, 1.0)


def _figure_in_common(one: Sketch, other: Sketch) -> bool:
    """Whether some figure of both may be one: no more is known here of what they count than its unit."""
    return any(
        (figure.part, unit_of(figure.unit)) == (beside.part, unit_of(beside.unit))
        and weigh(figure, beside)[0] in {Agreement.AGREE, Agreement.PRECISION}
        for figure in one.figures
        for beside in other.figures
    )
