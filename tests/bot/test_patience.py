"""The time of an update does not run while it waits for what nobody here can hasten."""

import asyncio

import pytest

from bot.patience import DEADLINE, Watch, unhurried


def time_left(deadline: asyncio.Timeout) -> float:
    return (deadline.when() or 0) - asyncio.get_running_loop().time()


async def test_what_was_left_is_left_afterwards() -> None:
    async with asyncio.timeout(30) as deadline:
        DEADLINE.set(deadline)
        before = time_left(deadline)
        with unhurried():
            assert deadline.when() is None
            await asyncio.sleep(0.1)
        assert before - 0.09 < time_left(deadline) <= before


async def test_it_does_not_run_meanwhile_and_runs_again_afterwards() -> None:
    async def update() -> None:
        async with asyncio.timeout(0.05) as deadline:
            DEADLINE.set(deadline)
            with unhurried():
                await asyncio.sleep(0.1)
            done.append("waited")
            await asyncio.sleep(30)

    done: list[str] = []
    with pytest.raises(TimeoutError):
        await update()
    assert done == ["waited"]


async def test_within_another_it_does_nothing() -> None:
    async with asyncio.timeout(30) as deadline:
        DEADLINE.set(deadline)
        with unhurried():
            with unhurried():
                await asyncio.sleep(0)
            assert deadline.when() is None
        assert deadline.when() is not None


async def test_without_a_deadline_it_does_nothing() -> None:
    assert DEADLINE.get() is None
    with unhurried():
        await asyncio.sleep(0)


async def test_a_failure_gives_the_time_back() -> None:
    async with asyncio.timeout(30) as deadline:
        DEADLINE.set(deadline)
        await asyncio.sleep(0)
        with pytest.raises(ValueError, match="oh"), unhurried():
            raise ValueError("oh")
        assert deadline.when() is not None


async def test_a_deadline_that_is_over_stays_so() -> None:
    async with asyncio.timeout(30) as deadline:
        DEADLINE.set(deadline)
        await asyncio.sleep(0)
    with unhurried():
        await asyncio.sleep(0)
    assert not deadline.expired()


async def test_a_watch_is_the_machines_unless_told_otherwise() -> None:
    watch = Watch()
    before = watch.monotonic()
    await watch.sleep(0.01)
    assert watch.monotonic() - before >= 0.01
