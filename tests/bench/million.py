"""A digest for a million: how long its recipients take to be written down, and how quickly others are answered meanwhile.

`RECIPIENTS` is how many, 1,000,000 unless set. They are filled in straight into the state, sealed as the application seals
them; the rest is the whole bot, which finds that their hour has come. It is watched for a minute of the hours it would send.
"""

import asyncio
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from answers.desk import Shelf
from bot.digests.slots import due
from bot.runs import Edition, Hour
from bot.store.sqlite import SqliteStore
from bot.vault import Vault
from tests.bench.asking import Told
from tests.bench.fast_api import FastApi, serving
from tests.bench.figures import percentile
from tests.bench.pool import ROOT
from tests.bench.rates import Contender, alone, running
from tests.bench.watched import Watched

RECIPIENTS = int(os.environ.get("RECIPIENTS", "1000000"))
FIRST = 1_000_000_000
"""The first recipient's chat: none of them asks anything."""
LATENCY = 0.040
FOR = 60
OTHERS = 5
"""Seconds that it is watched sending, and questions of others a second."""
PATIENCE = 180
BOT = Contender(name="ours", texts=("/help",), count=0)


def row_million(folder: Path, sets: Path | None) -> Told:
    place = folder / "million"
    shutil.rmtree(place, ignore_errors=True)
    begun = time.perf_counter()
    since, hour = _filled(place / "state")
    told = {"recipients": RECIPIENTS, "s to fill them in": time.perf_counter() - begun}
    return told | _locked(place, since, hour) | alone(_sent(place))


def _filled(state: Path) -> tuple[str, Hour]:
    """Subscribers who saw a revision with one fact fewer, and whose hour was a minute ago."""
    file = state / "state.sqlite"
    asyncio.run(SqliteStore.open(file).close())
    since = Shelf(folder=state / "factbases").build(_one_fewer(state.parent / "data")).base.revision
    at = datetime.now(UTC) - timedelta(minutes=1)
    hour = Hour(zone=ZoneInfo("UTC"), at=at.time().replace(second=0, microsecond=0))
    rows = _rows(Vault.read(state / "state.key"), f"{hour.at:%H:%M}", since, at.date() - timedelta(days=1))
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("pragma synchronous = off")
        db.executemany(
            "insert into subscribers (tag, sealed, at, zone, revision, slot) values (?, ?, ?, 'UTC', ?, ?)", rows
        )
    return since, hour


def _one_fewer(data: Path) -> Path:
    shutil.copytree(ROOT / "data", data)
    file = min((data / "facts").glob("*.toml"))
    file.unlink()
    return data


def _rows(vault: Vault, at: str, since: str, served: date) -> Iterator[tuple[bytes, bytes, str, str, str]]:
    for chat in range(FIRST, FIRST + RECIPIENTS):
        yield vault.tag(chat), vault.seal(chat), at, since, served.isoformat()


def _locked(place: Path, since: str, hour: Hour) -> Told:
    """The application's own writing down, on a copy of the state: how long each chunk holds the state."""
    copy = place / "copy"
    shutil.copytree(place / "state", copy)
    holds = asyncio.run(_chunks(copy / "state.sqlite", since, hour))
    shutil.rmtree(copy)
    return {
        "s to write them down": sum(holds),
        "longest write lock ms": max(holds) * 1000,
        "median write lock ms": percentile(holds, 0.5) * 1000,
    }


async def _chunks(file: Path, since: str, hour: Hour) -> list[float]:
    store, now = SqliteStore.open(file), datetime.now(UTC)
    try:
        await store.open_runs(due([hour], now), "live", now)
        (run,) = await store.under_way()
        await store.add_editions(run.number, [Edition(since=since, revision="live", html="<b>x</b>", text="x")], now)
        holds, last = [], False
        while not last:
            begun = time.perf_counter()
            last = (await store.fan_out(run.number, "live")).last
            holds.append(time.perf_counter() - begun)
        return holds
    finally:
        await store.close()


async def _sent(place: Path) -> Told:
    """The whole bot: others ask while it writes the recipients down, and for a minute while it sends."""
    api = FastApi(LATENCY)
    async with serving(api) as address, running(BOT, address, place) as bot:
        await api.polled()
        asking = asyncio.create_task(_asking(api))
        waited = await _begun(api)
        early = await _ended(api, asking)
        before, begun, worked = api.ledger.others, time.perf_counter(), bot.cpu()
        late = await api.ask_at(OTHERS, ["/help"] * (OTHERS * FOR))
        passed = time.perf_counter() - begun
        sent, work = api.ledger.others - before, bot.cpu() - worked
        await api.settled()
        return {
            "s from the start to the first digest": waited,
            **_answers(api, early, "while they are written down"),
            **_answers(api, late, "while they are sent"),
            "digests/s": sent / passed,
            "cpu ms a digest, with the answers": work * 1000 / max(sent, 1),
            **_memory(bot),
        }


async def _asking(api: FastApi) -> list[int]:
    """Others ask until it is cancelled; their chats."""
    chats: list[int] = []
    try:
        while True:
            chats += api.ask(["/help"])
            await asyncio.sleep(1 / OTHERS)
    except asyncio.CancelledError:
        return chats


async def _ended(api: FastApi, asking: asyncio.Task[list[int]]) -> list[int]:
    asking.cancel()
    chats = await asking
    await api.settled()
    return chats


async def _begun(api: FastApi) -> float:
    """Seconds until the first digest arrives; those of `PATIENCE` when none does."""
    begun = time.perf_counter()
    while not api.ledger.others and time.perf_counter() < begun + PATIENCE:  # noqa: ASYNC110 - it must cost nothing
        await asyncio.sleep(0.02)
    return time.perf_counter() - begun


def _answers(api: FastApi, chats: list[int], when: str) -> Told:
    waits = api.ledger.waits(chats) or [float("nan")]
    return {
        f"answers' p95 s {when}": percentile(waits, 0.95),
        f"answers' worst s {when}": max(waits),
        f"lost {when}": api.ledger.lost(chats),
    }


def _memory(bot: Watched) -> Told:
    return {"peak MB": bot.memory("VmHWM")}
