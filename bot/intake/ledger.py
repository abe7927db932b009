"""What was finished and what waits, in memory that outlives the process: a small SQLite file on a RAM-backed file system.

A kill loses nothing of it, a power cut all: then Telegram gives the updates again that it was not told to forget. The text of an
update is in it only while the update waits, and never on a disk. One thread uses it: a write takes some ten microseconds.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

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


class Ledger:
    """Updates by their numbers: begun, parked with their text, finished. `clock` gives aware moments."""

    def __init__(self, file: Path | None, clock: Callable[[], datetime]) -> None:
        """Opens the ledger of a file; without one it lives in this process alone. A damaged file is begun anew."""
        self._file, self._clock = file, clock
        self._db = _opened(file)
        self._dirty = False

    @property
    def outlives(self) -> bool:
        """Whether it outlives the process: only then may an update be parked in it."""
        return self._file is not None

    def begin(self, numbers: Iterable[int]) -> set[int]:
        """Note updates as begun; gives those that are to be worked on: those that are neither finished nor parked."""
        numbers, now = list(numbers), self._now()
        with self._transaction():
            known = self._known(numbers)
            fresh = [number for number in dict.fromkeys(numbers) if number not in known]
            self._db.executemany(
                "insert into updates (id, begun, hand) values (?, ?, 1) on conflict (id) do update set hand = 1",
                [(n, now) for n in fresh],
            )
        return set(fresh)

    def _known(self, numbers: Sequence[int]) -> set[int]:
        marks = ",".join("?" * len(numbers))
        sql = f"select id from updates where id in ({marks}) and (finished is not null or body is not null)"  # noqa: S608 - marks only
        return {row[0] for row in self._db.execute(sql, numbers)}

    def park(self, updates: Iterable[tuple[int, dict[str, Any]]]) -> None:
        """Keep the text of updates that are in hand, so that Telegram may forget them."""
        rows = [(json.dumps(body), number) for number, body in updates]
        with self._transaction():
            self._db.executemany("update updates set body = ? where id = ? and finished is null", rows)
        self._dirty = self._dirty or bool(rows)

    def finish(self, numbers: Iterable[int]) -> None:
        """Note updates as finished, and forget their text."""
        now = self._now()
        rows = [(number, now, now) for number in numbers]
        sql = "insert into updates (id, begun, finished) values (?, ?, ?) on conflict (id) do update set finished = excluded.finished, body = null"
        with self._transaction():
            self._db.executemany(sql, rows)

    def parked(self) -> list[tuple[int, datetime, dict[str, Any]]]:
        """What waits from an earlier life, the oldest first: number, when it was begun, the update."""
        sql = "select id, begun, body from updates where finished is null and body is not null order by begun, id"
        rows = self._db.execute(sql).fetchall()
        zone = self._clock().tzinfo
        return [(number, datetime.fromtimestamp(begun, zone), json.loads(body)) for number, begun, body in rows]

    def wake(self, *, crashed: bool) -> None:
        """A life begins, with nothing in hand. `crashed`: the one before ended by itself, maybe by something that it had in hand."""
        with self._transaction():
            if crashed:
                self._db.execute("update updates set crashes = crashes + 1 where finished is null and hand")
            self._db.execute("update updates set hand = 0 where hand")

    def take(self, number: int, *, hand: bool) -> None:
        """An update is in hand now, or waits until it is taken."""
        with self._transaction():
            self._db.execute("update updates set hand = ? where id = ?", [hand, number])

    def crashes(self) -> dict[int, int]:
        """How often the process crashed while each of the unfinished updates was in hand; those with none are left out."""
        return dict(
            self._db.execute("select id, crashes from updates where finished is null and crashes > 0").fetchall()
        )

    def forget(self) -> None:
        """Drop what is too old or too much, and every byte of texts that are needed no more."""
        oldest = (self._clock() - KEPT_FOR).timestamp()
        sql = "delete from updates where finished < ? or id in (select id from updates where finished is not null order by finished desc, id desc limit -1 offset ?)"
        with self._transaction():
            self._db.execute(sql, [oldest, MOST])
        if self._dirty and not self._db.execute("select 1 from updates where body is not null limit 1").fetchone():
            self._db.execute("pragma wal_checkpoint(truncate)").fetchall()
            self._dirty = False

    def close(self) -> None:
        self._db.close()

    def _now(self) -> float:
        return self._clock().timestamp()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")


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
