"""A state of any age becomes the newest one, keeps what it held, and keeps no chat id in plain text."""

import random
import re
import sqlite3
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from bot.audit import verify
from bot.store import Publication, Subscriber
from bot.store.connection import connected
from bot.store.migrations import migrate, migrations
from bot.store.sqlite import SqliteStore
from bot.vault import Vault
from tests.bot.files import content, found, traces

STATES = Path(__file__).parent / "states"
KEY = "5e" * 32
"""What `3.sql` and later are sealed with."""

SEVEN = Subscriber(chat=7, at=time(7, 30), zone=ZoneInfo("Europe/Kyiv"), revision="a" * 8, slot=date(2026, 1, 1))
GROUP = Subscriber(chat=-1001234567890, at=time(8), zone=ZoneInfo("UTC"), revision="b" * 8, slot=date(2026, 1, 2))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / "state.key").write_text(KEY, encoding="ascii")
    return tmp_path / "state.sqlite"


def schema(file: Path) -> set[str]:
    """What `sqlite_master` says, but for how it is laid out."""
    db = sqlite3.connect(file)
    said = {re.sub(r'[\s"]+', " ", sql) for (sql,) in db.execute("select sql from sqlite_master where sql is not null")}
    db.close()
    return said


def build(state: Path, dump: Path) -> None:
    db = sqlite3.connect(state)
    db.executescript(dump.read_text(encoding="utf-8"))
    db.close()


def test_every_step_but_the_last_has_a_state_to_begin_from() -> None:
    steps = len(migrations.pending(Database(memory=True)))
    assert len(list(STATES.glob("*.sql"))) in {steps - 1, steps}, "dump the state as the last step left it"


@pytest.mark.parametrize("old", sorted(STATES.glob("*.sql")), ids=lambda file: file.stem)
async def test_a_state_of_any_age_becomes_the_fresh_one_and_keeps_what_it_held(old: Path, state: Path) -> None:
    build(state, old)
    store = SqliteStore.open(state)
    assert sorted(await store.subscribers(), key=lambda one: one.chat) == [GROUP, SEVEN]
    assert await store.counts(date(2026, 1, 1)) == {"found": 3}
    when = datetime(2026, 1, 1, tzinfo=UTC)
    assert await store.publications() == [Publication(revision="a" * 8, at=when, admin=0, how="start")]
    trail = await store.audit()
    assert len(trail) == int(old.stem != "1")
    assert verify(trail) is None
    assert ("forgotten" in await store.export(9)) == (old.stem >= "3")
    await store.close()
    fresh = SqliteStore.open(state.with_name("fresh.sqlite"))
    await fresh.close()
    assert schema(state) == schema(state.with_name("fresh.sqlite"))


async def test_a_second_opening_changes_nothing(state: Path) -> None:
    for _ in range(2):
        store = SqliteStore.open(state)
        await store.choose(SEVEN)
        await store.close()
        before = schema(state)
    assert schema(state) == before


async def test_every_table_is_strict(state: Path) -> None:
    store = SqliteStore.open(state)
    strict = await store._do(lambda db: {table.name: table.strict for table in db.tables})
    assert all(strict[name] for name in strict if not name.startswith(("_", "sqlite_")))
    await store.close()


def plain(state: Path, seed: int) -> list[int]:
    """A state of before with chat ids in plain text, most of them deleted without being overwritten, in whole pages."""
    chats = sorted(random.Random(seed).sample(range(2**51, 2**52), 1500))
    db = Database(state)
    migrations.apply(db, stop_before="sealed")
    db.enable_wal()
    db.execute("pragma secure_delete = off")
    db.table("subscribers").insert_all(
        {"chat": chat, "at": "08:00", "zone": "UTC", "revision": "r" * 64, "slot": "2026-01-01"} for chat in chats
    )
    db.execute(f"delete from subscribers where chat in ({', '.join(map(str, chats[:1200]))})")
    db.close()
    return chats


@pytest.mark.parametrize("seed", range(3))
async def test_no_byte_of_a_chat_id_is_left_in_any_file(state: Path, seed: int) -> None:
    chats = plain(state, seed)
    needles = [needle for chat in chats for needle in traces(chat)]
    assert len(found(needles, content(state))) > 1200, "the test sees what it looks for"
    store = SqliteStore.open(state)
    assert not found(needles, content(state))
    assert {one.chat for one in await store.subscribers()} == set(chats[1200:])
    await store.close()
    assert not found(needles, content(state))


async def test_a_process_that_ended_half_way_is_made_good_by_the_next(state: Path) -> None:
    chats = plain(state, 1)
    db = connected(state)
    migrate(db, Vault.read(state.with_name("state.key")))
    db.close()
    store = SqliteStore.open(state)
    assert not found([needle for chat in chats for needle in traces(chat)], content(state))
    assert len(await store.subscribers()) == 300
    await store.close()


async def test_rows_are_numbered_in_another_order_than_that_of_the_ids(state: Path) -> None:
    plain(state, 2)
    store = SqliteStore.open(state)
    chats = [one.chat for one in await store.subscribers()]
    assert chats != sorted(chats)
    await store.close()
