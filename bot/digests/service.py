"""The digests of a running bot: every half minute it is looked what is due, and beside that what may leave is sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from bot.alarms import Alarm
from bot.delivery import Buttons
from bot.digests.canary import Canary
from bot.digests.promises import SETTLES
from bot.digests.sending import Sending
from bot.digests.slots import channel_due, due
from bot.office import Office
from bot.runs import Plan, Run, RunState

LOOK_EVERY = timedelta(seconds=30)
PRUNE_EVERY = timedelta(hours=1)
LETS_GO = 8.0
"""Seconds that what is on its way has at the end; what takes longer is settled at the next start."""

log = logging.getLogger(__name__)


class Digests:
    """Serves the slots that are due and sends what is open. `run` does so until it is cancelled; `serve` once."""

    def __init__(self, office: Office, buttons: Buttons) -> None:
        self._office = office
        self._canary, self._sending = Canary(office), Sending(office, buttons)
        self._one_at_a_time = asyncio.Lock()
        self._begun, self._pruned = False, datetime.min.replace(tzinfo=UTC)

    async def run(self, look_every: timedelta = LOOK_EVERY) -> None:
        """Look and send until it is cancelled. What fails is an alarm, and tried again; a long sending stops no look."""
        sending: asyncio.Task[object] | None = None
        try:
            while True:
                # At once: after a crash nobody waits longer than he has to.
                await self._safely(self.look)
                # Nothing is claimed before what an earlier process left is settled: it could not be told from ours.
                if self._begun and (sending is None or sending.done()):
                    sending = asyncio.create_task(self._safely(self._sending.work))
                if (now := self._office.clock()) - self._pruned >= PRUNE_EVERY:
                    self._pruned = now
                    await self._safely(self.prune)
                await asyncio.sleep(look_every.total_seconds())
        finally:
            await self._sending.close(LETS_GO)
            if sending:
                await asyncio.wait([sending], timeout=LETS_GO)

    async def serve(self) -> int:
        """Do everything that can be done now; how many messages arrived."""
        await self.look()
        arrived = await self._sending.work()
        await self.look()
        return arrived

    async def look(self) -> None:
        """Open runs for the slots that are due, write their recipients down, show them, open them, end them."""
        async with self._one_at_a_time:
            await self._begin()
            await self._open_runs()
            for run in await self._office.store.under_way():
                await self._fan_out(run)
            await self._sweep()
            await self._show()
            await self._office.store.open_due(self._office.clock())

    async def prune(self) -> None:
        """Take out what is long over, chunk after chunk."""
        more = True
        while more:
            more = await self._office.store.prune(self._office.clock())

    async def _safely(self, what: Callable[[], Awaitable[object]]) -> None:
        try:
            await what()
        except Exception as error:  # noqa: BLE001 - a digest is not worth the bot, and the next time may succeed
            self._office.alarms.sound(Alarm.STATE, f"digests: {type(error).__name__}")

    async def _begin(self) -> None:
        """Once, before anything is claimed: settle what another process left on its way."""
        if not self._begun:
            office = self._office
            if left := await office.store.recover(office.clock() + SETTLES):
                log.warning(
                    "%s messages were on their way when the bot ended: it is not known whether they arrived", left
                )
            self._begun = True

    async def _open_runs(self) -> None:
        office, now = self._office, self._office.clock()
        plans = [*due(await office.store.hours(), now), *await self._of_channel()]
        if plans and (opened := await office.store.open_runs(plans, office.live(), now)):
            log.info("%s digest runs are due", opened)

    async def _of_channel(self) -> list[Plan]:
        office, settings = self._office, self._office.settings
        if not settings.channel:
            return []
        await office.store.follow(settings.channel, office.live())
        plan = channel_due(settings.timezone, settings.digest_at, office.clock())
        return [plan] if plan else []

    async def _fan_out(self, run: Run) -> None:
        """Chunk after chunk, and whoever else wants the state in between."""
        last = run.fanned or run.state is not RunState.CANARY
        while not last:
            chunk = await self._office.store.fan_out(run.number, self._office.live())
            if chunk.lacking:
                await self._sending.compose(run, chunk.lacking)
            last = chunk.last

    async def _sweep(self) -> None:
        more = True
        while more:
            more = await self._office.store.sweep(self._office.clock())

    async def _show(self) -> None:
        store = self._office.store
        if await store.halted():
            return
        for run in await store.under_way():
            if run.state is RunState.CANARY and run.fanned and run.opens is None:
                await self._canary.show(run)
