"""Button presses, inline queries, cards."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.bot.local.local_client import Local

STALE = "Bad Request: query is too old and response timeout expired or query ID is invalid"
KEYS = {
    "inline_keyboard": [
        [{"text": "Go", "callback_data": "go"}, {"text": "Site", "url": "https://x.org/"}],
        [{"text": "Again", "switch_inline_query_current_chat": "again", "style": "primary"}],
    ]
}


def article(result_id: str = "1", text: str = "<b>Card</b>", **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": result_id, "title": "Title", "input_message_content": content, **more}


async def test_a_press_is_answered(local: Local) -> None:
    sent = await local.send(reply_markup=KEYS)
    press = asyncio.create_task(local.sim("press", user_id=501, label="Go", wait=20))
    [update] = await local.updates(timeout=20)
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == (
        "go",
        501,
        sent["message_id"],
    )
    assert isinstance(query["id"], str)
    assert query["chat_instance"]
    answer = {"callback_query_id": query["id"], "text": "Done", "show_alert": True}
    assert await local.bot("answerCallbackQuery", **answer) is True
    assert await press == {
        "callback_query_id": query["id"],
        "answered": True,
        "text": "Done",
        "show_alert": True,
    }
    assert await local.refused("answerCallbackQuery", **answer) == (400, STALE)


async def test_a_press_nobody_waits_for(local: Local) -> None:
    await local.send(reply_markup=KEYS)
    pressed = await local.sim("press", user_id=501, data="go")
    assert pressed["answered"] is False
    local.clock.now += 151
    assert await local.refused("answerCallbackQuery", callback_query_id=pressed["callback_query_id"]) == (
        400,
        STALE,
    )
    assert await local.drain() == []  # the press itself is no longer delivered either


async def test_answers_that_are_refused(local: Local) -> None:
    await local.send(reply_markup=KEYS)
    query_id = (await local.sim("press", user_id=501, data="go"))["callback_query_id"]
    for answer, words in (
        ({"text": "x" * 201}, "Bad Request: MESSAGE_TOO_LONG"),
        ({"url": "https://x.org"}, "Bad Request: URL_INVALID"),
        ({"callback_query_id": "5"}, STALE),
    ):
        assert await local.refused("answerCallbackQuery", **{"callback_query_id": query_id, **answer}) == (
            400,
            words,
        )
    answer = {"callback_query_id": query_id, "url": "https://t.me/local_bot?start=x"}
    assert await local.bot("answerCallbackQuery", **answer) is True
    found = await local.look("outbox", method="answerCallbackQuery")
    assert [(event["ok"], event["chat_id"]) for event in found["events"]] == [
        (False, 501),
        (False, 501),
        (False, None),
        (True, 501),
    ]


async def test_buttons_the_bot_does_not_hear_of(local: Local) -> None:
    await local.send(reply_markup=KEYS)
    site = await local.sim("press", user_id=501, label="Site")
    assert (site["callback_query_id"], site["url"]) == (None, "https://x.org/")
    again = await local.sim("press", user_id=501, label="Again")
    assert again["switch_inline_query_current_chat"] == "again"
    assert await local.drain() == []


async def test_presses_that_cannot_be(local: Local) -> None:
    old = await local.send(reply_markup=KEYS)
    await local.send(reply_markup={"inline_keyboard": [[{"text": "Other", "callback_data": "other"}]]})
    status, words = await local.sim_refused("press", user_id=501, label="Nothing")
    assert status == 404
    assert "['Again', 'Go', 'Other', 'Site']" in words
    message_id = old["message_id"]
    assert (await local.sim_refused("press", user_id=501, message_id=message_id, label="Other"))[0] == 404
    assert (await local.sim("press", user_id=501, message_id=message_id, data="go"))["callback_query_id"]
    assert (await local.sim_refused("press", user_id=501))[0] == 400
    assert (await local.sim_refused("press", user_id=777, label="Go"))[0] == 404


UNREADABLE = "can't parse inline query result: "
ONE_FIELD = "can't parse inline query results button: InlineQueryResultsButton must have exactly one optional field"


async def asked(local: Local, results: list[Any], **more: Any) -> dict[str, Any]:
    question = asyncio.create_task(local.sim("inline", user_id=501, query="troops", wait=20))
    [update] = await local.updates(timeout=20)
    inline = update["inline_query"]
    assert (inline["query"], inline["offset"], inline["from"]["id"]) == ("troops", "", 501)
    assert await local.bot("answerInlineQuery", inline_query_id=inline["id"], results=results, **more) is True
    await local.updates(update["update_id"] + 1)
    return await question


async def test_an_inline_query_and_its_card(local: Local) -> None:
    button = {"text": "Ask", "start_parameter": "ask"}
    keys = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    found = await asked(local, [article("a", reply_markup=keys), article("b")], button=button)
    assert ([r["id"] for r in found["results"]], found["button"], found["answered"]) == (
        ["a", "b"],
        button,
        True,
    )
    group = (await local.sim("group", title="G"))["chat_id"]
    await local.drain()
    card = await local.sim("choose", user_id=501, chat_id=group, result_id="a", query="troops")
    [chosen, update] = await local.drain()
    message = update["message"]
    assert (message["text"], message["entities"][0]["type"], message["via_bot"]["id"]) == (
        "Card",
        "bold",
        1000000,
    )
    assert message["message_id"] == card["message_id"]
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    await local.sim("press", user_id=501, chat_id=group, label="More")
    [pressed] = await local.drain()
    assert pressed["callback_query"]["inline_message_id"] == inline_id
    assert "message" not in pressed["callback_query"]
    assert await local.bot("editMessageText", inline_message_id=inline_id, text="new") is True
    assert (await local.look("transcript", chat_id=group))["messages"][-1]["text"] == "new"


async def test_a_card_without_keyboard_and_wrong_choices(local: Local) -> None:
    assert (await local.sim_refused("choose", user_id=501, result_id="a"))[0] == 404
    found = await asked(local, [article("a")])
    query_id = found["inline_query_id"]
    status, words = await local.sim_refused("choose", user_id=501, inline_query_id=query_id, result_id="z")
    assert (status, "['a']" in words) == (404, True)
    await local.sim("choose", user_id=501, inline_query_id=query_id, result_id="a")
    chosen, update = await local.drain()
    assert "inline_message_id" not in chosen["chosen_inline_result"]
    assert update["message"]["chat"]["id"] == 501


async def test_an_inline_query_nobody_answers(local: Local) -> None:
    found = await local.sim("inline", user_id=501, query="")
    assert (found["results"], found["answered"]) == ([], False)
    assert (await local.sim_refused("inline", user_id=501, query="x" * 257))[0] == 400


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([article(str(n)) for n in range(51)], "too many inline query results specified"),
        ([article("a"), article("a")], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("é" * 33)], "RESULT_ID_INVALID"),
        ([article("a", title=" ")], "ARTICLE_TITLE_EMPTY"),
        (
            [article("a", "<b>x")],
            UNREADABLE + "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ([article("a", "x" * 4097)], "can't parse inline query result: message is too long"),
        (
            [{"type": "article", "id": "a", "title": "t"}],
            "can't parse inline query result: Input message content is not specified",
        ),
        (
            [{"type": "photo", "id": "a"}],
            UNREADABLE + 'type "photo" is unsupported for the inline query result',
        ),
        (["x"], "can't parse inline query result: Inline query result must be an object"),
        ({}, "expected an Array of inline query results"),
    ],
)
async def test_results_that_are_refused(local: Local, results: Any, words: str) -> None:
    query_id = (await local.sim("inline", user_id=501, query="x"))["inline_query_id"]
    refusal = await local.refused("answerInlineQuery", inline_query_id=query_id, results=results)
    assert refusal == (400, f"Bad Request: {words}")


async def test_inline_answers_that_are_refused(local: Local) -> None:
    assert await local.refused("answerInlineQuery", inline_query_id="5", results=[]) == (400, STALE)
    query_id = (await local.sim("inline", user_id=501, query="x"))["inline_query_id"]
    for more, words in (
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        (
            {"button": {"text": "x"}},
            ONE_FIELD,
        ),
    ):
        refusal = await local.refused("answerInlineQuery", inline_query_id=query_id, results=[], **more)
        assert refusal == (400, f"Bad Request: {words}")
