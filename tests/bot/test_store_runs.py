"""Runs in the state: hours by the index, recipients in chunks that outlive a restart, clocks that are put back, restores."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from bot.delivery import Sent
from bot.digests.promises import verdict
from bot.digests.slots import due
from bot.outcomes import Outcome
from bot.runs import Claims, Edition, Hour, Row, RunState
from bot.store import Subscriber
from bot.store.ending import LONGEST_WAIT, STEP
from bot.store.fanning import CHUNK
from bot.store.runs import _HOURS, CANARY_LASTS
from bot.store.sqlite import SqliteStore

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
UTC_AT_8 = Hour(zone=ZoneInfo("UTC"), at=time(8))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore.open(tmp_path / "state.sqlite")
    yield store
    await store.close()


async def choose(store: SqliteStore, chat: int, at: time = time(8), zone: str = "UTC", revision: str = "a") -> None:
    slot = date(2026, 11, 22)
    await store.choose(Subscriber(chat=chat, at=at, zone=ZoneInfo(zone), revision=revision, slot=slot))


async def many(store: SqliteStore, count: int) -> None:
    """Subscribers without a chat: nobody writes to them here."""
    rows = [(f"{number:016}".encode(), b"x") for number in range(count)]
    sql = "insert into subscribers (tag, sealed, at, zone, revision, slot) values (?, ?, '08:00', 'UTC', 'a', '2026-11-22')"
    await store._write(lambda db: db.conn.executemany(sql, rows))


async def opened(store: SqliteStore, html: str = "news") -> None:
    """A run of eight o'clock, whose recipients are written down and whose minute has passed."""
    await store.open_runs(due([UTC_AT_8], NOW), "b", NOW)
    await store.add_editions(1, [Edition(since="a", revision="b", html=html, text=html)], NOW)
    while not (await store.fan_out(1, "b")).last:
        pass
    await store.show(1, [], NOW, NOW)
    await store.open_due(NOW)


async def claim(store: SqliteStore, now: datetime = NOW) -> Claims:
    return await store.claim_rows(10, "b", now)


async def test_hours_are_each_named_once_and_found_by_the_index(store: SqliteStore) -> None:
    wanted = {("UTC", 8), ("UTC", 9), ("Asia/Tokyo", 8), ("Europe/Kyiv", 0)}
    for chat, (zone, hour) in enumerate([*wanted, *wanted], start=1):
        await choose(store, chat, time(hour), zone)
    assert sorted((one.zone.key, one.at.hour) for one in await store.hours()) == sorted(wanted)
    plan = await store._do(lambda db: db.execute(f"explain query plan {_HOURS}").fetchall())
    assert not [step for *_, step in plan if "SCAN s" in step], "a million rows would be read every half minute"


async def test_nobody_no_hours(store: SqliteStore) -> None:
    assert await store.hours() == []
    assert await store.open_runs([], "b", NOW) == 0


async def test_recipients_are_written_down_in_chunks_that_go_on_after_a_restart(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "s.sqlite")
    await many(store, CHUNK + 5)
    await store.open_runs(due([UTC_AT_8], NOW), "b", NOW)
    assert (await store.fan_out(1, "b")).lacking == ("a",)
    await store.add_editions(1, [Edition(since="a", revision="b", html="x", text="x")], NOW)
    assert not (await store.fan_out(1, "b")).last
    await store.close()
    store = SqliteStore.open(tmp_path / "s.sqlite")
    assert (await store.fan_out(1, "b")).last
    (one,) = await store.progress()
    assert one.counts == {Row.PENDING: CHUNK + 5}
    assert await store._do(lambda db: db.table("subscribers").count_where("slot = '2026-11-23'")) == CHUNK + 5
    await store.close()


async def test_to_count_recipients_nobody_waits_and_nobody_is_waited_for(store: SqliteStore) -> None:
    await many(store, 5)
    await opened(store)
    free = threading.Event()
    busy = asyncio.create_task(store._do(lambda _: free.wait(30)))
    assert await store.waiting(1) == 5
    (one,) = await store.progress()
    assert one.counts == {Row.PENDING: 5}
    assert not busy.done()
    free.set()
    assert await busy


async def test_what_is_left_is_skipped_and_taken_out_in_steps_and_stays_counted(store: SqliteStore) -> None:
    await many(store, STEP + 5)
    await opened(store)
    late, much_later = NOW + timedelta(hours=20), NOW + timedelta(days=8)
    assert await store.sweep(late)
    (one,) = await store.progress()
    assert one.counts == {Row.SKIPPED: STEP, Row.PENDING: 5}
    while await store.sweep(late):
        pass
    (one,) = await store.progress()
    assert (one.run.state, one.counts) == (RunState.DONE, {Row.SKIPPED: STEP + 5})
    assert not await store.prune(NOW + timedelta(days=7))
    while await store.prune(much_later):
        pass
    assert await store._do(lambda db: db.table("deliveries").count) == 0
    assert await store._do(lambda db: db.table("editions").count) == 0
    (one,) = await store.progress()
    assert one.counts == {Row.SKIPPED: STEP + 5}


async def test_a_run_of_nobody_is_not_kept_for_ever(store: SqliteStore) -> None:
    await choose(store, 1)
    await opened(store, html="")
    await store.sweep(NOW)
    found = await store.subscriber(1)
    assert found
    assert (found.revision, found.slot) == ("b", date(2026, 11, 23)), "nothing new, but served"
    while await store.prune(NOW + timedelta(days=8)):
        pass
    assert await store._do(lambda db: db.table("runs").count) == 0


async def test_a_clock_that_is_put_back_makes_nobody_wait_longer(store: SqliteStore) -> None:
    await choose(store, 1)
    await opened(store)
    (row,) = (await claim(store)).rows
    await store.settle(row, verdict(row, Sent(Outcome.NOT_SENT, retry_after=600), NOW))
    back = NOW - timedelta(hours=3)
    await store.sweep(back)
    assert len((await claim(store, back)).rows) == 1
    assert LONGEST_WAIT < 3 * 3600


async def test_a_canary_does_not_last_longer_when_the_clock_is_put_back(store: SqliteStore) -> None:
    await choose(store, 1)
    await opened(store)
    await store._write(lambda db: db.execute("update runs set state = 'canary', opens = opens + 10800"))
    await store.open_due(NOW)
    await store.open_due(NOW + CANARY_LASTS)
    assert (await store.under_way())[0].state is RunState.OPEN


async def test_slots_that_began_before_a_restore_are_served(store: SqliteStore) -> None:
    def restored(db: Database) -> None:
        db.execute("insert into state values ('restored_at', ?)", [NOW.isoformat()])

    await choose(store, 1)
    await store._write(restored)
    assert await store.open_runs(due([UTC_AT_8], NOW), "b", NOW) == 0
    tomorrow = NOW + timedelta(days=1)
    assert await store.open_runs(due([UTC_AT_8], tomorrow), "b", tomorrow) == 1


async def test_a_chat_that_cannot_be_read_has_failed_and_holds_nobody_up(store: SqliteStore) -> None:
    await many(store, 1)
    await choose(store, 501)
    await opened(store)
    assert [row.chat for row in (await claim(store)).rows] == [501]
    (one,) = await store.progress()
    assert one.counts == {Row.FAILED: 1, Row.SENDING: 1}


async def test_an_outcome_that_comes_twice_counts_once(store: SqliteStore) -> None:
    await choose(store, 501)
    await opened(store)
    (row,) = (await claim(store)).rows
    await store.settle(row, verdict(row, Sent(Outcome.SENT, 5), NOW))
    await store.settle(row, verdict(row, Sent(Outcome.UNKNOWN), NOW))
    (one,) = await store.progress()
    assert one.counts == {Row.SENT: 1}


async def test_what_is_published_before_a_row_is_claimed_is_told_in_its_place(store: SqliteStore) -> None:
    await choose(store, 501)
    await opened(store)
    claims = await store.claim_rows(10, "c", NOW)
    assert not claims.rows
    assert claims.lacking[0].since == ("a",)
    await store.add_editions(1, [Edition(since="a", revision="c")], NOW)
    assert await store.claim_rows(10, "c", NOW) == Claims()
    (one,) = await store.progress()
    assert one.counts == {Row.SKIPPED: 1}, "it was taken back, so there is nothing to tell"
