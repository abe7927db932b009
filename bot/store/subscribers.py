"""Who wants a digest, and when. Chat ids are sealed: a row is found by its tag, and opened only for who sends."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from bot.store import Subscriber
from bot.store.connection import Connected
from bot.vault import Vault

CHOOSE = """insert into subscribers (tag, sealed, at, zone, revision, slot) values (:tag, :sealed, :at, :zone, :revision, :slot)
on conflict (tag) do update set at = excluded.at, zone = excluded.zone, slot = excluded.slot"""
LEAVE = "delete from subscribers where tag = ?"


class Subscribers(Connected):
    """Whatever else is kept of a subscriber stands in tables that refer to his row, and goes and moves with it."""

    async def choose(self, subscriber: Subscriber) -> None:
        await self._changed(CHOOSE, _row(subscriber, self._vault))

    async def subscriber(self, chat: int) -> Subscriber | None:
        found = await self._subscribers("tag = ?", [self._vault.tag(chat)])
        return found[0] if found else None

    async def subscribers(self) -> Sequence[Subscriber]:
        return await self._subscribers("1", [])

    async def _subscribers(self, where: str, values: list[Any]) -> list[Subscriber]:
        vault = self._vault
        return await self._do(
            lambda db: [_subscriber(row, vault) for row in db.table("subscribers").rows_where(where, values)]
        )

    async def revisions(self) -> dict[str, int]:
        sql = "select revision, count(*) from subscribers group by revision"
        return await self._do(lambda db: dict(db.execute(sql).fetchall()))

    async def unsubscribe(self, chat: int) -> bool:
        return await self._changed(LEAVE, [self._vault.tag(chat)])

    async def retire(self, chat: int) -> bool:
        return await self._changed(LEAVE, [self._vault.tag(chat)])

    async def move(self, old: int, new: int) -> None:
        vault = self._vault
        before, after, sealed = vault.tag(old), vault.tag(new), vault.seal(new)

        def work(db: Database) -> None:
            if db.table("subscribers").count_where("tag = ?", [after]):
                db.execute(LEAVE, [before])
            else:
                db.execute("update subscribers set tag = ?, sealed = ? where tag = ?", [after, sealed, before])

        if old != new:
            await self._write(work)

    async def _changed(self, sql: str, values: Sequence[Any] | dict[str, Any]) -> bool:
        """Whether a statement changed a row."""
        return await self._write(lambda db: db.execute(sql, values).rowcount > 0)


def _row(subscriber: Subscriber, vault: Vault) -> dict[str, Any]:
    return {
        "tag": vault.tag(subscriber.chat),
        "sealed": vault.seal(subscriber.chat),
        "at": subscriber.at.strftime("%H:%M"),
        "zone": subscriber.zone.key,
        "revision": subscriber.revision,
        "slot": subscriber.slot.isoformat(),
    }


def _subscriber(row: Mapping[str, Any], vault: Vault) -> Subscriber:
    return Subscriber(
        chat=vault.open(row["sealed"]),
        at=time.fromisoformat(row["at"]),
        zone=ZoneInfo(row["zone"]),
        revision=row["revision"],
        slot=date.fromisoformat(row["slot"]),
    )
