"""The reviews that admins have open in the chat: in memory, each for an hour after its last press."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.reviewing import Review

KEPT_FOR = timedelta(hours=1)


@dataclass(slots=True)
class Open:
    """An admin's review: the draft that he sees, the key on its buttons, and what of it he was asked to write, if anything."""

    review: Review
    shown: str
    key: str
    until: datetime
    asked: str = ""


class Reviews:
    """One review an admin; a new one takes the place of the one before."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._open: dict[int, Open] = {}

    def show(self, admin: int, review: Review, id_: str) -> Open:
        """Note that an admin sees a draft now; buttons of what he saw before are no longer good."""
        one = Open(review, id_, secrets.token_hex(6), self._clock() + KEPT_FOR)
        self._open[admin] = one
        return one

    def of(self, admin: int, key: str = "") -> Open | None:
        """An admin's review while it is open; with a key, only if that is on the buttons that he sees."""
        self.forget()
        one = self._open.get(admin)
        return one if one and key in {"", one.key} else None

    def asked(self, admin: int) -> bool:
        """Whether what this admin writes next is a field of a draft."""
        one = self.of(admin)
        return bool(one and one.asked)

    def end(self, admin: int) -> None:
        self._open.pop(admin, None)

    def forget(self) -> None:
        now = self._clock()
        self._open = {admin: one for admin, one in self._open.items() if one.until >= now}
