"""The loop against the local Bot API: nothing lost, nothing twice, nobody held up. What is done with updates is the test's."""

import asyncio
import logging
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.alarms import Alarms
from bot.api import Api
from bot.http import AiohttpRequest
from bot.intake import Intake, Raw, Times
from bot.intake.flood import Flood
from bot.intake.ledger import Ledger
from bot.intake.polling import Page, Polling
from bot.local import LOCAL_TOKEN, LocalApi, serving
from bot.secret import Secret
from tests.bot.harness import Clock

CANARY = "zebra-canary"


@dataclass
class Recorded:
    """Notes what it works on. A text "slow" waits until it is released, "oops" raises; what has no message cannot be parsed."""

    done: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    slow: list[Raw] = field(default_factory=list)
    many: list[Raw] = field(default_factory=list)
    release: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def parsed(self, raw: Raw) -> object | None:
        message = raw.body.get("message")
        return message.get("text") if isinstance(message, dict) else None

    async def work(self, update: object) -> None:
        text = str(update)
        self.begun.append(text)
        await self._tell()
        if text.startswith("slow"):
            await self.release.wait()
        if text.startswith("oops"):
            raise ValueError(text)
        self.done.append(text)
        await self._tell()

    async def too_slow(self, raw: Raw) -> None:
        self.slow.append(raw)
        await self._tell()

    async def too_many(self, raw: Raw) -> None:
        self.many.append(raw)
        await self._tell()

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    async def until(self, seen: Any) -> None:
        async with asyncio.timeout(30), self.changed:
            await self.changed.wait_for(seen)


@dataclass
class Place:
    """A Bot API that outlives the bots that poll it, and the folder of their ledger."""

    api: LocalApi
    address: str
    folder: Path
    clock: Clock = field(default_factory=Clock)

    def say(self, text: str, user: int = 501) -> int:
        world = self.api.world
        sender = world.meet(user)
        message = world.post(world.private_room(sender), sender=sender, content=None)
        told = {**world.json(message), "text": text}
        number = world.updates.put("message", told)
        assert number
        return number

    @asynccontextmanager
    async def intake(
        self,
        work: Recorded,
        *,
        a_minute: int = 6000,
        kept: bool = True,
        crashed: bool = False,
        polling: type[Polling] = Polling,
        **times: float,
    ) -> AsyncIterator[Intake]:
        async with AsyncExitStack() as stack:
            request = AiohttpRequest(Secret(LOCAL_TOKEN), connections=2)
            await request.initialize()
            stack.push_async_callback(request.shutdown)
            intake = Intake(
                polling=polling(Api(self.address, request), time.monotonic),
                ledger=Ledger(self.folder / "updates.sqlite" if kept else None, self.clock),
                flood=Flood(a_minute, time.monotonic),
                work=work,
                alarms=Alarms(self.clock),
                clock=self.clock,
                times=Times(**times),
                crashed=crashed,
            )
            stack.push_async_callback(intake.stop)
            intake.start()
            yield intake


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    api = LocalApi()
    async with serving(api) as address:
        yield Place(api=api, address=address, folder=tmp_path)


async def test_what_is_finished_is_acknowledged_and_what_is_not_is_kept(place: Place) -> None:
    work = Recorded()
    async with place.intake(work):
        place.say("one")
        place.say("two", 502)
        await work.until(lambda: len(work.done) == 2)
    assert len(place.api.world.updates) == 0


async def test_a_slow_one_holds_nobody_but_its_own_chat(place: Place) -> None:
    work = Recorded()
    async with place.intake(work):
        place.say("slow", 501)
        await work.until(lambda: work.begun)
        place.say("after the slow one", 501)
        for number in range(30):
            place.say(f"quick {number}", 1000 + number)
        await work.until(lambda: len(work.done) == 30)
        assert "after the slow one" not in work.begun
        work.release.set()
        await work.until(lambda: len(work.done) == 32)
    assert work.done[-2:] == ["slow", "after the slow one"]


async def test_without_memory_that_outlives_us_a_slow_one_is_waited_for(place: Place) -> None:
    work = Recorded()
    async with place.intake(work, kept=False):
        place.say("slow")
        await work.until(lambda: work.begun)
        await asyncio.sleep(2 * Times().patience)
        assert len(place.api.world.updates) == 1
        work.release.set()
        await work.until(lambda: work.done)


async def test_more_than_a_page_is_worked_on_side_by_side(place: Place) -> None:
    work = Recorded()
    for number in range(130):
        place.say(f"slow {number}", 1000 + number)
    async with place.intake(work) as intake:
        await work.until(lambda: len(work.begun) == 130)
        work.release.set()
        await work.until(lambda: len(work.done) == 130)
        assert intake.counts.parked >= 100


async def test_the_order_within_a_chat_is_kept(place: Place) -> None:
    work = Recorded()
    for number in range(300):
        place.say(f"{number % 3}:{number}", 501 + number % 3)
    async with place.intake(work):
        await work.until(lambda: len(work.done) == 300)
    for chat in range(3):
        mine = [int(text.partition(":")[2]) for text in work.done if text.startswith(f"{chat}:")]
        assert mine == sorted(mine)


@pytest.mark.parametrize(
    "poison",
    [
        {"message": CANARY},
        {"message": {"chat": CANARY}},
        {"poll": [CANARY]},
        {"update_id": 2**62},
        {"inline_query": None},
    ],
)
async def test_poison_is_set_aside_at_once_and_its_words_are_nowhere(
    place: Place, poison: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    work = Recorded()
    work.parsed = lambda raw: (
        None if CANARY in str(raw.body) or "text" not in str(raw.body) else raw.body["message"]["text"]
    )  # type: ignore[method-assign]
    with caplog.at_level(logging.DEBUG):
        async with place.intake(work) as intake:
            await asyncio.sleep(0.1)
            polls = place.api.world.updates.counts.polls
            place.api.world.updates.put_raw(poison)
            place.say("good")
            await work.until(lambda: work.done)
            assert place.api.world.updates.counts.polls - polls <= 3
            assert intake.counts.poison == 1
    assert CANARY not in caplog.text
    assert work.done == ["good"]


async def test_a_memory_that_is_full_costs_no_answer(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    work = Recorded()
    async with place.intake(work) as intake:
        # Again a look inside: see the ledger's own test.
        intake._ledger._db.execute("pragma max_page_count = 1").fetchall()
        for number in range(300):
            place.say(f"text {number}", 1000 + number)
        await work.until(lambda: len(work.done) == 300)
        place.say("slow", 501)
        place.say("another", 502)
        await work.until(lambda: "another" in work.done)
        work.release.set()
        await work.until(lambda: "slow" in work.done)
    assert len(work.done) == 302


async def test_a_memory_that_is_taken_away_costs_no_answer(place: Place) -> None:
    work = Recorded()
    async with place.intake(work) as intake:
        intake._ledger.close()
        place.say("good")
        await work.until(lambda: work.done)


class Failing(Polling):
    """Fails once in a way that nobody foresaw."""

    failed = False

    async def page(self, offset: int, *, wait: int = 10, limit: int = 100) -> Page:
        if not self.failed:
            self.failed = True
            raise ZeroDivisionError
        return await super().page(offset, wait=wait, limit=limit)


async def test_what_nobody_foresaw_is_an_alarm_and_not_the_end(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    work = Recorded()
    async with place.intake(work, polling=Failing):
        place.say("good")
        await work.until(lambda: work.done)
    assert "ZeroDivisionError" in caplog.text


async def test_one_without_a_number_does_not_end_us(place: Place) -> None:
    work = Recorded()
    async with place.intake(work) as intake:
        # The one look inside: the local Bot API numbers whatever it is given.
        intake._take([{"message": {}}, 17, None, {"update_id": True}])
        place.say("good")
        await work.until(lambda: work.done)
        assert intake.counts.poison == 4


async def test_an_update_that_comes_again_is_worked_on_once(place: Place) -> None:
    work = Recorded()
    async with place.intake(work):
        number = place.say("one")
        await work.until(lambda: work.done)
        again = {"update_id": number, "message": {"text": "one", "chat": {"id": 5}, "from": {"id": 5}}}
        place.api.world.updates.put_raw(again)
        place.say("two")
        await work.until(lambda: "two" in work.done)
        place.api.world.updates.put_raw(again)
        place.say("three")
        await work.until(lambda: "three" in work.done)
    assert work.done == ["one", "two", "three"]


async def test_numbers_that_begin_anew_lower_down_are_worked_on(place: Place) -> None:
    work = Recorded()
    async with place.intake(work):
        place.say("high")
        await work.until(lambda: work.done)
        for number in range(1, 6):
            place.api.world.updates._next_id = number
            place.say(f"low {number}")
        await work.until(lambda: len(work.done) == 6)


async def test_a_handler_that_fails_finishes_its_update_and_tells_no_words(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    work = Recorded()
    with caplog.at_level(logging.DEBUG):
        async with place.intake(work):
            place.say(f"oops {CANARY}")
            place.say("good")
            await work.until(lambda: "good" in work.done)
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text
    assert len(place.api.world.updates) == 0


async def test_one_that_takes_too_long_is_ended_and_said_to_be(place: Place) -> None:
    work = Recorded()
    async with place.intake(work, deadline=0.05):
        place.say("slow")
        place.say("next")
        await work.until(lambda: work.slow and work.done)
    assert work.done == ["next"]


async def test_whoever_floods_is_told_once_and_others_are_answered(place: Place) -> None:
    work = Recorded()
    for number in range(500):
        place.say(f"flood {number}")
    place.say("somebody else", 777)
    async with place.intake(work, a_minute=20) as intake:
        await work.until(lambda: "somebody else" in work.done)
        assert len(work.done) + len(work.many) <= 21
        assert len(work.many) == 1
        assert intake.counts.flood == 491
    assert len(place.api.world.updates) == 0


class TestTheEnd:
    async def test_what_is_in_hand_is_finished_and_what_waits_is_left(self, place: Place) -> None:
        work = Recorded()
        async with place.intake(work) as intake:
            place.say("slow")
            await work.until(lambda: work.begun)
            ending = asyncio.create_task(intake.stop())
            await asyncio.sleep(0.1)
            place.say("later")
            work.release.set()
            await ending
            await intake.stop()
        assert work.done == ["slow"]
        assert len(place.api.world.updates) == 1
        after = Recorded()
        async with place.intake(after):
            await after.until(lambda: after.done)
        assert after.done == ["later"]

    @pytest.mark.parametrize("parked", [False, True])
    async def test_what_could_not_be_finished_is_begun_again_in_the_next_life(
        self, place: Place, *, parked: bool
    ) -> None:
        work = Recorded()
        async with place.intake(work, last=0.05):
            place.say("quick", 502)
            place.say("slow")
            await work.until(lambda: len(work.begun) == 2)
            if parked:
                await asyncio.sleep(2 * Times().patience)
                assert len(place.api.world.updates) in {0, 1, 2}
        after = Recorded()
        after.release.set()
        async with place.intake(after):
            await after.until(lambda: after.done)
        assert after.done == ["slow"]

    async def test_a_press_that_waited_too_long_is_let_go(self, place: Place) -> None:
        ledger = Ledger(place.folder / "updates.sqlite", place.clock)
        press = {"update_id": 5, "callback_query": {"id": "1", "from": {"id": 5}, "data": "x"}}
        ledger.begin([5])
        ledger.park([(5, press)])
        ledger.close()
        place.clock.forward(seconds=200)
        work = Recorded()
        async with place.intake(work):
            place.say("good")
            await work.until(lambda: work.done)
        assert work.begun == ["good"]


class TestCrashes:
    """The bot ends by itself, again and again, while an update is in hand: here it is stopped with that update unfinished."""

    async def life(self, place: Place, until: str, *, crashed: bool) -> Recorded:
        work = Recorded()
        async with place.intake(work, crashed=crashed, last=0.05):
            await work.until(lambda: until in work.begun)
        return work

    async def test_one_that_crashes_us_is_worked_on_alone_and_then_set_aside(self, place: Place) -> None:
        place.say("slow")
        await self.life(place, "slow", crashed=False)
        place.say("good", 502)
        assert (await self.life(place, "slow", crashed=True)).done == ["good"]
        assert (await self.life(place, "slow", crashed=True)).begun == ["slow"]
        place.say("better", 502)
        assert (await self.life(place, "better", crashed=True)).begun == ["better"]
        assert len(place.api.world.updates) == 0

    async def test_a_suspect_holds_nobody_up_when_memory_is_taken_away(self, place: Place) -> None:
        place.say("slow")
        await self.life(place, "slow", crashed=False)
        work = Recorded()
        work.release.set()
        async with place.intake(work, crashed=True) as intake:
            intake._ledger.close()
            place.say("good", 502)
            await work.until(lambda: len(work.done) == 2)
            place.say("after it", 503)
            await work.until(lambda: len(work.done) == 3)

    async def test_an_innocent_one_is_answered(self, place: Place) -> None:
        place.say("slow")
        await self.life(place, "slow", crashed=False)
        work = Recorded()
        work.release.set()
        async with place.intake(work, crashed=True):
            await work.until(lambda: work.done)
        assert work.done == ["slow"]

    async def test_kills_from_outside_set_nothing_aside(self, place: Place) -> None:
        place.say("slow")
        for _ in range(5):
            assert (await self.life(place, "slow", crashed=False)).begun == ["slow"]


def test_a_crash_leaves_a_trace_and_a_kill_none(tmp_path: Path) -> None:
    script = (
        "import faulthandler, os, signal, sys\nfrom pathlib import Path\nfrom bot.intake.crashes import Watch\n"
        "watch = Watch(Path(sys.argv[1]))\nprint(watch.crashed)\nos.kill(os.getpid(), int(sys.argv[2]))\n"
    )

    def life(number: int) -> str:
        done = subprocess.run(
            [sys.executable, "-u", "-c", script, str(tmp_path / "crash"), str(number)], check=False, capture_output=True
        )
        return done.stdout.decode().strip()

    assert [life(n) for n in (signal.SIGKILL, signal.SIGSEGV, signal.SIGKILL, signal.SIGKILL)] == [
        "False",
        "False",
        "True",
        "False",
    ]
