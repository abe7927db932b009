"""How often something happened on a day: counts, of nobody."""

from datetime import date

from bot.store.connection import Connected

COUNT = "insert into counts values (?, ?, 1) on conflict do update set times = times + 1"


class Counts(Connected):
    async def count(self, day: date, what: str) -> None:
        await self._write(lambda db: db.execute(COUNT, [day.isoformat(), what]))

    async def counts(self, day: date) -> dict[str, int]:
        sql = "select what, times from counts where day = ?"
        return await self._do(lambda db: dict(db.execute(sql, [day.isoformat()]).fetchall()))
