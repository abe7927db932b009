"""Copies of a state: how one is taken while the bot runs, and how one becomes the state again.

A copy that is put back resumes nothing by itself: whoever got a digest since it was taken would get it again.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot import private
from bot.audit import Act
from bot.store import CannotOpen, tombstones
from bot.store.connection import connected, reading, truncate_wal, writing
from bot.store.publications import note
from bot.store.sqlite import opened
from bot.vault import KeyRefused, Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What stands in a state that was put back: when its copy was taken, and what was done to it.

    `forgotten`: rows taken out, of people who asked for it since; `ended`: runs that were under way.
    """

    copied_at: datetime
    subscribers: int
    forgotten: int
    ended: int


def copy(state: Path, into: Path, now: datetime) -> None:
    """Copy a state, as it is at this moment, into an empty file. It may be in use. Raises `CannotOpen`."""
    try:
        with closing(reading(state)) as db:
            db.execute("vacuum into ?", [str(into)])
        with closing(sqlite3.connect(into)) as made:
            made.execute("pragma journal_mode = delete").fetchall()
            made.execute("insert or replace into state values ('copied_at', ?)", [now.isoformat()])
            made.commit()
            _whole(made)
    except sqlite3.Error as error:
        raise CannotOpen(f"the state {state} cannot be copied: {error}") from error


def copied_at(copy: Path) -> datetime:
    """When a copy was taken. Raises `CannotOpen` when it is damaged or is no copy of a state."""
    try:
        with closing(sqlite3.connect(copy)) as db:
            _whole(db)
            return datetime.fromisoformat(db.execute("select value from state where name = 'copied_at'").fetchone()[0])
    except (sqlite3.Error, TypeError, ValueError) as error:
        raise CannotOpen(f"this is no whole copy of a state: {error}") from error


def _whole(db: sqlite3.Connection) -> None:
    found = db.execute("pragma integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def tombstones_of(state: Path) -> dict[bytes, datetime]:
    """Everybody who was forgotten, by a state and by the file beside it: whichever of the two can still be read."""
    held = tombstones.read(tombstones.beside(state))
    try:
        with closing(reading(state)) as db:
            return tombstones.united(held, _held(db))
    except (sqlite3.Error, OSError, ValueError):
        return held


def _held(db: Database) -> dict[bytes, datetime]:
    if "tombstones" not in db.table_names():
        return {}
    return {row["hash"]: datetime.fromisoformat(row["at"]) for row in db.table("tombstones").rows}


def settle(copy: Path, key: Path, forgotten: tombstones.Tombstones, now: datetime) -> Restored:
    """Make a copy fit to be the state: up to date, without those who asked to be forgotten since, with nothing under way.

    Raises `CannotOpen` when it was sealed with another key than this one.
    """
    taken = copied_at(copy)
    db, vault = opened(copy, key)
    with closing(db):
        with writing(db):
            gone = _bury(db, vault, forgotten)
            ended = _end_runs(db)
            db.execute("delete from state where name = 'copied_at'")
            db.execute("insert or replace into state values ('restored_at', ?)", [now.isoformat()])
            detail = f"of a backup of {taken:%Y-%m-%d %H:%M}: {gone} forgotten again, {ended} runs ended"
            note(db, Act(at=now, admin=0, act="restore", detail=detail))
        db.execute("vacuum")
        truncate_wal(db)
        return Restored(copied_at=taken, subscribers=db.table("subscribers").count, forgotten=gone, ended=ended)


def _bury(db: Database, vault: Vault, forgotten: tombstones.Tombstones) -> int:
    """Take out who was forgotten after the copy was taken. Whoever subscribed again before it was, stays; a row that
    cannot be opened goes too, for nobody can say whose it is.
    """
    since = tombstones.later(forgotten, _held(db))
    rows = db.execute("select id, sealed from subscribers").fetchall()
    gone = [(number,) for number, sealed in rows if _is_gone(sealed, vault, since)]
    db.conn.executemany("delete from subscribers where id = ?", gone)
    db.conn.executemany(
        "insert or replace into tombstones values (?, ?)", [(hashed, at.isoformat()) for hashed, at in since.items()]
    )
    return len(gone)


def _is_gone(sealed: bytes, vault: Vault, since: tombstones.Tombstones) -> bool:
    try:
        return vault.tombstone(vault.open(sealed)) in since
    except KeyRefused:
        return True


def _end_runs(db: Database) -> int:
    """End every run that was under way; a person starts another one if it is still wanted."""
    if "runs" not in db.table_names():
        return 0
    return db.execute("update runs set state = 'aborted' where closed is null and state <> 'aborted'").rowcount


def put_back(copy: Path, state: Path, *, keep: Path | None) -> None:
    """Put a settled copy in the place of the state, which nobody uses; keep what stood there under another name."""
    _leave_whole(state)
    for suffix in ("-wal", "-shm"):
        beside = state.with_name(state.name + suffix)
        if keep and beside.exists():
            beside.replace(keep.with_name(keep.name + suffix))
        beside.unlink(missing_ok=True)
    if keep and state.exists():
        keep.unlink(missing_ok=True)
        keep.hardlink_to(state)
    private.put(copy, state)


def _leave_whole(state: Path) -> None:
    """Bring into a database what stands in its log, so that it is whole without it; a damaged one stays as it is."""
    if state.exists():
        try:
            with closing(connected(state)) as db:
                truncate_wal(db)
        except sqlite3.Error:
            return
