"""What is done again and again while the bot runs: dropping from memory and from the state what is kept for a time only."""

import asyncio
import logging
from datetime import timedelta

from bot.intake import Intake
from bot.logs import described
from bot.office import Office

EVERY = timedelta(seconds=30)
TIDIED_EVERY = timedelta(hours=1)
log = logging.getLogger(__name__)


async def keeping_house(office: Office, intake: Intake, every: timedelta = EVERY) -> None:
    """For as long as the bot runs. One failure is logged and does not end the rest."""
    tidied = office.clock()
    while True:
        await asyncio.sleep(every.total_seconds())
        office.recent.forget()
        office.seen.forget()
        office.turns.forget()
        due = abs(office.clock() - tidied) >= TIDIED_EVERY
        tidied = office.clock() if due else tidied
        await _kept(office, intake, tidy=due)


async def _kept(office: Office, intake: Intake, *, tidy: bool) -> None:
    try:
        intake.forget()
        if tidy:
            await office.store.tidy(office.clock())
    except Exception as error:  # noqa: BLE001 - the next time it may succeed
        log.error("the house could not be kept: %s", described(error))
