"""The local Bot API served over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from bot.local import LocalApi, serving
from tests.bot.local.local_client import Clock, Local


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def bare(clock: Clock) -> AsyncIterator[Local]:
    """A world in which nobody has written yet."""
    api = LocalApi(clock=clock.wall, monotonic=clock.monotonic, admin_ids=[900])
    async with serving(api) as root, httpx.AsyncClient(timeout=20) as http:
        yield Local(api=api, clock=clock, root=root, http=http)


@pytest_asyncio.fixture
async def local(bare: Local) -> Local:
    """A world in which user 501 has pressed Start and the bot has seen it."""
    await bare.say("/start")
    await bare.drain()
    return bare
