"""How many updates are thought about at a time, and that whoever sends gives his place to the next.

A page of a hundred that all think at once send all at once, and by the time their receipts are read a kill would have sent every
one of them again. A few at a time send one after another, as fast: thinking is what takes the processor. While a message is
on its way, or somebody waits for anything else, others think; so as many are on their way as the network holds.
"""

import asyncio
import os
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from itertools import islice

MANY = max(1, min(4, len(os.sched_getaffinity(0)) - 1)) if hasattr(os, "sched_getaffinity") else 1
"""Places: one processor is for what comes back, or receipts wait for thoughts (twice as many: three times as many came again)."""

HANDFUL = 8
"""Thoughts in one turn of the event loop: with a page of a hundred in one, the next page and what comes back wait for them all."""

LONGEST = 0.05
"""Seconds that a place is kept: whoever takes longer waits for something, and holds nobody up."""


@dataclass(slots=True)
class _Place:
    release: Callable[[], object]
    kept: bool = True
    over: bool = False
    after: list[Callable[[], object]] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None

    def leave(self) -> None:
        if self.kept:
            self.kept = False
            self.release()

    def settle(self) -> None:
        while self.after:
            self.after.pop()()

    def end(self) -> None:
        self.over = True
        if self.timer:
            self.timer.cancel()
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


@dataclass(slots=True, eq=False)
class _Waiter:
    called: asyncio.Future[None]


class Places:
    """Places to think at, for one event loop; who comes first is served first, a handful in one turn of the loop."""

    def __init__(self, many: int = MANY, longest: float = LONGEST, handful: int = HANDFUL) -> None:
        self._free, self._longest, self._handful = many, longest, handful
        self._queue: deque[_Waiter] = deque()
        self._begun = 0

    def taken(self) -> "_Taken":
        """`async with`: wait for a place and keep it, until the block ends, `give_way` is called or it has been kept for the longest."""
        return _Taken(self)

    async def take(self) -> _Place:
        """Wait for a place and take it. Whoever took one ends it."""
        if self._queue or not self._may():
            await self._called()
        self._occupy()
        place = _Place(self._release)
        place.timer = asyncio.get_running_loop().call_later(self._longest, place.leave)
        return place

    def _may(self) -> bool:
        return self._free > 0 and self._begun < self._handful

    def _occupy(self) -> None:
        self._free -= 1
        if not self._begun:
            asyncio.get_running_loop().call_soon(self._new_turn)
        self._begun += 1

    def _release(self) -> None:
        self._free += 1
        self._call()

    def _new_turn(self) -> None:
        self._begun = 0
        self._call()

    def _call(self) -> None:
        """Call the first few: most give their place to the next before the turn of the loop is over. Who finds none waits on."""
        for waiter in islice(self._queue, self._handful if self._free else 0):
            if not waiter.called.done():
                waiter.called.set_result(None)

    async def _called(self) -> None:
        """Wait until one is called and finds a place. Who is given up meanwhile may have been called: then the next is."""
        loop = asyncio.get_running_loop()
        waiter = _Waiter(loop.create_future())
        self._queue.append(waiter)
        try:
            await waiter.called
            while self._queue[0] is not waiter or not self._may():
                waiter.called = loop.create_future()
                await waiter.called
        finally:
            self._queue.remove(waiter)
            self._call()


class _Taken:
    """A place for the time of a block. It is no generator, which would be made and thrown away for every update."""

    def __init__(self, places: Places) -> None:
        self._places = places

    async def __aenter__(self) -> None:
        self._place = await self._places.take()
        self._token: Token[_Place | None] = _mine.set(self._place)

    async def __aexit__(self, *_: object) -> None:
        _mine.reset(self._token)
        self._place.end()
