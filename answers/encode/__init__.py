"""Texts to vectors of meaning. The interface that the matcher knows; what stands behind it is in `onnx.py`."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Kind(StrEnum):
    """What a text is for: encoders are trained to bring a question near to the passage that answers it."""

    QUESTION = "question"
    PASSAGE = "passage"


class Encoder(Protocol):
    """Turns texts into unit vectors; the nearer two of them, the nearer what they mean.

    `name` tells weights apart: vectors of encoders with different names are never compared. `dimension` is the length
    of a vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str], kind: Kind) -> NDArray[np.float32]:
        """One row a text, in order: float32 [n, dimension], each of length 1. Any text is encoded, in bounded time."""
        ...
