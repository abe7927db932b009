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

from bot.store import CannotOpen, NotWritten, Publication, Subscriber
from bot.store.connection import writing
from bot.store.sqlite import SqliteStore

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


async def test_a_group_that_moves_takes_its_subscription_along(store: SqliteStore) -> None:
    await store.choose(ONE)
    await store.move(7, -1007)
    assert [one.chat for one in await store.subscribers()] == [-1007]
    await store.move(12345, 54321)
    assert [one.chat for one in await store.subscribers()] == [-1007]


async def test_a_group_that_moves_to_where_it_subscribed_before_keeps_one_subscription(store: SqliteStore) -> None:
    there = replace(ONE, chat=-1007, at=time(20))
    for one in (ONE, there):
        await store.choose(one)
    await store.move(7, 7)
    await store.move(7, -1007)
    assert await store.subscribers() == [there]


async def test_whoever_cannot_be_written_to_any_more_is_let_go(store: SqliteStore) -> None:
    await store.choose(ONE)
    assert await store.retire(7)
    assert not await store.retire(7)
    assert await store.subscribers() == []


async def test_how_many_saw_what_is_told_of_nobody(store: SqliteStore) -> None:
    assert await store.revisions() == {}
    for chat, revision in enumerate("aab"):
        await store.choose(replace(ONE, chat=chat, revision=revision))
    assert await store.revisions() == {"a": 2, "b": 1}


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
    with pytest.raises(CannotOpen, match="not a database"):
        SqliteStore.open(tmp_path / "s.sqlite")
    assert not (tmp_path / "state.key").exists()


async def test_a_store_that_is_only_read_is_left_as_it_is(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "s.sqlite")
    await store.choose(ONE)
    await store.close()
    reading = SqliteStore.open(tmp_path / "s.sqlite", read_only=True)
    assert await reading.subscribers() == [ONE]
    with pytest.raises(NotWritten, match="readonly"):
        await reading.choose(ONE)
    await reading.close()


async def test_read_without_its_key_a_store_tells_counts_and_nobody(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "s.sqlite")
    await store.choose(ONE)
    await store.close()
    (tmp_path / "state.key").unlink()
    reading = SqliteStore.open(tmp_path / "s.sqlite", read_only=True)
    assert await reading.revisions() == {"a": 1}
    with pytest.raises(NotWritten, match="without its key"):
        await reading.subscribers()
    await reading.close()
    assert not (tmp_path / "state.key").exists()


def test_nothing_to_read_and_no_key_are_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="unable to open"):
        SqliteStore.open(tmp_path / "none.sqlite", read_only=True)
    (tmp_path / "state.key").write_text("nonsense", encoding="ascii")
    for read_only in (True, False):
        with pytest.raises(CannotOpen, match="holds no key"):
            SqliteStore.open(tmp_path / "s.sqlite", read_only=read_only)
    (tmp_path / "file").touch()
    with pytest.raises(CannotOpen, match="exists"):
        SqliteStore.open(tmp_path / "file" / "s.sqlite")


async def test_closing_twice_is_closing_once(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "s.sqlite")
    for _ in range(2):
        await store.close()


async def test_a_write_that_fails_half_way_leaves_nothing(store: SqliteStore) -> None:
    class Slip(Exception):
        pass

    def work(db) -> None:
        db.execute("insert into counts values ('2026-01-01', 'found', 1)")
        raise Slip

    with pytest.raises(Slip):
        await store._write(work)  # the transaction is what is tested
    assert await store.counts(date(2026, 1, 1)) == {}
    await store.count(date(2026, 1, 1), "found")
    assert await store.counts(date(2026, 1, 1)) == {"found": 1}


async def test_a_write_has_the_right_to_write_from_its_beginning(store: SqliteStore, tmp_path: Path) -> None:
    def work(db) -> None:
        db.execute("select 1 from counts").fetchall()
        other = sqlite3.connect(tmp_path / "deep" / "state.sqlite", timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("begin immediate")
        other.close()

    await store._write(work)


async def test_the_promises_of_the_connection_are_kept(store: SqliteStore) -> None:
    names = "journal_mode synchronous secure_delete foreign_keys busy_timeout temp_store".split()
    said = await store._do(lambda db: [db.execute(f"pragma {name}").fetchone()[0] for name in names])
    assert said == ["wal", 2, 1, 1, 5000, 2]


def test_writing_is_one_transaction_even_around_what_makes_its_own(tmp_path: Path) -> None:
    db = Database(tmp_path / "x.sqlite")

    def slip() -> None:
        with writing(db):
            db.table("t").insert({"a": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        slip()
    assert db.table_names() == []
    db.close()
