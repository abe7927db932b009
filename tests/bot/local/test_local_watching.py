"""What can be looked at: outbox, transcript, menus, events, the page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.local.feed import BACKLOG, Feed
from bot.local.files import Files
from bot.local.params import Upload
from bot.local.values import Message
from bot.local.world import World
from tests.bot.local.local_client import Local


async def test_the_outbox_holds_every_call_in_order(local: Local) -> None:
    start = (await local.look("outbox"))["last"]
    await local.send("one")
    await local.refused("sendMessage", chat_id=501, text="")
    await local.bot("sendChatAction", chat_id=501, action="typing")
    found = await local.look("outbox", after=start)
    assert [(e["method"], e["ok"], e["chat_id"]) for e in found["events"]] == [
        ("sendMessage", True, 501),
        ("sendMessage", False, 501),
        ("sendChatAction", True, 501),
    ]
    first, second, _ = found["events"]
    assert (first["message"]["text"], first["params"], first["at"]) == (
        "one",
        {"chat_id": 501, "text": "one"},
        1.7e9,
    )
    assert second["error"] == "Bad Request: message text is empty"
    assert [e["seq"] for e in found["events"]] == [start + 1, start + 2, start + 3]
    assert found["last"] == start + 3
    assert len((await local.look("outbox", after=start, method="sendchataction"))["events"]) == 1
    assert (await local.look("outbox", chat_id=777))["events"] == []


async def test_the_outbox_can_be_waited_for(local: Local) -> None:
    wait = asyncio.create_task(local.look("outbox", method="sendMessage", count=2, wait=20))
    await local.send("one")
    await local.send("two")
    assert [e["message"]["text"] for e in (await wait)["events"]] == ["one", "two"]
    assert len((await local.look("outbox", method="sendMessage", count=3, wait=0.01))["events"]) == 2


async def test_the_transcript(local: Local) -> None:
    await local.send("<b>a</b> &lt; <a href='x.org'>b</a>", parse_mode="HTML")
    found = await local.look("transcript", chat_id=501)
    assert found["chat"]["id"] == 501
    message = found["messages"][-1]
    assert message["html"] == '<b>a</b> &lt; <a href="http://x.org/">b</a>'
    assert (message["edited"], [e["type"] for e in message["entities"]]) == (False, ["bold", "text_link"])
    assert (await local.look("transcript", chat_id=502))["messages"] == []
    response = await local.http.get(f"{local.root}/sim/transcript", params={"chat_id": 777})
    assert response.status_code == 404


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()} for name in names]


async def menu(local: Local, **query: Any) -> list[str]:
    return [command["command"] for command in (await local.look("commands", **query))["commands"]]


async def test_the_narrower_scope_wins(local: Local) -> None:
    group = (await local.sim("group", title="G"))["chat_id"]
    assert await menu(local, user_id=501) == []
    steps: list[tuple[Any, str, str]] = [
        (None, "", "default"),
        (None, "uk", "default_uk"),
        ({"type": "all_private_chats"}, "", "private"),
        ({"type": "chat", "chat_id": 501}, "", "chat"),
        ({"type": "all_group_chats"}, "", "groups"),
        ({"type": "all_chat_administrators"}, "", "admins"),
        ({"type": "chat", "chat_id": group}, "", "group"),
        ({"type": "chat_administrators", "chat_id": group}, "", "group_admins"),
        ({"type": "chat_member", "chat_id": group, "user_id": 501}, "", "member"),
    ]
    seen = []
    for scope, language, name in steps:
        await local.bot("setMyCommands", commands=commands(name), scope=scope, language_code=language)
        seen.append(
            [
                *await menu(local, user_id=501),
                *await menu(local, user_id=501, language_code="uk"),
                *await menu(local, user_id=501, chat_id=group),
                *await menu(local, user_id=502, chat_id=group),
            ]
        )
    assert seen == [
        ["default"] * 4,
        ["default", "default_uk", "default", "default"],
        ["private", "private", "default", "default"],
        ["chat", "chat", "default", "default"],
        ["chat", "chat", "groups", "groups"],
        ["chat", "chat", "admins", "groups"],
        ["chat", "chat", "group", "group"],
        ["chat", "chat", "group_admins", "group"],
        ["chat", "chat", "member", "group"],
    ]
    assert await local.bot("getMyCommands") == commands("default")
    assert await local.bot("getMyCommands", language_code="uk") == commands("default_uk")
    assert await local.bot("getMyCommands", language_code="fr") == []
    assert await local.bot("deleteMyCommands", scope={"type": "chat", "chat_id": 501}) is True
    assert await menu(local, user_id=501) == ["private"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"commands": commands(*(f"c{n}" for n in range(101)))}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": commands("Big")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("a-b")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("")}, "command must be non-empty"),
        ({"commands": commands("x" * 33)}, "command length must not exceed 32"),
        ({"commands": [{"command": "x", "description": " "}]}, "command description must be non-empty"),
        (
            {"commands": [{"command": "x", "description": "d" * 257}]},
            "command description length must not exceed 256",
        ),
        ({"commands": ["x"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": [], "language_code": "ukr"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "x"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat"}}, "can't parse BotCommandScope: Empty chat_id specified"),
        (
            {"commands": [], "scope": {"type": "chat_member", "chat_id": 501}},
            "can't parse BotCommandScope: Invalid user_id specified",
        ),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 777}}, "chat not found"),
    ],
)
async def test_commands_that_are_refused(local: Local, params: dict[str, Any], words: str) -> None:
    assert await local.refused("setMyCommands", **params) == (400, f"Bad Request: {words}")


async def test_the_profile(local: Local) -> None:
    assert await local.bot("getMyName") == {"name": "On the Record"}
    for kind, method, limit in (
        ("name", "MyName", 64),
        ("description", "MyDescription", 512),
        ("short_description", "MyShortDescription", 120),
    ):
        assert await local.bot("set" + method, **{kind: "x" * limit}) is True
        assert await local.bot("set" + method, **{kind: "у", "language_code": "uk"}) is True
        assert await local.bot("get" + method, language_code="fr") == {kind: "x" * limit}
        assert await local.bot("get" + method, language_code="uk") == {kind: "у"}
        assert (await local.refused("set" + method, **{kind: "x" * (limit + 1)}))[0] == 400
        await local.bot("set" + method, **{kind: "", "language_code": "uk"})
        assert await local.bot("get" + method, language_code="uk") == {kind: "x" * limit}
    about = await local.look("bot")
    assert (about["name"], [p["id"] for p in about["people"]], about["admin_ids"]) == (
        "x" * 64,
        [501, 502, 900],
        [900],
    )


async def test_the_menu_button(local: Local) -> None:
    assert await local.bot("getChatMenuButton") == {"type": "commands"}
    await local.bot("setChatMenuButton", chat_id=501, menu_button={"type": "default"})
    assert await local.bot("getChatMenuButton", chat_id=501) == {"type": "default"}
    refusal = await local.refused("setChatMenuButton", menu_button={"type": "x"})
    assert refusal == (400, "Bad Request: can't parse menu button: MenuButton has unsupported type")


async def test_the_state(local: Local) -> None:
    await local.say("hello")
    found = await local.look("state")
    assert (found["pending_updates"], found["chats"], found["conflicts"]) == (1, 1, 0)


async def events(response: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    async for line in response.aiter_lines():
        if line.startswith("data: "):
            yield json.loads(line[6:])


async def test_events_as_they_happen(local: Local) -> None:
    url = f"{local.root}/sim/events"
    async with local.http.stream("GET", url, params={"chat_id": 501, "user_id": 501}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        seen = events(response)
        await local.say("elsewhere", user_id=502)
        keys = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
        sent = await local.send("here", reply_markup=keys)
        await local.bot("sendChatAction", chat_id=501, action="typing")
        await local.bot("editMessageText", chat_id=501, message_id=sent["message_id"], text="new", reply_markup=keys)
        query_id = (await local.sim("press", user_id=501, label="Go"))["callback_query_id"]
        await local.bot("answerCallbackQuery", callback_query_id=query_id, text="Done")
        await local.bot("deleteMessage", chat_id=501, message_id=sent["message_id"])
        await local.bot("setMyCommands", commands=[])
        await local.bot("setMyName", name="x")
        found = [await anext(seen) for _ in range(7)]
    assert [event["type"] for event in found] == [
        "message",
        "typing",
        "edited",
        "toast",
        "deleted",
        "commands",
        "profile",
    ]
    assert found[0]["message"]["text"] == "here"
    assert (found[3]["text"], found[3]["user_id"]) == ("Done", 501)
    wrong = await local.http.get(url, params={"chat_id": "x"})
    assert wrong.status_code == 400


async def test_a_slow_watcher_is_sent_away() -> None:
    feed = Feed()
    with feed.subscribed(chat_id=None, user_id=None) as watcher:
        for _ in range(BACKLOG + 1):
            feed.tell({"type": "x"})
        assert watcher.events.get_nowait() is None
        assert len(feed) == 0
    feed.close()
    with feed.subscribed(chat_id=1, user_id=None) as late:
        assert late.events.get_nowait() is None


def test_memory_is_bounded() -> None:
    world = World(token="1:x", clock=lambda: 0.0, monotonic=lambda: 0.0, admin_ids=(), newest=3)
    room = world.private_room(world.meet(501))
    for _ in range(5):
        world.post(room, sender=world.bot)
        world.outbox.add({"chat_id": 501, "method": "x"})
        world.presses.ask(user_id=501, chat_id=501)
    assert list(room.messages) == [3, 4, 5]
    assert isinstance(room.messages[5], Message)
    assert len(world.outbox._events) == 3
    assert len(world.presses._queries) == 3
    files = Files(bytes_in_all=10)
    kept = [files.keep(Upload(file_name="x", mime_type="x", content=bytes(6))) for _ in range(2)]
    assert (files.get(kept[0].file_id), files.get(kept[1].file_id) is None) == (None, False)


async def test_the_page(local: Local) -> None:
    for path, kind in (
        ("/", "text/html"),
        ("/page/chat.css", "text/css"),
        ("/page/chat.js", "text/javascript"),
    ):
        response = await local.http.get(local.root + path)
        assert response.headers["content-type"].startswith(kind)
        assert response.headers["content-security-policy"].startswith("default-src 'self'")
        for outside in ("http://", "https://", "innerHTML", "eval("):
            assert outside not in response.text.replace('"http://" + words', "")
    assert (await local.http.get(local.root + "/favicon.ico")).status_code == 204
