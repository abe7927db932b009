"""A bell that wakes whoever waits for the world to change.

Must not know what changed: each waiter looks for itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")


class Bell:
    """Like `asyncio.Condition`, but it can be rung from plain functions and closed for good."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()
        self._closed = False

    def ring(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    def close(self) -> None:
        """Send every waiter home, and everyone who comes later too."""
        self._closed = True
        self.ring()

    def reopen(self) -> None:
        self._closed = False

    async def until(self, look: Callable[[], Seen | None], seconds: float) -> Seen | None:
        """What `look` sees, as soon as it sees something; None when the time is up or the bell closed."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while (seen := look()) is None and not self._closed and (left := deadline - loop.time()) > 0:
            await self._next_ring(left)
        return seen

    async def _next_ring(self, seconds: float) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait((waiter,), timeout=seconds)
        finally:
            self._waiters.discard(waiter)
