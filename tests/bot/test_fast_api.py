"""The Bot API that bots are measured at: what it counts is what a figure says, so it is counted on by a client of its own."""

import asyncio
import json
import subprocess
import sys

import httpx
import pytest

from tests.bench.fast_api import FastApi, serving


@pytest.fixture
async def served():
    api = FastApi()
    async with serving(api) as address, httpx.AsyncClient(base_url=f"{address}/bot123:x") as client:
        yield api, client


async def updates(api, client, **fields):
    """Their numbers, counted from the first."""
    if fields.get("offset", 0) >= 0:
        fields["offset"] = api.first + fields.get("offset", 0)
    told = (await client.post("/getUpdates", data=fields)).json()
    return [update["update_id"] - api.first for update in told["result"]]


async def test_updates_stay_until_an_offset_confirms_them(served):
    api, client = served
    api.ask(["a"] * 150)
    assert await updates(api, client) == list(range(100))
    assert await updates(api, client, offset=100) == list(range(100, 150))
    assert api.pending == 50
    assert await updates(api, client, offset=-1) == [149]


async def test_the_same_offset_again_at_once_gets_one_update(served):
    api, client = served
    api.ask(["a"] * 3)
    assert await updates(api, client, offset=1) == [1, 2]
    assert await updates(api, client, offset=1) == [1]


async def test_a_poll_waits_for_an_update_and_a_second_poll_ends_it(served):
    api, client = served
    waits = asyncio.create_task(client.post("/getUpdates", data={"timeout": 20}))
    async with asyncio.timeout(10):
        await api.polled()
    second = asyncio.create_task(client.post("/getUpdates", data={"timeout": 20}))
    assert (await waits).status_code == 409
    api.say(5, "/help")
    message = (await second).json()["result"][0]["message"]
    assert message["entities"] == [{"offset": 0, "length": 5, "type": "bot_command"}]


@pytest.mark.parametrize("form", ["data", "json", "multipart"])
async def test_an_answer_is_counted_for_the_reader_who_asked(served, form):
    api, client = served
    chats = api.ask(["a", "b"])
    fields = {"chat_id": str(chats[0]), "text": "né & <b>"}
    body = {"files": {name: (None, value) for name, value in fields.items()}} if form == "multipart" else {form: fields}
    for _ in range(2):
        answer = await client.post("/sendMessage", **body)
    assert json.loads(answer.content)["result"]["text"] == fields["text"]
    assert (api.ledger.lost(chats), api.ledger.doubled(chats), api.ledger.waiting) == (1, 1, 1)
    assert len(api.ledger.waits(chats)) == 1
    await client.post("/sendMessage", data={"chat_id": 7, "text": "digest"})
    assert api.ledger.others == 1


def test_whoever_keeps_to_a_core_of_his_own_leaves_the_bot_the_same_one_as_before():
    told = (
        "import os; from tests.bench.watched import cores; before = cores(); os.sched_setaffinity(0, {before[1]});"
        "print(cores() == before)"
    )
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "True\n"
