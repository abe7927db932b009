"""A few think at a time; whoever sends or waits holds nobody up."""

import asyncio
from itertools import pairwise

import pytest

from bot.places import Places, give_way


class Thinkers:
    """Counts who thinks, and how many did at most."""

    def __init__(self, many: int, longest: float = 60.0) -> None:
        self.places = Places(many, longest)
        self.now = self.most = self.done = 0

    async def think(self, *, then_wait: asyncio.Event | None = None, way: bool = False) -> None:
        async with self.places.taken():
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.001)
            self.now -= 1
            if way:
                give_way()
                give_way()
            if then_wait:
                await then_wait.wait()
            self.done += 1


async def test_no_more_think_at_a_time_than_there_are_places() -> None:
    all_of_them = Thinkers(3)
    await asyncio.gather(*(all_of_them.think() for _ in range(30)))
    assert (all_of_them.most, all_of_them.done) == (3, 30)


async def test_whoever_gives_way_holds_nobody_up() -> None:
    ours, end = Thinkers(1), asyncio.Event()
    waiting = [asyncio.create_task(ours.think(then_wait=end, way=True)) for _ in range(5)]
    await asyncio.wait_for(ours.think(), 10)
    assert (ours.most, ours.done) == (1, 1)
    end.set()
    await asyncio.gather(*waiting)
    assert ours.done == 6
    await ours.think()


async def test_whoever_waits_for_long_without_saying_so_does_not_either() -> None:
    ours, end = Thinkers(1, longest=0.01), asyncio.Event()
    waiting = asyncio.create_task(ours.think(then_wait=end))
    await asyncio.wait_for(ours.think(), 10)
    assert ours.done == 1
    end.set()
    await waiting
    await ours.think()


async def test_one_that_fails_leaves_its_place_and_what_it_began_holds_none() -> None:
    ours = Thinkers(1)

    async def fails() -> None:
        async with ours.places.taken():
            begun.append(asyncio.create_task(later()))
            raise ZeroDivisionError

    async def later() -> None:
        await asyncio.sleep(0)
        give_way()

    begun: list[asyncio.Task[None]] = []
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            await fails()
    await asyncio.gather(*begun)
    await ours.think()
    give_way()
    assert ours.done == 1


async def test_only_a_handful_think_in_one_turn_of_the_loop_so_that_others_have_theirs() -> None:
    places, thought, seen = Places(1, handful=3), 0, []

    async def think() -> None:
        nonlocal thought
        async with places.taken():
            thought += 1
            give_way()

    async def look() -> None:
        while thought < 20:
            seen.append(thought)
            await asyncio.sleep(0)

    await asyncio.gather(look(), *(think() for _ in range(20)))
    assert len(seen) >= 7, "a turn for each handful"
    assert max(after - before for before, after in pairwise([*seen, thought])) <= 3


async def test_they_are_served_in_the_order_in_which_they_came() -> None:
    places, order = Places(2, handful=4), []

    async def think(number: int) -> None:
        async with places.taken():
            order.append(number)
            if number % 3:
                await asyncio.sleep(0)

    await asyncio.gather(*(think(number) for number in range(40)))
    assert order == list(range(40))


async def test_one_that_is_given_up_while_it_waits_leaves_its_place_to_the_next() -> None:
    ours, end = Thinkers(1), asyncio.Event()
    first = asyncio.create_task(ours.think(then_wait=end))
    waiting = [asyncio.create_task(ours.think()) for _ in range(5)]
    await asyncio.sleep(0)
    for task in waiting[:3]:
        task.cancel()
    end.set()
    await asyncio.wait_for(asyncio.gather(first, *waiting[3:]), 10)
    assert ours.done == 3
    await asyncio.wait_for(ours.think(), 10)


async def test_one_that_is_given_up_when_it_was_just_called_does_not_keep_the_others_waiting() -> None:
    places = Places(1)
    begun, end = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with places.taken():
            begun.set()
            await end.wait()

    holder = asyncio.create_task(hold())
    await begun.wait()
    waiting = [asyncio.create_task(_through(places)) for _ in range(30)]
    await asyncio.sleep(0)
    end.set()
    await asyncio.sleep(0)  # the holder ended and called the first few
    for task in waiting[:8]:
        task.cancel()
    await asyncio.wait_for(asyncio.gather(holder, *waiting[8:]), 10)
    await asyncio.wait_for(_through(places), 10)


async def _through(places: Places) -> None:
    async with places.taken():
        pass
