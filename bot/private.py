"""Files that the bot keeps for itself: read by their owner alone, and whole or not there, whatever happens meanwhile.

A file is written beside its place under another name, flushed to the disk and only then given its name.
It knows nothing of what is in them.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def draft(folder: Path, name: str) -> Iterator[Path]:
    """An empty file that only its owner reads, for as long as the block lasts; it is gone afterwards, come what may."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".{name}.{secrets.token_hex(8)}"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def put(ready: Path, file: Path) -> None:
    """Flush a file to the disk and put it in the place of another, in the same folder."""
    _flush(ready)
    ready.replace(file)
    _flush(file.parent)


def write(file: Path, data: bytes) -> None:
    """Put these bytes in place of whatever a file held."""
    with draft(file.parent, file.name) as ready:
        ready.write_bytes(data)
        put(ready, file)


def make(file: Path, data: bytes) -> None:
    """Make a file that holds these bytes. Raises `FileExistsError`, and leaves it alone, when there is one."""
    with draft(file.parent, file.name) as ready:
        ready.write_bytes(data)
        _flush(ready)
        file.hardlink_to(ready)  # unlike a renamed file, a link never takes the place of another
        _flush(file.parent)


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
