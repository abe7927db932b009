"""What the bot remembers: a port in the words of the domain. It holds no question and no name of a reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.audit import Act, Entry
from bot.store.port import RunStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A chat that wants a digest every day at `at` in `zone`. `revision` is what it has seen; `slot` the last day
    whose digest was planned or found empty.
    """

    chat: int
    at: time
    zone: ZoneInfo
    revision: str
    slot: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A revision made live: when, by which admin (0: at the first start), and how (start, reload, rollback).

    `number` is given by the store, counted from 1; 0 before it is stored. Two that differ in nothing else are equal.
    """

    revision: str
    at: datetime
    admin: int
    how: str
    number: int = field(default=0, compare=False)


class CannotOpen(Exception):
    """The state cannot be opened: damaged, no database, or sealed with another key. The message says what to do."""


class NotWritten(Exception):
    """A write was not made, and nothing of it is kept: the disk is full or read-only, or the state is locked."""


class Store(RunStore, Protocol):
    """Every write is one transaction: when its method has returned, it is on the disk; when that raised `NotWritten`,
    nothing of it is. Methods may be called from any task of the event loop.
    """

    async def choose(self, subscriber: Subscriber) -> None:
        """Add a subscriber; of one that is known only the hour, the zone and the slot, never what it has seen."""
        ...

    async def unsubscribe(self, chat: int) -> bool:
        """Remove a subscriber; False when there was none."""
        ...

    async def subscriber(self, chat: int) -> Subscriber | None: ...

    async def subscribers(self) -> Sequence[Subscriber]: ...

    async def revisions(self) -> dict[str, int]:
        """How many subscribers saw each revision last."""
        ...

    async def retire(self, chat: int) -> bool:
        """A chat cannot be written to any more (blocked, gone): let go of it; False when it was none of ours."""
        ...

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup: its subscription goes with it, unless the supergroup has one of its own."""
        ...

    async def forget(self, chat: int, now: datetime) -> bool:
        """Leave nothing of a chat, in no file of the state, but a tombstone; False when there was nothing.

        In the files it is gone when this returns, unless another process just reads them: then at the next `tidy`.
        """
        ...

    async def export(self, chat: int) -> dict[str, Any]:
        """All that is kept of a chat, of it alone, as values that JSON knows."""
        ...

    async def tidy(self, now: datetime) -> None:
        """Delete what is kept for a time only and is older than that; see `bot.store.inventory`."""
        ...

    async def publish(self, publication: Publication, detail: str = "") -> None:
        """Keep a publication, and its act in the audit trail with it, or neither."""
        ...

    async def publications(self) -> Sequence[Publication]:
        """The newest first."""
        ...

    async def note(self, act: Act) -> None:
        """Add an act to the audit trail; what stands there is never changed."""
        ...

    async def audit(self) -> Sequence[Entry]:
        """The audit trail as it is stored, the oldest first."""
        ...

    async def head(self) -> str:
        """The hash of the last entry of the audit trail; "" while there is none."""
        ...

    async def count(self, day: date, what: str) -> None:
        """One more of something on a day: a count, of nobody."""
        ...

    async def counts(self, day: date) -> dict[str, int]: ...

    async def close(self) -> None: ...
