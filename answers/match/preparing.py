"""Computing the vectors of a base: what another revision's file or a draft holds is taken from there, the rest encoded.

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
from answers.match import drafts, graph
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
    """The file of vectors of a base (its passages, its headings, its gaps) under an encoder, in `folder`.

    It is computed as far as no file there holds it, and no draft that a preparation which was broken off has left.
    `progress` gets the facts done so far. A base of more than `exact` facts gets its graph, too.
    """
    file = folder / file_of(base, encoder).name
    if not _is_whole(file, base, encoder):
        _write(file, base, encoder, progress)
    if rows_of(base) > exact and not graph.Graph.open(file, encoder.dimension):
        layout, whole = mapped(file, encoder.name)
        graph.build(layout.parts(whole)[1][: base.count + len(base.spans())], file)
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


def _write(file: Path, base: FactBase, encoder: Encoder, progress: Callable[[int], object]) -> None:
    layout, known = Layout(rows_of(base), encoder.dimension, encoder.name), _Known(file.parent, encoder)
    with drafts.drafting(file, encoder) as draft:
        whole = np.memmap(draft.whole, np.uint8, "w+", shape=(layout.size,))
        hashes, rows = layout.parts(whole)
        done = 0
        for texts in _batches(base):
            at = slice(done, done + len(texts))
            hashes[at] = [np.frombuffer(_hash(text), np.uint8) for text in texts]
            rows[at] = _vectors(texts, known.of(hashes[at]), encoder, draft)
            done += len(texts)
            progress(done)
        header = layout.header(layout.digest(whole))
        whole[: len(header)] = np.frombuffer(header, np.uint8)
        whole.flush()
        _publish(draft.whole, file)
    drafts.sweep(file.parent, encoder, hashes)


def _publish(draft: Path, file: Path) -> None:
    with draft.open("rb") as opened:
        os.fsync(opened.fileno())
    draft.chmod(0o444)
    draft.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)  # before the draft that it was made from goes
    os.close(folder)


def _batches(base: FactBase) -> Iterator[list[str]]:
    texts = chain(map(passage_text, base.facts()), base.headings(), (one.text for one in base.open_questions()))
    while batch := list(islice(texts, _BATCH)):
        yield batch


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=HASH).digest()


def _vectors(texts: Sequence[str], known: Sequence[Bytes | None], encoder: Encoder, draft: drafts.Draft) -> list[Bytes]:
    """The vectors of texts: those that are known, and the others encoded, the same text once."""
    missing = list(dict.fromkeys(text for text, row in zip(texts, known, strict=True) if row is None))
    encoded = dict(zip(missing, to_bytes(encoder.encode(missing, Kind.PASSAGE)), strict=True)) if missing else {}
    draft.add((_hash(text), row) for text, row in encoded.items())
    return [encoded[text] if row is None else row for text, row in zip(texts, known, strict=True)]


class _Known:
    """The vectors of an encoder that the files and drafts of a folder hold, found by the hash of their text."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._files: list[tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint8], Bytes]] = []
        for file in sorted(folder.glob(f"*.{plain(encoder.name)}.vectors"), key=lambda file: -file.stat().st_mtime):
            try:
                layout, whole = mapped(file, encoder.name)
            except VectorsDamaged as damaged:
                _log.warning("%s: nothing is taken from it", damaged)
                continue
            if layout.dimension == encoder.dimension:
                self._take(*layout.parts(whole), np.arange(layout.count))
        for found in drafts.kept(folder, encoder):
            self._take(*found)

    def _take(self, hashes: NDArray[np.uint8], rows: Bytes, trusted: NDArray[np.int64]) -> None:
        keys = _keys(hashes)[trusted]
        order = np.argsort(keys, kind="stable")
        if len(order):
            self._files.append((keys[order], trusted[order], hashes, rows))

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
