"""The order of updates: chats side by side, one chat's updates one after another."""

import asyncio
from datetime import UTC, datetime

from telegram import Chat, Message, Update, User

from bot.intake import AT_ONCE, InOrder


def update(number: int, chat: int) -> Update:
    user = User(chat, "R", is_bot=False)
    message = Message(number, datetime(2026, 1, 1, tzinfo=UTC), Chat(chat, "private"), from_user=user, text="x")
    return Update(number, message=message)


async def test_a_slow_update_holds_its_own_chat_and_no_other() -> None:
    order, release, done = InOrder(), asyncio.Event(), []
    everybody = asyncio.Event()

    async def slow() -> None:
        await release.wait()
        done.append("slow")

    async def quick(name: str) -> None:
        done.append(name)
        everybody.set()

    async with order:
        tasks = [
            asyncio.create_task(order.process_update(update(1, 1), slow())),
            asyncio.create_task(order.process_update(update(2, 1), quick("same chat"))),
            asyncio.create_task(order.process_update(update(3, 2), quick("other chat"))),
        ]
        await everybody.wait()
        assert done == ["other chat"]
        release.set()
        await asyncio.gather(*tasks)
    assert done == ["other chat", "slow", "same chat"]


async def test_a_failed_update_does_not_hold_the_next_one() -> None:
    order, done = InOrder(), []

    async def fails() -> None:
        raise ValueError

    async def works() -> None:
        done.append("works")

    async with order:
        results = await asyncio.gather(
            order.process_update(update(1, 1), fails()),
            order.process_update(update(2, 1), works()),
            return_exceptions=True,
        )
    assert isinstance(results[0], ValueError)
    assert done == ["works"]


async def test_what_belongs_to_no_chat_is_processed_too() -> None:
    order, done = InOrder(), []

    async def works() -> None:
        done.append("works")

    async with order:
        await order.process_update("not an update", works())
        await order.process_update(Update(5), works())
    assert done == ["works", "works"]


async def test_a_chat_that_floods_takes_nobody_elses_place() -> None:
    order, release, done = InOrder(), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        await release.wait()

    async def quick() -> None:
        done.set()

    async with order:
        flood = [asyncio.create_task(order.process_update(update(n, 1), slow())) for n in range(AT_ONCE + 1)]
        other = asyncio.create_task(order.process_update(update(999, 2), quick()))
        async with asyncio.timeout(5):
            await done.wait()
        release.set()
        await asyncio.gather(other, *flood)
