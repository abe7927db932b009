"""How often something happened on a day: counts, of nobody.

A count is not worth waiting for: while one is being written, those that come meanwhile are written together after it. So
a state that is locked or full holds up one caller and not all.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from bot.store.connection import Connected
from bot.vault import Vault

_COUNT = "insert into counts values (?, ?, ?) on conflict do update set times = times + excluded.times"


class Counts(Connected):
    def __init__(self, db: Database, vault: Vault | None, file: Path, thread: ThreadPoolExecutor) -> None:
        super().__init__(db, vault, file, thread)
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._counting = False

    async def count(self, day: date, what: str) -> None:
        self._waiting[day.isoformat(), what] += 1
        await self._count_all()

    async def _count_all(self) -> None:
        if self._counting:
            return
        self._counting = True
        try:
            await self._write_waiting()
        finally:
            self._counting = False

    async def _write_waiting(self) -> None:
        while batch := self._waiting:
            self._waiting = Counter()
            rows = [(day, what, times) for (day, what), times in batch.items()]

            def work(db: Database, rows: list[tuple[str, str, int]] = rows) -> None:
                db.conn.executemany(_COUNT, rows)

            try:
                await self._write(work)
            except BaseException:
                self._waiting.update(batch)
                raise

    async def counts(self, day: date) -> dict[str, int]:
        sql = "select what, times from counts where day = ?"
        found = Counter(dict(await self._do(lambda db: db.execute(sql, [day.isoformat()]).fetchall())))
        return dict(found + Counter({what: times for (on, what), times in self._waiting.items() if on == str(day)}))
