"""getUpdates: how long to wait after each way in which it fails. Nothing here waits for that."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.api import Api
from bot.http import AiohttpRequest
from bot.intake.polling import ASIDE, GIVE_UP, LONGEST_PAUSE, Polling, Trouble
from bot.local import LOCAL_TOKEN, LocalApi, serving
from bot.secret import Secret
from tests.bot.faults import Faults, refusal


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        # Each look is a second later, so that no two polls are hurried.
        self.now += 1
        return self.now


@pytest.fixture
async def local() -> AsyncIterator[tuple[LocalApi, Callable[..., Polling]]]:
    api = LocalApi()
    request = AiohttpRequest(Secret(LOCAL_TOKEN), connections=2)
    await request.initialize()
    async with serving(api) as address:

        def polling(monotonic: Callable[[], float]) -> Polling:
            return Polling(Api(address, request), monotonic)

        yield api, polling
        await request.shutdown()


async def pages(polling: Polling, count: int) -> list[Any]:
    return [await polling.page(0, wait=0) for _ in range(count)]


@pytest.mark.parametrize(
    ("status", "trouble"), [(401, Trouble.TOKEN), (404, Trouble.TOKEN), (500, Trouble.NETWORK), (400, Trouble.NETWORK)]
)
async def test_failures_are_waited_out_longer_and_longer(local, status: int, trouble: Trouble) -> None:
    api, make = local
    api.bot_plane.faults = Faults("getUpdates", [refusal(status, "No")] * 8)
    told = await pages(make(Seconds()), 9)
    assert [page.trouble for page in told] == [trouble] * 8 + [Trouble.NONE]
    assert all(0.4 < page.pause <= 1.2 * LONGEST_PAUSE for page in told[:8])
    assert told[7].pause > told[0].pause
    assert told[8].pause == 0


async def test_a_page_ends_the_waiting(local) -> None:
    api, make = local
    api.bot_plane.faults = Faults("getUpdates", [refusal(500, "No"), refusal(500, "No"), None, refusal(500, "No")])
    told = await pages(make(Seconds()), 4)
    assert told[3].pause < 1


async def test_patience_is_kept_when_asked_for(local) -> None:
    api, make = local
    api.bot_plane.faults = Faults("getUpdates", [refusal(429, "Too Many Requests", retry_after=17)])
    assert (await pages(make(Seconds()), 1))[0].pause == 17


async def test_three_conflicts_are_another_instance_and_minutes_of_them_the_end(local) -> None:
    api, make = local
    api.bot_plane.faults = Faults("getUpdates", [refusal(409, "Conflict")] * 100)
    clock = Seconds()
    polling = make(clock)
    told = await pages(polling, 3)
    assert [page.trouble for page in told] == [Trouble.NETWORK, Trouble.NETWORK, Trouble.CONFLICT]
    assert told[2].pause == ASIDE
    for _ in range(20):
        clock.now += ASIDE
        page = await polling.page(0, wait=0)
        if page.trouble is Trouble.LOST:
            break
    assert page.trouble is Trouble.LOST
    assert clock.now > 1000 + GIVE_UP


async def test_a_conflict_now_and_then_is_none(local) -> None:
    api, make = local
    api.bot_plane.faults = Faults("getUpdates", [refusal(409, "Conflict")] * 5)
    clock = Seconds()
    polling = make(clock)
    for _ in range(5):
        assert (await polling.page(0, wait=0)).trouble is Trouble.NETWORK
        clock.now += 90


async def test_what_is_no_list_is_no_page(local) -> None:
    api, make = local
    reply = refusal(200, "")
    api.bot_plane.faults = Faults(
        "getUpdates", [lambda: type(reply())(status=200, body={"ok": True, "result": {"a": 1}})]
    )
    assert (await pages(make(Seconds()), 1))[0].trouble is Trouble.NETWORK


async def test_one_offset_again_is_not_asked_in_a_hurry(local) -> None:
    _, make = local
    polling = make(time.monotonic)
    begun = time.monotonic()
    await pages(polling, 2)
    assert time.monotonic() - begun >= 0.5
