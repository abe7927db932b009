"""What is kept for a time only, and goes by itself. How long each column is kept stands in `bot.store.inventory`.

The audit trail is kept whole: it is a chain, and a chain without its beginning cannot be checked.
"""

import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.store import NotWritten, tombstones
from bot.store.connection import Connected, truncate_wal, writing

COUNTS_KEPT = timedelta(days=90)
_ANY_OLD = """select exists (select 1 from counts where day < :counts)
or exists (select 1 from tombstones where at < :tombstones)"""


class Retention(Connected):
    async def tidy(self, now: datetime) -> None:
        values = {"counts": (now - COUNTS_KEPT).date().isoformat(), "tombstones": (now - tombstones.KEPT).isoformat()}

        def work(db: Database) -> None:
            # Looked at often, so that what is read is cheap and nothing is written that changes nothing.
            if db.execute(_ANY_OLD, values).fetchone()[0]:
                with writing(db):
                    db.execute("delete from counts where day < :counts", values)
                    db.execute("delete from tombstones where at < :tombstones", values)
            file = tombstones.beside(self._file)
            kept = tombstones.read(file)
            if kept != (young := tombstones.fresh(kept, now)):
                self._filed(lambda: tombstones.write(file, young))
            vacuum_if_due(db)

        await self._do(work)


def vacuum_if_due(db: Database) -> None:
    """Write the whole file anew when something was deleted of which a trace may be left in the files.

    Without room for that, or while another process holds it up, it stays due.
    """
    if db.execute("select 1 from state where name = 'vacuum'").fetchone():
        with suppress(sqlite3.OperationalError):
            db.execute("vacuum")
            clean(db)


def clean(db: Database) -> None:
    """Empty the log beside the database and note that no trace is left; nothing while another process reads it."""
    if truncate_wal(db):
        with suppress(NotWritten), writing(db):
            db.execute("delete from state where name = 'vacuum'")
