"""Chats that subscribe without end, each said to have done so once it is on the disk: to be killed in the middle of it.

python -m tests.faults.subscribing STATE FIRST
"""

import asyncio
import sys
from datetime import date, time
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.store import Subscriber
from bot.store.sqlite import SqliteStore


async def main(state: Path, first: int) -> None:
    store = SqliteStore.open(state)
    for chat in count(first):
        one = Subscriber(chat=chat, at=time(8), zone=ZoneInfo("UTC"), revision="a", slot=date(2026, 1, 1))
        await store.choose(one)
        sys.stdout.write(f"{chat}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
