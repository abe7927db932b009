"""The gap that a question is nearest to: a detail that nothing on the record tells, as editors have written it down.

Whoever asks which plane carries the troops is near to every passage on troops; that he is nearer to a question which
is known to be open tells that none of them answers him. It holds the gaps of one base; it weighs no passage.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from answers.factbase import FactBase, OpenQuestion
from answers.match.asked import Asked
from answers.match.vectors import Vectors
from answers.text.normalise import forms

OPEN_AT, OPEN_ABROAD_AT = 0.15, 0.06
"""Openness from which a question asks for what is told nowhere, in the record's language and in another one, in which all
likenesses lie closer together (chosen as DESIGN.md, "Gaps", tells).
"""


class Gaps:
    """The questions of a base's gaps. Four hundred are compared in a tenth of a millisecond."""

    def __init__(self, base: FactBase, vectors: Vectors | None) -> None:
        self._open, self._vectors = base.open_questions(), vectors
        self._said = {forms(one.text): one for one in self._open}

    def nearest(
        self,
        asked: Asked,
        vector: NDArray[np.float32] | None,
        alike: Callable[[AbstractSet[str]], float],
        known: float,
    ) -> tuple[str, float]:
        """What the nearest gap is about, and how open the question is, in [0, 1]; nothing, and 0, without gaps.

        Openness is the share of the way from the likeness of the nearest question that a fact answers (`known`) to 1
        by which the gap is nearer; the very question of a gap is wholly open. Likeness is that of meaning where there is
        a vector, else `alike` of the terms.
        """
        if same := self._said.get(forms(asked.text)):
            return same.about, 1.0
        meant = [at for at, one in enumerate(self._open) if _may_mean(one, asked)]
        if not meant:
            return "", 0.0
        if vector is None or self._vectors is None:
            likenesses = np.array([alike(self._open[at].terms) for at in meant])
        else:
            likenesses = self._vectors.of_gaps(vector)[meant]
        best = int(likenesses.argmax())
        return self._open[meant[best]].about, max(0.0, float(likenesses[best]) - known) / max(1e-6, 1 - known)


def _may_mean(one: OpenQuestion, asked: Asked) -> bool:
    """Not where each names what the other does not: a gap of Poland, when Romania was asked about."""
    spoken = {*asked.names, *asked.outlets, *asked.limits.outlets}
    return one.names <= spoken or spoken <= one.names
