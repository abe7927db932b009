"""What people do: write, edit, forward, block, leave, upgrade groups."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.bot.local.local_client import Local


async def last(local: Local) -> dict[str, Any]:
    return (await local.drain())[-1]


async def test_a_private_chat_begins_with_the_first_message(bare: Local) -> None:
    assert await bare.refused("sendMessage", chat_id=501, text="x") == (400, "Bad Request: chat not found")
    said = await bare.say("/start hello", user_id=7, first_name="Ann", username="ann", language_code="uk")
    message = (await last(bare))["message"]
    assert message["message_id"] == said["message_id"]
    person = {"id": 7, "is_bot": False, "first_name": "Ann", "username": "ann", "language_code": "uk"}
    assert message["from"] == person
    assert message["chat"] == {"id": 7, "first_name": "Ann", "username": "ann", "type": "private"}
    assert message["date"] == 1_700_000_000
    assert (await bare.send(chat_id=7))["chat"]["id"] == 7


async def test_entities_of_what_people_write(bare: Local) -> None:
    await bare.say("/ask@local_bot 😀 @some_one #news x/y a@b.org 1/2 http://x.org/a?b. //no")
    entities = (await last(bare))["message"]["entities"]
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bot_command", 0, 14),
        ("mention", 18, 9),
        ("hashtag", 28, 5),
        ("email", 38, 7),
        ("url", 50, 16),
    ]
    await bare.say("plain")
    assert "entities" not in (await last(bare))["message"]


async def test_edits(local: Local) -> None:
    first = await local.say("one")
    await local.say("two")
    await local.drain()
    local.clock.now += 9
    assert (await local.say("two!", edited=True))["message_id"] == first["message_id"] + 1
    edited = (await last(local))["edited_message"]
    assert (edited["text"], edited["edit_date"]) == ("two!", 1_700_000_009)
    await local.say("one!", edited=True, message_id=first["message_id"])
    assert (await last(local))["edited_message"]["message_id"] == first["message_id"]
    assert (await local.sim_refused("message", user_id=501, text="x", edited=True, message_id=99))[0] == 404
    await local.say("never sent before", user_id=502, edited=True)
    assert "edited_message" in await last(local)


async def test_where_a_message_comes_from(local: Local) -> None:
    above = await local.send("above")
    await local.say("x", forwarded=True, via_bot=True, reply_to=above["message_id"], date=1_600_000_000)
    message = (await last(local))["message"]
    assert message["forward_origin"]["type"] == "hidden_user"
    assert message["via_bot"]["username"] == "another_bot"
    assert message["reply_to_message"]["text"] == "above"
    assert message["date"] == 1_600_000_000
    assert (await local.sim_refused("message", user_id=501, text="x", reply_to=99))[0] == 404


async def test_messages_in_the_name_of_a_chat(local: Local) -> None:
    group = (await local.sim("group", title="G", type="supergroup"))["chat_id"]
    await local.say("anonymous", chat_id=group, sender_chat=group)
    message = (await last(local))["message"]
    assert (message["from"]["id"], message["sender_chat"]["id"]) == (1087968824, group)
    await local.say("channel", chat_id=group, sender_chat=-1009)
    message = (await last(local))["message"]
    assert (message["from"]["id"], message["sender_chat"]["type"]) == (136817688, "channel")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": "x"}, 400),
        ({"user_id": "who", "text": "x"}, 400),
        ({"user_id": 501}, 400),
        ({"user_id": 501, "text": ""}, 400),
        ({"user_id": 501, "text": "  "}, 400),
        ({"user_id": 501, "text": "x" * 4097}, 400),
        ({"user_id": 501, "text": 5}, 400),
        ({"user_id": 501, "text": "x", "edited": "yes"}, 400),
        ({"user_id": 501, "text": "x", "chat_id": -5}, 404),
        ({"user_id": 501, "text": "x", "chat_id": 502}, 400),
    ],
)
async def test_messages_nobody_could_send(local: Local, fields: dict[str, Any], status: int) -> None:
    found, words = await local.sim_refused("message", **fields)
    assert found == status
    assert len(words) > 10


async def test_calls_that_are_not_json(local: Local) -> None:
    url, kind = f"{local.root}/sim/message", {"content-type": "application/json"}
    assert (await local.http.post(url, content=b"{}")).status_code == 415
    assert (await local.http.post(url, content=b"{", headers=kind)).status_code == 400
    assert (await local.http.post(url, content=b"[]", headers=kind)).status_code == 400
    response = await local.http.post(url, content=b'{"user_id": 501, "text": "\\ud83d"}', headers=kind)
    assert "surrogate" in response.json()["error"]
    assert "there is no /sim/nothing" in (await local.http.get(f"{local.root}/sim/nothing")).json()["error"]
    assert (await local.http.get(f"{local.root}/sim/outbox", params={"wait": "long"})).status_code == 400
    foreign = await local.http.get(f"{local.root}/sim/state", headers={"host": "evil.example"})
    assert foreign.status_code == 400


async def test_documents_people_send(local: Local) -> None:
    sent = await local.sim("document", user_id=501, file_name="facts.toml", text="a = 1", caption="new facts")
    message = (await last(local))["message"]
    assert (message["document"]["file_name"], message["caption"]) == ("facts.toml", "new facts")
    path = (await local.bot("getFile", file_id=sent["file_id"]))["file_path"]
    assert (await local.http.get(f"{local.root}/file/bot{local.token}/{path}")).text == "a = 1"
    coded = base64.b64encode(b"\x00\x01").decode()
    await local.sim("document", user_id=501, file_name="x", base64=coded)
    assert (await last(local))["message"]["document"]["file_size"] == 2
    for content in ({}, {"text": "x", "base64": coded}, {"base64": "?"}):
        assert (await local.sim_refused("document", user_id=501, file_name="x", **content))[0] == 400


async def test_a_blocked_bot(local: Local) -> None:
    await local.sim("block", user_id=501)
    change = (await last(local))["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    assert change["new_chat_member"]["until_date"] == 0
    assert await local.refused("sendMessage", chat_id=501, text="x") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    assert (await local.sim_refused("message", user_id=501, text="x"))[0] == 409
    assert (await local.sim_refused("block", user_id=501))[0] == 409
    await local.sim("unblock", user_id=501)
    assert (await last(local))["my_chat_member"]["new_chat_member"]["status"] == "member"
    await local.send()
    assert (await local.sim_refused("block", user_id=777))[0] == 404


async def test_a_deleted_account(local: Local) -> None:
    await local.sim("delete_account", user_id=501)
    assert await local.refused("sendMessage", chat_id=501, text="x") == (
        403,
        "Forbidden: user is deactivated",
    )
    assert (await local.sim_refused("message", user_id=501, text="x"))[0] == 409
    assert (await local.sim_refused("block", user_id=501))[0] == 409


async def test_groups(local: Local) -> None:
    assert await local.refused("sendMessage", chat_id=-1001, text="x") == (400, "Bad Request: chat not found")
    group = (await local.sim("group", title="Square", type="group"))["chat_id"]
    added = (await last(local))["my_chat_member"]
    assert (added["chat"], added["new_chat_member"]["status"]) == (
        {"id": group, "title": "Square", "type": "group"},
        "member",
    )
    assert await local.sim("group", chat_id=group, title="Square") == {"chat_id": group}
    assert await local.drain() == []
    await local.say("hello", chat_id=group, user_id=502)
    assert (await last(local))["message"]["chat"]["type"] == "group"
    standing = [
        (await local.bot("getChatMember", chat_id=group, user_id=u))["status"] for u in (501, 502, 900, 1000000)
    ]
    assert standing == ["creator", "member", "left", "member"]
    assert (await local.refused("getChatMember", chat_id=group, user_id=4))[1] == "Bad Request: member not found"
    for fields in ({"title": "G", "type": "club"}, {"title": "G", "chat_id": 5}, {"chat_id": -77}):
        assert (await local.sim_refused("group", **fields))[0] == 400
    assert (await local.sim("group", title="Second"))["chat_id"] == group - 1


async def test_leaving(local: Local) -> None:
    group = (await local.sim("group", title="G", type="supergroup"))["chat_id"]
    assert await local.bot("leaveChat", chat_id=group) is True
    refusal = await local.refused("sendMessage", chat_id=group, text="x")
    assert refusal == (403, "Forbidden: bot is not a member of the supergroup chat")
    assert (await local.say("unheard", chat_id=group))["update_id"] is None
    assert (await local.refused("leaveChat", chat_id=501))[0] == 400
    local.api.world.rooms[group].bot_status = "kicked"
    refusal = await local.refused("sendMessage", chat_id=group, text="x")
    assert refusal == (403, "Forbidden: bot was kicked from the supergroup chat")


async def test_migration(local: Local) -> None:
    old = (await local.sim("group", title="G"))["chat_id"]
    await local.drain()
    new = (await local.sim("migrate", chat_id=old))["chat_id"]
    first, second = [update["message"] for update in await local.drain()]
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (old, new)
    assert (second["chat"]["id"], second["migrate_from_chat_id"], second["chat"]["type"]) == (
        new,
        old,
        "supergroup",
    )
    body = (await local.raw("sendMessage", chat_id=old, text="x")).json()
    assert body == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new},
    }
    assert (await local.send(chat_id=new))["message_id"] == 2  # supergroups count for themselves
    assert (await local.sim_refused("message", user_id=501, chat_id=old, text="x"))[0] == 409
    assert (await local.sim_refused("migrate", chat_id=old))[0] == 409
    refusal = await local.refused("editMessageText", chat_id=new, message_id=1, text="x")
    assert refusal == (400, "Bad Request: message can't be edited")


async def test_what_the_bot_can_ask_about_chats(local: Local) -> None:
    chat = await local.bot("getChat", chat_id=501)
    assert (chat["type"], chat["first_name"], chat["max_reaction_count"]) == ("private", "Reader", 11)
    assert (await local.bot("getChatMember", chat_id=501, user_id=501))["status"] == "member"
    local.api.world.meet(501)
    group = (await local.sim("group", title="G"))["chat_id"]
    room = local.api.world.rooms[group]
    room.chat = type(room.chat)(id=group, type="supergroup", title="G", username="square")
    assert (await local.bot("getChat", chat_id="@square"))["id"] == group
