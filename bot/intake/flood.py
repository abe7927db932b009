"""How much one person may ask of us: a bucket of tokens for messages and one for taps, in memory, for minutes. Pure.

Whoever writes faster is told so once a minute and then passed over, before anything of what he wrote is parsed. People are
known here by a hash whose key this process made, so that a copy of its memory is no list of who asked.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

MINUTE = 60.0
QUIET = 120.0
"""Seconds after which a person is forgotten: by then his buckets are full."""

MOST = 100_000
"""People remembered; with more of them the quietest are forgotten first."""

TAPS = 60
"""Taps and inline queries a minute: a person who types an inline query sends one with every letter."""


class Verdict(Enum):
    PASS = "pass"  # noqa: S105 - no password
    TELL = "tell"
    DROP = "drop"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    told: float


class Flood:
    """Lets `a_minute` messages of a person through in any minute, the notice that he is too fast among them."""

    def __init__(self, a_minute: int, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._key = secrets.token_bytes(16)
        self._rules = {True: a_minute, False: TAPS}
        self._buckets: OrderedDict[bytes, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def judge(self, sender: int, *, message: bool) -> Verdict:
        """Whether an update of this person is worked on, answered by a notice, or passed over."""
        most = self._rules[message]
        # In any minute: what a full bucket holds, what flows in, and one notice.
        full = max(1.0, most // 2 - 1.0)
        now = self._monotonic()
        bucket = self._bucket(self._mark(sender, message), full, now)
        bucket.tokens = min(full, bucket.tokens + (now - bucket.at) * max(0.0, most - 1 - full) / MINUTE)
        bucket.at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return Verdict.PASS
        if now - bucket.told < MINUTE:
            return Verdict.DROP
        bucket.told = now
        return Verdict.TELL

    def _bucket(self, mark: bytes, full: float, now: float) -> _Bucket:
        while self._buckets and next(iter(self._buckets.values())).at < now - QUIET:
            self._buckets.popitem(last=False)
        bucket = self._buckets.get(mark)
        if bucket is None:
            bucket = self._buckets[mark] = _Bucket(full, now, now - MINUTE)
        self._buckets.move_to_end(mark)
        if len(self._buckets) > MOST:
            self._buckets.popitem(last=False)
        return bucket

    def _mark(self, sender: int, message: bool) -> bytes:
        return hashlib.blake2b(b"%d %d" % (sender, message), key=self._key, digest_size=8).digest()
