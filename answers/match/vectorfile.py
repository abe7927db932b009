"""The file of vectors: a header, a hash of each encoded text, its vector in bytes, in the order of the fact numbers.

It is named `<revision>.<encoder>.vectors`. It knows where bytes stand, not what is computed from them.
"""

import hashlib
import re
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answers.encode import Encoder
from answers.errors import OnTheRecordError
from answers.factbase import FactBase
from answers.model import Fact
from answers.revisions import beside

Bytes = NDArray[np.int8]
Floats = NDArray[np.float32]

HASH = 16
_MAGIC = b"OTRVEC01"
_HEADER = struct.Struct("<8sII32s208s")
_SCALE = 127


class VectorsDamaged(OnTheRecordError):
    """A file of vectors is missing, incomplete, or of another base or encoder: prepare it again."""


def passage_text(fact: Fact) -> str:
    """What is encoded for a fact: its words, led by the title of the article where it has one, for pronouns and place."""
    title = fact.article.title
    return f"{title}. {fact.quote.text}" if title else fact.quote.text


def rows_of(base: FactBase) -> int:
    """How many vectors a base has: one of each passage, in the order of its numbers, of each heading, of each gap's question."""
    return base.count + len(base.spans()) + len(base.open_questions())


def file_of(base: FactBase, encoder: Encoder) -> Path:
    """Where the vectors of a base under an encoder stand: beside it."""
    return beside(base.file, f"{plain(encoder.name)}.vectors")


def plain(name: str) -> str:
    """The name of an encoder as part of a file's name."""
    return re.sub(r"[^\w.-]", "-", name)


class Layout:
    """Where things stand in a file of `count` vectors of `dimension` numbers."""

    def __init__(self, count: int, dimension: int, name: str) -> None:
        self.count, self.dimension, self.name = count, dimension, name.encode()[:208]

    @property
    def size(self) -> int:
        return _HEADER.size + self.count * (HASH + self.dimension)

    def header(self, digest: bytes) -> bytes:
        return _HEADER.pack(_MAGIC, self.count, self.dimension, digest, self.name)

    def parts(self, whole: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Bytes]:
        """The hashes and the vectors of a file's bytes, without a copy."""
        start = _HEADER.size + self.count * HASH
        hashes = whole[_HEADER.size : start].reshape(self.count, HASH)
        return hashes, whole[start:].view(np.int8).reshape(self.count, self.dimension)

    def digest(self, whole: NDArray[np.uint8]) -> bytes:
        """Of all that follows the header. SHA-256 takes .3 s for the 400 MB of a million vectors, once at the opening:
        less than the compiled file beside it, so a part of the bytes is not worth trusting unread.
        """
        return hashlib.sha256(whole[_HEADER.size :].data).digest()


def mapped(file: Path, name: str) -> tuple[Layout, NDArray[np.uint8]]:
    """A file of vectors of this encoder, in memory only as far as it is read. Raises `VectorsDamaged`."""
    try:
        whole = np.memmap(file, np.uint8, "r")
        magic, count, dimension, digest, named = _HEADER.unpack(whole[: _HEADER.size].tobytes())
    except (OSError, ValueError, struct.error) as error:
        raise VectorsDamaged(f"{file.name} cannot be read ({error})") from error
    layout = Layout(count, dimension, named.rstrip(b"\0").decode(errors="replace"))
    if magic != _MAGIC or layout.size != whole.size or Layout(0, 0, name).name != layout.name:
        raise VectorsDamaged(f"{file.name} is incomplete or of another encoder")
    if layout.digest(whole) != digest:
        raise VectorsDamaged(f"{file.name} is not the file that was prepared")
    return layout, whole


def to_bytes(vectors: Floats) -> Bytes:
    """Vectors of any length as unit vectors in bytes."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    whole: Bytes = np.rint(vectors / np.maximum(lengths, 1e-9) * _SCALE).astype(np.int8)
    return whole
