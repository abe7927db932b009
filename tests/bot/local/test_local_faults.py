"""The fault plane, seen from a bot: what each kind looks like on the line, whom it strikes, and how it ends."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

from bot.local.faults import KINDS, FaultPlane
from tests.bot.local.local_client import Clock, Local

BROKEN = (httpx.RemoteProtocolError, httpx.ReadError)
STATUS = {
    "429": 429,
    "500_before": 500,
    "500_after": 500,
    "502": 502,
    "409": 409,
    "401": 401,
    "404": 404,
    "blocked": 403,
    "migrated": 400,
    "entities": 400,
}
DELIVERED = {"reset_after", "hang_after", "500_after", "malformed", "truncated", "empty", "wrong"}
UNREADABLE = {"malformed", "empty", "502"}


async def accepted(local: Local) -> int:
    return int((await local.look("ledger"))["accepted"])


async def struck(local: Local, **fault: Any) -> httpx.Response | Exception:
    """What a sendMessage meets under a fault: an answer, or the way in which the connection ended."""
    await local.sim("fault", times=1, method="sendMessage", **fault)
    try:
        return await local.raw("sendMessage", chat_id=501, text="hello")
    except httpx.HTTPError as error:
        return error


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"refuse", "drop", "slow"}])
async def test_each_kind_strikes_once_and_tells_the_ledger_whether_the_message_stands(local: Local, kind: str) -> None:
    before = await accepted(local)
    met = await struck(local, kind=kind, delay=0.05)
    if kind.startswith(("reset", "hang", "truncated")):
        assert isinstance(met, BROKEN)
    else:
        assert isinstance(met, httpx.Response)
        assert met.status_code == STATUS.get(kind, 200)
    assert await accepted(local) - before == (kind in DELIVERED)
    assert (await local.send())["text"] == "hello"  # its only time is used up
    calls = (await local.look("ledger"))["calls"]["sendMessage"]
    assert calls == {kind: 1, "200": 1}


@pytest.mark.parametrize("kind", sorted(UNREADABLE))
async def test_what_comes_back_is_no_json(local: Local, kind: str) -> None:
    met = await struck(local, kind=kind)
    assert isinstance(met, httpx.Response)
    with pytest.raises(json.JSONDecodeError):
        met.json()


async def test_what_comes_back_is_json_but_no_answer(local: Local) -> None:
    met = await struck(local, kind="wrong")
    assert isinstance(met, httpx.Response)
    assert met.json() == [1, 2, 3]


async def test_refusals_say_what_telegram_says(local: Local) -> None:
    met = await struck(local, kind="429", retry_after=17)
    assert isinstance(met, httpx.Response)
    assert (met.headers["retry-after"], met.json()["parameters"]) == ("17", {"retry_after": 17})
    met = await struck(local, kind="migrated", new_chat=-1005)
    assert isinstance(met, httpx.Response)
    assert met.json()["parameters"] == {"migrate_to_chat_id": -1005}
    met = await struck(local, kind="blocked")
    assert isinstance(met, httpx.Response)
    assert met.json()["error_code"] == 403


async def test_a_slow_call_is_carried_out_late_or_as_soon_as_it_is_healed(local: Local) -> None:
    met = await struck(local, kind="slow", delay=0.02)
    assert isinstance(met, httpx.Response)
    assert met.json()["ok"]
    await local.sim("fault", kind="slow", delay=60, method="sendMessage")
    slow = asyncio.create_task(local.send("slow"))
    await until_struck(local)
    assert (await local.sim("heal"))["healed"] == 1
    assert (await slow)["text"] == "slow"


async def until_struck(local: Local) -> None:
    while not (await local.look("faults"))["faults"][-1]["struck"]:
        pass


async def test_a_call_that_hangs_is_let_go_when_it_is_healed(local: Local) -> None:
    made = await local.sim("fault", kind="hang_before")
    hung = asyncio.create_task(local.raw("getMe"))
    await until_struck(local)
    await local.sim("heal", id=made["id"])
    with pytest.raises(BROKEN):
        await hung
    assert (await local.bot("getMe"))["is_bot"]


async def test_a_call_that_hangs_ends_when_the_bot_hangs_up(local: Local) -> None:
    await local.sim("fault", kind="hang_after", method="sendMessage")
    with pytest.raises(httpx.ReadTimeout):
        await local.http.post(
            f"{local.root}/bot{local.token}/sendMessage", json={"chat_id": 501, "text": "x"}, timeout=0.1
        )
    assert await accepted(local) == 1


async def test_a_fault_strikes_whom_it_names(local: Local) -> None:
    await local.say("hello", user_id=502)
    await local.sim("fault", kind="blocked", method="sendmessage", chat_id=502)
    assert (await local.send())["text"] == "hello"
    assert (await local.refused("sendMessage", chat_id=502, text="x"))[0] == 403
    assert await local.bot("sendChatAction", chat_id=502, action="typing")


async def test_a_fault_lives_for_its_seconds(local: Local) -> None:
    await local.sim("fault", kind="500_before", seconds=5)
    assert (await local.raw("getMe")).status_code == 500
    local.clock.ticks += 5
    assert (await local.raw("getMe")).status_code == 200
    assert not (await local.look("faults"))["faults"][0]["set"]
    assert (await local.sim("heal"))["healed"] == 0


def test_chance_is_seeded_and_keeps_its_share() -> None:
    def drawn(seed: int) -> list[bool]:
        plane = FaultPlane(seed=seed, monotonic=lambda: 0.0)
        plane.set("502", share=0.2)
        return [plane.strike("sendMessage", 1) is not None for _ in range(1000)]

    assert drawn(1) == drawn(1) != drawn(2)
    assert 150 < sum(drawn(1)) < 250


async def test_a_line_that_is_cut_refuses_connections_and_ends_those_that_are_there(local: Local) -> None:
    poll = asyncio.create_task(local.raw("getUpdates", timeout=30))
    while (await local.look("state"))["polls"] < 3:
        pass
    await local.sim("fault", kind="refuse", seconds=30)
    with pytest.raises(BROKEN):
        await poll
    async with httpx.AsyncClient() as fresh:
        with pytest.raises(httpx.ConnectError):
            await fresh.get(f"{local.root}/sim/state")
    local.api.world.faults.heal()
    assert await until_heard(local) == 200
    assert (await local.look("faults"))["faults"][0]["struck"] == 1


async def until_heard(local: Local) -> int:
    while True:
        try:
            return (await local.raw("getMe")).status_code
        except httpx.TransportError:
            await asyncio.sleep(0.01)


async def test_a_dropped_connection_is_taken_and_reset(local: Local) -> None:
    await local.sim("fault", kind="drop", times=2)
    await asyncio.sleep(0.1)  # until those that are open are reset too
    failures = 0
    while failures < 10:
        try:
            await local.raw("getMe")
            break
        except httpx.TransportError:
            failures += 1
    assert (failures, (await local.look("faults"))["faults"][0]["struck"]) == (2, 2)


async def test_wrong_faults_are_told_what_to_do(local: Local) -> None:
    assert "must be one of refuse, drop" in (await local.sim_refused("fault", kind="fire"))[1]
    assert "must be * or a method" in (await local.sim_refused("fault", kind="502", method="sendFire"))[1]
    assert 'give "seconds"' in (await local.sim_refused("fault", kind="refuse"))[1]
    assert 'or "times"' in (await local.sim_refused("fault", kind="drop"))[1]
    assert "no method" in (await local.sim_refused("fault", kind="drop", times=1, method="getMe"))[1]
    assert "must be a number" in (await local.sim_refused("fault", kind="502", seconds="soon"))[1]
    assert (await local.sim_refused("heal", id=9))[0] == 404
    assert set((await local.look("faults"))["kinds"]) == set(KINDS)
    assert len(KINDS) >= 15


async def test_faults_end_with_the_server(clock: Clock) -> None:
    from bot.local import LocalApi, serving

    api = LocalApi(clock=clock.wall)
    async with httpx.AsyncClient() as http:
        async with serving(api) as root:
            local = Local(api=api, clock=clock, root=root, http=http)
            await local.sim("fault", kind="hang_before")
            hung = asyncio.create_task(local.raw("getMe"))
            await until_struck(local)
        with pytest.raises(BROKEN):
            await hung
