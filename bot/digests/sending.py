"""The outbox is emptied: rows are claimed, sent side by side, and settled as each outcome comes."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable

from answers.render import Rendered
from bot.alarms import Alarm
from bot.delivery import Buttons, Sent
from bot.digests.editions import editions
from bot.digests.promises import verdict
from bot.office import Office
from bot.outcomes import Outcome
from bot.runs import Claimed, Edition, Kind, Run, Verdict
from bot.store import NotWritten

AT_ONCE = 10
"""Rows that are on their way at a time: so many may be unknown after a crash, and leave after a halt."""

MOST_REFUSED = 3
"""Messages in a row that Telegram will not have: it is ours that is wrong, and the run is paused."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds until an outcome is written again that the state did not take."""

log = logging.getLogger(__name__)


class Sending:
    """Sends what may leave. One task uses it."""

    def __init__(self, office: Office, buttons: Buttons) -> None:
        self._office, self._buttons = office, buttons
        self._flying: set[asyncio.Task[bool]] = set()
        self._refused: Counter[int] = Counter()
        self._stopped = False

    async def work(self) -> int:
        """Send until nothing is left that may leave now; how many messages arrived."""
        arrived = 0
        while await self._claim() or self._flying:
            if self._flying:
                done, self._flying = await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
                arrived += sum(task.result() for task in done)
        return arrived

    async def compose(self, run: Run, since: Iterable[str]) -> None:
        """Make the editions of a run since these revisions, and add them."""
        office = self._office
        made = [edition for one in since for edition in await asyncio.to_thread(_made, office, run, one)]
        await office.store.add_editions(run.number, made, office.clock())

    async def close(self, within: float) -> None:
        """Claim no more, and wait for what is on its way; what takes longer stays `sending`, and is settled at the start."""
        self._stopped = True
        if self._flying:
            await asyncio.wait(self._flying, timeout=within)
        for task in self._flying:
            task.cancel()

    async def _claim(self) -> bool:
        """Take rows for the places that are free, once half of them are; whether there is more to do at once."""
        if self._stopped or len(self._flying) > AT_ONCE // 2:
            return False
        office = self._office
        claims = await office.store.claim_rows(AT_ONCE - len(self._flying), office.live(), office.clock())
        for claimed in claims.rows:
            self._flying.add(asyncio.create_task(self._send(claimed)))
        if claims.lacking:
            runs = {run.number: run for run in await office.store.under_way()}
            for lacking in claims.lacking:
                await self.compose(runs[lacking.run], lacking.since)
        return bool(claims.rows or claims.lacking)

    async def _send(self, claimed: Claimed) -> bool:
        sent = await self._sent(claimed)
        await self._settle(claimed, verdict(claimed, sent, self._office.clock()))
        if sent.outcome is Outcome.SENT and claimed.chat:
            self._office.seen.keep(claimed.chat, claimed.edition.facts)
        await self._heed(claimed, sent.outcome)
        return sent.outcome is Outcome.SENT

    async def _sent(self, claimed: Claimed) -> Sent:
        office, rendered = self._office, Rendered(html=claimed.edition.html, text=claimed.edition.text)
        if claimed.kind is Kind.CHANNEL:
            return await office.delivery.post(office.settings.channel, rendered)
        return await office.delivery.bulk(claimed.chat, rendered, self._buttons)

    async def _settle(self, claimed: Claimed, outcome: Verdict) -> None:
        """Write an outcome down, again and again while the state cannot be written: it is known only here."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._office.store.settle(claimed, outcome)
            except NotWritten as why:
                self._office.alarms.sound(Alarm.STATE, type(why).__name__)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                return

    async def _heed(self, claimed: Claimed, outcome: Outcome) -> None:
        """Pause a run of which Telegram will have nothing."""
        if outcome is Outcome.SENT:
            self._refused.pop(claimed.run, None)
        elif outcome is Outcome.REFUSED:
            self._refused[claimed.run] += 1
            if self._refused[claimed.run] >= MOST_REFUSED:
                self._refused.pop(claimed.run)
                await self._office.store.pause(claimed.run, "Telegram does not take what it tells")
                self._office.alarms.sound(Alarm.RUN_PAUSED, f"run {claimed.run}")


def _made(office: Office, run: Run, since: str) -> list[Edition]:
    return list(editions(office.desk, office.settings.fact_bases, run, since, office.today()))
