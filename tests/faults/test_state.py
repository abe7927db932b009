"""The state on bad days: killed, damaged, locked, on a full disk. Answers come; what was said to be kept is kept."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import CHECKOUT
from bot.store import CannotOpen, NotWritten, Subscriber
from bot.store.sqlite import SqliteStore
from tests.bot.files import content
from tests.bot.harness import Chat, Clock, chatting, settings_for

KILLS = int(os.environ.get("KILLS", "5"))
DAMAGED = int(os.environ.get("DAMAGED", "30"))
Count = Callable[[str, object], None]
QUESTION = "are US troops going to fight in Ukraine?"
ONE = Subscriber(chat=7, at=time(7, 30), zone=ZoneInfo("UTC"), revision="a", slot=date(2026, 1, 1))


async def process(module: str, *words: object) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *map(str, words),
        cwd=CHECKOUT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_what_was_acknowledged_outlives_kill_9(tmp_path: Path, record_property: Count) -> None:
    state, chance, acknowledged = tmp_path / "state.sqlite", random.Random(5), set[int]()
    for kill in range(KILLS):
        writer = await process("tests.faults.subscribing", state, 1_000_000 * kill)
        assert writer.stdout
        acknowledged.add(int(await writer.stdout.readline()))
        await asyncio.sleep(chance.uniform(0, 0.1))
        writer.send_signal(signal.SIGKILL)
        out, err = await writer.communicate()
        acknowledged |= {int(line) for line in out.split(b"\n")[:-1]}
        assert not err
        store = SqliteStore.open(state)
        lost = acknowledged - {one.chat for one in await store.subscribers()}
        await store.close()
        assert not lost
    record_property("writes acknowledged before kills", len(acknowledged))
    record_property("lost", len(lost))


async def test_on_a_full_disk_answers_come_and_writes_are_refused_until_there_is_room(tmp_path: Path) -> None:
    bot = await process("tests.faults.smalldisk", tmp_path)
    out, err = await bot.communicate()
    assert bot.returncode == 0, err.decode()
    told = json.loads(out)
    answer, subscribed = told["before"]
    assert "You get it at 07:30" in subscribed
    again, refused, still = told["during"]
    assert answer == again == still
    assert refused.startswith("I cannot write anything down just now, so nothing was changed.")
    changed, last = told["after"]
    assert "You get it at 10:00" in changed
    assert last == answer
    assert told["counts"] == {"found": 4}, "those that came meanwhile were kept in mind"
    assert told["integrity"] == "ok"
    assert b"Traceback" not in err


async def test_while_another_process_locks_the_state_answers_come_and_afterwards_all_is_well(tmp_path: Path) -> None:
    async with chatting(settings_for(tmp_path), Clock()) as chat:
        await _locked(chat)


async def _locked(chat: Chat) -> None:
    store = chat.bot.office.store
    assert isinstance(store, SqliteStore)
    await store._do(
        lambda db: db.execute("pragma busy_timeout = 50").fetchall()
    )  # five seconds a write are long in a test
    with closing(sqlite3.connect(chat.bot.office.settings.state_file)) as other:
        other.execute("begin immediate")
        for _ in range(3):
            assert "fight" in (await chat.ask(QUESTION))["text"]
        assert "cannot write anything down just now" in (await chat.ask("/digest 07:30"))["text"]
        other.rollback()
    assert "You get it at 07:30" in (await chat.ask("/digest 07:30"))["text"]
    assert "fight" in (await chat.ask(QUESTION))["text"]
    await store._do(lambda _: None)
    assert (await store.counts(chat.bot.office.today()))["found"] == 4


async def test_a_lock_that_ends_in_time_is_waited_for(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "state.sqlite")
    with closing(sqlite3.connect(tmp_path / "state.sqlite", check_same_thread=False)) as other:
        other.execute("begin immediate")
        choosing = asyncio.create_task(store.choose(ONE))
        counting = [asyncio.create_task(store.count(date(2026, 1, 1), "found")) for _ in range(5)]
        await asyncio.sleep(0.05)
        assert not choosing.done()
        assert sum(task.done() for task in counting) == 4, "one of them waits, and writes for all"
        other.rollback()
        await asyncio.gather(choosing, *counting)
    assert await store.subscribers() == [ONE]
    assert await store.counts(date(2026, 1, 1)) == {"found": 5}
    await store.close()


async def test_counts_that_could_not_be_written_are_written_with_the_next_or_at_the_end(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "state.sqlite")
    await store._do(lambda db: db.execute("pragma query_only = on").fetchall())
    for times in (1, 2):
        with pytest.raises(NotWritten):
            await store.count(date(2026, 1, 1), "found")
        assert await store.counts(date(2026, 1, 1)) == {"found": times}
    await store._do(lambda db: db.execute("pragma query_only = off").fetchall())
    await store.close()
    store = SqliteStore.open(tmp_path / "state.sqlite")
    assert await store.counts(date(2026, 1, 1)) == {"found": 2}
    await store.close()


async def test_a_state_that_can_only_be_read_is_read(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "state.sqlite")
    await store.choose(ONE)
    await store._do(lambda db: db.execute("pragma query_only = on").fetchall())
    for refused in (
        store.choose(ONE),
        store.unsubscribe(7),
        store.pause(1, "why"),
        store.move(7, 8),
    ):
        with pytest.raises(NotWritten, match="could not be written"):
            await refused
    assert await store.subscriber(7) == ONE
    await store._do(lambda db: db.execute("pragma query_only = off").fetchall())
    assert await store.unsubscribe(7)
    await store.close()


async def test_a_damaged_page_is_noticed_at_the_start(tmp_path: Path, record_property: Count) -> None:
    state, chance = tmp_path / "state.sqlite", random.Random(7)
    store = SqliteStore.open(state)
    await asyncio.gather(*(store.choose(Subscriber(**{**fields(), "chat": chat})) for chat in range(200)))
    await store.close()
    whole = content(state)
    for _ in range(DAMAGED):
        page = chance.randrange(len(whole) // 4096)
        damaged = bytearray(whole)
        damaged[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
        state.write_bytes(damaged)
        with pytest.raises(CannotOpen) as why:
            SqliteStore.open(state)
        assert str(why.value).endswith("; put a backup in its place with python -m bot restore")
    record_property("damaged pages noticed", DAMAGED)
    state.write_bytes(whole)
    store = SqliteStore.open(state)
    assert len(await store.subscribers()) == 200
    await store.close()


def fields() -> dict[str, object]:
    return {"at": ONE.at, "zone": ONE.zone, "revision": "a" * 64, "slot": ONE.slot}
