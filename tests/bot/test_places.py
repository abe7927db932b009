"""A few think at a time; whoever sends or waits holds nobody up."""

import asyncio

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
            raise ValueError

    async def later() -> None:
        await asyncio.sleep(0)
        give_way()

    begun: list[asyncio.Task[None]] = []
    for _ in range(3):
        with pytest.raises(ValueError, match=""):
            await fails()
    await asyncio.gather(*begun)
    await ours.think()
    give_way()
    assert ours.done == 1
