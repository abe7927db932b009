"""How runs end, what is left in them, and how they are taken out after a week: each step of it a chunk of rows."""

from datetime import timedelta

from sqlite_utils import Database

from bot.runs import RunState
from bot.store.values import dicts, one

KEPT = timedelta(days=7)
"""How long the rows of a closed run are kept; what they counted stays."""

STEP = 2_500
"""Rows that one step changes: fewer than at the beginning of a run, for each is found, changed and counted by itself."""

LONGEST_WAIT = 3600
"""Seconds that a row waits for its next try at most."""

# Left to itself SQLite would read all the rows of the run, of which a million may be settled.
_WAITS = "select 1 from deliveries indexed by deliveries_pending where run = ? and state = 'pending' limit 1"
_ON_ITS_WAY = "select 1 from deliveries indexed by deliveries_sending where run = ? and state = 'sending' limit 1"
_WAITING = "select subscriber from deliveries indexed by deliveries_pending where run = ? and state = 'pending' limit ?"


def sweep(db: Database, now: int) -> bool:
    """Skip a chunk of what is left in runs that were ended or have expired, and close what is finished; more to do?"""
    for run in dicts(db, "select number, state, not_after, fanned from runs where closed is null"):
        number, ended = run["number"], run["state"] == RunState.ABORTED or run["not_after"] <= now
        if ended and _skip(db, number):
            return True
        _mend(db, number, now)
        if (ended or run["fanned"]) and not _left(db, number):
            sql = "update runs set closed = ?, state = iif(state = 'aborted', state, 'done') where number = ?"
            db.execute(sql, [now, number])
    return False


def _skip(db: Database, run: int) -> bool:
    """What may have arrived once stays unknown; the rest is skipped."""
    sql = (
        f"update deliveries set state = iif(repeat, 'unknown', 'skipped') where run = ? and subscriber in ({_WAITING})"
    )
    return db.execute(sql, [run, run, STEP]).rowcount > 0


def _mend(db: Database, run: int, now: int) -> None:
    """A row that is to wait longer than any does was written before the clock was put back."""
    sql = "update deliveries set not_before = ? where run = ? and state = 'pending' and not_before > ?"
    db.execute(sql, [now, run, now + LONGEST_WAIT])


def _left(db: Database, run: int) -> bool:
    """Whether somebody still waits for his message, or it is on its way."""
    return any(one(db, sql, [run]) for sql in (_WAITS, _ON_ITS_WAY))


def prune(db: Database, now: int) -> bool:
    """Take a chunk of the rows of one run out that was closed long enough ago; more to do?"""
    old = now - int(KEPT.total_seconds())
    run = one(db, "select number from runs where closed < ? and not pruned limit 1", [old])
    if run is None:
        return False
    rows = "select subscriber from deliveries where run = ? limit ?"
    sql = f"delete from deliveries where run = ? and subscriber in ({rows})"
    if not db.execute(sql, [run, run, STEP]).rowcount:
        db.execute("delete from editions where run = ?", [run])
        db.execute("update runs set pruned = 1 where number = ?", [run])
        # Of a day on which nobody was told anything there is nothing to be known.
        nobody = "not exists (select 1 from tallies where tallies.run = runs.number)"
        db.execute(f"delete from runs where number = ? and kind = 'routine' and {nobody}", [run])
    return True
