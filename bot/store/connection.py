"""The one connection to the state and its thread: how it is opened, and how a write is made. It knows no table.

Whatever is asked of the state is done on one thread, so two writes of this process are never in each other's way; a write
is one transaction that has the right to write from its beginning, so another process makes it wait and never fail half
way.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from bot.store import NotWritten
from bot.vault import Vault

T = TypeVar("T")

PRAGMAS = (
    "pragma busy_timeout = 5000",
    "pragma journal_mode = wal",
    # What was committed is on the disk: a message must not be sent twice after a power cut.
    "pragma synchronous = full",
    # What was deleted is overwritten, and nothing is sorted in a file elsewhere.
    "pragma secure_delete = on",
    "pragma temp_store = memory",
    "pragma foreign_keys = on",
)
BEGIN = "begin immediate"


class Connected:
    """What the roles of the store stand on: one database file, one thread, one vault."""

    def __init__(self, db: Database, vault: Vault | None, file: Path, thread: ThreadPoolExecutor) -> None:
        self._db, self._sealing, self._file, self._thread = db, vault, file, thread
        self._raw = os.open(file, os.O_RDONLY)

    @property
    def _vault(self) -> Vault:
        """The vault. A store that was opened to be read without its key has none, and cannot say who is in it."""
        if self._sealing is None:
            raise NotWritten("the state was opened without its key: who is in it cannot be read or written")
        return self._sealing

    async def _do(self, work: Callable[[Database], T]) -> T:
        """Do something with the database on its thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self._db)

    async def _write(self, work: Callable[[Database], T]) -> T:
        """Write in one transaction. Raises `NotWritten` when the disk or another process does not let it."""

        def whole(db: Database) -> T:
            with writing(db):
                return work(db)

        return await self._do(whole)

    async def _beside(self, work: Callable[[Database], T]) -> T:
        """Do something that changes nothing and may take seconds, on a connection of its own: nobody waits for it."""

        def whole() -> T:
            with closing(reading(self._file)) as db:
                return work(db)

        return await asyncio.to_thread(whole)

    @staticmethod
    def _filed(write: Callable[[], None]) -> None:
        """Write a file that goes with the database. Raises `NotWritten` when the disk does not let it."""
        try:
            write()
        except OSError as error:
            raise NotWritten(f"a file of the state could not be written: {error.strerror}") from error

    def _let_go(self) -> None:
        """Close the database, and only then the descriptor: to close that takes away SQLite's locks on the file."""
        self._db.close()
        os.close(self._raw)


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """A transaction that may write from its beginning: all of it is kept, on the disk, or nothing."""
    try:
        db.execute(BEGIN)
        try:
            yield
            db.execute("commit")
        except BaseException:
            db.rollback()
            raise
    except sqlite3.OperationalError as error:
        raise NotWritten(f"the state could not be written: {error}") from error


def connected(file: Path) -> Database:
    """A connection that writes. It may be used by any one thread at a time."""
    db = Database(sqlite3.connect(file, check_same_thread=False))
    try:
        for pragma in PRAGMAS:
            db.execute(pragma).fetchall()
    except BaseException:
        db.close()
        raise
    return db


def reading(file: Path) -> Database:
    """A connection that changes nothing."""
    return Database(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False))


def truncate_wal(db: Database) -> bool:
    """Move everything into the database file and empty the log beside it; False while that cannot be done."""
    try:
        busy, *_ = db.execute("pragma wal_checkpoint(truncate)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy
