"""The loop: fetch a page, take what is new, work on it, acknowledge what is finished. It knows no Telegram objects.

What is unfinished after a quarter of a second is parked in the ledger, at once when a full page says that more waits: so nothing slow holds
the others, and the next page comes while this one is worked on.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.alarms import Alarm, Alarms
from bot.intake.crashes import MOST as MOST_CRASHES
from bot.intake.flood import Flood, Verdict
from bot.intake.ledger import Ledger
from bot.intake.polling import Page, Polling, Trouble
from bot.intake.raw import Raw, fingerprint, read
from bot.intake.window import Window
from bot.intake.work import Times, Work
from bot.lanes import Lanes, Place
from bot.patience import Hurried
from bot.places import Places

MOST = 1_000
"""Updates in hand at a time; beyond that Telegram keeps them."""

BACKLOG = 200
"""Full pages in a row (20,000 updates) that are an alarm: Telegram keeps 100,000, then drops without a word."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    """Since the start, for whoever runs the bot."""

    taken: int = 0
    finished: int = 0
    parked: int = 0
    poison: int = 0
    flood: int = 0
    full_pages: int = 0


@dataclass(slots=True)
class _Hand:
    """What is in hand: the tasks, and which of them Telegram still holds for us."""

    window: Window = field(default_factory=Window)
    raws: dict[int, Raw] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    moved: asyncio.Event = field(default_factory=asyncio.Event)


class Intake:
    """Takes updates in until it is stopped. Open it with `start`, which returns at once."""

    def __init__(
        self,
        *,
        polling: Polling,
        ledger: Ledger,
        flood: Flood,
        work: Work,
        alarms: Alarms,
        clock: Callable[[], datetime],
        trusted: frozenset[int] = frozenset(),
        times: Times | None = None,
        crashed: bool = False,
    ) -> None:
        """`trusted` are people whom no flood rule holds: the admins. `crashed`: the process before ended by a crash of its own."""
        self._times = times or Times()
        self._polling, self._ledger, self._flood, self._work = polling, ledger, flood, work
        self._alarms, self._clock, self._trusted = alarms, clock, trusted
        self._hand, self._lanes, self._places = _Hand(), Lanes(), Places()
        self._ledger.wake(crashed=crashed)
        self._suspects = self._ledger.crashes()
        self._alone: list[Raw] = []
        self._stopping = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self.counts = Counts()
        self.lost = asyncio.Event()
        """Set when another instance has taken our place for good."""

    def start(self) -> None:
        """Go on with what waits from an earlier life, and poll."""
        for number, begun, body in self._ledger.parked():
            raw = read(body)
            if raw is None or self._expired(raw, begun):
                self._ledger.finish([number])
            elif not self._suspected(raw):
                self._begin(raw)
        self._loop = asyncio.create_task(self._polled())

    async def stop(self) -> None:
        """Stop fetching, let what is in hand finish for a while, and leave the rest to Telegram. Twice is once."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        if self._loop:
            self._loop.cancel()
            await asyncio.wait([self._loop])
        if self._hand.tasks:
            _, late = await asyncio.wait(self._hand.tasks, timeout=self._times.last)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._acknowledged()
        self._ledger.close()

    async def _acknowledged(self) -> None:
        """Tell Telegram what is finished: after a restart of the machine nobody else knows."""
        if self._hand.window.offset:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await self._polling.page(self._hand.window.offset, wait=0, limit=1)

    async def _polled(self) -> None:
        """Poll until it is stopped, or has no place any more. What nobody foresaw is an alarm, not the end."""
        while not self.lost.is_set():
            try:
                pause = await self._turn()
            except Exception as error:  # noqa: BLE001 - a bot that does not poll any more looks alive and answers nobody
                self._alarms.sound(Alarm.STATE, f"updates: {type(error).__name__}")
                pause = 1.0
            # A turn of the event loop for nothing is some milliseconds in a rush, in which no page is asked for.
            if pause:
                await asyncio.sleep(pause)

    async def _turn(self) -> float:
        """One page; the seconds to wait before the next."""
        await self._room()
        await self._worked_alone()
        page = await self._polling.page(self._hand.window.offset)
        self._heed(page.trouble)
        if page.updates:
            self._noted(page)
            self._take(page.updates)
            await self._moved_on(page)
        return page.pause

    def _heed(self, trouble: Trouble) -> None:
        """Raise the alarm that a trouble deserves."""
        if trouble is Trouble.TOKEN:
            self._alarms.sound(Alarm.TOKEN)
        if trouble in {Trouble.CONFLICT, Trouble.LOST}:
            self._alarms.sound(Alarm.CONFLICT)
        if trouble is Trouble.LOST:
            self.lost.set()

    def _noted(self, page: Page) -> None:
        self.counts.full_pages = self.counts.full_pages + 1 if page.full else 0
        if self.counts.full_pages == BACKLOG:
            self._alarms.sound(Alarm.BACKLOG)

    async def _room(self) -> None:
        """Wait until fewer than `MOST` updates are in hand."""
        while len(self._hand.tasks) >= MOST:
            self._hand.moved.clear()
            await self._hand.moved.wait()

    def _take(self, updates: Iterable[object]) -> None:
        """Begin with what is new in a page. What is passed over is not even noted: should it come again, it is judged again."""
        raws = [self._read(told) for told in updates]
        numbered = {raw.id: raw for raw in raws if raw is not None}
        known = self._ledger.known(numbered) | self._hand.raws.keys()
        fresh = [raw for number, raw in numbered.items() if number not in known]
        # Of old ones that come again, after numbers began anew further down, nothing can be told.
        self._hand.window.fetched([raw.id for raw in fresh] or numbered)
        admitted = [raw for raw in fresh if self._admitted(raw)]
        self.counts.flood += len(fresh) - len(admitted)
        self._ledger.begin(raw.id for raw in admitted)
        for raw in admitted:
            self._hand.window.hold(raw.id)
            if not self._suspected(raw):
                self._begin(raw)

    def _read(self, told: object) -> Raw | None:
        raw = read(told)
        if raw is None:
            self._poison(told)
        return raw

    def _admitted(self, raw: Raw) -> bool:
        """Whether an update is worked on: its sender does not flood us. Once a minute he is told."""
        if not raw.addressed or raw.sender in self._trusted:
            return True
        verdict = self._flood.judge(raw.sender, message=raw.kind == "message")
        if verdict is Verdict.TELL:
            self._spawn(self._work.too_many(raw))
        return verdict is Verdict.PASS

    def _begin(self, raw: Raw) -> asyncio.Task[None]:
        self.counts.taken += 1
        self._hand.raws[raw.id] = raw
        return self._spawn(self._worked(raw, self._lanes.place(raw.chat)))

    def _spawn(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._hand.tasks.add(task)
        task.add_done_callback(self._over)
        return task

    def _over(self, task: asyncio.Task[None]) -> None:
        self._hand.tasks.discard(task)
        self._hand.moved.set()

    def _suspected(self, raw: Raw) -> bool:
        """Put an update aside that was in hand when we crashed: it is worked on alone, or no more."""
        crashes = self._suspects.pop(raw.id, 0)
        if crashes:
            self._hand.raws[raw.id] = raw
            self._ledger.take(raw.id, hand=False)
        if 0 < crashes < MOST_CRASHES:
            self._alone.append(raw)
        elif crashes:
            self._poison(raw.body)
            self._finished(raw)
        return crashes > 0

    async def _worked_alone(self) -> None:
        """Work on the suspects one by one, with nothing else in hand: whoever crashes us then was it."""
        while self._alone:
            if self._hand.tasks:
                await asyncio.wait(self._hand.tasks, timeout=self._times.deadline)
            raw = self._alone.pop(0)
            self._ledger.take(raw.id, hand=True)
            await asyncio.wait([self._begin(raw)])

    async def _worked(self, raw: Raw, place: Place) -> None:
        """Work on an update when its turn comes, and finish it whatever happens, unless the bot is stopped before."""
        async with place, self._places.taken():
            try:
                await self._within_time(raw)
            except Exception as error:  # noqa: BLE001 - one update must not end the others
                log.error("an update of kind %s failed: %s", raw.kind, type(error).__name__)
            self._finished(raw)

    async def _within_time(self, raw: Raw) -> None:
        update = self._work.parsed(raw)
        if update is None:
            self._poison(raw.body)
            return
        try:
            async with Hurried(self._times.deadline):
                await self._work.work(update)
        except TimeoutError:
            log.warning("an update of kind %s took too long", raw.kind)
            self._spawn(self._work.too_slow(raw))

    def _finished(self, raw: Raw) -> None:
        self.counts.finished += 1
        self._ledger.finish([raw.id])
        self._hand.raws.pop(raw.id, None)
        self._released([raw.id])

    def _released(self, numbers: Iterable[int]) -> None:
        self._hand.window.let_go(numbers)
        self._hand.moved.set()

    def _poison(self, told: object) -> None:
        """What cannot be read is counted and set aside. The log gets what stands for it, never what it says."""
        self.counts.poison += 1
        log.error("an update could not be parsed: %s", fingerprint(told))
        self._alarms.sound(Alarm.POISON)

    async def _moved_on(self, page: Page) -> None:
        """Wait until Telegram need not hold anything for us: all is finished, or parked."""
        if not (page.full and self._ledger.outlives):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._times.patience):
                    await self._none_held()
        if not self._ledger.outlives:
            # Suspects are held, too, and nobody else would let go of them now.
            await self._worked_alone()
            await self._none_held()
            return
        held = self._hand.window.held
        if held and self._ledger.park([(number, self._hand.raws[number].body) for number in held]):
            self.counts.parked += len(held)
            self._released(held)

    async def _none_held(self) -> None:
        while len(self._hand.window):
            self._hand.moved.clear()
            await self._hand.moved.wait()

    def _expired(self, raw: Raw, begun: datetime) -> bool:
        """Whether nobody waits for it any more: Telegram takes no answer to a press or an inline query this old."""
        return raw.kind in {"callback_query", "inline_query"} and (self._clock() - begun).total_seconds() > 150

    def forget(self) -> None:
        """Drop what is too old."""
        self._ledger.forget()
