"""Rows of recipients in the state: claimed before their messages leave, settled as each outcome comes.

A row that says `sending` is on the disk before the network is touched, so whoever is killed knows afterwards whose
message may have left: no more than were claimed.
"""

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.runs import Claimed, Claims, Kind, Lacking, Row, Verdict
from bot.store.connection import Connected
from bot.store.values import dicts, edition_of, keep, named, seconds
from bot.vault import KeyRefused, Vault

# Corrections first, then the one post that most people read.
_OPEN = """select number, kind from runs where state = 'open' and closed is null and not_after > ?
order by case kind when 'correction' then 0 when 'channel' then 1 else 2 end, number"""

# Whoever has another message on its way is not told until it is known what he has seen.
_NEXT = """select d.run, d.subscriber, d.attempts, d.repeat, s.sealed, coalesce(s.revision, :channel) as since,
e.html, e.text, e.facts from deliveries d left join subscribers s on s.id = d.subscriber
left join editions e on e.run = d.run and e.since = coalesce(s.revision, :channel) and e.revision = :live
    and e.repeat = d.repeat
where d.run = :run and d.state = 'pending' and d.not_before <= :now
and not exists (select 1 from deliveries o where o.subscriber = d.subscriber and o.state = 'sending')
order by d.not_before limit :most"""

_NOTHING = """update deliveries set state = iif(repeat, 'unknown', 'skipped')
where run = :run and subscriber = :subscriber"""

_CLAIM = """update deliveries set state = 'sending', attempts = :attempts, since = :since, revision = :live, epoch = :epoch
where run = :run and subscriber = :subscriber"""

_SETTLE = """update deliveries set state = :state, not_before = :not_before, repeat = :repeat, message = :message
where run = :run and subscriber = :subscriber and state = 'sending' and attempts = :attempts"""

# Who left while his message was on its way is counted by what became of it.
_NOT_LEFT = "update tallies set times = times - 1 where run = :run and state = 'left' and times > 0"
_TALLY = """insert into tallies values (:run, :state, 1) on conflict do update set times = times + 1"""

_ON_THEIR_WAY = """select d.subscriber, d.revision from deliveries d join runs r on r.number = d.run
where d.state = 'sending' and r.kind <> 'correction'"""


class Outbox(Connected):
    """At most one row of a subscriber is on its way at a time."""

    async def recover(self, again: datetime) -> int:
        """Settle what an earlier process left on its way, before anything is claimed; how many rows.

        It is unknown what became of it. A correction that was not repeated yet is, from `again` on.
        """

        def work(db: Database) -> int:
            keep(db, "epoch", str(int(named(db, "epoch") or 0) + 1))
            repeatable = "select number from runs where kind = 'correction' and state <> 'aborted'"
            repeated = db.execute(
                "update deliveries set state = 'pending', repeat = 1, not_before = ?"
                f" where state = 'sending' and not repeat and run in ({repeatable})",
                [seconds(again)],
            ).rowcount
            for subscriber, seen in db.execute(_ON_THEIR_WAY).fetchall():
                _saw(db, subscriber, seen)
            return repeated + db.execute("update deliveries set state = 'unknown' where state = 'sending'").rowcount

        return await self._write(work)

    async def claim_rows(self, most: int, live: str, now: datetime) -> Claims:
        """Up to `most` recipients whose messages leave now, with what each is told; none while everything is halted.

        What a recipient is told is what is new since the revision that he has seen by now, up to the live one; when
        that is nothing, his row is skipped.
        """
        vault = self._vault
        return await self._write(lambda db: _claims(db, vault, most, live, seconds(now)))

    async def settle(self, claimed: Claimed, verdict: Verdict) -> None:
        """Write down what became of a claimed row. Of one who left meanwhile it is only counted."""
        await self._write(lambda db: _settle(db, claimed, verdict))


def _claims(db: Database, vault: Vault, most: int, live: str, now: int) -> Claims:
    rows: list[Claimed] = []
    lacking: list[Lacking] = []
    runs = [] if named(db, "halted") else db.execute(_OPEN, [now]).fetchall()
    for number, kind in runs:
        since: set[str] = set()
        for row in _next(db, number, now, live, most - len(rows)):
            if row["html"] is None:
                since.add(row["since"])
            elif claimed := _claimed(db, vault, Kind(kind), row, live):
                rows.append(claimed)
        if since:
            lacking.append(Lacking(run=number, since=tuple(sorted(since))))
        if len(rows) >= most:
            break
    return Claims(rows=tuple(rows), lacking=tuple(lacking))


def _next(db: Database, run: int, now: int, live: str, most: int) -> list[dict[str, Any]]:
    """The rows whose turn it is, each with its edition where there is one; those with an empty one are over."""
    values = {"run": run, "now": now, "live": live, "most": most, "channel": named(db, "channel_seen")}
    while True:
        found = list(dicts(db, _NEXT, values))
        empty = [row for row in found if row["html"] == ""]
        for row in empty:
            db.execute(_NOTHING, {**row, "run": run})
            _saw(db, row["subscriber"], live)
        if not empty:
            return found


def _claimed(db: Database, vault: Vault, kind: Kind, row: dict[str, Any], live: str) -> Claimed | None:
    """A row that is on its way from now on. None when its chat id cannot be read: that row has failed."""
    attempts = row["attempts"] + 1
    try:
        chat = vault.open(row["sealed"]) if row["sealed"] else 0
    except KeyRefused:
        db.execute("update deliveries set state = 'failed' where run = :run and subscriber = :subscriber", row)
        return None
    db.execute(_CLAIM, {**row, "attempts": attempts, "live": live, "epoch": int(named(db, "epoch") or 0)})
    return Claimed(
        run=row["run"],
        kind=kind,
        subscriber=row["subscriber"],
        chat=chat,
        attempts=attempts,
        edition=edition_of({**row, "revision": live}),
    )


def _settle(db: Database, claimed: Claimed, verdict: Verdict) -> None:
    row = {
        "run": claimed.run,
        "subscriber": claimed.subscriber,
        "attempts": claimed.attempts,
        "state": verdict.row,
        "not_before": seconds(verdict.not_before) if verdict.not_before else 0,
        "repeat": verdict.repeat,
        "message": verdict.message or None,
    }
    if not db.execute(_SETTLE, row).rowcount:
        if verdict.row is not Row.PENDING and db.execute(_NOT_LEFT, row).rowcount:
            db.execute(_TALLY, row)
    elif verdict.seen and claimed.kind is not Kind.CORRECTION:
        _saw(db, claimed.subscriber, claimed.edition.revision)


def _saw(db: Database, subscriber: int, revision: str) -> None:
    if subscriber:
        db.execute("update subscribers set revision = ? where id = ?", [revision, subscriber])
    else:
        keep(db, "channel_seen", revision)
