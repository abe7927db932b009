"""Backups of the state: taken while the bot runs, encrypted to a public key, and put back by whoever holds the private one.

The key of the vault (`OTR_KEY_FILE`) is in no backup: a backup tells nobody who subscribed, and is worth nothing without
it. The fact bases are in none either: they are made anew from the data folder. Encryption is age's, by pyrage.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pyrage

from bot import private
from bot.store import CannotOpen, copies, tombstones
from bot.store.copies import Restored

STALE = timedelta(days=1)


class BackupRefused(Exception):
    """A backup cannot be taken or put back; the message says why, and what was left as it was."""


def new_key(file: Path) -> str:
    """Write a new private key into a file that only its owner reads; gives the public one. Never over another file."""
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    try:
        private.make(file, f"# public key: {recipient}\n{identity}\n".encode())
    except OSError as error:
        if file.exists():
            raise BackupRefused(f"{file} is there already, and is left as it is: name a file that is not") from None
        raise BackupRefused(f"{file} cannot be written: {error.strerror}") from None
    return recipient


def take(state: Path, file: Path, recipient: str, now: datetime) -> int:
    """Write a backup of a state into a file: whole, or not at all; gives its length in bytes. Raises `BackupRefused`."""
    if not state.exists():
        raise BackupRefused(f"there is no state {state} yet")
    _sweep(state, now)
    with _refusing(f"nothing was written to {file}"), private.draft(state.parent, "backup") as plain:
        copies.copy(state, plain, now)
        with private.draft(file.parent, file.name) as sealed:
            with plain.open("rb") as reading, sealed.open("wb") as writing:
                pyrage.encrypt_io(reading, writing, [_recipient(recipient)])
            private.put(sealed, file)
    return file.stat().st_size


def put_back(
    file: Path, identity: Path, state: Path, key: Path, now: datetime, *, keep: Path | None = None, old: bool = False
) -> Restored:
    """Put a backup in the place of a state that nobody uses. Raises `BackupRefused`: then the state is as it was."""
    with _refusing("the state is as it was"), private.draft(state.parent, "restore") as plain:
        with file.open("rb") as reading, plain.open("wb") as writing:
            pyrage.decrypt_io(reading, writing, [_identity(identity)])
        if now - copies.copied_at(plain) > tombstones.KEPT and not old:
            raise BackupRefused(
                f"this backup is older than {tombstones.KEPT.days} days: who asked to be forgotten before that is known no"
                " more and may come back with it; say --old to take it nevertheless"
            )
        forgotten = tombstones.fresh(copies.tombstones_of(state), now)
        done = copies.settle(plain, key, forgotten, now)
        tombstones.write(tombstones.beside(state), forgotten)
        copies.put_back(plain, state, keep=keep)
    return done


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise BackupRefused("this is no public key for backups: it begins with age1") from None


def _identity(file: Path) -> pyrage.x25519.Identity:
    """The private key of a file as `new_key` or age-keygen writes it: the one line that is no remark."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]
    try:
        return pyrage.x25519.Identity.from_str(next(line for line in lines if line.startswith("AGE-SECRET-KEY-")))
    except (StopIteration, pyrage.IdentityError):
        raise BackupRefused(f"{file} holds no private key of a backup: a line AGE-SECRET-KEY-1…") from None


@contextmanager
def _refusing(so: str) -> Iterator[None]:
    try:
        yield
    except pyrage.DecryptError:
        raise BackupRefused(f"this is no backup, or not one for this private key; {so}") from None
    except CannotOpen as error:
        raise BackupRefused(f"{error}; {so}") from error
    except OSError as error:
        raise BackupRefused(f"{error.filename or 'a file'}: {error.strerror or error}; {so}") from error


def _sweep(state: Path, now: datetime) -> None:
    """Take away the copy of a backup that was killed while it was made. One that is being made now is younger."""
    for left in state.parent.glob(".backup.*"):
        if now.timestamp() - left.stat().st_mtime > STALE.total_seconds():
            left.unlink(missing_ok=True)
