"""The queue behind getUpdates (Client.cpp process_get_updates_query and do_get_updates, td TQueue.cpp).

Must not know what an update says, only its kind and its number.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.local.bell import Bell
from bot.local.errors import Refusal
from bot.local.values import Json

FIRST = 2**30  # numbers begin at random below it, but not far: they may begin anew, lower
QUEUE_LIMIT = 100_000  # TQueue.cpp, MAX_QUEUE_EVENTS: further updates are dropped without a word
DAY = 24 * 60 * 60
REMEMBERED = 1000  # confirmed updates that may come again
LOWER = 100_000  # by how much chance moves them then
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
# Everything that Telegram sends when allowed_updates is empty: all but these three.
NOT_BY_DEFAULT = frozenset(("chat_member", "message_reaction", "message_reaction_count"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    update: Json
    until: float

    @property
    def update_id(self) -> int:
        return int(self.update["update_id"])


@dataclass(slots=True, kw_only=True)
class Counts:
    polls: int = 0
    conflicts: int = 0
    dropped: int = 0
    handed: int = 0  # updates given out, each time counted
    repeated: int = 0  # of these, those that were confirmed before


@dataclass(slots=True, kw_only=True)
class Mischief:
    """What happens to the updates of a poll on their way."""

    repeat: float = 0.0  # the chance of each update that one confirmed before comes along again
    shuffle: int = 1  # updates that change places among each other


class Poll:
    """A getUpdates call that waits; a later one ends it."""

    def __init__(self) -> None:
        self.ended = False


class UpdateQueue:
    def __init__(
        self,
        *,
        bell: Bell,
        clock: Callable[[], float],
        monotonic: Callable[[], float],
        first: int | None = None,
        seed: int | None = None,
    ) -> None:
        self.counts, self.mischief = Counts(), Mischief()
        self._chance = random.Random(seed)  # noqa: S311 - chance, not a secret
        self._confirmed: deque[Json] = deque(maxlen=REMEMBERED)
        self.allowed: tuple[str, ...] = ()
        self._bell, self._clock, self._monotonic = bell, clock, monotonic
        self._queue: deque[Queued] = deque()
        self._next_id = first or self._chance.randrange(FIRST // 2, FIRST)
        self._waiting: Poll | None = None
        self._previous: tuple[int, float] | None = None

    def __len__(self) -> int:
        return len(self._queue)

    def put(self, kind: str, payload: Json, *, lives: float = DAY) -> int | None:
        """The number of the update; None when the bot did not ask for its kind, or the queue is full."""
        if not self._wanted(kind):
            return None
        return self._append({"update_id": self._next_id, kind: payload}, lives)

    def put_raw(self, update: Json) -> int | None:
        """Queues the update as it is, whatever it holds."""
        return self._append({"update_id": self._next_id, **update}, DAY)

    def _append(self, update: Json, lives: float) -> int | None:
        if len(self._queue) >= QUEUE_LIMIT:
            self.counts.dropped += 1
            return None
        queued = Queued(update=update, until=self._clock() + lives)
        self._queue.append(queued)
        self._next_id = max(self._next_id, queued.update_id) + 1
        self._bell.ring()
        return queued.update_id

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remembered until it is given again; an empty list means the default."""
        if kinds is not None:
            self.allowed = tuple(kinds)

    def clear(self) -> None:
        self._queue.clear()

    def restart(self) -> int:
        """The numbers begin anew, lower, as they do on Telegram after a quiet week. The queue must be empty."""
        if self._queue:
            raise ValueError("updates are still waiting")
        self._confirmed.clear()  # a week ago: nothing of it comes again
        self._next_id = self._next_id // 2 - self._chance.randrange(LOWER)
        return self._next_id

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[Json]:
        self.counts.polls += 1
        limit = self._limited(offset, limit)
        self._confirm(offset)
        found = self._first(limit)
        if found is None and timeout > 0:
            found = await self._wait(limit, timeout)
        handed = self._disturbed(found or [])
        self.counts.handed += len(handed)
        return handed

    def _disturbed(self, updates: list[Json]) -> list[Json]:
        """What the mischief makes of the updates of a poll; without any they stay as they are."""
        if self.mischief.repeat and self._confirmed:
            again = [
                self._chance.choice(self._confirmed) for _ in updates if self._chance.random() < self.mischief.repeat
            ]
            self.counts.repeated += len(again)
            updates = [*again, *updates]
        window = self.mischief.shuffle
        pieces = [updates[start : start + window] for start in range(0, len(updates), window)] if window > 1 else []
        return [one for piece in pieces for one in self._chance.sample(piece, len(piece))] or updates

    def _limited(self, offset: int, limit: int) -> int:
        """The same offset again within half a second: one update only (Client.cpp:15716)."""
        now = self._monotonic()
        previous, self._previous = self._previous, (offset, now)
        hurried = previous is not None and previous[0] == offset and now < previous[1] + 0.5
        return 1 if hurried else limit

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        # An offset far behind the last update is not believed (TQueue.cpp, "in the future").
        elif 0 < offset <= self._next_id + 10:
            while self._queue and self._queue[0].update_id < offset:
                self._confirmed.append(self._queue.popleft().update)

    def _first(self, limit: int) -> list[Json] | None:
        now = self._clock()
        while self._queue and self._queue[0].until < now:
            self._queue.popleft()
        alive = (queued.update for queued in self._queue if queued.until >= now)
        return list(islice(alive, limit)) or None

    async def _wait(self, limit: int, timeout: float) -> list[Json]:
        if self._waiting is not None:
            self._waiting.ended = True
            self._bell.ring()
        poll = self._waiting = Poll()
        try:
            found = await self._bell.until(lambda: [] if poll.ended else self._first(limit), timeout)
        finally:
            if self._waiting is poll:
                self._waiting = None
        if poll.ended:
            self.counts.conflicts += 1
            raise Refusal(409, CONFLICT)
        return found or []
