"""Which digests are due, to whom, and what is in them.

A slot is one day's digest of one subscriber. It is due from its hour on, for six hours: after a longer stop the
next one tells all. A slot is noted as served before its message leaves, so nobody gets it twice; what certainly did
not arrive is given back.
"""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from answers.desk import Desk, Shown
from answers.errors import FactBaseDamaged
from answers.factbase import FactBase
from bot.delivery import Buttons, Outcome
from bot.office import Office
from bot.store import Subscriber

GRACE = timedelta(hours=6)
LOOK_EVERY = timedelta(seconds=30)
log = logging.getLogger(__name__)


def last_slot(subscriber: Subscriber, now: datetime) -> date:
    """The day of the latest slot whose hour has come, where the subscriber lives."""
    local = now.astimezone(subscriber.zone)
    today = local.date()
    return today if local >= _begins(subscriber, today) else today - timedelta(days=1)


def _begins(subscriber: Subscriber, day: date) -> datetime:
    """When a slot begins. An hour that the clock skips or repeats in spring or autumn is still one moment."""
    return datetime.combine(day, subscriber.at, tzinfo=subscriber.zone)


def is_due(subscriber: Subscriber, now: datetime) -> bool:
    """Whether the latest slot is unserved and still fresh."""
    slot = last_slot(subscriber, now)
    return subscriber.slot < slot and now - _begins(subscriber, slot) <= GRACE


def due(subscribers: Iterable[Subscriber], now: datetime) -> list[Subscriber]:
    return [subscriber for subscriber in subscribers if is_due(subscriber, now)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A digest up to a revision; `shown` is None when there is nothing to tell."""

    revision: str
    shown: Shown | None


class Digests:
    """Serves the slots that are due. Those who saw the same revision last get the same digest, made once."""

    def __init__(self, office: Office, buttons: Buttons) -> None:
        self._office, self._buttons = office, buttons
        self._one_at_a_time = asyncio.Lock()

    async def serve(self) -> int:
        """Serve every slot that is due now; returns how many digests were sent. Nothing new, nothing sent."""
        async with self._one_at_a_time:
            now = self._office.clock()
            sent = 0
            made: dict[str, Made] = {}
            for subscriber in due(await self._office.store.subscribers(), now):
                if subscriber.revision not in made:
                    made[subscriber.revision] = await asyncio.to_thread(self._missed, subscriber.revision)
                sent += await self._serve(subscriber, made[subscriber.revision], now)
            return sent

    def _missed(self, revision: str) -> Made:
        office = self._office
        return missed(office.desk, office.settings.fact_bases, revision, office.today())

    async def _serve(self, subscriber: Subscriber, made: Made, now: datetime) -> int:
        """Note the slot and what it tells, then send it: a reload in between is told by the next one.

        What certainly did not arrive is given back: to be tried again while the slot is fresh when it could not
        leave, to be told by the next digest when Telegram would not have it.
        """
        store, slot = self._office.store, last_slot(subscriber, now)
        if not await store.claim(subscriber.chat, made.revision, slot) or made.shown is None:
            return 0
        sent = await self._office.delivery.bulk(subscriber.chat, made.shown.rendered, self._buttons)
        if sent.outcome in {Outcome.NOT_SENT, Outcome.REFUSED}:
            again = subscriber.slot if sent.outcome is Outcome.NOT_SENT else slot
            await store.give_back(subscriber.chat, subscriber.revision, again)
        if sent.outcome is Outcome.SENT:
            self._office.seen.keep(subscriber.chat, (fact.id for fact in made.shown.facts))
        return int(sent.outcome is Outcome.SENT)


def missed(desk: Desk, folder: Path, revision: str, today: date) -> Made:
    """The digest since a revision of `folder`; nothing to show when readers would see no change, or it is kept no more."""
    live = desk.snapshot.base.revision
    if revision == live:
        return Made(revision=live, shown=None)
    try:
        with closing(FactBase.open(folder / f"{revision}.sqlite")) as since:
            digest, shown = desk.digest(since, today=today)
    except FactBaseDamaged as error:
        log.error("a digest cannot say what changed since %s: %s", revision[:12], error)
        return Made(revision=live, shown=None)
    return Made(revision=shown.revision, shown=shown if digest else None)
