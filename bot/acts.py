"""What admins are about to withdraw: asked for in the chat, not yet confirmed. In memory, for minutes, never on disk."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from answers.life import Order, Withdrawal

KEPT_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An order on its way. `key` is on its buttons; `offered` are ids to choose from; `seen` is what is to be confirmed."""

    key: str
    order: Order
    until: datetime
    offered: tuple[str, ...] = ()
    seen: Withdrawal | None = None


class Acts:
    """At most one order of each admin; whoever begins another drops the first."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pending: dict[int, Pending] = {}

    def begin(
        self, admin: int, order: Order, *, offered: tuple[str, ...] = (), seen: Withdrawal | None = None
    ) -> Pending:
        now = self._clock()
        one = Pending(key=secrets.token_hex(8), order=order, until=now + KEPT_FOR, offered=offered, seen=seen)
        self._pending = {who: kept for who, kept in self._pending.items() if kept.until >= now} | {admin: one}
        return one

    def of(self, admin: int, key: str | None = None) -> Pending | None:
        """The order of an admin, and of this button; None when there is none, or it was begun too long ago."""
        one = self._pending.get(admin)
        return one if one and self._clock() <= one.until and key in {None, one.key} else None

    def take(self, admin: int, key: str) -> Pending | None:
        """The same, for the last time."""
        one = self.of(admin, key)
        if one:
            del self._pending[admin]
        return one

    def awaits_words(self, admin: int) -> bool:
        """Whether the next message of an admin is part of his order: a reason, or the id of what stands now."""
        one = self.of(admin)
        return one is not None and one.seen is None
