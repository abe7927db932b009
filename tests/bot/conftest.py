"""A bot of its own for each test that asks for one."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.harness import Chat, Clock, chatting, settings_for

# As the Makefile has it, for whoever runs pytest by hand: python-telegram-bot reads it whenever a duration is read.
os.environ.setdefault("PTB_TIMEDELTA", "1")


@pytest.fixture
def moment() -> Clock:
    return Clock()


@pytest.fixture
async def chat(tmp_path: Path, moment: Clock) -> AsyncIterator[Chat]:
    async with chatting(settings_for(tmp_path), moment) as chat:
        yield chat
