"""Runs in the state: opened once a slot, shown to the admins first, halted and resumed, ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from bot.audit import Act
from bot.runs import Chunk, Edition, Hour, Plan, Progress, Run
from bot.store import ending, fanning
from bot.store.connection import Connected
from bot.store.publications import note
from bot.store.values import (
    counts_of,
    dicts,
    edition_of,
    hash_of,
    keep,
    named,
    one,
    row_of,
    row_of_edition,
    run_of,
    seconds,
)

CANARY_LASTS = timedelta(seconds=60)
CANARY_COUNTS = timedelta(hours=24)
"""How long a text that was shown to the admins is not shown again, and one that they stopped does not leave."""

# From one to the next by the index: a scan of a million subscribers every half minute would hold everybody up.
_HOURS = """with recursive zones (zone) as (
    select min(zone) from subscribers
    union all select (select min(s.zone) from subscribers s where s.zone > z.zone) from zones z where z.zone is not null
), hours (zone, at) as (
    select z.zone, (select min(s.at) from subscribers s where s.zone = z.zone) from zones z where z.zone is not null
    union all
    select h.zone, (select min(s.at) from subscribers s where s.zone = h.zone and s.at > h.at)
    from hours h where h.at is not null
) select zone, at from hours where at is not null"""

_OPEN = """insert or ignore into runs (slot, kind, state, revision, publication, facts, zone, at, day, opened, not_after)
values (:slot, :kind, 'canary', :revision, :publication, :facts, :zone, :at, :day, :opened, :not_after)"""

_EDITION = """insert or ignore into editions (run, since, revision, repeat, html, text, facts, hash)
values (:run, :since, :revision, :repeat, :html, :text, :facts, :hash)"""

_CORRECTIONS = "select count(*) from runs where kind = 'correction'"
_TO_SHOW = "select * from editions where run = ? and revision = ? and repeat = 0 and html <> '' order by number"
# A slot for which nobody had anything new is served by a run of nobody: that is not worth a line.
_OVER = """select * from (select * from runs where closed is not null order by number desc limit 500) as r
where exists (select 1 from deliveries d where d.run = r.number) or exists (select 1 from tallies t where t.run = r.number)
order by number desc limit ?"""
_WAITING = "select count(*) from deliveries indexed by deliveries_pending where run = ? and state = 'pending'"
_UNDER_WAY = "select * from runs where closed is null order by number"


class Runs(Connected):
    """Each method is one transaction. Whatever depends on the clock is told the time."""

    async def hours(self) -> Sequence[Hour]:
        """The hours at which somebody wants a digest."""
        found = await self._do(lambda db: db.execute(_HOURS).fetchall())
        return [Hour(zone=ZoneInfo(zone), at=time.fromisoformat(at)) for zone, at in found]

    async def open_runs(self, plans: Iterable[Plan], live: str, now: datetime) -> int:
        """Open a run for each slot that has none; how many. What began before the state was restored is taken as served."""
        plans = list(plans)

        def work(db: Database) -> int:
            restored = named(db, "restored_at")
            since = datetime.fromisoformat(restored) if restored else None
            fresh = [plan for plan in plans if since is None or plan.begins > since]
            return sum(db.execute(_OPEN, row_of(plan, _slot(db, plan), live, now)).rowcount for plan in fresh)

        return await self._write(work) if await self._do(lambda db: _lacks(db, plans)) else 0

    async def fan_out(self, run: int, live: str) -> Chunk:
        """Write a chunk of a run's recipients down."""
        return await self._write(lambda db: fanning.fan_out(db, run, live))

    async def add_editions(self, run: int, editions: Iterable[Edition], now: datetime) -> None:
        """Add what a run tells. An open run goes back to its canary for a text that no admin was shown."""
        rows = [row_of_edition(run, edition) for edition in editions]

        def work(db: Database) -> None:
            for row in rows:
                db.execute(_EDITION, row)
            told = [row["hash"] for row in rows if row["html"] and not row["repeat"]]
            if any(_shown(db, text, now) != 0 for text in told):
                db.execute("update runs set state = 'canary', opens = null where number = ? and state = 'open'", [run])

        await self._write(work)

    async def unshown(self, run: int, live: str, now: datetime) -> tuple[Sequence[Edition], bool]:
        """The editions of a run that no admin was shown yet, and whether one of the others was shown and stopped."""

        def work(db: Database) -> tuple[Sequence[Edition], bool]:
            rows = list(dicts(db, _TO_SHOW, [run, live]))
            shown = [_shown(db, row["hash"], now) for row in rows]
            new = {row["hash"]: row for row, was in zip(rows, shown, strict=True) if was is None}
            return [edition_of(row) for row in new.values()], 1 in shown

        return await self._do(work)

    async def show(self, run: int, editions: Iterable[Edition], opens: datetime | None, now: datetime) -> None:
        """Note what the admins were shown, and when the run opens by itself; None: not all of it yet."""
        hashes = [hash_of(edition.html) for edition in editions]

        def work(db: Database) -> None:
            for text in hashes:
                db.execute("insert or replace into canaries values (?, ?, 0)", [text, seconds(now)])
            sql = "update runs set opens = ? where number = ? and state = 'canary'"
            db.execute(sql, [opens and seconds(opens), run])

        await self._write(work)

    async def open_due(self, now: datetime) -> None:
        """Open the runs whose canary is over; a clock that was put back makes none longer. Halted, nothing opens."""

        def work(db: Database) -> None:
            latest = seconds(now + CANARY_LASTS)
            db.execute("update runs set opens = ? where state = 'canary' and opens > ?", [latest, latest])
            sql = "update runs set state = 'open' where state = 'canary' and fanned and opens <= ?"
            db.execute(sql, [seconds(now)])

        if not await self.halted():
            await self._write(work)

    async def pause(self, run: int, why: str) -> None:
        """Stop a run until an admin resumes it."""
        sql = "update runs set state = 'paused', why = ? where number = ? and state in ('canary', 'open')"
        await self._write(lambda db: db.execute(sql, [why, run]))

    async def abort(self, run: int, act: Act) -> bool:
        """End a run: what has not left does not leave, and none of its texts does for a day. False when it is over."""

        def work(db: Database) -> bool:
            sql = "update runs set state = 'aborted' where number = ? and closed is null and state <> 'aborted'"
            if not db.execute(sql, [run]).rowcount:
                return False
            stop = (
                "insert or replace into canaries select distinct hash, ?, 1 from editions where run = ? and html <> ''"
            )
            db.execute(stop, [seconds(act.at), run])
            note(db, act)
            return True

        return await self._write(work)

    async def halted(self) -> str:
        """Since when everything is halted; "" when nothing is."""
        return await self._do(lambda db: named(db, "halted"))

    async def halt(self, act: Act) -> None:
        """No more rows are claimed, also after a restart, until `resume`."""

        def work(db: Database) -> None:
            db.execute("insert or ignore into state values ('halted', ?)", [act.at.isoformat()])
            note(db, act)

        await self._write(work)

    async def resume(self, act: Act) -> None:
        """Go on, with what was paused too: as far as the admins were not shown it, they are first."""

        def work(db: Database) -> None:
            db.execute("delete from state where name = 'halted'")
            db.execute("update runs set state = 'canary', opens = null, why = '' where state = 'paused'")
            note(db, act)

        await self._write(work)

    async def under_way(self) -> Sequence[Run]:
        """The runs that are not closed, the oldest first."""
        return await self._do(lambda db: [run_of(row) for row in dicts(db, _UNDER_WAY)])

    async def progress(self, most: int = 10) -> Sequence[Progress]:
        """The last runs with their counts: those that are under way, then others that told somebody something."""

        def work(db: Database) -> Sequence[Progress]:
            rows = [*dicts(db, _UNDER_WAY), *dicts(db, _OVER, [most])][:most]
            return [Progress(run=run_of(row), counts=counts_of(db, row["number"])) for row in rows]

        # All rows of these runs are read, and there may be millions.
        return await self._beside(work)

    async def waiting(self, run: int) -> int:
        """How many recipients of a run wait for their message."""
        return int(await self._beside(lambda db: one(db, _WAITING, [run])))

    async def sweep(self, now: datetime) -> bool:
        """A step towards the end of runs that are over; whether there may be more to do."""
        return await self._write(lambda db: ending.sweep(db, seconds(now)))

    async def prune(self, now: datetime) -> bool:
        """A step of taking out what is long over; whether there may be more to do."""

        def work(db: Database) -> bool:
            db.execute("delete from canaries where at < ?", [seconds(now - CANARY_COUNTS)])
            return ending.prune(db, seconds(now))

        return await self._write(work)

    async def follow(self, channel: str, live: str) -> None:
        """Take what is live as told to a channel that nothing was told yet."""

        def work(db: Database) -> None:
            keep(db, "channel", channel)
            keep(db, "channel_seen", live)

        if await self._do(lambda db: named(db, "channel")) != channel:
            await self._write(work)

    async def channel_seen(self) -> str:
        """The revision that the channel was told last; "" when there is none."""
        return await self._do(lambda db: named(db, "channel_seen"))


def _slot(db: Database, plan: Plan) -> str:
    """Corrections are numbered from 1; none is ever taken out."""
    return plan.slot or f"correction/{one(db, _CORRECTIONS) + 1}"


def _lacks(db: Database, plans: Sequence[Plan]) -> bool:
    marks = ", ".join("?" * len(plans))
    return bool(one(db, f"select count(*) from runs where slot in ({marks})", [one.slot for one in plans]) < len(plans))


def _shown(db: Database, text: str, now: datetime) -> int | None:
    """Whether a text was shown to the admins and is still known to them: 1 when they stopped it, None when it was not."""
    sql = "select stopped from canaries where hash = ? and at > ?"
    found = one(db, sql, [text, seconds(now - CANARY_COUNTS)])
    return None if found is None else int(found)
