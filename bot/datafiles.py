"""Writing what editors own: one file at a time, whole or not at all, and never over what somebody else just wrote.

A writer says what it read; when the file holds anything else by then, nothing is written. Readers of the folder see the
old file or the new one, never half of it.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answers.errors import Problem, Refused


def read(file: Path) -> str:
    """The text of a file, line ends as they are; empty when there is none. Raises `Refused` for what is not UTF-8."""
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise Refused([Problem(path=str(file), line=0, message="is not UTF-8", hint="save it as UTF-8")]) from None


def write(file: Path, text: str, *, was: str) -> None:
    """Put a text in place of what a file held when it was read (`was`; empty: no file yet).

    Raises `Refused` when it holds something else now, or cannot be written; then it is as it was.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(file.parent):
            if read(file) != was:
                message, hint = "was changed by somebody else meanwhile", "nothing was written: do it again"
                raise Refused([Problem(path=str(file), line=0, message=message, hint=hint)])
            _replace(file, text.encode())
    except OSError as error:
        message, hint = f"cannot be written: {error.strerror}", "nothing was changed"
        raise Refused([Problem(path=str(file), line=0, message=message, hint=hint)]) from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep every other writer of this machine out of a folder: the folder itself is the lock, no file is left."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
        os.fsync(opened)
    finally:
        os.close(opened)


def _replace(file: Path, data: bytes) -> None:
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
