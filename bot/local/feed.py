"""What a person in front of a chat sees happen: messages, edits, toasts, typing.

Must not know how it is shown; the page and tests subscribe alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.local.values import Json

BACKLOG = 1000  # a subscriber that falls further behind is sent away, to come back and read the transcript


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subscriber:
    chat_id: int | None
    user_id: int | None
    events: asyncio.Queue[Json | None] = field(default_factory=lambda: asyncio.Queue(BACKLOG))

    def wants(self, event: Json) -> bool:
        chat, user = event.get("chat_id"), event.get("user_id")
        return (self.chat_id is None or chat is None or chat == self.chat_id) and (
            self.user_id is None or user is None or user == self.user_id
        )


class Feed:
    def __init__(self) -> None:
        self._subscribers: list[Subscriber] = []
        self._closed = False

    def __len__(self) -> int:
        return len(self._subscribers)

    def tell(self, event: Json) -> None:
        for subscriber in list(self._subscribers):
            if subscriber.wants(event):
                self._hand(subscriber, event)

    def _hand(self, subscriber: Subscriber, event: Json | None) -> None:
        try:
            subscriber.events.put_nowait(event)
        except asyncio.QueueFull:
            self._dismiss(subscriber)

    def _dismiss(self, subscriber: Subscriber) -> None:
        while not subscriber.events.empty():
            subscriber.events.get_nowait()
        subscriber.events.put_nowait(None)
        if subscriber in self._subscribers:
            self._subscribers.remove(subscriber)

    @contextmanager
    def subscribed(self, *, chat_id: int | None, user_id: int | None) -> Iterator[Subscriber]:
        subscriber = Subscriber(chat_id=chat_id, user_id=user_id)
        self._subscribers.append(subscriber)
        if self._closed:
            self._dismiss(subscriber)
        try:
            yield subscriber
        finally:
            if subscriber in self._subscribers:
                self._subscribers.remove(subscriber)

    def close(self) -> None:
        self._closed = True
        for subscriber in list(self._subscribers):
            self._dismiss(subscriber)

    def reopen(self) -> None:
        self._closed = False
