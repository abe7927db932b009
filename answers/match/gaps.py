"""The gap that a question is nearest to: a detail that nothing on the record tells, as editors have written it down.

Whoever asks which plane carries the troops is near to every passage on troops; that he is nearer to a question which
is known to be open tells that none of them answers him. It holds the gaps of one base; it weighs no passage.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answers.factbase import FactBase
from answers.match.asked import Asked
from answers.match.vectors import Vectors
from answers.text.normalise import forms


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestGap:
    """What the nearest gap is about, its likeness to the question, and whether it is that very question.

    Nothing, and 0, without gaps.
    """

    about: str = ""
    likeness: float = 0.0
    same: bool = False


class Gaps:
    """The questions of a base's gaps. Few hundreds are compared in less than a tenth of a millisecond."""

    def __init__(self, base: FactBase, vectors: Vectors | None) -> None:
        self._open, self._vectors = base.open_questions(), vectors
        self._said = {forms(text): one.about for text, one in zip(base.open_texts(), self._open, strict=True)}

    def nearest(
        self, asked: Asked, vector: NDArray[np.float32] | None, alike: Callable[[AbstractSet[str]], float]
    ) -> NearestGap:
        """By meaning where there is a vector, else by `alike` of the terms.

        A gap is another one when each names what the other does not: one of Poland, when Romania was asked about.
        """
        if about := self._said.get(forms(asked.text)):
            return NearestGap(about=about, likeness=1.0, same=True)
        spoken = {*asked.names, *asked.outlets, *asked.limits.outlets}
        named = [at for at, one in enumerate(self._open) if one.names <= spoken or spoken <= one.names]
        if not named:
            return NearestGap()
        if vector is None or self._vectors is None:
            likenesses = np.array([alike(self._open[at].terms) for at in named])
        else:
            likenesses = self._vectors.of_gaps(vector)[named]
        best = int(likenesses.argmax())
        return NearestGap(about=self._open[named[best]].about, likeness=float(likenesses[best]))
