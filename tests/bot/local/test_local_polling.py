"""getUpdates: confirmation, limits, two pollers, what is asked for."""

from __future__ import annotations

import asyncio

from bot.local.bell import Bell
from bot.local.updates import DAY, QUEUE_LIMIT, UpdateQueue
from tests.bot.local.local_client import Clock, Local

FIRST_UPDATE = 500_000_001
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def queue(clock: Clock) -> UpdateQueue:
    return UpdateQueue(bell=Bell(), clock=clock.wall, first=FIRST_UPDATE, monotonic=clock.monotonic)


async def ids(updates: UpdateQueue, offset: int, limit: int = 100) -> list[int]:
    return [u["update_id"] - FIRST_UPDATE for u in await updates.poll(offset=offset, limit=limit, timeout=0)]


async def test_an_offset_confirms_what_lies_before_it(clock: Clock) -> None:
    updates = queue(clock)
    for number in range(5):
        assert updates.put("message", {"n": number}) == FIRST_UPDATE + number
    assert await ids(updates, 0, 2) == [0, 1]
    assert await ids(updates, FIRST_UPDATE + 2) == [2, 3, 4]
    assert await ids(updates, -1) == [4]
    assert await ids(updates, FIRST_UPDATE + 1000) == [4]  # an offset far in the future is not believed
    assert await ids(updates, FIRST_UPDATE + 5) == []
    assert len(updates) == 0


async def test_the_same_offset_within_half_a_second_gives_one_update(clock: Clock) -> None:
    updates = queue(clock)
    for _ in range(3):
        updates.put("message", {})
    assert len(await ids(updates, FIRST_UPDATE)) == 3
    clock.ticks += 0.49
    assert len(await ids(updates, FIRST_UPDATE)) == 1
    clock.ticks += 0.5
    assert len(await ids(updates, FIRST_UPDATE)) == 3
    assert len(await ids(updates, FIRST_UPDATE + 1)) == 2


async def test_updates_live_a_day_and_the_queue_has_an_end(clock: Clock) -> None:
    updates = queue(clock)
    updates.put("message", {})
    updates.put("callback_query", {}, lives=150)
    updates.put("message", {})
    clock.now += 151
    assert await ids(updates, 0) == [0, 2]
    clock.now += DAY
    assert await ids(updates, -5) == []
    for _ in range(QUEUE_LIMIT):
        updates.put("message", {})
    assert updates.put("message", {}) is None
    assert updates.counts.dropped == 1


async def test_raw_updates_are_queued_as_they_are(bare: Local) -> None:
    first = (await bare.sim("update", update={"message": {"odd": True}}))["update_id"]
    assert (await bare.sim("update", update={"update_id": 2_000_000_000}))["update_id"] == 2_000_000_000
    await bare.say("hello")
    found = await bare.drain()
    assert found[:2] == [{"update_id": first, "message": {"odd": True}}, {"update_id": 2_000_000_000}]
    assert found[2]["update_id"] == 2_000_000_001
    assert (await bare.sim_refused("update", update=5))[0] == 400
    assert (await bare.sim_refused("update", update={"update_id": "x"}))[0] == 400


async def test_a_long_poll_ends_with_the_first_update(bare: Local) -> None:
    poll = asyncio.create_task(bare.updates(timeout=30))
    await waiting(bare, 1)
    await bare.say("hello")
    assert [update["message"]["text"] for update in await poll] == ["hello"]


async def waiting(local: Local, polls: int) -> None:
    while (await local.look("state"))["polls"] < polls:
        pass


async def test_a_long_poll_ends_with_its_time(bare: Local) -> None:
    assert await bare.updates(timeout=1) == []


async def test_the_older_of_two_pollers_is_refused(bare: Local) -> None:
    older = asyncio.create_task(bare.refused("getUpdates", timeout=30))
    await waiting(bare, 1)
    younger = asyncio.create_task(bare.updates(timeout=30))
    assert await older == (409, CONFLICT)
    await bare.say("hello")
    assert len(await younger) == 1
    assert (await bare.look("state"))["conflicts"] == 1


async def test_limits_are_held(bare: Local) -> None:
    for number in range(101):
        await bare.say(str(number))
    assert len(await bare.updates(limit=500)) == 100
    bare.clock.ticks += 1
    assert len(await bare.updates(limit=0)) == 1
    bare.clock.ticks += 1
    assert len(await bare.updates(limit="nonsense")) == 100


async def test_only_what_was_asked_for_is_queued(local: Local) -> None:
    await local.updates(allowed_updates=["callback_query"])
    assert (await local.say("unheard"))["update_id"] is None
    assert await local.drain() == []
    assert (await local.bot("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    await local.updates(allowed_updates=[])
    assert (await local.say("heard"))["update_id"] is not None
    assert local.api.world.updates.put("message_reaction", {}) is None


async def test_webhooks_are_not_part_of_this(local: Local) -> None:
    refusal = await local.refused("setWebhook", url="https://x.org")
    assert refusal == (400, "Bad Request: bad webhook: the local Bot API delivers updates by getUpdates only")
    await local.say("hello")
    assert await local.bot("setWebhook", url="") is True
    info = await local.bot("getWebhookInfo")
    assert info == {"url": "", "has_custom_certificate": False, "pending_update_count": 1}
    assert await local.bot("deleteWebhook", drop_pending_updates=True) is True
    assert await local.drain() == []


async def test_the_bot_itself(local: Local) -> None:
    me = await local.bot("getMe")
    assert (me["id"], me["is_bot"], me["supports_inline_queries"]) == (1000000, True, True)
    assert await local.bot("logOut") is True
    assert await local.bot("close") is True
