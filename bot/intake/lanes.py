"""The updates of one chat one after another, chats side by side: an answer never overtakes the one before it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Lanes:
    """A lane for each chat that has something in hand; an empty lane is forgotten."""

    def __init__(self) -> None:
        self._last: dict[int, asyncio.Event] = {}

    def __len__(self) -> int:
        return len(self._last)

    def place(self, chat: int) -> "Place":
        """A place at the end of a chat's lane, taken now."""
        before, mine = self._last.get(chat), asyncio.Event()
        self._last[chat] = mine
        return Place(self, chat, before, mine)

    def left(self, chat: int, mine: asyncio.Event) -> None:
        mine.set()
        if self._last.get(chat) is mine:
            del self._last[chat]


class Place:
    """A place in a lane. Whoever took it must go through `turn`, or the lane stands still."""

    def __init__(self, lanes: Lanes, chat: int, before: asyncio.Event | None, mine: asyncio.Event) -> None:
        self._lanes, self._chat, self._before, self._mine = lanes, chat, before, mine

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the update before, and be waited for by the next."""
        try:
            if self._before:
                await self._before.wait()
            yield
        finally:
            self._lanes.left(self._chat, self._mine)
