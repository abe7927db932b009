"""In how many chats a fact was shown in the last day, so that an admin knows how far a correction would have to reach.

A number, never whom: of a chat a keyed hash is kept, with a key that this process made and forgets with its end. In
memory only, never on disk.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

KEPT_FOR = timedelta(hours=24)
MOST = 50_000
"""Facts by chats that are kept, about 15 MB; beyond that the oldest go, and a count is "at least"."""


class Seen:
    """Facts by the chats that they were shown in; the oldest go first."""

    def __init__(self, clock: Callable[[], datetime], most: int = MOST) -> None:
        self._clock, self._most = clock, most
        self._key = secrets.token_bytes(32)
        self._seen: OrderedDict[tuple[str, bytes], datetime] = OrderedDict()
        self._lost: datetime | None = None

    def keep(self, chat: int, facts: Iterable[str]) -> None:
        """Note that these facts were shown in a chat, now."""
        mark, now = self._mark(chat), self._clock()
        for fact in facts:
            self._seen[fact, mark] = now
            self._seen.move_to_end((fact, mark))
        self.forget()

    def drop(self, chat: int) -> None:
        """Forget a chat at once: an editor counts it no more."""
        mark = self._mark(chat)
        for seen in [seen for seen in self._seen if seen[1] == mark]:
            del self._seen[seen]

    def forget(self) -> None:
        """Drop what is too long ago, and the oldest when there is too much."""
        oldest = self._clock() - KEPT_FOR
        while self._seen and (len(self._seen) > self._most or next(iter(self._seen.values())) < oldest):
            _, at = self._seen.popitem(last=False)
            self._lost = at if at >= oldest else self._lost

    def of(self, facts: Iterable[str]) -> tuple[int, dict[str, int], bool]:
        """How many chats saw any of these facts, how many each of them, and whether none was dropped before its day was over."""
        self.forget()
        wanted = dict.fromkeys(facts, 0)
        chats = set()
        for fact, mark in self._seen:
            if fact in wanted:
                wanted[fact] += 1
                chats.add(mark)
        whole = self._lost is None or self._lost < self._clock() - KEPT_FOR
        return len(chats), wanted, whole

    def _mark(self, chat: int) -> bytes:
        return hashlib.blake2b(str(chat).encode(), key=self._key, digest_size=8).digest()
