"""What a person may ask about himself: to be forgotten, and to see what is kept.

Forgotten means that no byte of him is left in the files of the state: the row is deleted and overwritten, the log beside
the database emptied, and the file searched; a copy that SQLite left behind when it moved rows about is cleaned out by
writing the whole file anew. What stays is a tombstone (`bot.store.tombstones`).
"""

import os
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.store import tombstones
from bot.store.connection import Connected, truncate_wal, writing
from bot.store.retention import clean, vacuum_if_due
from bot.store.subscribers import LEAVE

_BURY = "insert into tombstones values (?, ?) on conflict do update set at = excluded.at"
_CHUNK = 1 << 22


class Own(Connected):
    async def forget(self, chat: int, now: datetime) -> bool:
        tag, hashed = self._vault.tag(chat), self._vault.tombstone(chat)

        def work(db: Database) -> bool:
            found = db.execute("select sealed from subscribers where tag = ?", [tag]).fetchone()
            # Before the row goes: were the database lost in between, a backup would not bring him back.
            self._bury(hashed, now)
            with writing(db):
                db.execute(LEAVE, [tag])
                db.execute(_BURY, [hashed, now.isoformat()])
                db.execute("insert or ignore into state values ('vacuum', 'due')")
            self._wipe(db, [tag, *(found or ())])
            return found is not None

        return await self._do(work)

    async def export(self, chat: int) -> dict[str, Any]:
        tag, hashed = self._vault.tag(chat), self._vault.tombstone(chat)

        def work(db: Database) -> dict[str, Any]:
            mine = next(iter(db.table("subscribers").rows_where("tag = ?", [tag])), None)
            forgotten = db.execute("select at from tombstones where hash = ?", [hashed]).fetchone()
            told: dict[str, Any] = {"chat": chat}
            told |= {"forgotten": forgotten[0]} if forgotten else {}
            return told | (_rows(db, mine) if mine else {})

        return await self._do(work)

    def _bury(self, hashed: bytes, now: datetime) -> None:
        file = tombstones.beside(self._file)
        self._filed(lambda: tombstones.write(file, tombstones.united(tombstones.read(file), {hashed: now})))

    def _wipe(self, db: Database, needles: Iterable[bytes]) -> None:
        """See that none of these bytes is left in the files. What stands in the way of it now is left to `tidy`."""
        if truncate_wal(db):
            if self._holds(needles):
                vacuum_if_due(db)
            else:
                clean(db)

    def _holds(self, needles: Iterable[bytes]) -> bool:
        """Whether the database file holds one of these anywhere. Read through a descriptor that stays open: to close
        one takes away the locks that SQLite holds on the file.
        """
        longest, at, rest = max(map(len, needles)), 0, b""
        while chunk := os.pread(self._raw, _CHUNK, at):
            window = rest + chunk
            if any(needle in window for needle in needles):
                return True
            at, rest = at + len(chunk), window[-longest:]
        return False


def _rows(db: Database, mine: dict[str, Any]) -> dict[str, Any]:
    """His row as it stands, but for what only the program can read, and whatever refers to it in other tables."""
    told: dict[str, Any] = {"subscription": {name: mine[name] for name in mine if name not in {"id", "tag", "sealed"}}}
    for table in db.tables:
        if any(column.name == "subscriber" for column in table.columns):
            rows = table.rows_where("subscriber = ?", [mine["id"]])
            told[table.name] = [
                {name: row[name] for name in row if name not in {"subscriber", "person"}} for row in rows
            ]
    return told
