"""Telling the subscribers at once that what they were told does not hold: when that is offered, and how it begins."""

import asyncio
from collections.abc import Sequence
from contextlib import closing

from answers import digest
from answers.errors import FactBaseDamaged
from answers.factbase import FactBase
from bot.digests.slots import correction
from bot.office import Office
from bot.store import Publication


async def offered(office: Office) -> int:
    """The number of the last publication, if it withdrew or changed what readers had been told, and there are any; else 0."""
    history = await office.store.publications()
    return history[0].number if await office.store.hours() and await _touched(office, history) else 0


async def tell(office: Office, publication: int, admin: int) -> bool:
    """Open the run that tells it; False when that was done before, or something else was published since."""
    history, now = await office.store.publications(), office.clock()
    facts = await _touched(office, history)
    if not facts or history[0].number != publication:
        return False
    opened = await office.store.open_runs([correction(publication, facts, now)], office.live(), now)
    if opened:
        await office.note(admin, "tell a correction", f"publication {publication}: {len(facts)} facts")
    return bool(opened)


async def _touched(office: Office, history: Sequence[Publication]) -> tuple[str, ...]:
    """The facts that the last publication withdrew or changed, for readers; none when it cannot be told any more."""
    return await asyncio.to_thread(_facts, office, history[1].revision) if len(history) > 1 else ()


def _facts(office: Office, before: str) -> tuple[str, ...]:
    try:
        with closing(FactBase.open(office.settings.fact_bases / f"{before}.sqlite")) as base:
            return tuple(sorted(digest.touched(digest.compare(base, office.desk.snapshot.base))))
    except FactBaseDamaged:
        return ()
