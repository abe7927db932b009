"""A disk that loses power, and what is left of the state on it.

The disk is in memory. It tells what was flushed from what was only written: when the power goes, what was flushed is there,
and of the rest each sector is there or not as chance has it, in no order. The store's own settings and its own way to claim
recipients are tried on it, over apsw, for Python's own sqlite3 takes no file system of ours. A real disk may also lie about
what it has flushed; this one does not.

    python -m tests.faults.powercut 1000
"""

import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from bot.store.connection import PRAGMAS, writing
from bot.store.outbox import _claims
from bot.store.sqlite import SqliteStore
from bot.vault import KEY_BYTES, Vault

SECTOR = 512
ROWS, BATCH = 48, 2
VAULT = Vault(bytes(KEY_BYTES))
LATER = 2_000_000_000
STATE = "state.sqlite"
OURS = tuple(PRAGMAS)
WEAKER = tuple(one.replace("synchronous = full", "synchronous = normal") for one in OURS)
"""What many take for safe: fast, never corrupt, and not on the disk when the commit returns."""


class PowerCut(Exception):
    """The power went in the middle of something."""


@dataclass(slots=True)
class Sectors:
    """A file: as programs see it, as it was flushed last, and which sectors differ."""

    now: bytearray = field(default_factory=bytearray)
    flushed: bytearray = field(default_factory=bytearray)
    dirty: set[int] = field(default_factory=set)

    def write(self, data: bytes, offset: int) -> None:
        self.now.extend(bytes(max(0, offset + len(data) - len(self.now))))
        self.now[offset : offset + len(data)] = data
        self.dirty.update(range(offset // SECTOR, (offset + len(data) - 1) // SECTOR + 1))

    def flush(self) -> None:
        self.flushed, self.dirty = bytearray(self.now), set()

    def after_the_cut(self, chance: random.Random) -> "Sectors":
        kept = bytearray(self.flushed)
        if chance.random() < 0.5:
            kept = kept[: len(self.now)].ljust(len(self.now), b"\0")
        for sector in sorted(self.dirty):
            begins, ends = sector * SECTOR, min((sector + 1) * SECTOR, len(self.now))
            if begins < ends and chance.random() < 0.5:
                kept.extend(bytes(max(0, ends - len(kept))))
                kept[begins:ends] = self.now[begins:ends]
        return Sectors(now=kept, flushed=bytearray(kept))


@dataclass(slots=True)
class Disk:
    """Files by name. `lasts`: how many more changes it takes before the power goes."""

    files: dict[str, Sectors] = field(default_factory=dict)
    lasts: int = sys.maxsize

    def change(self) -> None:
        self.lasts -= 1
        if self.lasts < 0:
            raise PowerCut

    def after_the_cut(self, chance: random.Random) -> "Disk":
        return Disk({name: file.after_the_cut(chance) for name, file in self.files.items()})


class Opened:
    """An open file, as SQLite uses it. Nobody else is there, so every lock is given."""

    def __init__(self, disk: Disk, file: Sectors) -> None:
        self._disk, self._file = disk, file

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._file.now[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.change()
        self._file.write(data, offset)

    def xTruncate(self, size: int) -> None:
        self._disk.change()
        del self._file.now[size:]

    def xSync(self, flags: int) -> None:
        self._disk.change()
        self._file.flush()

    def xFileSize(self) -> int:
        return len(self._file.now)

    def xLock(self, level: int) -> None: ...

    def xUnlock(self, level: int) -> None: ...

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return 0

    def xClose(self) -> None: ...


class OnDisk(apsw.VFS):
    """A disk as a file system of SQLite, under a name of its own."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.name, self._disk = name, disk
        super().__init__(name, "unix")

    def xFullPathname(self, name: str) -> str:
        return name

    def xOpen(self, name: str | apsw.URIFilename, flags: list[int]) -> Opened:
        text = name if isinstance(name, str) else name.filename()
        flags[1] = flags[0]
        return Opened(self._disk, self._disk.files.setdefault(text, Sectors()))

    def xDelete(self, name: str, syncdir: bool) -> None:
        self._disk.change()
        self._disk.files.pop(name, None)

    def xAccess(self, name: str, flags: int) -> bool:
        return name in self._disk.files


def schema() -> list[str]:
    """What a fresh state is made of."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / STATE
        SqliteStore.open(file)._let_go()
        with closing(sqlite3.connect(file)) as db:
            sql = "select sql from sqlite_master where sql is not null and name not like 'sqlite_%'"
            return [row[0] for row in db.execute(sql)]


@dataclass(frozen=True, slots=True)
class Found:
    """What a statement gave, as sqlite3 has it."""

    rows: Sequence[Any]
    description: Sequence[Any]
    rowcount: int

    def fetchall(self) -> Sequence[Any]:
        return self.rows

    def fetchone(self) -> Any:
        return self.rows[0] if self.rows else None


class State:
    """The state on a disk that loses power, with as much of sqlite-utils as claiming recipients takes."""

    def __init__(self, name: str, disk: Disk, pragmas: Iterable[str]) -> None:
        self._vfs = OnDisk(name, disk)
        self._db = apsw.Connection(STATE, vfs=name)
        # The one thing that is not the store's: a file system without shared memory has its log in this mode only.
        for pragma in ("pragma locking_mode = exclusive", *pragmas):
            self.execute(pragma)

    def execute(self, sql: str, values: Any = ()) -> Found:
        cursor = self._db.cursor()
        described: list[Any] = []
        cursor.exec_trace = lambda running, _sql, _values: described.extend(running.get_description()) or True
        rows = cursor.execute(sql, values).fetchall()
        return Found(rows, described, self._db.changes())

    def rollback(self) -> None:
        if self._db.in_transaction:
            self.execute("rollback")

    def close(self) -> None:
        self._db.close(force=True)
        self._vfs.unregister()


def prepare(state: State, tables: Iterable[str]) -> None:
    """A run that is open, with a row for each recipient."""
    with writing(state):
        for sql in tables:
            state.execute(sql)
        state.execute(
            "insert into runs (number, slot, kind, state, revision, facts, opened, not_after, fanned)"
            f" values (1, 'daily', 'routine', 'open', 'b', '', 0, {LATER}, 1)"
        )
        state.execute(
            "insert into editions (run, since, revision, repeat, html, text, facts, hash)"
            " values (1, 'a', 'b', 0, 'new', 'new', '', '')"
        )
        for chat in range(1, ROWS + 1):
            sql = "insert into subscribers values (?, ?, ?, '08:00', 'UTC', 'a', '2026-01-01')"
            state.execute(sql, (chat, VAULT.tag(chat), VAULT.seal(chat)))
            state.execute("insert into deliveries (run, subscriber, state) values (1, ?, 'pending')", (chat,))
    state.execute("pragma wal_checkpoint(truncate)")


def send_until_the_cut(state: State) -> list[int]:
    """Claim recipients as the store does, and only then send; gives to whom a message has left when the power goes."""
    left: list[int] = []
    with suppress(PowerCut, apsw.Error):
        for _ in range(ROWS // BATCH):
            with writing(state):
                claims = _claims(state, VAULT, BATCH, "b", 0)
            left += [row.chat for row in claims.rows]
    return left


def trial(seed: int, pragmas: Sequence[str], tables: Sequence[str]) -> int:
    """One power cut: how many messages had left without their mark. Raises `AssertionError` for a damaged state."""
    chance, disk = random.Random(seed), Disk()
    state = State(f"cut-{seed}", disk, pragmas)
    prepare(state, tables)
    state.execute(f"pragma wal_autocheckpoint = {chance.choice([8, 64, 1000])}")
    disk.lasts = chance.randrange(ROWS // 4, 6 * ROWS)
    left = send_until_the_cut(state)
    after = disk.after_the_cut(chance)
    disk.lasts = sys.maxsize
    state.close()
    return len(set(left) - marked(f"after-{seed}", after, pragmas))


def marked(name: str, disk: Disk, pragmas: Sequence[str]) -> set[int]:
    """Whose mark is found after the power is back, in a state that is whole."""
    state = State(name, disk, pragmas)
    assert state.execute("pragma integrity_check").fetchall() == [("ok",)]
    found = {row[0] for row in state.execute("select subscriber from deliveries where state = 'sending'").fetchall()}
    state.close()
    return found


def trials(count: int, pragmas: Sequence[str] = OURS) -> tuple[int, int]:
    """In how many of so many power cuts a message had left without its mark, and how many such messages there were."""
    tables = schema()
    lost = [trial(seed, pragmas, tables) for seed in range(count)]
    return sum(one > 0 for one in lost), sum(lost)


if __name__ == "__main__":
    cuts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    for name, pragmas in (("ours (full)", OURS), ("normal", WEAKER)):
        cut, messages = trials(cuts, pragmas)
        sys.stdout.write(f"{name}: a message without its mark after {cut} of {cuts} power cuts ({messages} messages)\n")
