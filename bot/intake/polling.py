"""getUpdates: one page of raw updates, and after a failure how long to wait before the next.

Rules of the server (tdlib/telegram-bot-api, Client.cpp, process_get_updates_query): the same offset again within half a
second gets one update only; of two pollers the older is sent away with 409. A poll is short, so that one which hangs is
known to hang within seconds.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from bot.api import Api, Refused
from bot.http import NeverLeft, Unclear
from bot.intake.raw import ALLOWED

PAGE = 100
"""The most updates that Telegram gives at once."""

POLL = 10
MARGIN = 5.0
"""Seconds that a poll waits for updates, and by how much its answer may be late."""

HURRIED = 0.55
"""Seconds between two polls with one offset."""

FIRST_PAUSE, LONGEST_PAUSE = 0.6, 15.0
ASIDE = 20.0
"""Seconds to stand aside when another instance polls."""

CONFLICTS, WITHIN = 3, 30.0
GIVE_UP = 300.0
"""Seconds of nothing but conflicts after which this instance ends: two pollers would take turns for ever."""


class Trouble(Enum):
    NONE = "none"
    NETWORK = "network"
    TOKEN = "token"  # noqa: S105 - a kind of trouble
    CONFLICT = "conflict"
    LOST = "lost"
    """Conflicts for so long that this instance has to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a poll brought; `pause` in seconds is how long to wait before the next one."""

    updates: tuple[object, ...] = ()
    trouble: Trouble = Trouble.NONE
    pause: float = 0.0

    @property
    def full(self) -> bool:
        """Whether Telegram has more."""
        return len(self.updates) >= PAGE


@dataclass(slots=True)
class _Conflicts:
    """When others polled in our place: the last few times, and since when again and again."""

    last: deque[float] = field(default_factory=lambda: deque(maxlen=CONFLICTS))
    since: float = 0.0

    def note(self, now: float) -> None:
        if not self.last or now - self.last[-1] > 2 * WITHIN:
            self.since = now
        self.last.append(now)

    def many(self) -> bool:
        """Three in half a minute: no end of an old poll, but another instance."""
        return len(self.last) == CONFLICTS and self.last[-1] - self.last[0] <= WITHIN


class Polling:
    """Fetches pages. It never raises: a failure is an empty page with a pause."""

    def __init__(self, api: Api, monotonic: Callable[[], float]) -> None:
        self._api, self._monotonic = api, monotonic
        self._failures = 0
        self._conflicts = _Conflicts()
        self._last: tuple[int, float] = (-1, 0.0)

    async def page(self, offset: int, *, wait: int = POLL, limit: int = PAGE) -> Page:
        """The updates from an offset on; everything below it is acknowledged by asking."""
        await self._unhurried(offset)
        fields = {"offset": offset, "limit": limit, "timeout": wait, "allowed_updates": ALLOWED}
        try:
            updates = await self._api.call("getUpdates", fields, read=wait + MARGIN)
        except Refused as refused:
            return self._refused(refused)
        except (NeverLeft, Unclear):
            return self._failed(Trouble.NETWORK)
        if not isinstance(updates, list):
            return self._failed(Trouble.NETWORK)
        self._failures = 0
        return Page(updates=tuple(updates))

    async def _unhurried(self, offset: int) -> None:
        before, at = self._last
        if offset == before:
            await asyncio.sleep(max(0.0, at + HURRIED - self._monotonic()))
        self._last = (offset, self._monotonic())

    def _refused(self, refused: Refused) -> Page:
        if refused.status == 409:
            return self._conflict()
        if refused.status in {401, 404}:
            return self._failed(Trouble.TOKEN)
        if refused.retry_after:
            return Page(trouble=Trouble.NETWORK, pause=refused.retry_after)
        return self._failed(Trouble.NETWORK)

    def _conflict(self) -> Page:
        self._conflicts.note(self._monotonic())
        if self._monotonic() - self._conflicts.since > GIVE_UP:
            return Page(trouble=Trouble.LOST)
        if self._conflicts.many():
            return Page(trouble=Trouble.CONFLICT, pause=ASIDE)
        return Page(trouble=Trouble.NETWORK, pause=1.0)

    def _failed(self, trouble: Trouble) -> Page:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self._failures)
        self._failures = min(self._failures + 1, 10)
        # Not all at the same time: whoever else lost the network comes back with it, too.
        return Page(trouble=trouble, pause=pause * random.uniform(0.8, 1.2))  # noqa: S311 - no secret
