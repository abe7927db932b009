"""Who was forgotten: keyed hashes, so that a backup of before cannot bring anybody back.

They stand in the database and, so that they outlive it, in the file `forgotten` beside it: a line for each, the moment
and the hash. Whoever has no key learns from them how many asked to be forgotten and when, and of nobody who.
"""

import contextlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot import private

KEPT = timedelta(days=28)
"""How long a tombstone is kept: longer than any backup may be."""

Tombstones = Mapping[bytes, datetime]
"""A hash (`Vault.tombstone`) and when it was last asked for."""


def beside(state: Path) -> Path:
    """The file of a state's tombstones."""
    return state.with_name("forgotten")


def read(file: Path) -> dict[bytes, datetime]:
    """The tombstones of a file; none when there is no file. A line that is none is passed over."""
    found: dict[bytes, datetime] = {}
    if not file.exists():
        return found
    for line in file.read_text(encoding="ascii", errors="replace").splitlines():
        moment, _, hashed = line.partition(" ")
        with contextlib.suppress(ValueError):
            found[bytes.fromhex(hashed)] = datetime.fromisoformat(moment)
    return found


def write(file: Path, tombstones: Tombstones) -> None:
    """Put these in place of all that a file held. They are on the disk when this returns."""
    lines = [f"{at.isoformat()} {hashed.hex()}\n" for hashed, at in sorted(tombstones.items())]
    private.write(file, "".join(lines).encode())


def united(*several: Tombstones) -> dict[bytes, datetime]:
    """All of them, each with its latest moment."""
    found: dict[bytes, datetime] = {}
    for tombstones in several:
        for hashed, at in tombstones.items():
            found[hashed] = max(at, found.get(hashed, at))
    return found


def fresh(tombstones: Tombstones, now: datetime) -> dict[bytes, datetime]:
    """Those that are still to be kept."""
    return {hashed: at for hashed, at in tombstones.items() if now - at <= KEPT}


def later(tombstones: Tombstones, than: Tombstones) -> dict[bytes, datetime]:
    """Those that others do not hold, or hold of an earlier moment: whoever came back in between may stay."""
    return {hashed: at for hashed, at in tombstones.items() if hashed not in than or at > than[hashed]}
