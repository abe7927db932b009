"""Waiting without being hurried: while an answer waits for the network, the time of its update does not run.

Whoever gives an update a time works on it in `Hurried`; whoever waits for what nobody here can hasten waits in `unhurried`.
It must not know what is waited for.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from types import TracebackType

DEADLINE: ContextVar[asyncio.Timeout | None] = ContextVar("deadline", default=None)
"""What cancels the update in hand when its time is over; None when nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A clock that never goes back, in seconds, and how to wait by it. Tests bring one that they move."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


class Hurried:
    """`async with` it one works within so many seconds. Raises `TimeoutError`."""

    def __init__(self, seconds: float) -> None:
        self._deadline = asyncio.timeout(seconds)

    async def __aenter__(self) -> None:
        self._token = DEADLINE.set(await self._deadline.__aenter__())

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        DEADLINE.reset(self._token)
        await self._deadline.__aexit__(kind, error, trace)


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
