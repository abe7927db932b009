"""The state: what is written is read back, by any number of tasks at once, and what is deleted is gone."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from bot.store import Publication, Subscriber
from bot.store.sqlite import SqliteStore, migrations

ONE = Subscriber(chat=7, at=time(7, 30), zone=ZoneInfo("Europe/Kyiv"), revision="a", slot=date(2026, 1, 1))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore.open(tmp_path / "deep" / "state.sqlite")
    yield store
    await store.close()


async def test_a_subscriber_is_read_back_as_written_and_replaced_by_a_second_choice(store: SqliteStore) -> None:
    await store.choose(ONE)
    assert await store.subscriber(7) == ONE
    other = Subscriber(chat=7, at=time(8), zone=ZoneInfo("UTC"), revision="b", slot=date(2026, 1, 2))
    await store.choose(other)
    assert await store.subscribers() == [replace(other, revision="a")], "what was seen is not chosen"


async def test_unsubscribing_says_whether_there_was_anything(store: SqliteStore) -> None:
    await store.choose(ONE)
    assert await store.unsubscribe(7)
    assert not await store.unsubscribe(7)
    assert await store.subscriber(7) is None


async def test_a_slot_is_claimed_once_and_can_be_given_back(store: SqliteStore) -> None:
    await store.choose(ONE)
    assert await store.claim(7, "c", date(2026, 2, 2))
    assert not await store.claim(7, "d", date(2026, 2, 2))
    found = await store.subscriber(7)
    assert found
    assert (found.revision, found.slot, found.at) == ("c", date(2026, 2, 2), ONE.at)
    await store.give_back(7, ONE.revision, ONE.slot)
    assert await store.subscriber(7) == ONE


async def test_who_has_left_is_claimed_by_nobody(store: SqliteStore) -> None:
    assert not await store.claim(7, "c", date(2026, 2, 2))


async def test_a_group_that_moves_takes_its_subscription_along(store: SqliteStore) -> None:
    await store.choose(ONE)
    await store.move(7, -1007)
    assert [one.chat for one in await store.subscribers()] == [-1007]
    await store.move(12345, 54321)
    assert [one.chat for one in await store.subscribers()] == [-1007]


async def test_publications_come_newest_first(store: SqliteStore) -> None:
    when = datetime(2026, 1, 1, tzinfo=UTC)
    for revision in "abc":
        await store.publish(Publication(revision=revision, at=when, admin=1, how="reload"))
    assert [one.revision for one in await store.publications()] == ["c", "b", "a"]
    assert (await store.publications())[0] == Publication(revision="c", at=when, admin=1, how="reload")


async def test_many_tasks_count_without_losing_any(store: SqliteStore) -> None:
    await asyncio.gather(*(store.count(date(2026, 1, 1), "found") for _ in range(200)))
    assert await store.counts(date(2026, 1, 1)) == {"found": 200}
    assert await store.counts(date(2026, 1, 2)) == {}


async def test_what_was_written_outlives_the_process(tmp_path: Path) -> None:
    for expected in (0, 1):
        store = SqliteStore.open(tmp_path / "s.sqlite")
        assert len(await store.subscribers()) == expected
        await store.choose(ONE)
        await store.close()


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.sqlite").write_bytes(b"this is not a database, whatever it is called" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        SqliteStore.open(tmp_path / "s.sqlite")


def test_a_migrated_schema_is_the_fresh_one_and_every_table_is_strict(tmp_path: Path) -> None:
    fresh, migrated = Database(tmp_path / "a.sqlite"), Database(tmp_path / "b.sqlite")
    migrations.apply(fresh)
    for _ in range(2):
        migrations.apply(migrated)
    assert fresh.schema == migrated.schema
    assert all(table.strict for table in fresh.tables if not table.name.startswith(("_", "sqlite_")))
    fresh.close()
    migrated.close()


async def test_a_store_that_is_only_read_is_left_as_it_is(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "s.sqlite")
    await store.choose(ONE)
    await store.close()
    reading = SqliteStore.open(tmp_path / "s.sqlite", read_only=True)
    assert await reading.subscribers() == [ONE]
    with pytest.raises(sqlite3.OperationalError):
        await reading.choose(ONE)
    await reading.close()
