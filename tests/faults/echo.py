"""A bot that starts in half a second: our intake, our HTTP, and a handler that says what was said.

A kill costs as long as a start, and a thousand of them are wanted.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.alarms import Alarms
from bot.api import Api
from bot.http import AiohttpRequest, NeverLeft, Unclear
from bot.intake.flood import Flood
from bot.intake.ledger import Ledger
from bot.intake.loop import Intake
from bot.intake.polling import Polling
from bot.intake.raw import Raw
from bot.secret import Secret

SLOW, SLOWNESS = "slow", 2.0


class Echo:
    """Answers every message once; what cannot be sent is let go."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def parsed(self, raw: Raw) -> dict[str, Any] | None:
        message = raw.body.get("message")
        return message if isinstance(message, dict) and isinstance(message.get("text"), str) else None

    async def work(self, update: object) -> None:
        assert isinstance(update, dict)
        if update["text"].startswith(SLOW):
            await asyncio.sleep(SLOWNESS)
        with contextlib.suppress(NeverLeft, Unclear):
            await self._api.call("sendMessage", {"chat_id": update["chat"]["id"], "text": f"You said {update['text']}"})

    async def too_slow(self, raw: Raw) -> None:
        """Nothing here is."""

    async def too_many(self, raw: Raw) -> None:
        """Nothing here is."""


async def main() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    root, token = os.environ["OTR_TELEGRAM_API"], Secret(os.environ["OTR_TELEGRAM_TOKEN"])
    polling, sending = AiohttpRequest(token, connections=2), AiohttpRequest(token, connections=64)
    await polling.initialize()
    await sending.initialize()
    clock = lambda: datetime.now(UTC)  # noqa: E731
    intake = Intake(
        polling=Polling(Api(root, polling), time.monotonic),
        ledger=Ledger(Path(os.environ["OTR_RUNTIME"]) / "updates.sqlite", clock),
        flood=Flood(10_000, time.monotonic),
        work=Echo(Api(root, sending)),
        alarms=Alarms(clock),
        clock=clock,
    )
    intake.start()
    await stop.wait()
    await intake.stop()
    await polling.shutdown()
    await sending.shutdown()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
