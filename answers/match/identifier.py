"""The statistical identifier of languages: py3langid's packaged model, of which only what is needed is kept.

Loaded by the library itself it takes 100 MB at its peak: the weights of 142 languages, and an automaton of which most
is the same transitions over and over. Read piece by piece, without either, it takes 20 MB and tells the same.
"""

import lzma
import shutil
from collections.abc import Callable, Iterator
from copy import copy
from functools import cache, partial
from tempfile import TemporaryFile
from threading import Lock
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

_PIECE = 4096
"""Rows that are read at once."""

_SPAN = 32
"""Transitions that are shared as one: with fewer their numbers take more room, with more they are less often the same."""

_POWERS = np.multiply.accumulate(np.full(_SPAN, 0x9E3779B97F4A7C15, np.uint64))
"""What a row is hashed with, modulo 2 ** 64. No two rows of the model that differ have the same hash: a test looks at each."""

_loading = Lock()


@cache
def identifier(languages: tuple[str, ...], among: tuple[str, ...]) -> LanguageIdentifier:
    """What tells these languages from each other; `among` are all that the process asks for, loaded once."""
    with _loading:  # two threads that ask first would load it twice
        told = copy(_whole(among))
    told.set_languages(languages)
    return told


@cache
def _whole(languages: tuple[str, ...]) -> LanguageIdentifier:
    """The packaged model, cut to these languages."""
    with TemporaryFile() as unpacked:
        with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
        with ZipFile(unpacked) as model:
            names = _array(model, "classes").tolist()
            kept = [at for at, name in enumerate(names) if name in languages]
            return LanguageIdentifier(
                np.vstack([rows[:, kept] for rows in _pieces(model, "ptc", len(names))]),
                _array(model, "pc")[kept],
                [names[at] for at in kept],
                Shared(partial(_pieces, model, "nextmove", _SPAN)),
                _array(model, "out_feat").data,
                norm_probs=True,
                tk_row=_array(model, "nextmove_row").data,
            )


def _array(model: ZipFile, name: str) -> NDArray[Any]:
    with model.open(f"{name}.npy") as member:
        return np.asarray(npy.read_array(member))


def _pieces(model: ZipFile, name: str, width: int) -> Iterator[NDArray[Any]]:
    """An array of the model in rows of `width`, some thousands at a time."""
    with model.open(f"{name}.npy") as member:
        npy.read_magic(member)
        _, _, kind = npy.read_array_header_1_0(member)
        while piece := member.read(_PIECE * width * kind.itemsize):
            yield np.frombuffer(piece, kind).reshape(-1, width)


class Shared:
    """A long sequence of numbers, of which every `_SPAN` that are the same are kept once."""

    def __init__(self, pieces: Callable[[], Iterator[NDArray[Any]]]) -> None:
        """`pieces` gives the numbers in rows of `_SPAN`, each time anew."""
        hashes = np.concatenate([_hashed(piece) for piece in pieces()])
        _, first, at = np.unique(hashes, return_index=True, return_inverse=True)
        spans, begun = np.empty((len(first), _SPAN), np.uintc), 0
        for piece in pieces():
            mine = np.flatnonzero((first >= begun) & (first < begun + len(piece)))
            spans[mine] = piece[first[mine] - begun]
            begun += len(piece)
        self._at, self._spans = at.astype(np.uintc).data, spans.reshape(-1).data

    def __getitem__(self, at: int) -> int:
        return self._spans[self._at[at // _SPAN] * _SPAN + at % _SPAN]


def _hashed(piece: NDArray[Any]) -> NDArray[np.uint64]:
    """A hash of each row."""
    return piece.astype(np.uint64) @ _POWERS
