"""A run's recipients, written down chunk by chunk. The cursor is stored with the run: whoever is stopped goes on there."""

from typing import Any

from sqlite_utils import Database

from bot.runs import Chunk, Kind
from bot.store.values import dicts, keep, named, one

CHUNK = 5_000
"""Rows that one transaction writes: some 50 ms (ten thousand took 94), so that nobody else waits longer for the state."""

_ALL = "select id, revision from subscribers where id > :cursor order by id limit :chunk"
_OF_HOUR = """select id, revision from subscribers
where zone = :zone and at = :at and id > :cursor and slot < :day order by id limit :chunk"""
_THEY = "s.id > :cursor and s.id <= :upto"
_OF_HOUR_THEY = f"s.zone = :zone and s.at = :at and {_THEY} and s.slot < :day"
_EDITION = "e.run = :number and e.since = s.revision and e.revision = :live and e.repeat = 0"


def fan_out(db: Database, number: int, live: str) -> Chunk:
    """Write down the next recipients of a run, and their slot as served; those for whom nothing is new get no row."""
    run = {**next(dicts(db, "select * from runs where number = ?", [number])), "live": live, "chunk": CHUNK}
    return _to_the_channel(db, run) if run["kind"] == Kind.CHANNEL else _to_subscribers(db, run)


def _to_subscribers(db: Database, run: dict[str, Any]) -> Chunk:
    chunk = _OF_HOUR if run["day"] else _ALL
    run["upto"], found = db.execute(f"select max(id), count(*) from ({chunk})", run).fetchone()
    unmade = f"select distinct s.revision from ({chunk}) s where not exists (select 1 from editions e where {_EDITION})"
    lacking = tuple(since for (since,) in db.execute(unmade, run))
    if lacking:
        return Chunk(lacking=lacking)
    if found:
        _write_down(db, run)
    db.execute(
        "update runs set cursor = coalesce(:upto, cursor), fanned = :fanned where number = :number",
        {**run, "fanned": found < CHUNK},
    )
    return Chunk(last=found < CHUNK)


def _write_down(db: Database, run: dict[str, Any]) -> None:
    they = _OF_HOUR_THEY if run["day"] else _THEY
    db.execute(
        "insert into deliveries (run, subscriber, state) select :number, s.id, 'pending' from subscribers s"
        f" join editions e on {_EDITION} where {they} and e.html <> ''",
        run,
    )
    _supersede(db, run)
    if run["day"]:
        nothing = f"exists (select 1 from editions e where {_EDITION} and e.html = '')"
        sql = f"update subscribers as s set slot = :day, revision = iif({nothing}, :live, s.revision) where {they}"
        db.execute(sql, run)


def _supersede(db: Database, run: dict[str, Any]) -> None:
    """What an older routine run still has for those who are told now is told by this one, or by their next digest."""
    older = "select number from runs where kind = 'routine' and closed is null and number < :number"
    for (number,) in db.execute(older, run).fetchall():
        db.execute(
            "update deliveries as d set state = 'skipped' where d.run = :older and d.state = 'pending'"
            " and d.subscriber > :cursor and d.subscriber <= :upto"
            " and exists (select 1 from deliveries n where n.run = :number and n.subscriber = d.subscriber)",
            {**run, "older": number},
        )


def _to_the_channel(db: Database, run: dict[str, Any]) -> Chunk:
    since = named(db, "channel_seen")
    sql = "select html from editions where run = ? and since = ? and revision = ? and repeat = 0"
    html = one(db, sql, [run["number"], since, run["live"]])
    if html is None:
        return Chunk(lacking=(since,))
    if html:
        db.execute("insert into deliveries (run, subscriber, state) values (?, 0, 'pending')", [run["number"]])
    else:
        keep(db, "channel_seen", run["live"])
    db.execute("update runs set fanned = 1 where number = ?", [run["number"]])
    return Chunk(last=True)
