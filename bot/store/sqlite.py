"""The state in one SQLite file: the roles of the store, joined over one connection, and how a file becomes one."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from bot.store import CannotOpen, NotWritten
from bot.store.connection import connected, reading, writing
from bot.store.counts import Counts
from bot.store.migrations import migrate
from bot.store.outbox import Outbox
from bot.store.own import Own
from bot.store.publications import Publications
from bot.store.retention import Retention, vacuum_if_due
from bot.store.runs import Runs
from bot.store.subscribers import Subscribers
from bot.vault import KeyRefused, Vault

KEY = "state.key"
"""The name of the key file, unless a setting says another."""


class SqliteStore(Subscribers, Own, Publications, Counts, Runs, Outbox, Retention):
    """`Store` on one SQLite file. Open it with `open`; close it to let its thread end."""

    @classmethod
    def open(cls, file: Path, key: Path | None = None, *, read_only: bool = False) -> "SqliteStore":
        """The store of a file and of its key (by default `state.key` beside it), each made and migrated if need be.

        Read only, both are taken as they are, and left so; without a key it cannot say who is in it. Raises
        `CannotOpen` for what is damaged, is no database, or was sealed with another key: nothing is overwritten.
        """
        key = key or file.with_name(KEY)
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="state")
        try:
            db, vault = thread.submit(_reading if read_only else opened, file, key).result()
            return cls(db, vault, file, thread)
        except BaseException:
            thread.shutdown()
            raise

    _open = True

    async def close(self) -> None:
        """Let the file and the thread go. Closing twice is closing once."""
        if self._open:
            self._open = False
            with suppress(NotWritten):
                await self._count_all()
            await self._do(lambda _: self._let_go())
            self._thread.shutdown()


def opened(file: Path, key: Path) -> tuple[Database, Vault]:
    """A connection to a state that is whole, up to date and sealed with this key. Raises `CannotOpen`."""
    with ExitStack() as stack, _refusing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        db = stack.enter_context(closing(connected(file)))
        _intact(db)
        vault = _vault_of(db, key)
        migrate(db, vault)
        vacuum_if_due(db)
        _remember(db, vault)
        stack.pop_all()
    return db, vault


def _reading(file: Path, key: Path) -> tuple[Database, Vault | None]:
    with _refusing(file):
        vault = Vault.read(key) if key.exists() else None
        return reading(file), vault


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Say in one way why a state cannot be opened, and what helps when it is damaged."""
    try:
        yield
    except (sqlite3.Error, OSError, KeyRefused, NotWritten) as error:
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        hint = "; put a backup in its place with python -m bot restore" if damaged else ""
        raise CannotOpen(f"the state {file} cannot be opened: {error}{hint}") from error


def _intact(db: Database) -> None:
    """Read every page once: better no state than a wrong one."""
    found = db.execute("pragma quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(f"it is damaged ({' '.join(found.split())})")


def _vault_of(db: Database, key: Path) -> Vault:
    """The vault of a state: a new one when nothing was sealed yet. Raises `KeyRefused` when it is another's."""
    held = _key_check(db)
    if held and not key.exists():
        raise KeyRefused(
            f"the key file {key} is missing, and without it nobody can say who subscribed: put it back, or set"
            " OTR_KEY_FILE to where it is; nothing was changed"
        )
    vault = Vault.read(key) if key.exists() else Vault.make(key)
    if held and vault.check().hex() != held:
        raise KeyRefused(
            f"the key file {key} is not the one that the state was sealed with: put that one back, or set OTR_KEY_FILE"
            " to where it is; nothing was changed"
        )
    return vault


def _key_check(db: Database) -> str:
    """What tells the key of a state that has something sealed; "" when it has nothing."""
    if "state" not in db.table_names() or not db.table("subscribers").count:
        return ""
    found = db.execute("select value from state where name = 'key'").fetchone()
    return str(found[0]) if found else ""


def _remember(db: Database, vault: Vault) -> None:
    """Note which key the state is sealed with. What was forgotten under another key can be known again by nobody."""
    check = vault.check().hex()
    if db.execute("select 1 from state where name = 'key' and value = ?", [check]).fetchone():
        return
    with writing(db):
        db.execute("delete from tombstones")
        db.execute("insert or replace into state values ('key', ?)", [check])
