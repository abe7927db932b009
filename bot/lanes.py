"""What belongs to one chat one after another, chats side by side: an answer never overtakes the one before it."""

import asyncio

from bot.patience import unhurried


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
    """A place in a lane: `async with` it waits for the one before, and is waited for by the next.

    Whoever took it must enter it, or the lane stands still. Waiting for others costs nobody his own time (`patience`).
    """

    def __init__(self, lanes: Lanes, chat: int, before: asyncio.Event | None, mine: asyncio.Event) -> None:
        self._lanes, self._chat, self._before, self._mine = lanes, chat, before, mine

    async def __aenter__(self) -> None:
        try:
            if self._before:
                with unhurried():
                    await self._before.wait()
        except BaseException:
            self._lanes.left(self._chat, self._mine)
            raise

    async def __aexit__(self, *_: object) -> None:
        self._lanes.left(self._chat, self._mine)
