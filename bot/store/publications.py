"""What was made live, and the audit trail: who did what to it, when, in a chain (`bot.audit`)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlite_utils import Database

from bot.audit import Act, Entry, What, chained
from bot.store import Publication
from bot.store.connection import Connected


class Publications(Connected):
    """Publications and acts are only added to."""

    async def publish(self, publication: Publication, detail: str = "") -> None:
        at, revision, admin = publication.at, publication.revision, publication.admin
        what = What.PUBLISH if publication.how == "reload" else publication.how
        row = {"revision": revision, "at": at.isoformat(), "admin": admin, "how": publication.how}

        def work(db: Database) -> None:
            db.table("publications").insert(row)
            note(db, Act(at=at, admin=admin, act=what, revision=revision, detail=detail))

        await self._write(work)

    async def publications(self) -> Sequence[Publication]:
        return await self._do(
            lambda db: [
                Publication(
                    revision=row["revision"],
                    at=datetime.fromisoformat(row["at"]),
                    admin=row["admin"],
                    how=row["how"],
                    number=row["number"],
                )
                for row in db.table("publications").rows_where(order_by="number desc", limit=100)
            ]
        )

    async def note(self, act: Act) -> None:
        await self._write(lambda db: note(db, act))

    async def audit(self) -> Sequence[Entry]:
        return await self._do(lambda db: [Entry(**row) for row in db.table("audit").rows_where(order_by="number")])

    async def head(self) -> str:
        last = await self._do(_last)
        return last.hash if last else ""


def note(db: Database, act: Act) -> None:
    """Add an act to the trail, within the transaction of whoever calls."""
    db.table("audit").insert(asdict(chained(act, _last(db))))


def _last(db: Database) -> Entry | None:
    return next((Entry(**row) for row in db.table("audit").rows_where(order_by="number desc", limit=1)), None)
