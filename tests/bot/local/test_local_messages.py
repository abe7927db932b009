"""sendMessage, edits, deletions, reactions, documents."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.bot.local.local_client import Local

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


GO = {"text": "Go", "callback_data": "go"}


async def test_a_message_comes_back_as_telegram_writes_it(local: Local) -> None:
    sent = await local.send(
        " <b>Hi</b> 😀<i>x</i> ", parse_mode="HTML", reply_markup=keyboard([GO]), protect_content=True
    )
    assert sent["text"] == "Hi 😀x"
    assert sent["entities"] == [
        {"offset": 0, "length": 2, "type": "bold"},
        {"offset": 5, "length": 1, "type": "italic"},
    ]
    assert sent["from"] == {"id": 1000000, "is_bot": True, "first_name": "On the Record", "username": "local_bot"}
    assert sent["chat"] == {"id": 501, "first_name": "Reader", "username": "reader", "type": "private"}
    assert (sent["date"], sent["reply_markup"]) == (1_700_000_000, keyboard([GO]))
    assert sent["has_protected_content"] is True
    assert "edit_date" not in sent


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x" * 32769}, "text is too long"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "entities": [{"type": "bold"}]}, "can't parse MessageEntity: 'offset'"),
        ({"text": "x", "link_preview_options": 5}, "object expected as link preview options"),
        ({"text": "x", "reply_markup": "nonsense"}, "object expected as reply markup"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "chat_id": 777}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ],
)
async def test_what_send_message_refuses(local: Local, params: dict[str, Any], words: str) -> None:
    assert await local.refused("sendMessage", **{"chat_id": 501, **params}) == (400, f"Bad Request: {words}")


async def test_text_is_counted_after_parsing(local: Local) -> None:
    assert len((await local.send("<b>" + "x" * 4096 + "</b>", parse_mode="html"))["text"]) == 4096
    assert len((await local.send("😀" * 2048))["text"]) == 2048


async def test_a_lone_surrogate_is_refused(local: Local) -> None:
    content = '{"chat_id": 501, "text": "\\ud83d"}'
    form = {"chat_id": "501", "text": "x", "reply_markup": '{"a": "\\ud83d"}'}
    response = await local.http.post(f"{local.root}/bot{local.token}/sendMessage", data=form)
    assert response.json()["description"] == "Bad Request: strings must be encoded in UTF-8"
    headers = {"content-type": "application/json"}
    response = await local.http.post(f"{local.root}/bot{local.token}/sendMessage", content=content, headers=headers)
    assert response.json()["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_own_entities_and_a_mentioned_user(local: Local) -> None:
    entities = [{"type": "text_mention", "offset": 0, "length": 2, "user": {"id": 501}}]
    sent = await local.send("Hi", entities=entities)
    assert sent["entities"][0]["user"]["first_name"] == "Reader"


async def test_telegram_finds_links_by_itself_and_keeps_a_hundred_entities(local: Local) -> None:
    sent = await local.send("see https://x.org/a, <code>y.com</code> and cnn.com", parse_mode="HTML")
    assert [(e["type"], e["offset"]) for e in sent["entities"]] == [("url", 4), ("code", 21), ("url", 31)]
    many = await local.send("<b>x</b> " * 120, parse_mode="HTML")
    assert len(many["entities"]) == 100


async def test_replies(local: Local) -> None:
    first = await local.send("first words")
    reply = {"message_id": first["message_id"], "quote": "words"}
    second = await local.send("second", reply_parameters=reply)
    assert second["reply_to_message"]["message_id"] == first["message_id"]
    assert second["quote"] == {"text": "words", "position": 6, "is_manual": True}
    third = await local.send("third", reply_to_message_id=second["message_id"])
    assert "reply_to_message" not in third["reply_to_message"]
    lone = await local.send("lone", reply_parameters={"message_id": 999, "allow_sending_without_reply": True})
    assert "reply_to_message" not in lone
    wrong = {"message_id": first["message_id"], "quote": "other"}
    assert (await local.refused("sendMessage", chat_id=501, text="x", reply_parameters=wrong))[1].endswith(
        "QUOTE_TEXT_INVALID"
    )


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "url": "ftp://x.org"},
            "inline keyboard button URL 'ftp://x.org' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "url": "ton://x"}, "inline keyboard button URL 'ton://x' is invalid: Wrong HTTP URL"),
        ({"text": " ", "url": "x.org"}, "inline keyboard button text must be non-empty"),
        ({"url": "x.org"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ("x", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"text": "x", "copy_text": {"text": "y" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "web_app": {"url": "http://x.org"}},
            "inline keyboard button Web App URL 'http://x.org' is invalid: Only HTTPS links are allowed",
        ),
        ({**GO, "style": "loud"}, "can't parse inline keyboard button: invalid button style specified"),
    ],
)
async def test_buttons_that_are_refused(local: Local, button: Any, words: str) -> None:
    refusal = await local.refused("sendMessage", chat_id=501, text="x", reply_markup=keyboard([button]))
    assert refusal == (400, f"Bad Request: {words}")


async def test_buttons_that_are_kept(local: Local) -> None:
    row: list[dict[str, Any]] = [
        {"text": "a", "callback_data": "x" * 64, "style": "danger"},
        {"text": "b", "url": "https://x.org/"},
        {"text": "c", "url": "tg://user?id=5"},
        {"text": "d", "switch_inline_query": ""},
        {"text": "e", "copy_text": {"text": "y"}},
        {"text": "f", "web_app": {"url": "https://x.org/"}},
    ]
    assert (await local.send(reply_markup=keyboard(row, [])))["reply_markup"] == keyboard(row)
    assert "reply_markup" not in await local.send(reply_markup={"force_reply": True})
    assert "reply_markup" not in await local.send(reply_markup=keyboard())


@pytest.mark.parametrize("rows", [[[GO] * 9], [[GO] * 5] * 21])
async def test_too_many_buttons(local: Local, rows: list[list[dict[str, Any]]]) -> None:
    refusal = await local.refused("sendMessage", chat_id=501, text="x", reply_markup=keyboard(*rows))
    assert refusal == (400, "Bad Request: reply markup is too long")


async def test_a_keyboard_that_is_no_array_of_arrays(local: Local) -> None:
    refusal = await local.refused("sendMessage", chat_id=501, text="x", reply_markup={"inline_keyboard": [GO]})
    assert refusal[1].endswith("must be an Array of Arrays")


async def test_edit(local: Local) -> None:
    sent = await local.send("<b>a</b>", parse_mode="HTML", reply_markup=keyboard([GO]))
    where = {"chat_id": 501, "message_id": sent["message_id"]}
    same = {**where, "text": " <b>a</b>", "parse_mode": "HTML", "reply_markup": keyboard([GO])}
    assert await local.refused("editMessageText", **same) == (400, NOT_MODIFIED)
    local.clock.now += 5
    keys = await local.bot("editMessageReplyMarkup", **where)
    assert "reply_markup" not in keys
    assert "edit_date" not in keys
    edited = await local.bot("editMessageText", **where, text="a")
    assert (edited["text"], edited["edit_date"]) == ("a", 1_700_000_005)
    assert (await local.look("transcript", chat_id=501))["messages"][-1]["edited"] is True


async def test_edits_that_are_refused(local: Local) -> None:
    theirs = await local.say("mine")
    document = await local.http.post(
        f"{local.root}/bot{local.token}/sendDocument",
        data={"chat_id": "501"},
        files={"document": ("a.txt", b"a")},
    )
    where = {"chat_id": 501, "text": "new"}
    assert await local.refused("editMessageText", **where) == (
        400,
        "Bad Request: message identifier is not specified",
    )
    assert await local.refused("editMessageText", **where, message_id=999) == (
        400,
        "Bad Request: message to edit not found",
    )
    refusal = await local.refused("editMessageText", **where, message_id=theirs["message_id"])
    assert refusal == (400, "Bad Request: message can't be edited")
    message_id = document.json()["result"]["message_id"]
    refusal = await local.refused("editMessageText", **where, message_id=message_id)
    assert refusal == (400, "Bad Request: there is no text in the message to edit")
    refusal = await local.refused("editMessageText", text="new", inline_message_id="nothing")
    assert refusal == (400, "Bad Request: MESSAGE_ID_INVALID")


async def test_delete(local: Local) -> None:
    theirs, ours = await local.say("mine"), await local.send()
    for message_id in (theirs["message_id"], ours["message_id"]):
        assert await local.bot("deleteMessage", chat_id=501, message_id=message_id) is True
        refusal = await local.refused("deleteMessage", chat_id=501, message_id=message_id)
        assert refusal == (400, "Bad Request: message to delete not found")
    old = await local.send()
    local.clock.now += 48 * 3600 + 1
    refusal = await local.refused("deleteMessage", chat_id=501, message_id=old["message_id"])
    assert refusal == (400, "Bad Request: message can't be deleted for everyone")


async def test_another_persons_message_in_a_group_cannot_be_deleted(local: Local) -> None:
    group = await local.sim("group", title="G")
    theirs = await local.say("hello", chat_id=group["chat_id"])
    refusal = await local.refused("deleteMessage", chat_id=group["chat_id"], message_id=theirs["message_id"])
    assert refusal == (400, "Bad Request: message can't be deleted")


async def test_reactions(local: Local) -> None:
    where = {"chat_id": 501, "message_id": (await local.say("hello"))["message_id"]}
    eyes = {"type": "emoji", "emoji": "👀"}
    assert await local.bot("setMessageReaction", **where, reaction=[eyes]) is True
    assert (await local.look("transcript", chat_id=501))["messages"][-1]["reaction"] == "👀"
    await local.bot("setMessageReaction", **where, reaction=[])
    assert (await local.look("transcript", chat_id=501))["messages"][-1]["reaction"] is None
    for reaction, words in (
        ([eyes, eyes], "REACTIONS_TOO_MANY"),
        ([{"type": "emoji", "emoji": "🦷"}], "REACTION_INVALID"),
        ([{"type": "paid"}], "REACTION_INVALID"),
        (["x"], "can't parse ReactionType: invalid reaction type specified"),
        ({"type": "emoji"}, "expected an Array of ReactionType"),
    ):
        assert await local.refused("setMessageReaction", **where, reaction=reaction) == (
            400,
            f"Bad Request: {words}",
        )


async def test_chat_actions(local: Local) -> None:
    assert await local.bot("sendChatAction", chat_id=501, action="typing") is True
    refusal = await local.refused("sendChatAction", chat_id=501, action="dancing")
    assert refusal == (400, "Bad Request: wrong parameter action in request")


async def test_documents(local: Local) -> None:
    url = f"{local.root}/bot{local.token}/sendDocument"
    form = {"chat_id": "501", "caption": "<b>Facts</b>", "parse_mode": "HTML", "document": "attach://it"}
    sent = (await local.http.post(url, data=form, files={"it": ("facts.csv", b"a,b", "text/csv")})).json()["result"]
    document = sent["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "facts.csv",
        "text/csv",
        3,
    )
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("Facts", "bold")
    assert "text" not in sent
    again = await local.bot("sendDocument", chat_id=501, document=document["file_id"])
    assert again["document"] == document
    found = await local.bot("getFile", file_id=document["file_id"])
    response = await local.http.get(f"{local.root}/file/bot{local.token}/{found['file_path']}")
    assert response.content == b"a,b"
    page = await local.http.get(f"{local.root}/sim/file", params={"file_id": document["file_id"]})
    assert (page.content, page.headers["content-disposition"]) == (b"a,b", 'attachment; filename="facts.csv"')
    events = (await local.look("outbox", method="sendDocument"))["events"]
    assert events[0]["params"]["it"] == {"file_name": "facts.csv", "mime_type": "text/csv", "file_size": 3}


async def test_documents_that_are_refused(local: Local) -> None:
    url = f"{local.root}/bot{local.token}/sendDocument"
    assert (await local.refused("sendDocument", chat_id=501))[1] == "Bad Request: there is no document in the request"
    refusal = await local.refused("sendDocument", chat_id=501, document="https://x.org/a.pdf")
    assert refusal[1] == "Bad Request: wrong file identifier/HTTP URL specified"
    response = await local.http.post(url, data={"chat_id": "501"}, files={"document": ("a", b"")})
    assert response.json()["description"] == "Bad Request: file must be non-empty"
    refusal = await local.refused("sendDocument", chat_id=501, document="x", caption="y" * 1025)
    assert refusal[1] == "Bad Request: message caption is too long"
    assert (await local.refused("getFile"))[1] == "Bad Request: file_id not specified"
    refusal = await local.refused("getFile", file_id="x")
    assert refusal[1] == "Bad Request: wrong file_id or the file is temporarily unavailable"
    assert (await local.http.get(f"{local.root}/file/bot{local.token}/documents/x")).status_code == 404
    assert (await local.http.get(f"{local.root}/file/bot9:x/documents/x")).status_code == 401
    assert (await local.http.get(f"{local.root}/sim/file", params={"file_id": "x"})).status_code == 404


async def test_a_file_too_big_for_bots(local: Local) -> None:
    files = {"document": ("big", bytes(20 * 1024 * 1024 + 1))}
    url = f"{local.root}/bot{local.token}/sendDocument"
    sent = (await local.http.post(url, data={"chat_id": "501"}, files=files)).json()["result"]
    refusal = await local.refused("getFile", file_id=sent["document"]["file_id"])
    assert refusal == (400, "Bad Request: file is too big")


async def test_a_body_too_big_for_the_server(local: Local) -> None:
    _, _, port = local.root.rpartition(":")
    reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
    head = f"POST /bot{local.token}/getMe HTTP/1.1\r\nHost: localhost\r\nContent-Length: {51 << 20}\r\n\r\n"
    writer.write(head.encode())
    assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_every_way_of_sending_parameters(local: Local) -> None:
    url = f"{local.root}/bot{local.token}/sendmessage"
    markup = json.dumps(keyboard([GO]))
    form = {
        "chat_id": "501",
        "text": "123",
        "reply_markup": markup,
        "disable_notification": "true",
        "unknown": "x",
    }
    for response in (
        await local.http.post(url, data=form),
        await local.http.post(url, files={name: (None, value) for name, value in form.items()}),
        await local.http.get(url, params=form),
        await local.http.post(url, json={**form, "reply_markup": keyboard([GO])}),
        await local.http.post(url, json=form, params={"text": "overridden"}),
    ):
        assert response.json()["result"]["text"] == "123"
        assert response.json()["result"]["reply_markup"] == keyboard([GO])


async def test_bodies_that_cannot_be_read(local: Local) -> None:
    url = f"{local.root}/bot{local.token}/sendMessage"
    headers = {"content-type": "application/json"}
    deep = b"[" * 100_000
    for content, words in (
        (b"{", "can't parse JSON object"),
        (deep, "can't parse JSON object"),
        (b'{"text": NaN}', "can't parse JSON object"),
        (b"[]", "JSON object expected"),
    ):
        response = await local.http.post(url, content=content, headers=headers)
        assert response.json() == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    response = await local.http.post(url, content=b"x", headers={"content-type": "text/plain"})
    assert response.json()["description"] == "Bad Request: message text is empty"


async def test_unknown_method_and_wrong_token(local: Local) -> None:
    assert await local.refused("sendNothing") == (404, "Not Found")
    local.token = "1:x"
    assert await local.refused("getMe") == (401, "Unauthorized")
    assert (await local.http.get(f"{local.root}/nowhere")).json()["description"] == "Not Found"
