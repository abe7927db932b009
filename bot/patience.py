"""How long whoever works on an update may take, and that waiting for the network is not counted.

Whoever sets the limit says `hurried`; whoever waits for others says `unhurried`, and need not know who set it.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class _Limit:
    """A limit that runs; `over` once its block was left, for a task that was begun in it may go on."""

    timeout: asyncio.Timeout
    over: bool = False


_limit: ContextVar[_Limit | None] = ContextVar("limit", default=None)


@asynccontextmanager
async def hurried(seconds: float) -> AsyncIterator[None]:
    """Work within so many seconds. Raises `TimeoutError`."""
    async with asyncio.timeout(seconds) as timeout:
        limit = _Limit(timeout)
        token = _limit.set(limit)
        try:
            yield
        finally:
            limit.over = True
            _limit.reset(token)


@contextmanager
def unhurried() -> Iterator[None]:
    """What is done here takes none of the time that is left."""
    limit = _limit.get()
    when = limit.timeout.when() if limit and not limit.over else None
    if limit is None or when is None or limit.timeout.expired():
        yield
        return
    loop = asyncio.get_running_loop()
    left = when - loop.time()
    limit.timeout.reschedule(None)
    try:
        yield
    finally:
        if not limit.over and not limit.timeout.expired():
            limit.timeout.reschedule(loop.time() + left)
