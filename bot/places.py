"""How many updates are thought about at a time, and that whoever sends gives his place to the next.

A page of a hundred that all think at once send all at once, and by the time their receipts are read a kill would have sent every
one of them again. A few at a time send one after another, as fast: thinking is what takes the processor. While a message is
on its way, or somebody waits for anything else, others think; so as many are on their way as the network holds.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

MANY = max(1, min(4, len(os.sched_getaffinity(0)) - 1)) if hasattr(os, "sched_getaffinity") else 1
"""Places: one processor is for what comes back, or receipts wait for thoughts (twice as many: three times as many came again)."""

LONGEST = 0.05
"""Seconds that a place is kept: whoever takes longer waits for something, and holds nobody up."""


@dataclass(slots=True)
class _Place:
    free: asyncio.Semaphore
    kept: bool = True
    over: bool = False
    after: list[Callable[[], object]] = field(default_factory=list)

    def leave(self) -> None:
        if self.kept:
            self.kept = False
            self.free.release()

    def settle(self) -> None:
        while self.after:
            self.after.pop()()

    def end(self) -> None:
        self.over = True
        self.leave()
        self.settle()


_mine: ContextVar[_Place | None] = ContextVar("place", default=None)


def give_way() -> None:
    """Whoever calls has thought, and only waits from here on. Without a place, or twice, it does nothing."""
    if place := _mine.get():
        place.leave()
        place.settle()


def when_done(call: Callable[[], object]) -> None:
    """Call this when the update in hand is noted as finished, or sends again; at once where there is none.

    Until then it may come again, and whoever lets the next message out before lets one more come again.
    """
    place = _mine.get()
    if place and not place.over:
        place.after.append(call)
    else:
        call()


class Places:
    """Places to think at, for one event loop; who comes first is served first."""

    def __init__(self, many: int = MANY, longest: float = LONGEST) -> None:
        self._free, self._longest = asyncio.Semaphore(many), longest

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Wait for a place and keep it, until the block ends, `give_way` is called or it has been kept for the longest."""
        await self._free.acquire()
        place = _Place(self._free)
        timer = asyncio.get_running_loop().call_later(self._longest, place.leave)
        token = _mine.set(place)
        try:
            yield
        finally:
            _mine.reset(token)
            timer.cancel()
            place.end()
