"""What is live, and how another revision comes to be: prepared off the event loop, shown, confirmed, swapped whole.

A reload that has problems changes nothing. A restart publishes nothing either: what was live stays live until an
admin publishes the data folder, so an edit that is half done is not shown because a machine was restarted.
"""

import asyncio
import logging
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from answers.compile import revision_of
from answers.desk import Desk, Shelf, Shown, Snapshot
from answers.errors import FactBaseDamaged, Refused
from answers.factbase import FactBase
from answers.model import Reload
from answers.reload import preview
from answers.render import Renderer
from answers.revisions import prune
from answers.sources import read
from bot.store import Publication, Store

KEPT = 20
"""Revisions that are kept for going back; those that a subscriber has seen last are kept beside them."""

CONFIRM_WITHIN = timedelta(minutes=10)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A revision waiting for its admin's word. `key` is on the button; it works once, for this admin, for a while."""

    key: str
    admin: int
    snapshot: Snapshot
    reload: Reload
    shown: Shown
    until: datetime


class NotConfirmed(Exception):
    """The button is no longer good: used, too old, another admin's, or something else was published meanwhile."""


class NothingBefore(Exception):
    """There is no earlier revision to go back to."""


class Publishing:
    """The live revision of a desk, and the way to another one."""

    def __init__(self, *, desk: Desk, store: Store, data: Path, shelf: Shelf, clock: Callable[[], datetime]) -> None:
        self._desk, self._store, self._data, self._shelf, self._clock = desk, store, data, shelf, clock
        self._waiting: dict[int, Proposal] = {}
        # Two locks: a rollback must not wait for a build that somebody began.
        self._building, self._swapping = asyncio.Lock(), asyncio.Lock()

    def _today(self) -> date:
        return self._clock().date()

    async def propose(self, admin: int) -> Proposal:
        """Build the data folder and show what publishing it would change. Raises `Refused`; the live base stays."""
        async with self._building:
            snapshot = await asyncio.to_thread(self._shelf.build, self._data)
            if problems := await asyncio.to_thread(self._desk.refusals, snapshot, self._data, self._today()):
                raise Refused(problems)
            reload, shown = await asyncio.to_thread(self._desk.preview, snapshot, today=self._today())
        proposal = Proposal(
            key=secrets.token_hex(8),
            admin=admin,
            snapshot=snapshot,
            reload=reload,
            shown=shown,
            until=self._clock() + CONFIRM_WITHIN,
        )
        now = self._clock()
        self._waiting = {who: one for who, one in self._waiting.items() if one.until >= now} | {admin: proposal}
        return proposal

    async def confirm(self, key: str, admin: int) -> Proposal:
        """Make a proposal live. Raises `NotConfirmed` when its button is no longer good."""
        async with self._swapping:
            proposal = self._waiting.get(admin)
            if proposal is None or proposal.key != key:
                raise NotConfirmed
            del self._waiting[admin]
            if self._clock() > proposal.until or proposal.reload.before != self._desk.snapshot.base.revision:
                raise NotConfirmed
            await self._make_live(proposal.snapshot, admin, "reload")
        return proposal

    async def pending(self) -> bool:
        """Whether the data folder holds something else than what is live."""
        return await asyncio.to_thread(_differs, self._data, self._desk.snapshot.base)

    def cancel(self, key: str, admin: int) -> bool:
        """Forget a proposal; False when it was not there or is another admin's."""
        if admin in self._waiting and self._waiting[admin].key == key:
            del self._waiting[admin]
            return True
        return False

    async def roll_back(self, admin: int) -> Reload:
        """Make the revision that was live before this one live again. Raises `NothingBefore`."""
        async with self._swapping:
            earlier = before(await self._store.publications(), self._desk.snapshot.base.revision)
            snapshot = await asyncio.to_thread(self._opened, earlier)
            reload = await asyncio.to_thread(preview, self._desk.snapshot.base, snapshot.base)
            await self._make_live(snapshot, admin, "rollback")
        return reload

    def _opened(self, revisions: list[str]) -> Snapshot:
        for revision in revisions:
            try:
                return self._shelf.ready(revision)
            except FactBaseDamaged as error:
                log.warning("an earlier revision cannot be opened: %s", error)
        raise NothingBefore

    async def _make_live(self, snapshot: Snapshot, admin: int, how: str) -> None:
        """The swap is one assignment; what was live stays open for the questions that still read it."""
        revision = snapshot.base.revision
        await self._store.publish(Publication(revision=revision, at=self._clock(), admin=admin, how=how))
        self._desk.swap(snapshot)
        log.info("revision %s is live (%s)", revision[:12], how)
        await self._prune()

    async def _prune(self) -> None:
        """Delete what is kept no more. The revision is live already: what fails here is logged, and tried again later."""
        try:
            await self._prune_now()
        except (OSError, sqlite3.Error) as error:
            log.warning("old revisions were not deleted: %s", type(error).__name__)

    async def _prune_now(self) -> None:
        line = [publication.revision for publication in await self._store.publications()]
        kept = {*list(dict.fromkeys(line))[:KEPT], self._desk.snapshot.base.revision}
        kept |= {subscriber.revision for subscriber in await self._store.subscribers()}
        await asyncio.to_thread(prune, self._shelf.folder, self._data, keep=KEPT, also=frozenset(kept))


def before(publications: Sequence[Publication], live: str) -> list[str]:
    """The revisions that were live before the present one, the latest first; `publications` are the newest first.

    A rollback takes back the publication it follows: after reload A, reload B and a rollback, A is live and
    what came before A is next.
    """
    line: list[str] = []
    for publication in reversed(publications):
        if publication.how == "rollback" and publication.revision in line:
            while line[-1] != publication.revision:
                line.pop()
        else:
            line.append(publication.revision)
    if line and line[-1] == live:
        line.pop()
    return [revision for revision in reversed(line) if revision != live]


async def first_snapshot(
    store: Store, renderer: Renderer, data: Path, shelf: Shelf, now: datetime
) -> tuple[Snapshot, bool]:
    """What to begin with: the revision that was live last, else the data folder, which then is published.

    The second value says whether the data folder holds something else than what is live. Raises `Refused` when
    there is nothing to begin with and the data folder has problems.
    """
    for publication in (await store.publications())[:1]:
        try:
            snapshot = await asyncio.to_thread(shelf.ready, publication.revision)
        except FactBaseDamaged as error:
            log.warning("the live revision cannot be opened, the data folder is published instead: %s", error)
        else:
            return snapshot, await asyncio.to_thread(_differs, data, snapshot.base)
    snapshot = await asyncio.to_thread(shelf.build, data)
    if problems := await asyncio.to_thread(Desk(snapshot, renderer).refusals, snapshot, data, now.date()):
        raise Refused(problems)
    await store.publish(Publication(revision=snapshot.base.revision, at=now, admin=0, how="start"))
    return snapshot, False


def _differs(data: Path, base: FactBase) -> bool:
    try:
        return revision_of(read(data)) != base.revision
    except Refused:
        return True
