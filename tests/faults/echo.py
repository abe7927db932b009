"""The least bot: our intake, delivery and state, and a handler that says what was said. It is forked: a thousand lives are wanted."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from answers.render import Rendered
from bot.alarms import Alarms
from bot.api import Api
from bot.delivery import CONNECTIONS, Delivery
from bot.http import AiohttpRequest
from bot.intake.flood import Flood
from bot.intake.ledger import Ledger
from bot.intake.loop import Intake
from bot.intake.polling import Polling
from bot.intake.raw import Raw
from bot.secret import Secret
from bot.stopping import heard
from bot.store.sqlite import SqliteStore

SLOW, SLOWNESS = "slow", 0.6
"""Seconds: twice as long as the intake waits before it parks an update, and no longer: a life must last as long for one to end."""


class Echo:
    """Answers every message once."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery

    def parsed(self, raw: Raw) -> dict[str, Any] | None:
        message = raw.body.get("message")
        return message if isinstance(message, dict) and isinstance(message.get("text"), str) else None

    async def work(self, update: object) -> None:
        assert isinstance(update, dict)
        if update["text"].startswith(SLOW):
            await asyncio.sleep(SLOWNESS)
        said = f"You said {update['text']}"
        await self._delivery.send(update["chat"]["id"], Rendered(html=said, text=said))

    async def too_slow(self, raw: Raw) -> None:
        """Nothing here is."""

    async def too_many(self, raw: Raw) -> None:
        """Nothing here is."""


def clock() -> datetime:
    return datetime.now(UTC)


def _state() -> Path:
    place = Path(os.environ["OTR_STATE"])
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


async def main() -> None:
    root, token, state = os.environ["OTR_TELEGRAM_API"], Secret(os.environ["OTR_TELEGRAM_TOKEN"]), _state()
    polling, sending = AiohttpRequest(token, connections=2), AiohttpRequest(token, connections=CONNECTIONS)
    await polling.initialize()
    await sending.initialize()
    store, alarms = SqliteStore.open(state / "state.sqlite", state / "key"), Alarms(clock)
    delivery = Delivery(Api(root, sending), store, alarms)
    intake = Intake(
        polling=Polling(Api(root, polling), time.monotonic),
        ledger=Ledger(Path(os.environ["OTR_RUNTIME"]) / "updates.sqlite", clock),
        flood=Flood(10_000, time.monotonic),
        work=Echo(delivery),
        alarms=alarms,
        clock=clock,
    )
    intake.start()
    with heard() as stop:
        await stop.wait()
    await intake.stop()
    await delivery.close()
    await store.close()
    await polling.shutdown()
    await sending.shutdown()
