"""answerCallbackQuery and answerInlineQuery.

Must not know who asked (`queries.py` does).
"""

from __future__ import annotations

from typing import Any

from bot.local.errors import Refusal, bad_request
from bot.local.keyboards import inline_keyboard
from bot.local.methods.kinds import Table
from bot.local.methods.messages import message_text
from bot.local.params import Params
from bot.local.values import Json
from bot.local.world import World

TOAST_LIMIT = 200
RESULTS, RESULT_ID_BYTES, START_LIMIT = 50, 64, 64


async def answer_callback_query(world: World, params: Params) -> bool:
    query = world.presses.open(params.word("callback_query_id"))
    answer: Json = {
        "text": params.word("text"),
        "show_alert": params.flag("show_alert"),
        "url": params.word("url"),
    }
    if len(answer["text"]) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if answer["url"] and not answer["url"].startswith(("https://t.me/", "tg://")):
        raise bad_request("URL_INVALID")  # only games and links to the bot itself may be opened
    world.presses.answer(query, answer)
    world.feed.tell({"type": "toast", "chat_id": query.chat_id, "user_id": query.user_id, **answer})
    return True


async def answer_inline_query(world: World, params: Params) -> bool:
    results = read_results(params.sequence("results", "Expected an Array of inline query results"))
    button = _results_button(params.mapping("button", "InlineQueryResultsButton must be an Object"))
    if len(params.word("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    query = world.inline.open(params.word("inline_query_id"))
    world.inline.answer(query, {"results": results, "button": button})
    return True


def read_results(results: list[Any]) -> list[Json]:
    """Client.cpp, get_inline_query_results; the CONSTANTS are the server's."""
    if len(results) > RESULTS:
        raise bad_request("Too many inline query results specified")
    checked = [_result(result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    return checked


def _result(result: Any) -> Json:
    if not isinstance(result, dict):
        raise _unreadable("Inline query result must be an object")
    kind, result_id = str(result.get("type", "")).lower(), str(result.get("id", ""))
    if not 1 <= len(result_id.encode("utf-8", "surrogatepass")) <= RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if kind != "article":
        raise _unreadable(f'type "{kind}" is unsupported for the inline query result')
    if not str(result.get("title", "")).strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    _content(result.get("input_message_content"))
    inline_keyboard(result.get("reply_markup"))
    return {**result, "id": result_id}


def _content(content: Any) -> None:
    if not isinstance(content, dict) or not content.get("message_text"):
        raise _unreadable("Input message content is not specified")
    try:
        message_text({**content, "text": content["message_text"]})
    except Refusal as refusal:
        raise _unreadable(refusal.description.removeprefix("Bad Request: ")) from None


def _unreadable(why: str) -> Refusal:
    return bad_request(f"Can't parse inline query result: {why}")


def _results_button(button: Json | None) -> Json | None:
    if button is None:
        return None
    start = str(button.get("start_parameter") or "")
    if not button.get("text") or bool(start) == bool(button.get("web_app")):
        why = "InlineQueryResultsButton must have exactly one optional field"
        raise bad_request(f"Can't parse inline query results button: {why}")
    if start and not (len(start) <= START_LIMIT and start.replace("-", "a").replace("_", "a").isalnum()):
        raise bad_request("START_PARAM_INVALID")
    return button


METHODS: Table = {"answerCallbackQuery": answer_callback_query, "answerInlineQuery": answer_inline_query}
