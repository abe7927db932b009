"""The ledger, crowds of updates, channels, and the local Bot API as a program of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from itertools import pairwise

import httpx
import pytest
from telegram import ChatMemberUpdated, Message

from bot.local import LOCAL_TOKEN
from bot.local.__main__ import main, options
from bot.local.ledger import Ledger
from bot.local.sim.crowding import FIRST_OF_CROWD
from tests.bot.local.local_client import Clock, Json, Local


async def test_the_ledger_says_what_each_chat_was_sent(local: Local) -> None:
    await local.say("hello", user_id=502)
    await local.send("one")
    local.clock.ticks += 2
    await local.send("one")
    await local.send("two", chat_id=502)
    await local.refused("sendMessage", chat_id=503, text="x")
    found = await local.look("ledger", messages=1, chats=1, method="sendMessage")
    assert (found["accepted"], found["chats"]) == (3, 2)
    assert found["calls"]["sendMessage"] == {"200": 3, "400": 1}
    assert found["by_chat"] == {"501": 2, "502": 1}
    began = found["messages"][0]["first"]
    assert found["messages"] == [
        {"chat_id": 501, "text": "one", "times": 2, "first": began, "last": began + 2},
        {"chat_id": 502, "text": "two", "times": 1, "first": began + 2, "last": began + 2},
    ]
    assert [count for _, count in found["seconds"]] == [1, 3]
    twice = (await local.look("ledger", messages=1, at_least=2))["messages"]
    assert [message["text"] for message in twice] == ["one"]
    assert (await local.look("ledger", messages=1, chat_id=502))["messages"][0]["text"] == "two"


async def test_polls_with_and_without_updates_are_told_apart(bare: Local) -> None:
    await bare.say("hello")
    await bare.drain()
    assert (await bare.look("ledger"))["calls"]["getUpdates"] == {"200": 1, "nothing": 1}


def test_the_busiest_second_may_begin_anywhere() -> None:
    clock = Clock()
    ledger = Ledger(monotonic=clock.monotonic)
    for at in (0.0, 0.6, 0.7, 0.8, 1.5, 1.59, 1.61, 4.0):
        clock.ticks = at
        ledger.answered("sendMessage", "200")
    assert ledger.busiest("sendMessage") == 5
    assert ledger.by_second("sendMessage") == [(0, 4), (1, 3), (4, 1)]
    assert ledger.busiest("getMe") == 0


def test_a_hundred_thousand_messages_take_little_room() -> None:
    import tracemalloc

    ledger = Ledger(monotonic=lambda: 0.0)
    tracemalloc.start()
    for chat in range(100_000):
        ledger.accepted(chat, "the digest")
        ledger.answered("sendMessage", "200")
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 6_000_000
    assert len(ledger.messages(limit=3)) == 3
    assert len(ledger.by_chat()) == 100_000


async def test_a_crowd_writes_at_once(bare: Local) -> None:
    made = await bare.sim("updates", count=250, chats=50, text="question")
    first = made["first"]
    assert made == {"queued": 250, "dropped": 0, "poisoned": 0, "first": first, "last": first + 249}
    found = [*(await bare.drain()), *(await bare.drain()), *(await bare.drain())]
    assert [update["message"]["text"] for update in found] == [f"question {n}" for n in range(250)]
    assert {update["message"]["chat"]["id"] for update in found} == set(range(FIRST_OF_CROWD, FIRST_OF_CROWD + 50))
    await bare.sim("updates", texts=["a", "b"], first_chat=900)
    assert [(u["message"]["from"]["id"], u["message"]["text"]) for u in await bare.drain()] == [(900, "a"), (901, "b")]


async def test_a_crowd_that_wrote_before_can_be_written_to(bare: Local) -> None:
    assert (await bare.sim("updates", chats=3, first_chat=900, before=True))["queued"] == 0
    assert (await bare.send(chat_id=902))["chat"]["id"] == 902
    assert (await bare.refused("sendMessage", chat_id=903, text="x"))[0] == 400
    assert await bare.drain() == []


async def test_poison_is_put_among_them(bare: Local) -> None:
    made = await bare.sim("updates", count=60, poison=0.3)
    assert 8 < made["poisoned"] < 30
    assert made["queued"] == 60 + made["poisoned"]
    readable = [u for u in await bare.drain() if isinstance(u.get("message"), dict) and "from" in u["message"]]
    assert len(readable) == 60


async def test_updates_come_shuffled_and_again(bare: Local) -> None:
    first = (await bare.sim("updates", count=300, duplicate_share=0.3, shuffle=10))["first"]
    seen: list[int] = []
    while await bare.drain_once(seen):
        pass
    assert set(seen) == set(range(first, first + 300))
    assert 20 < len(seen) - 300 < 120
    assert any(later < earlier for earlier, later in pairwise(seen))
    state = await bare.look("state")
    assert (state["handed_updates"], state["repeated_updates"]) == (len(seen), len(seen) - 300)


async def test_numbers_begin_anew_only_when_nothing_waits(bare: Local) -> None:
    await bare.sim("updates", count=5)
    assert (await bare.sim_refused("updates", count=1, restart_ids=True))[0] == 409
    last = (await bare.drain())[-1]["update_id"]
    made = await bare.sim("updates", count=3, restart_ids=True)
    assert made["last"] < last - 1_000_000
    bare.clock.ticks += 1
    found = await bare.updates(offset=last + 1)  # the offset of before is not believed
    assert [update["update_id"] for update in found] == list(range(made["first"], made["last"] + 1))
    await bare.drain()
    again = await bare.sim("updates", count=1, restart_ids=True)
    assert again["last"] < made["first"] - 1000


async def test_wrong_crowds_are_told_what_to_do(bare: Local) -> None:
    assert "list of strings" in (await bare.sim_refused("updates", texts=[1]))[1]
    assert (await bare.sim("updates"))["queued"] == 0


async def test_the_bot_posts_in_a_channel(bare: Local) -> None:
    made = await bare.sim("channel", title="News", username="the_news")
    assert made["chat_id"] < -1_000_000_000_000
    assert await bare.sim("channel", title="News", chat_id=made["chat_id"]) == {**made, "username": None}
    joined = (await bare.drain())[0]["my_chat_member"]
    assert ChatMemberUpdated.de_json(joined, None).new_chat_member.status == "administrator"
    by_name = await bare.bot("sendMessage", chat_id="@the_news", text="one")
    by_id = await bare.bot("sendMessage", chat_id=made["chat_id"], text="two")
    assert (by_name["message_id"], by_id["message_id"]) == (1, 2)
    assert "from" not in by_id
    assert by_id["sender_chat"]["id"] == by_id["chat"]["id"] == made["chat_id"]
    assert Message.de_json(by_id, None).chat.type == "channel"
    edited = await bare.bot("editMessageText", chat_id="@the_news", message_id=1, text="three")
    assert edited["text"] == "three"
    assert "below" in (await bare.sim_refused("channel", title="x", chat_id=-5))[1]


def test_the_options_of_the_program() -> None:
    chosen = options(["--port", "5", "--latency", "40", "--admin", "1", "--admin", "2"])
    assert (chosen.port, chosen.latency, chosen.admin, chosen.token) == (5, 40.0, [1, 2], LOCAL_TOKEN)


def test_a_wrong_token_stops_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--token", "x"]) == 2
    assert "a token is the bot's number" in capsys.readouterr().err


def test_a_program_of_its_own_prints_its_address_and_ends_when_told() -> None:
    command = [sys.executable, "-m", "bot.local", "--token", "5:own", "--latency", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as program:
        try:
            assert program.stdout
            address = program.stdout.readline().strip()
            answer: Json = httpx.get(f"{address}/bot5:own/getMe", timeout=30).json()
            assert answer["result"]["id"] == 5
            program.send_signal(signal.SIGTERM)
            assert program.wait(30) == 0
        finally:
            program.kill()
