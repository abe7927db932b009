"""What a crisis does to a bot: a hundred thousand updates at once, and one who writes as many.

Each is asked of the whole bot, at the fast Bot API with 40 ms of latency. `FLOOD` is how many updates, 100,000 unless set.
"""

import asyncio
import os
import time
from pathlib import Path

from tests.bench.asking import Told
from tests.bench.fast_api import FastApi, serving
from tests.bench.figures import percentile
from tests.bench.rates import Contender, alone, running

FLOOD = int(os.environ.get("FLOOD", "100000"))
"""As many as Telegram keeps for a bot."""
FOR = 60
LATENCY = 0.040
OTHERS = 5
"""Questions of others a second while somebody floods."""
FLOODER = 9_000_000
BOT = Contender(name="ours", texts=("/help",), count=0)


def row_backlog(folder: Path, sets: Path | None) -> Told:
    return alone(_backlog(folder))


def row_flood(folder: Path, sets: Path | None) -> Told:
    return alone(_flood(folder))


async def _backlog(folder: Path) -> Told:
    """As many readers waiting as Telegram keeps updates of: how long until all have their answer, and the memory for it."""
    api = FastApi(LATENCY)
    chats = api.ask(["/help"] * FLOOD)
    async with serving(api) as address, running(BOT, address, folder) as bot:
        await api.polled()
        begun, worked = time.perf_counter(), bot.cpu()
        await api.settled(patience=20)
        return {
            "updates": FLOOD,
            "s": api.ledger.last - begun,
            "cpu ms": (bot.cpu() - worked) * 1000 / FLOOD,
            "lost": api.ledger.lost(chats),
            "doubled": api.ledger.doubled(chats),
            "peak MB": bot.memory("VmHWM"),
        }


async def _flood(folder: Path) -> Told:
    """One reader writes `FLOOD` messages in a minute, evenly; others ask meanwhile."""
    api = FastApi(LATENCY)
    replies = api.ledger.watched.setdefault(FLOODER, [])
    async with serving(api) as address, running(BOT, address, folder) as bot:
        await api.polled()
        flooding = asyncio.create_task(_flooding(api))
        chats = await api.ask_at(OTHERS, ["/help"] * (OTHERS * FOR))
        to_him = len(replies)
        await flooding
        await api.settled(patience=20)
        waits = api.ledger.waits(chats) or [float("nan")]
        return {
            "updates": FLOOD,
            "to him in 60 s": to_him,
            "others p50 s": percentile(waits, 0.5),
            "others p95 s": percentile(waits, 0.95),
            "lost": api.ledger.lost(chats),
            "behind": api.pending,
            "peak MB": bot.memory("VmHWM"),
        }


async def _flooding(api: FastApi) -> None:
    """Evenly, in bursts of a twentieth of a second."""
    begun, steps = time.perf_counter(), FOR * 20
    for step in range(steps):
        await asyncio.sleep(begun + step / 20 - time.perf_counter())
        for number in range(step * FLOOD // steps, (step + 1) * FLOOD // steps):
            api.say(FLOODER, f"Where is number {number}?")
