"""What is live, and how another revision comes to be: prepared in a child process, shown, confirmed, swapped whole.

A reload that has problems changes nothing. A restart publishes nothing either: what was live stays live until an
admin publishes the data folder, so an edit that is half done is not shown because a machine was restarted. Whatever an
admin does here stands in the audit trail.
"""

import asyncio
import logging
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from answers.compile import revision_from
from answers.desk import Desk, Shelf, Snapshot
from answers.errors import FactBaseDamaged, Problem, Refused
from answers.factbase import FactBase
from answers.model import Radius, Reload
from answers.reload import grave, preview, touched
from answers.render import Renderer
from answers.revisions import manifest_of, prune
from answers.sources import fingerprint
from bot.audit import Act, What
from bot.building import Building
from bot.proposals import CONFIRM_WITHIN, NotConfirmed, Pressed, Proposal, Proposals, Step
from bot.seen import Seen
from bot.store import Publication, Store

__all__ = ["KEPT", "Kept", "NotConfirmed", "NothingBefore", "Publishing", "before", "first_snapshot"]

KEPT = 20
"""Revisions that are kept for going back; those that a subscriber has seen last are kept beside them."""

log = logging.getLogger(__name__)


class NothingBefore(Exception):
    """There is no earlier revision to go back to, or none of that number, or it is the live one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A revision that one can go back to, with the publication that made it live last, and how many facts it has."""

    publication: Publication
    facts: int
    live: bool


class Publishing:
    """The live revision of a desk, and the way to another one."""

    def __init__(
        self,
        *,
        desk: Desk,
        store: Store,
        data: Path,
        shelf: Shelf,
        building: Building,
        proposals: Proposals,
        seen: Seen,
        clock: Callable[[], datetime],
    ) -> None:
        self._desk, self._store, self._data, self._shelf, self._clock = desk, store, data, shelf, clock
        self._building, self.proposals, self._seen = building, proposals, seen
        # Two locks: a rollback must not wait for a build that somebody began.
        self._one_build, self._swapping = asyncio.Lock(), asyncio.Lock()
        self._mending: asyncio.Task[None] | None = None

    @property
    def _live(self) -> str:
        return self._desk.snapshot.base.revision

    def _today(self) -> date:
        return self._clock().date()

    async def close(self) -> None:
        """End what is being built: it must not hold up the end of the bot."""
        await self._building.close()
        if self._mending:
            await self._mending

    async def propose(self, admin: int) -> Proposal:
        """Build the data folder and say what publishing it would change. Raises `Refused`; the live base stays.

        A proposal that changes nothing is not kept waiting.
        """
        async with self._one_build:
            try:
                proposal = await self._proposal(admin)
            except Refused as refused:
                await self._note(What.REFUSED, admin, detail=_count(len(refused.problems), "problem"))
                raise
        if proposal.reload:
            await self._note(What.PROPOSE, admin, proposal.reload.after, _summary(proposal))
            self.proposals.put(proposal, self._clock())
        return proposal

    async def _proposal(self, admin: int) -> Proposal:
        built = await self._building.build(self._live, self._today())
        snapshot = await asyncio.to_thread(self._open_built, built.revision)
        reload = await asyncio.to_thread(preview, self._desk.snapshot.base, snapshot.base)
        return Proposal(
            key=secrets.token_hex(8),
            admin=admin,
            snapshot=snapshot,
            reload=reload,
            radius=self._radius(built.radius, reload),
            grave=grave(reload),
            until=self._clock() + CONFIRM_WITHIN,
        )

    def _open_built(self, revision: str) -> Snapshot:
        """What the child has built, opened. Raises `Refused`, also when meaning would be lost by it."""
        try:
            snapshot = self._shelf.open(revision)
        except FactBaseDamaged as error:
            raise Refused(
                [Problem(path=self._data.name, line=0, message=str(error), hint="send /reload again")]
            ) from None
        if self._shelf.encoder and not snapshot.encoder:
            message = f"was built by words only: {snapshot.why_lexical}"
            raise Refused([Problem(path=self._data.name, line=0, message=message, hint="send /reload again")])
        return snapshot

    def _radius(self, tried: Radius, reload: Reload) -> Radius:
        chats, seen, counted = self._seen.of(touched(reload))
        return replace(tried, chats=chats, seen=seen, counted=counted)

    async def press(self, key: str, admin: int, step: Step) -> Pressed:
        """Do what a button says; make the proposal live when all have spoken. Raises `NotConfirmed`."""
        async with self._swapping:
            pressed = self.proposals.press(key, admin, step, self._live, self._clock())
            proposal = pressed.proposal
            if pressed.first or (pressed.news and not pressed.publish):
                second = pressed.first not in {0, admin}
                detail = f"after {pressed.first}" if second else "again, the only admin" if pressed.first else ""
                what = What.SECOND if second else What.CONFIRM
                await self._note(what, admin, proposal.reload.after, detail)
            if pressed.publish:
                await self._make_live(proposal.snapshot, admin, "reload", _summary(proposal))
        return pressed

    async def cancel(self, key: str, admin: int) -> Proposal | None:
        """Forget a proposal; None when it was not there or is another admin's."""
        proposal = self.proposals.cancel(key, admin)
        if proposal:
            await self._note(What.CANCEL, admin, proposal.reload.after)
        return proposal

    async def pending(self) -> bool:
        """Whether the data folder holds something else than what is live. Nothing in it is parsed."""
        return await asyncio.to_thread(_differs, self._data, self._desk.snapshot.base)

    async def kept(self) -> list[Kept]:
        """The revisions that can be made live at once, those that were live last first, the live one among them."""
        return await asyncio.to_thread(lambda line: list(self._kept(line)), await self._store.publications())

    def _kept(self, publications: Sequence[Publication]) -> Iterator[Kept]:
        for publication in _latest(publications)[:KEPT]:
            file = self._shelf.folder / f"{publication.revision}.sqlite"
            try:
                facts = FactBase.covered(file).facts if manifest_of(file).exists() else None
            except FactBaseDamaged as error:
                log.warning("an earlier revision cannot be listed: %s", error)
                continue
            if facts is not None:
                yield Kept(publication=publication, facts=facts, live=publication.revision == self._live)

    async def roll_back(self, admin: int, to: str = "") -> Reload:
        """Make an earlier revision live again, as it was built: the one before, or `to`. Raises `NothingBefore`."""
        async with self._swapping:
            old = self._desk.snapshot
            earlier = before(await self._store.publications(), self._live) if not to else [to] * (to != self._live)
            snapshot = await asyncio.to_thread(self._opened, earlier)
            await self._make_live(snapshot, admin, "rollback", f"instead of {old.base.revision}")
            if self._shelf.encoder and not snapshot.encoder:
                self._mending = asyncio.create_task(self._mend(snapshot.base.revision))
        return await asyncio.to_thread(preview, old.base, snapshot.base)

    def _opened(self, revisions: Sequence[str]) -> Snapshot:
        """The first of these that opens. Nothing is built or encoded: this is for when something wrong is being read."""
        for revision in revisions:
            try:
                return self._shelf.open(revision)
            except FactBaseDamaged as error:
                log.warning("an earlier revision cannot be opened: %s", error)
        raise NothingBefore

    async def _mend(self, revision: str) -> None:
        """Give a revision its vectors that went live without: they are of another encoder. It answers by words meanwhile."""
        try:
            async with self._one_build:
                await self._building.prepare(revision)
            snapshot = await asyncio.to_thread(self._open_built, revision)
        except Refused as refused:
            log.warning("revision %s answers by words only: %s", revision[:12], refused)
            return
        async with self._swapping:
            if revision == self._live:
                self._desk.swap(snapshot)

    async def _make_live(self, snapshot: Snapshot, admin: int, how: str, detail: str) -> None:
        """The swap is one assignment; what was live stays open for the questions that still read it."""
        revision = snapshot.base.revision
        await self._store.publish(Publication(revision=revision, at=self._clock(), admin=admin, how=how), detail)
        self._desk.swap(snapshot)
        log.info("revision %s is live (%s)", revision[:12], how)
        await self._prune()

    async def _note(self, what: What, admin: int, revision: str = "", detail: str = "") -> None:
        await self._store.note(Act(at=self._clock(), admin=admin, act=what, revision=revision, detail=detail))

    async def _prune(self) -> None:
        """Delete what is kept no more. The revision is live already: what fails here is logged, and tried again later."""
        try:
            await self._prune_now()
        except (OSError, sqlite3.Error) as error:
            log.warning("old revisions were not deleted: %s", type(error).__name__)

    async def _prune_now(self) -> None:
        line = [publication.revision for publication in _latest(await self._store.publications())]
        kept = {*line[:KEPT], self._live}
        kept |= {*await self._store.revisions(), await self._store.channel_seen()}
        await asyncio.to_thread(prune, self._shelf.folder, self._data, keep=KEPT, also=frozenset(kept))


def _latest(publications: Sequence[Publication]) -> list[Publication]:
    """Of each revision the publication that made it live last; `publications` are the newest first, and so are these."""
    found: dict[str, Publication] = {}
    for publication in publications:
        found.setdefault(publication.revision, publication)
    return list(found.values())


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _summary(proposal: Proposal) -> str:
    reload = proposal.reload
    counts = f"{len(reload.added)} added, {len(reload.changed)} changed, {len(reload.removed)} removed"
    return f"proposed by {proposal.admin}: {counts}"


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
    there is nothing to begin with and the data folder has problems. It is built in this process: nobody is served yet.
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
    return revision_from(fingerprint(data)) != base.revision
