"""Waiting without being hurried: while an answer waits for the network, the time of its update does not run.

Whoever gives an update a time works on it in `hurried`; whoever waits for what nobody here can hasten waits in `unhurried`.
It must not know what is waited for.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass

DEADLINE: ContextVar[asyncio.Timeout | None] = ContextVar("deadline", default=None)
"""What cancels the update in hand when its time is over; None when nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A clock that never goes back, in seconds, and how to wait by it. Tests bring one that they move."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


@asynccontextmanager
async def hurried(seconds: float) -> AsyncIterator[None]:
    """Work within so many seconds. Raises `TimeoutError`."""
    async with asyncio.timeout(seconds) as deadline:
        token = DEADLINE.set(deadline)
        try:
            yield
        finally:
            DEADLINE.reset(token)


@contextmanager
def unhurried() -> Iterator[None]:
    """Stop the time of the update in hand; afterwards it has as much left as before. Within another it does nothing."""
    deadline = DEADLINE.get()
    when = None if deadline is None else deadline.when()
    if deadline is None or when is None:
        yield
        return
    clock = asyncio.get_running_loop().time
    left = when - clock()
    # One that has run out, or whose update is over, cannot be moved, and need not be.
    with suppress(RuntimeError):
        deadline.reschedule(None)
    try:
        yield
    finally:
        with suppress(RuntimeError):
            deadline.reschedule(clock() + left)
