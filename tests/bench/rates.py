"""How many updates a second a bot answers, and what one costs: ours and what one would use instead, in turn, in one run.

Each measurement is a bot of its own process on a core of its own, at the fast Bot API of this process on the other core.
Updates a second are those of a queue that is there at once, until the last of them is answered; as many as take seconds, so
that the first page, of one update, weighs little. Waits are of a queue that fills steadily. CPU is that of all threads of the
bot, and says more than the rate where others use the machine.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import uvloop

from bot.intake.ram import SHARED_MEMORY
from tests.bench.asking import Told
from tests.bench.echoes import TOKEN
from tests.bench.fast_api import FastApi, serving
from tests.bench.figures import percentile
from tests.bench.pool import SEED_QUESTIONS
from tests.bench.watched import Watched, cores, started

ROUNDS = int(os.environ.get("ROUNDS", "3"))
STEADY = 100
STEADY_FOR = 2.0
"""Updates a second, and for how many seconds, when the waits are measured."""
WARM = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A bot: how it is started, with what it is asked, how many times."""

    name: str
    texts: Sequence[str]
    count: int
    echoes: str = ""
    """Which bot of `echoes`; else the whole bot of this project."""
    steady: int = STEADY
    """Updates a second when its waits are measured: fewer than it can answer."""

    def asked(self, count: int) -> list[str]:
        return list(islice(cycle(self.texts), count))


WORDS = tuple(f"What is on the record about place {number}?" for number in range(50))
OURS, OURS_HELP, OURS_ASKED = "ours, an echo", "ours, /help", "ours, a question"
STOCK, STOCK_MANY, AIOGRAM = "python-telegram-bot, 64", "python-telegram-bot, 256", "aiogram"
ON_AIOHTTP = "python-telegram-bot, our requests"
CONTENDERS = (
    Contender(name=OURS, texts=WORDS, count=6_000, echoes="ours"),
    Contender(name=OURS_HELP, texts=("/help",), count=6_000),
    Contender(name=OURS_ASKED, texts=SEED_QUESTIONS, count=400, steady=20),
    Contender(name=ON_AIOHTTP, texts=WORDS, count=6_000, echoes="aiohttp-256"),
    Contender(name=AIOGRAM, texts=WORDS, count=6_000, echoes="aiogram"),
    Contender(name=STOCK, texts=WORDS, count=400, echoes="ptb-64"),
    Contender(name=STOCK_MANY, texts=WORDS, count=300, echoes="ptb-256"),
)


def row_rates_0(folder: Path, sets: Path | None) -> Told:
    return alone(_rates(folder, 0.0))


def row_rates_40(folder: Path, sets: Path | None) -> Told:
    return alone(_rates(folder, 0.040))


def alone(work: Coroutine[object, object, Told]) -> Told:
    """Run what measures, on the core that the bot does not have."""
    os.sched_setaffinity(0, {cores()[1]})
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


async def _rates(folder: Path, latency: float) -> Told:
    """All contenders, round after round: what disturbs the machine disturbs them alike."""
    told: dict[str, list[Told]] = {}
    for _ in range(ROUNDS):
        for one in chosen():
            told.setdefault(one.name, []).append(await _measured(one, folder, latency))
    return {name: _middle(runs) for name, runs in told.items()}


def chosen() -> Iterator[Contender]:
    """All, or those whose names begin with what ONLY names, with semicolons between."""
    only = tuple(filter(None, os.environ.get("ONLY", "").split(";")))
    return (one for one in CONTENDERS if not only or one.name.startswith(only))


def _middle(runs: Sequence[Told]) -> Told:
    """Medians; of what must not be, the sum."""
    sums = {name: sum(run[name] for run in runs) for name in ("lost", "doubled")}
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]} | sums


async def _measured(one: Contender, folder: Path, latency: float) -> Told:
    api = FastApi(latency)
    async with serving(api) as address, running(one, address, folder) as bot:
        await api.polled()
        await _answered(api, one.asked(WARM))
        told = await _drained(api, bot, one)
        chats = await api.ask_at(one.steady, one.asked(int(one.steady * STEADY_FOR)))
        await api.settled()
        waits = [wait * 1000 for wait in api.ledger.waits(chats)] or [float("nan")]
        told |= {"p50 ms": statistics.median(waits), "p99 ms": percentile(waits, 0.99)}
        return told | {"peak MB": bot.memory("VmHWM")}


async def _answered(api: FastApi, texts: Sequence[str]) -> Sequence[int]:
    """The chats of readers who said this at once and were answered, or waited in vain."""
    chats = api.ask(texts)
    await api.settled()
    return chats


async def _drained(api: FastApi, bot: Watched, one: Contender) -> Told:
    """A queue that is there at once."""
    worked, begun = bot.cpu(), time.perf_counter()
    chats = await _answered(api, one.asked(one.count))
    return {
        "rate": one.count / (api.ledger.last - begun),
        "cpu ms": (bot.cpu() - worked) * 1000 / one.count,
        "lost": api.ledger.lost(chats),
        "doubled": api.ledger.doubled(chats),
    }


@asynccontextmanager
async def running(one: Contender, address: str, folder: Path) -> AsyncIterator[Watched]:
    """The contender's process at an address; what it keeps is in the folder, and what waits in memory of its own."""
    with in_memory() as runtime:
        env = {
            "OTR_TELEGRAM_API": address,
            "OTR_TELEGRAM_TOKEN": TOKEN,
            "OTR_ENCODER": "lexical",
            "OTR_RUNTIME": runtime,
        }
        whole = {"env": {**env, "OTR_STATE": str(folder / "state")}, "core": cores()[0]}
        command = ("tests.bench.echoes", one.echoes, address, str(folder)) if one.echoes else ("bot", "run")
        async with started(*command, **whole) as bot:
            yield bot


def in_memory() -> tempfile.TemporaryDirectory[str]:
    """A folder in shared memory that is taken away in the end; where there is none, on the disk."""
    return tempfile.TemporaryDirectory(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None)
