"""What is kept for a time only, and goes by itself. How long each column is kept stands in `bot.store.inventory`.

The audit trail is kept whole: it is a chain, and a chain without its beginning cannot be checked.
"""

from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.store import tombstones
from bot.store.connection import Connected, truncate_wal, writing

COUNTS_KEPT = timedelta(days=90)


class Retention(Connected):
    async def tidy(self, now: datetime) -> None:
        counts, old = (now - COUNTS_KEPT).date().isoformat(), (now - tombstones.KEPT).isoformat()

        def work(db: Database) -> None:
            with writing(db):
                db.execute("delete from counts where day < ?", [counts])
                db.execute("delete from tombstones where at < ?", [old])
            file = tombstones.beside(self._file)
            kept = tombstones.read(file)
            if kept != (young := tombstones.fresh(kept, now)):
                self._filed(lambda: tombstones.write(file, young))
            vacuum_if_due(db)

        await self._do(work)


def vacuum_if_due(db: Database) -> None:
    """Write the whole file anew when something was deleted of which a trace may be left in the files."""
    if db.execute("select 1 from state where name = 'vacuum'").fetchone():
        db.execute("vacuum")
        if truncate_wal(db):
            with writing(db):
                db.execute("delete from state where name = 'vacuum'")
