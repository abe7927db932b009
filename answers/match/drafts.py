"""What a preparation has encoded so far, kept until its file of vectors is in place: one that is broken off is taken up.

A draft is a row of entries: the hash of a text, its vector, and a seal over both. It is only appended to, by the process
that made it and holds its lock. What a kill or a power cut has torn has no seal that fits, and is not taken.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

import numpy as np
from numpy.typing import NDArray

from answers.encode import Encoder
from answers.match.vectorfile import HASH, Bytes, plain

_SEAL = 16
_SUFFIX = ".encoded.building"


class Draft:
    """A draft that is written. `whole` is where the file of vectors that it goes with is built."""

    def __init__(self, opened: IO[bytes], encoder: Encoder) -> None:
        self._opened, self._key = opened, _key(encoder)
        self.path = Path(opened.name)
        self.whole = _whole(self.path)

    def add(self, encoded: Iterable[tuple[bytes, Bytes]]) -> None:
        """Keep the hashes and vectors of some texts: on the disk when this returns."""
        entries = (hashed + row.tobytes() for hashed, row in encoded)
        self._opened.write(b"".join(entry + _seal(entry, self._key) for entry in entries))
        self._opened.flush()
        os.fsync(self._opened.fileno())


@contextmanager
def drafting(file: Path, encoder: Encoder) -> Iterator[Draft]:
    """A new draft for a file of vectors. It is left behind by a block that raises, if there is something in it."""
    with NamedTemporaryFile(prefix=f".{file.name}.", suffix=_SUFFIX, dir=file.parent, delete=False) as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        draft = Draft(opened, encoder)
        done = False
        try:
            yield draft
            done = True
        finally:
            draft.whole.unlink(missing_ok=True)
            if done or not opened.tell():
                draft.path.unlink(missing_ok=True)


def kept(folder: Path, encoder: Encoder) -> Iterator[tuple[NDArray[np.uint8], Bytes, NDArray[np.int64]]]:
    """The hashes and vectors of each draft under an encoder, in memory as far as they are read, and which to trust."""
    for path in _drafts(folder, encoder):
        entries = _entries(path, encoder)
        yield entries[:, :HASH], entries[:, HASH:-_SEAL].view(np.int8), _sound(entries, _key(encoder))


def sweep(folder: Path, encoder: Encoder, hashes: NDArray[np.uint8]) -> None:
    """Remove the drafts of which most stands in a file that has these hashes, unless their process lives.

    Others stay for the file that they were meant for: a small base must not throw away the hours spent on a large one.
    """
    for path in _drafts(folder, encoder):
        with suppress(OSError), path.open("rb") as opened:  # its process lives, or another has removed it
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            entries = _entries(path, encoder)
            sound = entries[_sound(entries, _key(encoder)), :HASH]
            if 2 * np.isin(_plain(sound), _plain(hashes)).sum() >= len(entries):
                _whole(path).unlink(missing_ok=True)
                path.unlink()


def _plain(hashes: NDArray[np.uint8]) -> NDArray[np.void]:
    """Each hash as one value."""
    return np.ascontiguousarray(hashes).view(f"V{HASH}")[:, 0]


def _drafts(folder: Path, encoder: Encoder) -> list[Path]:
    return sorted(folder.glob(f".*.{plain(encoder.name)}.vectors.*{_SUFFIX}"))


def _whole(draft: Path) -> Path:
    return draft.with_name(draft.name.removesuffix(_SUFFIX) + ".building")


def _entries(path: Path, encoder: Encoder) -> NDArray[np.uint8]:
    """The entries of a draft; less than one at its end is none."""
    width = HASH + encoder.dimension + _SEAL
    try:
        count = path.stat().st_size // width
        return np.memmap(path, np.uint8, "r", shape=(count, width)) if count else np.empty((0, width), np.uint8)
    except OSError:  # its process has just finished and removed it
        return np.empty((0, width), np.uint8)


def _sound(entries: NDArray[np.uint8], key: bytes) -> NDArray[np.int64]:
    """Which entries are as they were written, under this encoder."""
    raw = map(np.ndarray.tobytes, entries)
    return np.array([at for at, one in enumerate(raw) if one[-_SEAL:] == _seal(one[:-_SEAL], key)], np.int64)


def _seal(entry: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(entry, digest_size=_SEAL, key=key).digest()


def _key(encoder: Encoder) -> bytes:
    """Two encoders may give texts vectors of one length: their entries must not be mistaken for each other's."""
    return hashlib.blake2b(encoder.name.encode(), digest_size=32).digest()
