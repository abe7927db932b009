"""Being forgotten, and seeing what is kept: of oneself alone, all of it, and nothing afterwards."""

import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.store import CannotOpen, NotWritten, Subscriber, tombstones
from bot.store.connection import connected
from bot.store.inventory import INVENTORY
from bot.store.sqlite import SqliteStore
from bot.vault import Vault
from tests.bot.files import content, found, traces

CHAT, OTHER = 4_123_456_789_012_345, 3_987_654_321_098_765
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ONE = Subscriber(chat=CHAT, at=time(7, 30), zone=ZoneInfo("Europe/Kyiv"), revision="a", slot=date(2026, 1, 1))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


@pytest.fixture
async def store(state: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore.open(state)
    yield store
    await store.close()


async def needles(store: SqliteStore, chat: int = CHAT) -> list[bytes]:
    """Everything that could stand in a file for a chat that has subscribed."""
    tag = store._vault.tag(chat)
    sealed = await store._do(lambda db: db.execute("select sealed from subscribers where tag = ?", [tag]).fetchone())
    return [*traces(chat), tag, *sealed]


async def due(store: SqliteStore) -> bool:
    return bool(await store._do(lambda db: db.execute("select 1 from state where name = 'vacuum'").fetchone()))


async def test_who_is_forgotten_leaves_no_byte_in_the_live_files(store: SqliteStore, state: Path) -> None:
    for chat in (*range(1000, 1200), CHAT, OTHER):
        await store.choose(replace(ONE, chat=chat))
    await store.choose(replace(ONE, chat=CHAT, slot=date(2026, 2, 2)))
    wanted = await needles(store)
    assert len(found(wanted, content(state))) == 2, "the tag and the sealed id are there, and the id itself is not"
    assert await store.forget(CHAT, NOW)
    assert not found(wanted, content(state))
    assert await store.subscriber(CHAT) is None
    assert len(await store.subscribers()) == 201
    assert not await due(store)
    assert not await store.forget(CHAT, NOW)


async def test_a_copy_that_was_left_in_a_page_is_wiped_out_too(store: SqliteStore, state: Path) -> None:
    for chat in (*range(1000, 1100), CHAT):
        await store.choose(replace(ONE, chat=chat))
    wanted = await needles(store)
    careless = sqlite3.connect(state)
    careless.execute("pragma secure_delete = off")
    careless.execute("delete from subscribers where tag = ?", [store._vault.tag(CHAT)])
    careless.commit()
    careless.execute("pragma wal_checkpoint(truncate)")
    careless.close()
    assert found(wanted, content(state)), "the test sees what it looks for"
    await store.forget(CHAT, NOW)
    assert not found(wanted, content(state))


async def test_what_another_process_still_reads_is_wiped_out_when_it_has_done(store: SqliteStore, state: Path) -> None:
    await store.choose(ONE)
    wanted = await needles(store)
    await store._do(lambda db: db.execute("pragma busy_timeout = 50").fetchall())
    reader = sqlite3.connect(state)
    reader.execute("begin")
    reader.execute("select * from subscribers").fetchall()
    await store.forget(CHAT, NOW)
    assert await store.subscriber(CHAT) is None
    assert await due(store)
    reader.close()
    await store.tidy(NOW)
    assert not found(wanted, content(state))
    assert not await due(store)


async def test_a_file_that_cannot_be_written_anew_is_left_to_the_next_time(store: SqliteStore, state: Path) -> None:
    await store.choose(ONE)
    wanted = await needles(store)
    await store._write(lambda db: db.execute("insert into state values ('vacuum', 'due')"))
    await store._do(lambda db: db.execute("pragma secure_delete = off").fetchall())
    await store.unsubscribe(CHAT)
    await store._do(lambda db: db.execute("pragma query_only = on").fetchall())
    await store.tidy(NOW)
    assert await due(store)
    await store._do(lambda db: db.execute("pragma query_only = off").fetchall())
    await store.tidy(NOW)
    assert not await due(store)
    assert not found(wanted, content(state))


async def test_a_process_that_was_killed_while_forgetting_is_made_good_by_the_next(state: Path) -> None:
    store = SqliteStore.open(state)
    await store.choose(ONE)
    wanted = await needles(store)
    await store._write(lambda db: db.execute("insert into state values ('vacuum', 'due')"))
    await store._do(lambda db: db.execute("pragma secure_delete = off").fetchall())
    await store.unsubscribe(CHAT)
    await store.close()
    assert found(wanted, content(state))
    store = SqliteStore.open(state)
    assert not found(wanted, content(state))
    await store.close()


async def test_a_tombstone_stays_for_four_weeks_in_the_state_and_beside_it(store: SqliteStore, state: Path) -> None:
    await store.forget(CHAT, NOW)
    vault, file = Vault.read(state.with_name("state.key")), state.with_name("forgotten")
    assert tombstones.read(file) == {vault.tombstone(CHAT): NOW}
    assert not found([*traces(CHAT), vault.tag(CHAT)], content(state) + file.read_bytes())
    assert (await store.export(CHAT))["forgotten"] == NOW.isoformat()
    await store.tidy(NOW + timedelta(days=28))
    assert tombstones.read(file)
    await store.tidy(NOW + timedelta(days=28, seconds=1))
    assert tombstones.read(file) == {}
    assert await store.export(CHAT) == {"chat": CHAT}


async def test_nobody_is_forgotten_when_that_cannot_be_noted(store: SqliteStore, state: Path) -> None:
    await store.choose(ONE)
    state.with_name("forgotten").mkdir()
    with pytest.raises(NotWritten):
        await store.forget(CHAT, NOW)
    assert await store.subscriber(CHAT) == ONE


def test_a_file_of_tombstones_with_nonsense_in_it_gives_those_that_are_some(tmp_path: Path) -> None:
    file = tmp_path / "forgotten"
    assert tombstones.read(file) == {}
    tombstones.write(file, {b"a" * 16: NOW})
    file.write_bytes(file.read_bytes() + b"\xff\nnonsense\n2026 zz\n" + b"2026-13-01 " + b"61" * 16 + b"\n")
    assert tombstones.read(file) == {b"a" * 16: NOW}


@given(
    st.dictionaries(st.binary(min_size=1, max_size=2), st.integers(0, 60)),
    st.dictionaries(st.binary(min_size=1, max_size=2), st.integers(0, 60)),
)
def test_tombstones_that_are_united_keep_the_latest_moment(one: dict[bytes, int], other: dict[bytes, int]) -> None:
    first, second = ({hashed: NOW - timedelta(days=days) for hashed, days in some.items()} for some in (one, other))
    both = tombstones.united(first, second)
    assert both == tombstones.united(second, first)
    assert set(both) == set(first) | set(second)
    assert all(both[hashed] >= some[hashed] for some in (first, second) for hashed in some)
    assert tombstones.later(both, both) == {}
    assert set(tombstones.later(both, first)) == {h for h in second if h not in first or second[h] > first[h]}
    assert all(NOW - at <= tombstones.KEPT for at in tombstones.fresh(both, NOW).values())


SUBSCRIBERS = st.builds(
    Subscriber,
    chat=st.integers(-(2**52), 2**52),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from([ZoneInfo("UTC"), ZoneInfo("Europe/Kyiv")]),
    revision=st.sampled_from(["a", "b"]),
    slot=st.dates(),
)


@given(st.lists(SUBSCRIBERS, min_size=1, max_size=8, unique_by=lambda one: one.chat), st.data())
async def test_everybody_is_told_what_is_stored_of_him_and_of_him_alone(tmp_path_factory, everybody, data) -> None:
    store = SqliteStore.open(tmp_path_factory.mktemp("state") / "state.sqlite")
    for one in everybody:
        await store.choose(one)
    mine = data.draw(st.sampled_from(everybody))
    told = await store.export(mine.chat)
    assert json.loads(json.dumps(told)) == told
    assert told["chat"] == mine.chat
    assert told["subscription"] == {
        "at": f"{mine.at:%H:%M}",
        "zone": mine.zone.key,
        "revision": mine.revision,
        "slot": mine.slot.isoformat(),
    }
    assert set(told) == {"chat", "subscription", "deliveries"}
    assert told["deliveries"] == []
    stranger = next(chat for chat in range(99) if chat not in {one.chat for one in everybody})
    assert await store.export(stranger) == {"chat": stranger}
    await store.close()


async def test_rows_of_other_tables_that_refer_to_a_subscriber_are_his_own_too(store: SqliteStore) -> None:
    for chat in (CHAT, OTHER):
        await store.choose(replace(ONE, chat=chat))

    def more(db: Database) -> None:
        db.execute(
            "create table told (subscriber integer references subscribers (id) on delete cascade, what text) strict"
        )
        db.execute("insert into told select id, 'x' || id from subscribers")

    await store._write(more)
    assert (await store.export(OTHER))["told"] == [{"what": "x2"}]
    await store.forget(CHAT, NOW)
    assert await store._do(lambda db: db.table("told").count) == 1
    await store.unsubscribe(OTHER)
    assert await store._do(lambda db: db.table("told").count) == 0


async def test_counts_are_kept_for_ninety_days_and_what_admins_did_for_ever(store: SqliteStore) -> None:
    for days in (0, 90, 91, 400):
        await store.count((NOW - timedelta(days=days)).date(), "found")
    await store.tidy(NOW)
    kept = await store._do(lambda db: [row["day"] for row in db.table("counts").rows])
    assert sorted(kept) == ["2026-08-24", "2026-11-22"]


async def test_every_column_is_in_the_inventory(store: SqliteStore) -> None:
    """A new column is said to be something, and kept for some time, before anybody is asked to trust it."""
    there = await store._do(
        lambda db: {
            table.name: {row[1] for row in db.execute(f"pragma table_xinfo({table.name})")}
            for table in db.tables
            if not table.name.startswith(("sqlite_", "_sqlite_"))
        }
    )
    assert there == {table: set(columns) for table, columns in INVENTORY.items()}
    assert all(column.what and column.kept for columns in INVENTORY.values() for column in columns.values())


async def test_a_state_sealed_with_another_key_stays_closed_and_as_it_is(state: Path, tmp_path: Path) -> None:
    store = SqliteStore.open(state)
    await store.choose(ONE)
    await store.close()
    key = state.with_name("state.key")
    right, before = key.read_bytes(), content(state)
    key.write_text("ab" * 32, encoding="ascii")
    with pytest.raises(CannotOpen, match="is not the one that the state was sealed with: put that one back"):
        SqliteStore.open(state)
    key.unlink()
    with pytest.raises(CannotOpen, match="is missing, and without it nobody can say who subscribed: put it back"):
        SqliteStore.open(state)
    assert not key.exists()
    assert content(state) == before
    key.write_bytes(right)
    store = SqliteStore.open(state)
    assert await store.subscribers() == [ONE]
    await store.close()


async def test_without_subscribers_a_lost_key_is_made_anew(state: Path) -> None:
    store = SqliteStore.open(state)
    await store.choose(ONE)
    await store.forget(CHAT, NOW)
    await store.close()
    state.with_name("state.key").unlink()
    store = SqliteStore.open(state)
    await store.choose(ONE)
    assert await store.export(CHAT) | {"subscription": {}} == {"chat": CHAT, "subscription": {}, "deliveries": []}
    await store.close()
    store = SqliteStore.open(state)
    assert await store.subscribers() == [ONE]
    await store.close()


def test_a_connection_that_fails_is_closed(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        connected(_nonsense(tmp_path / "x.sqlite"))


def _nonsense(file: Path) -> Path:
    file.write_bytes(b"nonsense" * 1000)
    return file
