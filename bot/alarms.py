"""What an operator must know now: into the log at once, and to the admins at most once an hour a kind.

It must not know how admins are told (`bot.alerting`), nor anything of a reader: a detail is ours or Telegram's.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ONCE = timedelta(hours=1)
"""Admins are told of one kind of alarm at most so often."""

LONGEST_DETAIL = 200
log = logging.getLogger(__name__)


class Alarm(StrEnum):
    """The kinds; the words for admins are in the template `alarm`."""

    HTML = "html"
    """Telegram could not read the formatting of a message."""
    CONFLICT = "conflict"
    """Somebody else fetches our updates."""
    TOKEN = "token"  # noqa: S105 - the name of a kind
    """Telegram refuses everything that we ask."""
    POISON = "poison"
    """An update could not be read."""
    BACKLOG = "backlog"
    """More waits than is answered."""
    RUN_PAUSED = "run_paused"
    """A digest run stopped by itself."""
    CANARY_FAILED = "canary_failed"
    """A digest was not taken by the admins who get it first."""
    STATE = "state"
    """The state could not be read or written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounded:
    alarm: Alarm
    detail: str
    at: datetime


class Alarms:
    """Where alarms are sounded, in the event loop, and where who tells the admins waits for the next."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._told: dict[Alarm, datetime] = {}
        # Never full: a kind comes in once an hour.
        self._waiting: asyncio.Queue[Sounded] = asyncio.Queue()

    def sound(self, alarm: Alarm, detail: str = "") -> None:
        """Log an alarm, and have the admins told unless they were within the hour. `detail` is one line, cut if long."""
        detail = " ".join(detail.split())[:LONGEST_DETAIL]
        log.error("alarm %s%s", alarm, f": {detail}" if detail else "")
        now = self._clock()
        last = self._told.get(alarm)
        # A clock that was set back does not silence an alarm for longer than an hour.
        if last is None or abs(now - last) >= ONCE:
            self._told[alarm] = now
            self._waiting.put_nowait(Sounded(alarm=alarm, detail=detail, at=now))

    async def next(self) -> Sounded:
        """The next that the admins are to be told of."""
        return await self._waiting.get()
