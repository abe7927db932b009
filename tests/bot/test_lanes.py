"""The order of updates: chats side by side, one chat's updates one after another."""

import asyncio

import pytest

from bot.lanes import Lanes


async def test_a_slow_update_holds_its_own_chat_and_no_other() -> None:
    lanes, release, done, other = Lanes(), asyncio.Event(), [], asyncio.Event()

    async def work(name: str, place, wait: asyncio.Event | None) -> None:
        async with place:
            if wait:
                await wait.wait()
            done.append(name)
            if name == "other":
                other.set()

    tasks = [
        asyncio.create_task(work("slow", lanes.place(1), release)),
        asyncio.create_task(work("same chat", lanes.place(1), None)),
        asyncio.create_task(work("other", lanes.place(2), None)),
    ]
    await other.wait()
    assert done == ["other"]
    release.set()
    await asyncio.gather(*tasks)
    assert done == ["other", "slow", "same chat"]
    assert len(lanes) == 0


async def test_one_that_fails_or_is_cancelled_holds_nobody() -> None:
    lanes = Lanes()
    first, second, third = (lanes.place(1) for _ in range(3))
    with pytest.raises(ValueError, match="oops"):
        async with first:
            raise ValueError("oops")

    async def waits() -> None:
        async with second:
            await asyncio.sleep(60)

    task = asyncio.create_task(waits())
    await asyncio.sleep(0)
    task.cancel()
    async with asyncio.timeout(5), third:
        pass
    assert len(lanes) == 0
