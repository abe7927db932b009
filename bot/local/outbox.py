"""Everything the bot called, in order: what a test or a curious reader asks for.

Must not know what the methods mean.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from bot.local.bell import Bell
from bot.local.values import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which events are wanted: those newer than `after` that fit."""

    after: int = 0
    chat_id: int | None = None
    method: str | None = None

    def fits(self, event: Json) -> bool:
        return (
            event["seq"] > self.after
            and (self.chat_id is None or event["chat_id"] == self.chat_id)
            and (self.method is None or str(event["method"]).lower() == self.method.lower())
        )


class Outbox:
    def __init__(self, *, bell: Bell, limit: int) -> None:
        self.last = 0
        self._bell = bell
        self._events: deque[Json] = deque(maxlen=limit)

    def add(self, event: Json) -> None:
        self.last += 1
        self._events.append({"seq": self.last, **event})
        self._bell.ring()

    def find(self, sought: Sought) -> list[Json]:
        found = []
        for event in reversed(self._events):
            if event["seq"] <= sought.after:
                break
            if sought.fits(event):
                found.append(event)
        return found[::-1]

    async def wait(self, sought: Sought, *, count: int, seconds: float) -> list[Json]:
        """The matching events, once there are `count` of them or the time is up."""

        def enough() -> list[Json] | None:
            found = self.find(sought)
            return found if len(found) >= count else None

        return await self._bell.until(enough, seconds) or self.find(sought)
