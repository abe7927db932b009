"""Orders to cut the line to the local Bot API; who serves it waits here for them.

Must not know how it is served.
"""

from __future__ import annotations

import asyncio

from bot.local.faults import Fault


class Line:
    def __init__(self) -> None:
        self._orders: asyncio.Queue[tuple[Fault, float]] = asyncio.Queue()

    def cut(self, fault: Fault, seconds: float) -> None:
        """End every connection, and listen to none for so many seconds unless the fault is healed before."""
        self._orders.put_nowait((fault, seconds))

    async def order(self) -> tuple[Fault, float]:
        return await self._orders.get()
