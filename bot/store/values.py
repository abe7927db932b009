"""Rows of runs to values and back. Times are whole Unix seconds there, lists of facts lines of a text."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from bot.runs import Edition, Kind, Plan, Row, Run, RunState

Values = Sequence[Any] | dict[str, Any]


def dicts(db: Database, sql: str, values: Values = ()) -> Iterator[dict[str, Any]]:
    found = db.execute(sql, values)
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found.fetchall())


def one(db: Database, sql: str, values: Values = ()) -> Any:
    """The first value of the first row; None when there is no row."""
    found = db.execute(sql, values).fetchone()
    return found[0] if found else None


def named(db: Database, name: str) -> str:
    """What the state holds under a name; "" when there is nothing."""
    return one(db, "select value from state where name = ?", [name]) or ""


def keep(db: Database, name: str, value: str) -> None:
    db.execute("insert or replace into state values (?, ?)", [name, value])


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def run_of(row: Mapping[str, Any]) -> Run:
    return Run(
        number=row["number"],
        slot=row["slot"],
        kind=Kind(row["kind"]),
        state=RunState(row["state"]),
        opened=moment(row["opened"]),
        opens=None if row["opens"] is None else moment(row["opens"]),
        not_after=moment(row["not_after"]),
        fanned=bool(row["fanned"]),
        why=row["why"],
        facts=tuple(row["facts"].splitlines()),
    )


def row_of(plan: Plan, slot: str, live: str, now: datetime) -> dict[str, Any]:
    return {
        "slot": slot,
        "kind": plan.kind,
        "revision": live,
        "publication": plan.publication or None,
        "facts": "\n".join(plan.facts),
        "zone": plan.hour and plan.hour.zone.key,
        "at": plan.hour and f"{plan.hour.at:%H:%M}",
        "day": plan.hour and plan.day and plan.day.isoformat(),
        "opened": seconds(now),
        "not_after": seconds(plan.not_after),
    }


def edition_of(row: Mapping[str, Any]) -> Edition:
    return Edition(
        since=row["since"],
        revision=row["revision"],
        repeat=bool(row["repeat"]),
        html=row["html"],
        text=row["text"],
        facts=tuple(row["facts"].splitlines()),
    )


def row_of_edition(run: int, edition: Edition) -> dict[str, Any]:
    return {
        "run": run,
        "since": edition.since,
        "revision": edition.revision,
        "repeat": edition.repeat,
        "html": edition.html,
        "text": edition.text,
        "facts": "\n".join(edition.facts),
        "hash": hash_of(edition.html),
    }


def hash_of(html: str) -> str:
    return hashlib.sha256(html.encode(errors="replace")).hexdigest()


def counts_of(db: Database, run: int) -> dict[Row, int]:
    """How many recipients of a run stand where, with those whose rows are gone."""
    sql = """select state, sum(times) from (
        select state, count(*) as times from deliveries where run = :run group by state
        union all select state, times from tallies where run = :run) group by state having sum(times) > 0"""
    return {Row(state): times for state, times in db.execute(sql, {"run": run}).fetchall()}
