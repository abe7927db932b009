"""The state in SQLite. One thread writes and reads; every write is one transaction; migrations only append."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlite_utils import Database, Migrations

from bot.audit import Act, Entry, What, chained
from bot.store import Publication, Subscriber

T = TypeVar("T")
migrations = Migrations("state")


@migrations()
def first(db: Database) -> None:
    db.table("subscribers").create(
        {"chat": int, "at": str, "zone": str, "revision": str, "slot": str},
        pk="chat",
        strict=True,
        not_null={"at", "zone", "revision", "slot"},
    )
    db.table("publications").create(
        {"number": int, "revision": str, "at": str, "admin": int, "how": str},
        pk="number",
        strict=True,
        not_null={"revision", "at", "admin", "how"},
    )
    db.table("counts").create(
        {"day": str, "what": str, "times": int}, pk=("day", "what"), strict=True, not_null={"times"}
    )


_APPEND_ONLY = (
    "create trigger audit_is_not_changed before update on audit begin select raise(abort, 'the audit trail is never changed'); end",
    "create trigger audit_is_not_deleted before delete on audit begin select raise(abort, 'nothing is taken out of the audit trail'); end",
    # A row that replaces another fires no trigger of deletion.
    """create trigger audit_is_added_to before insert on audit when new.number <= (select max(number) from audit)
    begin select raise(abort, 'the audit trail is only added to'); end""",
)


@migrations()
def audit(db: Database) -> None:
    """Acts in a chain (`bot.audit`). The triggers are against slips; against who has the file, the chain is."""
    texts = ("at", "act", "revision", "detail", "previous", "hash")
    db.table("audit").create(
        {"number": int, "at": str, "admin": int} | dict.fromkeys(texts[1:], str),
        pk="number",
        strict=True,
        not_null={"admin", *texts},
    )
    for trigger in _APPEND_ONLY:
        db.execute(trigger)


class SqliteStore:
    """`Store` on one SQLite file. Open it with `open`; close it to let its thread end."""

    def __init__(self, db: Database, thread: ThreadPoolExecutor) -> None:
        self._db, self._thread = db, thread
        self._open = True

    @classmethod
    def open(cls, file: Path, *, read_only: bool = False) -> "SqliteStore":
        """The store of a file, made and migrated if need be; read only, it is taken as it is and left so.

        Raises `sqlite3.Error` when it is no database.
        """
        if not read_only:
            file.parent.mkdir(parents=True, exist_ok=True)
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="state")
        try:
            return cls(thread.submit(_reading if read_only else _opened, file).result(), thread)
        except BaseException:
            thread.shutdown()
            raise

    async def _do(self, work: Callable[[Database], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self._db)

    async def choose(self, subscriber: Subscriber) -> None:
        def work(db: Database) -> None:
            with db.atomic():
                db.execute(
                    "insert into subscribers (chat, at, zone, revision, slot) values (:chat, :at, :zone, :revision, :slot)"
                    " on conflict (chat) do update set at = excluded.at, zone = excluded.zone, slot = excluded.slot",
                    _row(subscriber),
                )

        await self._do(work)

    async def unsubscribe(self, chat: int) -> bool:
        def work(db: Database) -> bool:
            before = db.table("subscribers").count_where("chat = ?", [chat])
            db.table("subscribers").delete_where("chat = ?", [chat])
            return before > 0

        return await self._do(work)

    async def subscriber(self, chat: int) -> Subscriber | None:
        found = await self._subscribers("chat = ?", [chat])
        return found[0] if found else None

    async def subscribers(self) -> Sequence[Subscriber]:
        return await self._subscribers("1", [])

    async def _subscribers(self, where: str, values: list[Any]) -> list[Subscriber]:
        return await self._do(
            lambda db: [_subscriber(row) for row in db.table("subscribers").rows_where(where, values)]
        )

    async def claim(self, chat: int, revision: str, slot: date) -> bool:
        sql = "update subscribers set revision = ?, slot = ? where chat = ? and slot < ?"
        return await self._changed(sql, [revision, slot.isoformat(), chat, slot.isoformat()])

    async def give_back(self, chat: int, revision: str, slot: date) -> None:
        sql = "update subscribers set revision = ?, slot = ? where chat = ?"
        await self._changed(sql, [revision, slot.isoformat(), chat])

    async def _changed(self, sql: str, values: list[Any]) -> bool:
        """Whether a statement changed a row."""

        def work(db: Database) -> bool:
            with db.atomic():
                return db.execute(sql, values).rowcount > 0

        return await self._do(work)

    async def move(self, old: int, new: int) -> None:
        def work(db: Database) -> None:
            with db.atomic():
                db.execute("update or replace subscribers set chat = ? where chat = ?", [new, old])

        await self._do(work)

    async def publish(self, publication: Publication, detail: str = "") -> None:
        at, revision, admin = publication.at, publication.revision, publication.admin
        what = What.PUBLISH if publication.how == "reload" else publication.how
        row = {"revision": revision, "at": at.isoformat(), "admin": admin, "how": publication.how}

        def work(db: Database) -> None:
            with db.atomic():
                db.table("publications").insert(row)
                _note(db, Act(at=at, admin=admin, act=what, revision=revision, detail=detail))

        await self._do(work)

    async def note(self, act: Act) -> None:
        def work(db: Database) -> None:
            with db.atomic():
                _note(db, act)

        await self._do(work)

    async def audit(self) -> Sequence[Entry]:
        return await self._do(lambda db: [Entry(**row) for row in db.table("audit").rows_where(order_by="number")])

    async def head(self) -> str:
        def work(db: Database) -> str:
            last = _last(db)
            return last.hash if last else ""

        return await self._do(work)

    async def publications(self) -> Sequence[Publication]:
        return await self._do(
            lambda db: [
                Publication(
                    revision=row["revision"],
                    at=datetime.fromisoformat(row["at"]),
                    admin=row["admin"],
                    how=row["how"],
                    number=row["number"],
                )
                for row in db.table("publications").rows_where(order_by="number desc", limit=100)
            ]
        )

    async def count(self, day: date, what: str) -> None:
        def work(db: Database) -> None:
            with db.atomic():
                db.execute(
                    "insert into counts values (?, ?, 1) on conflict do update set times = times + 1",
                    [day.isoformat(), what],
                )

        await self._do(work)

    async def counts(self, day: date) -> dict[str, int]:
        return await self._do(
            lambda db: {
                row["what"]: row["times"] for row in db.table("counts").rows_where("day = ?", [day.isoformat()])
            }
        )

    async def close(self) -> None:
        """Let the file and the thread go. Closing twice is closing once."""
        if self._open:
            self._open = False
            await self._do(lambda db: db.close())
            self._thread.shutdown()


def _last(db: Database) -> Entry | None:
    return next((Entry(**row) for row in db.table("audit").rows_where(order_by="number desc", limit=1)), None)


def _note(db: Database, act: Act) -> None:
    """Add an act to the trail, within the transaction of whoever calls."""
    db.table("audit").insert(asdict(chained(act, _last(db))))


def _opened(file: Path) -> Database:
    db = Database(file)
    db.enable_wal()
    # A digest must not be sent twice after a power cut: what was committed is on the disk.
    db.execute("pragma synchronous = full")
    db.execute("pragma secure_delete = fast")
    db.execute("pragma busy_timeout = 5000")
    migrations.apply(db)
    return db


def _reading(file: Path) -> Database:
    return Database(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True))


def _row(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "chat": subscriber.chat,
        "at": subscriber.at.strftime("%H:%M"),
        "zone": subscriber.zone.key,
        "revision": subscriber.revision,
        "slot": subscriber.slot.isoformat(),
    }


def _subscriber(row: dict[str, Any]) -> Subscriber:
    return Subscriber(
        chat=row["chat"],
        at=time.fromisoformat(row["at"]),
        zone=ZoneInfo(row["zone"]),
        revision=row["revision"],
        slot=date.fromisoformat(row["slot"]),
    )
