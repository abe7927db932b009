"""What was finished and what waits, in memory that outlives the process: a small SQLite file on a RAM-backed file system.

A kill loses nothing of it, a power cut all: then Telegram gives the updates again that it was not told to forget. The text of an
update is in it only while the update waits, and never on a disk. One thread uses it: a write takes some ten microseconds.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

KEPT_FOR = timedelta(hours=48)
"""How long a number is known: Telegram gives an update for a day."""

MOST = 200_000
"""Numbers that are known: twice as many as Telegram keeps for a bot."""

_SCHEMA = """
create table if not exists updates (
  id integer primary key, begun real not null, finished real, crashes integer not null default 0,
  hand integer not null default 0, body text
) strict;
create index if not exists updates_waiting on updates (id) where finished is null;
"""

_BEGIN = "insert into updates (id, begun, hand) values (?, ?, 1) on conflict (id) do update set hand = 1"
_FINISH = (
    "insert into updates (id, begun, finished) values (?, ?, ?)"
    " on conflict (id) do update set finished = excluded.finished, body = null"
)
_FORGET = (
    "delete from updates where coalesce(finished, begun) < ? and body is null or id in"
    " (select id from updates where finished is not null order by finished desc, id desc limit -1 offset ?)"
)
T = TypeVar("T")


class Ledger:
    """Updates by their numbers: begun, parked with their text, finished. `clock` gives aware moments."""

    def __init__(
        self, file: Path | None, clock: Callable[[], datetime], lost: Callable[[str], object] = lambda _: None
    ) -> None:
        """Opens the ledger of a file; without one it lives in this process alone. A damaged file is begun anew.

        `lost` is told, in one word, when the file cannot be written any more: it goes on in this process alone then.
        """
        self._file, self._clock, self._lost = file, clock, lost
        self._db = _opened(file)
        self._dirty = False

    @property
    def outlives(self) -> bool:
        """Whether it outlives the process: only then may an update be parked in it."""
        return self._file is not None

    def known(self, numbers: Iterable[int]) -> set[int]:
        """Which of these are not to be worked on (again): finished, or parked."""
        numbers = list(numbers)
        # Nothing is written; but a file that cannot be read any more is left in the same way.
        return self._write(lambda db: _known(db, numbers))

    def begin(self, numbers: Iterable[int]) -> None:
        """Note updates as begun, and in hand."""
        now = self._now()
        rows = [(number, now) for number in numbers]
        if rows:
            self._write(lambda db: db.executemany(_BEGIN, rows))

    def park(self, updates: Iterable[tuple[int, dict[str, Any]]]) -> bool:
        """Keep the text of updates that are in hand, so that Telegram may forget them; False when they cannot be kept."""
        rows = [(json.dumps(body), number) for number, body in updates]
        self._write(lambda db: db.executemany("update updates set body = ? where id = ? and finished is null", rows))
        self._dirty = self._dirty or bool(rows)
        return self.outlives

    def finish(self, numbers: Iterable[int]) -> None:
        """Note updates as finished, and forget their text."""
        now = self._now()
        rows = [(number, now, now) for number in numbers]
        self._write(lambda db: db.executemany(_FINISH, rows))

    def parked(self) -> list[tuple[int, datetime, dict[str, Any]]]:
        """What waits from an earlier life, the oldest first: number, when it was begun, the update."""
        sql = "select id, begun, body from updates where finished is null and body is not null order by begun, id"
        rows = self._db.execute(sql).fetchall()
        zone = self._clock().tzinfo
        return [(number, datetime.fromtimestamp(begun, zone), json.loads(body)) for number, begun, body in rows]

    def wake(self, *, crashed: bool) -> None:
        """A life begins, with nothing in hand. `crashed`: the one before ended by itself, maybe by something that it had in hand."""

        def work(db: sqlite3.Connection) -> None:
            if crashed:
                db.execute("update updates set crashes = crashes + 1 where finished is null and hand")
            db.execute("update updates set hand = 0 where hand")

        self._write(work)

    def take(self, number: int, *, hand: bool) -> None:
        """An update is in hand now, or waits until it is taken."""
        self._write(lambda db: db.execute("update updates set hand = ? where id = ?", [hand, number]))

    def crashes(self) -> dict[int, int]:
        """How often the process crashed while each of the unfinished updates was in hand; those with none are left out."""
        return dict(
            self._db.execute("select id, crashes from updates where finished is null and crashes > 0").fetchall()
        )

    def forget(self) -> None:
        """Drop what is too old or too much, and every byte of texts that are needed no more."""
        oldest = (self._clock() - KEPT_FOR).timestamp()
        self._write(lambda db: db.execute(_FORGET, [oldest, MOST]))
        if self._dirty and not self._db.execute("select 1 from updates where body is not null limit 1").fetchone():
            self._db.execute("pragma wal_checkpoint(truncate)").fetchall()
            self._dirty = False

    def close(self) -> None:
        self._db.close()

    def _now(self) -> float:
        return self._clock().timestamp()

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do something in one transaction; when the file cannot be written, in one of a ledger that needs none."""
        try:
            return _within(self._db, work)
        except sqlite3.Error as error:
            if self._file is None:
                raise
            self._leave(type(error).__name__)
            return _within(self._db, work)

    def _leave(self, why: str) -> None:
        """Go on without the file: memory is full, or somebody took it away. What was finished last is taken along."""
        left, self._db, self._file = self._db, _connected(":memory:"), None
        with suppress(sqlite3.Error):
            known = left.execute(
                "select id, begun, finished from updates where finished is not null order by finished desc limit 1000"
            ).fetchall()
            self._db.executemany("insert into updates (id, begun, finished) values (?, ?, ?)", known)
        with suppress(sqlite3.Error):
            left.close()
        self._lost(why)


def _within(db: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    db.execute("begin immediate")
    try:
        done = work(db)
        db.execute("commit")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have done so by itself
            db.execute("rollback")
        raise
    return done


def _known(db: sqlite3.Connection, numbers: Sequence[int]) -> set[int]:
    marks = ",".join("?" * len(numbers))
    sql = f"select id from updates where id in ({marks}) and (finished is not null or body is not null)"  # noqa: S608 - marks only
    return {row[0] for row in db.execute(sql, numbers)}


def _opened(file: Path | None) -> sqlite3.Connection:
    if file is None:
        return _connected(":memory:")
    try:
        return _connected(str(file))
    except sqlite3.DatabaseError:
        for leftover in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
            leftover.unlink(missing_ok=True)
        return _connected(str(file))


def _connected(name: str) -> sqlite3.Connection:
    db = sqlite3.connect(name, isolation_level=None)
    try:
        db.execute("pragma journal_mode = wal").fetchall()
        # There is no disk below it: what a killed process wrote is in the system's memory.
        db.execute("pragma synchronous = off")
        db.execute("pragma secure_delete = on")
        db.executescript(_SCHEMA)
        db.execute("select count(*) from updates").fetchall()
    except BaseException:
        db.close()
        raise
    return db
