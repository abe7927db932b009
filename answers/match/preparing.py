"""Computing the vectors of a base: what another revision's file holds is taken from there, the rest is encoded.

It writes files of vectors; what they are read for is for `vectors`.
"""

import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answers.encode import Encoder, Kind
from answers.factbase import FactBase
from answers.match import graph
from answers.match.vectorfile import (
    HASH,
    Bytes,
    Layout,
    VectorsDamaged,
    file_of,
    mapped,
    passage_text,
    plain,
    rows_of,
    to_bytes,
)

EXACT = 150_000
"""Vectors that are all compared: 1.8 ms for 100,000 of 384 numbers on one core; beyond, a graph leads to the nearest."""

_BATCH = 256
_log = logging.getLogger(__name__)


def prepare(
    base: FactBase,
    encoder: Encoder,
    folder: Path,
    progress: Callable[[int], object] = lambda _: None,
    *,
    exact: int = EXACT,
) -> Path:
    """The file of vectors of a base (its passages, then its headings) under an encoder, in `folder`, computed as far as no file there holds it.

    `progress` gets the facts done so far. A base of more than `exact` facts gets its graph, too.
    """
    file = folder / file_of(base, encoder).name
    if not _is_whole(file, base, encoder):
        _write(file, base, encoder, _Known(folder, encoder), progress)
    if rows_of(base) > exact and not graph.Graph.open(file, encoder.dimension):
        layout, whole = mapped(file, encoder.name)
        graph.build(layout.parts(whole)[1], file)
    return file


def _is_whole(file: Path, base: FactBase, encoder: Encoder) -> bool:
    if not file.exists():
        return False
    try:
        layout, _ = mapped(file, encoder.name)
    except VectorsDamaged as damaged:
        _log.warning("%s: it is computed anew", damaged)
        return False
    return (layout.count, layout.dimension) == (rows_of(base), encoder.dimension)


def _write(file: Path, base: FactBase, encoder: Encoder, known: "_Known", progress: Callable[[int], object]) -> None:
    layout = Layout(rows_of(base), encoder.dimension, encoder.name)
    draft = file.with_name(f".{file.name}.{os.getpid()}.building")
    try:
        whole = np.memmap(draft, np.uint8, "w+", shape=(layout.size,))
        _fill(layout.parts(whole), base, encoder, known, progress)
        header = layout.header(layout.digest(whole))
        whole[: len(header)] = np.frombuffer(header, np.uint8)
        whole.flush()
        _publish(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def _publish(draft: Path, file: Path) -> None:
    with draft.open("rb") as opened:
        os.fsync(opened.fileno())
    draft.chmod(0o444)
    draft.replace(file)


def _fill(
    parts: tuple[NDArray[np.uint8], Bytes],
    base: FactBase,
    encoder: Encoder,
    known: "_Known",
    progress: Callable[[int], object],
) -> None:
    hashes, rows = parts
    done = 0
    for texts in _batches(base):
        at = slice(done, done + len(texts))
        hashes[at] = [
            np.frombuffer(hashlib.blake2b(text.encode(), digest_size=HASH).digest(), np.uint8) for text in texts
        ]
        rows[at] = _vectors(texts, known.of(hashes[at]), encoder)
        done += len(texts)
        progress(done)


def _batches(base: FactBase) -> Iterator[list[str]]:
    texts = chain(map(passage_text, base.facts()), base.headings())
    while batch := list(islice(texts, _BATCH)):
        yield batch


def _vectors(texts: Sequence[str], known: Sequence[Bytes | None], encoder: Encoder) -> list[Bytes]:
    """The vectors of texts: those that are known, and the others encoded, the same text once."""
    missing = list(dict.fromkeys(text for text, row in zip(texts, known, strict=True) if row is None))
    encoded = dict(zip(missing, to_bytes(encoder.encode(missing, Kind.PASSAGE)), strict=True)) if missing else {}
    return [encoded[text] if row is None else row for text, row in zip(texts, known, strict=True)]


class _Known:
    """The vectors of an encoder that the files of a folder hold, found by the hash of their text."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._files: list[tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint8], Bytes]] = []
        for file in sorted(folder.glob(f"*.{plain(encoder.name)}.vectors"), key=lambda file: -file.stat().st_mtime):
            try:
                layout, whole = mapped(file, encoder.name)
            except VectorsDamaged as damaged:
                _log.warning("%s: nothing is taken from it", damaged)
                continue
            if layout.count and layout.dimension == encoder.dimension:
                hashes, rows = layout.parts(whole)
                keys = _keys(hashes)
                order = np.argsort(keys, kind="stable")
                self._files.append((keys[order], order, hashes, rows))

    def of(self, hashes: NDArray[np.uint8]) -> list[Bytes | None]:
        """The vector of each hash; None of one that no file holds."""
        found: list[Bytes | None] = [None] * len(hashes)
        wanted = _keys(hashes)
        for keys, order, others, rows in self._files:
            places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            for at, place in enumerate(order[places]):
                if found[at] is None and np.array_equal(others[place], hashes[at]):
                    found[at] = rows[place]
        return found


def _keys(hashes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The first half of each hash as a number: what they are sorted by."""
    return np.ascontiguousarray(hashes[:, : HASH // 2]).view(np.uint64)[:, 0]
