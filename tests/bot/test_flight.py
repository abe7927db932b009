"""How many answers are on their way at a time. The clock is the test's."""

import asyncio
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flight import ABLE, FEW, OURS, Flight


class Way:
    """A way of some seconds, and calls over it one after another."""

    def __init__(self, most: int = 176) -> None:
        self.now = 0.0
        self.flight = Flight(most, lambda: self.now)

    async def call(self, seconds: float) -> None:
        await self.flight.acquire()
        launch = self.flight.launch()
        self.now += seconds
        self.flight.landed(launch)
        self.flight.give_up(launch)
        self.flight.give_up(launch)


@pytest.mark.parametrize(("seconds", "limit"), [(0.0002, 1), (0.005, 1), (0.0401, 84), (1.0, 176)])
async def test_as_many_leave_as_a_processor_can_answer_meanwhile(seconds: float, limit: int) -> None:
    way = Way()
    assert way.flight.limit == 1
    for _ in range(FEW):
        await way.call(seconds)
    assert way.flight.limit == limit


async def test_the_first_calls_open_connections_and_say_nothing() -> None:
    way = Way()
    for _ in range(FEW - 1):
        await way.call(5.0)
    assert way.flight.limit == 1


async def test_a_way_that_became_longer_is_known_to_be_soon() -> None:
    way = Way()
    for seconds in (*[0.001] * 10, *[0.0401] * 64):
        await way.call(seconds)
    assert way.flight.limit == int(ABLE * (0.0401 - OURS)) == 84


@given(st.lists(st.sampled_from(["take", "give", "cancel"]), max_size=60))
def test_no_more_are_out_than_may_be_whatever_comes_and_goes(steps: list[str]) -> None:
    async def tried() -> None:
        way = Way(3)
        for _ in range(FEW):
            await way.call(1.0)
        waiting: list[asyncio.Task[None]] = []
        out = 0
        for step in steps:
            if step == "take":
                waiting.append(asyncio.create_task(way.flight.acquire()))
            elif step == "cancel" and (left := [task for task in waiting if not task.done()]):
                left[-1].cancel()
            elif step == "give" and out:
                way.flight.release()
                out -= 1
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            out += sum(task.done() and not task.cancelled() for task in waiting)
            waiting = [task for task in waiting if not task.done()]
            assert out <= 3
            assert out == 3 or not waiting
        for task in waiting:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        assert way.flight._out == out

    asyncio.run(tried())


async def test_one_that_is_cancelled_as_its_turn_comes_gives_the_place_on() -> None:
    flight = Flight(1, lambda: 0.0)
    await flight.acquire()
    first, second = asyncio.create_task(flight.acquire()), asyncio.create_task(flight.acquire())
    await asyncio.sleep(0)
    flight.release()
    first.cancel()
    await asyncio.wait([first, second])
    assert first.cancelled()
    assert not second.cancelled()
