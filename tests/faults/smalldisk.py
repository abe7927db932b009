"""The bot on a disk that becomes full and has room again: what a reader is told meanwhile.

A process of its own, for the limit on the length of its files is that of a process: no file may become longer than the
state's log is, so that the state is full and what the intake keeps in memory, in shorter files, is not. It prints one
JSON object.

    python -m tests.faults.smalldisk FOLDER
"""

import asyncio
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tests.bot.harness import Chat, Clock, chatting, settings_for

EARLIER = date(2026, 1, 1)
QUESTION = "are US troops going to fight in Ukraine?"


@contextmanager
def full(length: int) -> Iterator[None]:
    """No file may become longer than this many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def said(chat: Chat, *questions: str) -> list[str]:
    return [(await chat.ask(question))["text"] for question in questions]


async def filled(chat: Chat) -> int:
    """How long the state's log is, after enough writes to make it the longest file that is written to."""
    settings = chat.bot.office.settings
    for _ in range(100):
        await chat.bot.office.store.count(EARLIER, "found")
    return settings.state_file.with_name(settings.state_file.name + "-wal").stat().st_size


async def main(folder: Path) -> dict[str, object]:
    settings = settings_for(folder)
    async with chatting(settings, Clock()) as chat:
        before = await said(chat, QUESTION, "/digest 07:30")
        with full(await filled(chat)):
            during = await said(chat, QUESTION, "/digest 09:00", QUESTION)
        after = await said(chat, "/digest 10:00", QUESTION)
        counts = await chat.bot.office.store.counts(chat.bot.office.today())
        intact = await chat.bot.office.store._do(lambda db: db.execute("pragma integrity_check").fetchone()[0])
    return {"before": before, "during": during, "after": after, "counts": counts, "integrity": intact}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(main(Path(sys.argv[1])))) + "\n")
