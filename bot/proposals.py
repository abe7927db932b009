"""Revisions that wait for an admin's word, and what a press on a button makes of them. Pure: no clock, no store, no chat.

Where what readers were told changes or goes, one word is not enough: another admin confirms, or the only one does so
again. Two presses of one person are never two persons.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from answers.desk import Snapshot
from answers.model import Radius, Reload
from answers.reload import Stage

CONFIRM_WITHIN = timedelta(minutes=10)
SECOND_WITHIN = timedelta(minutes=30)
"""For another admin, who has to look up from something else and read it all."""


class NotConfirmed(Exception):
    """The button is no longer good: used, too old, another admin's, or something else was published meanwhile."""


class Step(StrEnum):
    """What a button says: publish; publish all the same, of the only admin; confirm, of the second admin."""

    PUBLISH = "yes"
    AGAIN = "sure"
    SECOND = "two"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A revision waiting for its admins' word. `key` is on the buttons; `grave` are the facts that need two.

    `places` are the messages that show it, by chat and number: what becomes of it is said in all of them.
    """

    key: str
    admin: int
    snapshot: Snapshot
    reload: Reload
    radius: Radius
    grave: tuple[str, ...]
    until: datetime
    stage: Stage = Stage.PROPOSED
    places: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What came of a press: the proposal as it stands now, whether it is to be published, and whether anything is new.

    `first` is the admin who had said yes before the one who pressed; 0 where one word was enough.
    """

    proposal: Proposal
    publish: bool = False
    news: bool = True
    first: int = 0


class Proposals:
    """At most one proposal an admin. Every method does all or nothing, and waits for nothing."""

    def __init__(self, admins: Iterable[int]) -> None:
        self._admins = frozenset(admins)
        self._waiting: dict[int, Proposal] = {}

    def put(self, proposal: Proposal, now: datetime) -> None:
        """Let a proposal wait in the place of its admin's last one; those whose time is up are forgotten."""
        kept = {admin: one for admin, one in self._waiting.items() if one.until >= now}
        self._waiting = kept | {proposal.admin: proposal}

    def others(self, admin: int) -> tuple[int, ...]:
        return tuple(sorted(self._admins - {admin}))

    def waits(self, key: str) -> bool:
        """Whether a proposal still waits for a word."""
        return self._of(key) is not None

    def place(self, key: str, chat: int, message: int) -> None:
        """Note a message that shows a proposal; nothing, when that is settled already."""
        if proposal := self._of(key):
            self._keep(replace(proposal, places=proposal.places | {(chat, message)}))

    def press(self, key: str, admin: int, step: Step, live: str, now: datetime) -> Pressed:
        """What a press makes of a proposal while the revision `live` is. Raises `NotConfirmed`."""
        proposal = self._of(key)
        if proposal is None or admin not in self._admins:
            raise NotConfirmed
        if now > proposal.until or proposal.reload.before != live:
            del self._waiting[proposal.admin]
            raise NotConfirmed
        if step is Step.SECOND:
            return self._second(proposal, admin)
        if admin != proposal.admin:
            raise NotConfirmed
        return self._again(proposal) if step is Step.AGAIN else self._first(proposal, now)

    def cancel(self, key: str, admin: int) -> Proposal | None:
        """Forget a proposal and return it; None when it is not there, or another's who has not asked for a second word."""
        proposal = self._of(key)
        if proposal is None or not (admin == proposal.admin or self._may_second(proposal, admin)):
            return None
        return self._waiting.pop(proposal.admin)

    def _first(self, proposal: Proposal, now: datetime) -> Pressed:
        if proposal.stage is not Stage.PROPOSED:
            return Pressed(proposal=proposal, news=False)  # one tap that came twice
        if not proposal.grave:
            return self._settled(proposal)
        if partner := self._partner(proposal, now):
            del self._waiting[partner.admin]
            return self._settled(replace(proposal, places=proposal.places | partner.places), first=partner.admin)
        alone = not self.others(proposal.admin)
        stage, until = (Stage.AGAIN, proposal.until) if alone else (Stage.WAITS, now + SECOND_WITHIN)
        return Pressed(proposal=self._keep(replace(proposal, stage=stage, until=until)))

    def _again(self, proposal: Proposal) -> Pressed:
        if proposal.stage is not Stage.AGAIN:
            raise NotConfirmed
        return self._settled(proposal, first=proposal.admin)

    def _second(self, proposal: Proposal, admin: int) -> Pressed:
        if not self._may_second(proposal, admin):
            raise NotConfirmed
        return self._settled(proposal, first=proposal.admin)

    def _may_second(self, proposal: Proposal, admin: int) -> bool:
        return proposal.stage is Stage.WAITS and admin in self.others(proposal.admin)

    def _partner(self, proposal: Proposal, now: datetime) -> Proposal | None:
        """Another admin's proposal of the very same change that waits for a second word: this one is it."""
        same = (proposal.reload.before, proposal.reload.after)
        waiting = (one for one in self._waiting.values() if self._may_second(one, proposal.admin) and one.until >= now)
        return next((one for one in waiting if (one.reload.before, one.reload.after) == same), None)

    def _settled(self, proposal: Proposal, first: int = 0) -> Pressed:
        del self._waiting[proposal.admin]
        return Pressed(proposal=proposal, publish=True, first=first)

    def _of(self, key: str) -> Proposal | None:
        return next((one for one in self._waiting.values() if one.key == key), None)

    def _keep(self, proposal: Proposal) -> Proposal:
        self._waiting[proposal.admin] = proposal
        return proposal
