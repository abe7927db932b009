"""One instance a state folder: two bots on one state would answer twice and tear digests apart."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process holds the state folder."""


@contextmanager
def only_one(state: Path) -> Iterator[None]:
    """Hold the state folder until the end of the block, or of the process. Raises `AlreadyRunning`."""
    state.mkdir(parents=True, exist_ok=True)
    lock = os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"another On the Record holds the state folder {state}: stop it, or set OTR_STATE"
            ) from None
        yield
    finally:
        os.close(lock)
