"""What is to leave is shown to the admins first, with a minute to stop it. Nobody has to say yes: a night is no reason
to miss a digest.
"""

import logging
from datetime import timedelta

from answers.render import Rendered
from bot.alarms import Alarm
from bot.audit import Act
from bot.delivery import Button, Buttons
from bot.office import Office
from bot.outcomes import Outcome
from bot.runs import Edition, Run

LASTS = timedelta(seconds=60)
MOST = 5
"""Admins who are shown it."""

_ARRIVED = frozenset((Outcome.SENT, Outcome.UNKNOWN))
_LATER = frozenset((Outcome.NOT_SENT, Outcome.HALTED, Outcome.MOVED))
log = logging.getLogger(__name__)


class Canary:
    """Shows a run to the admins and says when it opens."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, run: Run) -> None:
        """Show what no admin was shown yet. Without one who can be reached, or with nothing to show, the run opens now.

        When Telegram will not have it, the run is paused. When the Bot API cannot be reached, it is tried later.
        """
        store, now = self._office.store, self._office.clock()
        editions, stopped = await store.unshown(run.number, self._office.live(), now)
        if stopped:
            await self._stop(run)
            return
        buttons = await self._buttons(run) if editions else ()
        tries = [(edition, await self._tried(edition, buttons)) for edition in editions]
        outcomes = {outcome for _, found in tries for outcome in found}
        if Outcome.REFUSED in outcomes:
            await store.pause(run.number, "Telegram does not take what it tells")
            self._office.alarms.sound(Alarm.CANARY_FAILED, run.slot)
            return
        shown = [edition for edition, found in tries if found & _ARRIVED or not found & _LATER]
        opens = self._office.clock() + LASTS if outcomes & _ARRIVED else now
        await store.show(run.number, shown, opens if len(shown) == len(tries) else None, now)

    async def _tried(self, edition: Edition, buttons: Buttons) -> set[Outcome]:
        """What became of an edition with each of the admins."""
        rendered = Rendered(html=edition.html, text=edition.text)
        admins = sorted(self._office.admins)[:MOST]
        return {(await self._office.delivery.bulk(admin, rendered, buttons)).outcome for admin in admins}

    async def _buttons(self, run: Run) -> Buttons:
        waiting = await self._office.store.waiting(run.number)
        words = self._office.words("Stop: it goes to %(count)s in a minute", count=waiting)
        return [[Button(words, f"k:cancel:{run.number}")]]

    async def _stop(self, run: Run) -> None:
        """A text that an admin stopped somewhere leaves nowhere."""
        act = Act(
            at=self._office.clock(), admin=0, act="digest stopped", detail=f"{run.slot}: its text was stopped before"
        )
        await self._office.store.abort(run.number, act)
        log.warning("run %s is not sent: an admin stopped its text before", run.slot)
