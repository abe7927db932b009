"""Updates in: which kinds are asked for, and in what order they are handled.

Chats are handled side by side, the updates of one chat one after another: an answer never overtakes the one
before it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

ALLOWED = ("message", "callback_query", "inline_query", "my_chat_member")
"""The updates that are handled; Telegram keeps the others to itself. Edited messages are not among them."""

AT_ONCE = 64
"""Updates that are worked on at a time."""

WAITING = 10_000
"""Updates that may wait for their turn or for a place; python-telegram-bot holds the rest back."""


class InOrder(BaseUpdateProcessor):
    """At most `AT_ONCE` updates at a time, those of one chat in order. Whoever waits for a turn takes no place."""

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=WAITING)
        self._last: dict[int, asyncio.Event] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        async with self._turn(_chat_of(update)), self._places:
            await coroutine

    @asynccontextmanager
    async def _turn(self, chat: int | None) -> AsyncIterator[None]:
        """Wait for the update of this chat before, and be waited for by the next."""
        if chat is None:
            yield
            return
        before, mine = self._last.get(chat), asyncio.Event()
        self._last[chat] = mine
        try:
            if before:
                await before.wait()
            yield
        finally:
            mine.set()
            if self._last.get(chat) is mine:
                del self._last[chat]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go."""


def _chat_of(update: object) -> int | None:
    if not isinstance(update, Update):
        return None
    chat = update.effective_chat or update.effective_user
    return chat.id if chat else None
