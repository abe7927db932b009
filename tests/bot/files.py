"""What is in the files of a state, read by another process: closing a file takes away the locks that SQLite holds on it."""

import subprocess
from collections.abc import Iterable
from pathlib import Path


def content(state: Path) -> bytes:
    """All bytes of a database, of its log and of the index of its log."""
    files = [file for suffix in ("", "-wal", "-shm") if (file := state.with_name(state.name + suffix)).exists()]
    return subprocess.run(["cat", *files], check=True, capture_output=True).stdout


def traces(chat: int) -> list[bytes]:
    """How a number may stand in a file: as text, as bytes of several lengths in either order, and as SQLite writes the
    number of a row, seven bits a byte.
    """
    shortest = (chat.bit_length() + 8) // 8
    lengths = range(max(4, shortest), 9)
    numbers = [chat.to_bytes(length, order, signed=True) for length in lengths for order in ("big", "little")]
    return [str(chat).encode(), _row_number(chat % 2**56), *numbers]


def _row_number(number: int) -> bytes:
    sevens = [number >> shift & 0x7F for shift in range(0, max(1, number.bit_length()), 7)]
    return bytes([*(seven | 0x80 for seven in sevens[:0:-1]), sevens[0]])


def found(needles: Iterable[bytes], haystack: bytes) -> list[bytes]:
    return [needle for needle in needles if needle in haystack]
