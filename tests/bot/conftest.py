"""A bot of its own for each test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.harness import Chat, Clock, chatting, settings_for


@pytest.fixture
def moment() -> Clock:
    return Clock()


@pytest.fixture
async def chat(tmp_path: Path, moment: Clock) -> AsyncIterator[Chat]:
    async with chatting(settings_for(tmp_path), moment) as chat:
        yield chat
