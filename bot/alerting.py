"""Telling the admins of alarms, one after another. What becomes of a telling is not told again: an alarm that it
sounds itself comes at most once an hour like any other.
"""

import asyncio

from bot.office import Office
from bot.pages import AlarmPage


async def alerting(office: Office) -> None:
    """Tell every admin of each alarm, in private, for as long as the bot runs."""
    while True:
        sounded = await office.alarms.next()
        page = office.page(AlarmPage(alarm=sounded.alarm, detail=sounded.detail))
        # Side by side: one who cannot be reached keeps nobody waiting, and one failure does not end the telling.
        await asyncio.gather(*(office.delivery.send(admin, page) for admin in office.admins), return_exceptions=True)
