"""Serving, closing, faults, and a real python-telegram-bot application from end to end."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

import httpx
import pytest
from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.local import LOCAL_TOKEN, LocalApi, LocalPortInUse, serving
from bot.local.dispatch import Call, Reply, refused
from bot.local.errors import Refusal
from tests.bot.local.local_client import Local

Context = ContextTypes.DEFAULT_TYPE


async def test_a_port_in_use_is_named() -> None:
    async with serving(LocalApi()) as root:
        port = int(root.rpartition(":")[2])
        with pytest.raises(LocalPortInUse, match=f"port {port} of 127.0.0.1 is in use"):
            async with serving(LocalApi(), port=port):
                pass


async def busy(http: httpx.AsyncClient, root: str) -> tuple[int, int]:
    state = (await http.get(f"{root}/sim/state")).json()
    return state["polls"], state["watchers"]


async def test_closing_ends_long_polls_and_streams_at_once() -> None:
    api = LocalApi()
    before = signal.getsignal(signal.SIGINT)
    async with httpx.AsyncClient(timeout=30) as http:
        async with serving(api) as root:
            assert signal.getsignal(signal.SIGINT) is before
            poll = asyncio.create_task(http.get(f"{root}/bot{LOCAL_TOKEN}/getUpdates", params={"timeout": 50}))
            outbox = asyncio.create_task(http.get(f"{root}/sim/outbox", params={"wait": 50}))
            stream = asyncio.create_task(http.get(f"{root}/sim/events"))
            while await busy(http, root) != (1, 1):
                pass
        assert (await asyncio.wait_for(poll, 5)).json() == {"ok": True, "result": []}
        assert (await asyncio.wait_for(outbox, 5)).json()["events"] == []
        assert (await asyncio.wait_for(stream, 5)).status_code == 200
        async with serving(api) as root:  # the same world, served again
            assert (await http.get(f"{root}/sim/state")).json()["polls"] == 1


def test_a_token_has_a_shape() -> None:
    with pytest.raises(ValueError, match="a token is"):
        LocalApi(token="x")


class Flood:
    """Refuses one method before it is carried out and loses the answer of another."""

    async def before(self, call: Call) -> Reply | None:
        if call.method == "sendChatAction":
            return refused(Refusal(429, "Too Many Requests: retry after 7", {"retry_after": 7}))
        return None

    async def after(self, call: Call, reply: Reply) -> Reply:
        return Reply(status=502, body={"ok": False}) if call.method == "sendMessage" else reply


async def test_the_place_where_faults_go(local: Local) -> None:
    local.api.bot_plane.faults = Flood()
    flooded = await local.raw("sendChatAction", chat_id=501, action="typing")
    assert (flooded.status_code, flooded.headers["retry-after"]) == (429, "7")
    assert flooded.json()["parameters"] == {"retry_after": 7}
    assert (await local.raw("sendMessage", chat_id=501, text="x")).status_code == 502
    assert [e["method"] for e in (await local.look("outbox"))["events"]] == ["sendMessage"]


async def start(update: Update, context: Context) -> None:
    assert update.effective_message
    keys = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    await update.effective_message.reply_html("<b>Hello</b>", api_kwargs={"reply_markup": keys})


async def echo(update: Update, context: Context) -> None:
    assert update.effective_message
    await update.effective_message.reply_text(f"You said {update.effective_message.text}", do_quote=True)


async def more(update: Update, context: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("Here")
    await update.callback_query.edit_message_text("More")


async def inline(update: Update, context: Context) -> None:
    assert update.inline_query
    content = InputTextMessageContent("<i>Card</i>", parse_mode="HTML")
    await update.inline_query.answer([InlineQueryResultArticle("1", "One", content)])


def application(root: str) -> Application[Any, Any, Any, Any, Any, Any]:
    built = Application.builder().token(LOCAL_TOKEN).base_url(root + "/bot").base_file_url(root + "/file/bot").build()
    built.add_handler(CommandHandler("start", start))
    built.add_handler(MessageHandler(filters.TEXT & ~filters.VIA_BOT, echo))
    built.add_handler(CallbackQueryHandler(more))
    built.add_handler(InlineQueryHandler(inline))
    return built


async def test_python_telegram_bot_from_end_to_end(bare: Local) -> None:
    app = application(bare.root)
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling()
        await bare.say("/start")
        found = await bare.look("outbox", method="sendMessage", wait=10)
        assert found["events"][0]["message"]["entities"] == [{"offset": 0, "length": 5, "type": "bold"}]
        await bare.say("hi")
        found = await bare.look("outbox", method="sendMessage", after=found["last"], wait=10)
        assert found["events"][0]["message"]["text"] == "You said hi"
        pressed = await bare.sim("press", user_id=501, label="More", wait=10)
        assert (pressed["answered"], pressed["text"]) == (True, "Here")
        assert (await bare.look("outbox", method="editMessageText", wait=10))["events"][0]["message"]["text"] == "More"
        cards = await bare.sim("inline", user_id=501, query="x", wait=10)
        assert [card["title"] for card in cards["results"]] == ["One"]
        await bare.sim("choose", user_id=501, result_id="1")
        await app.updater.stop()
        await app.stop()


async def test_what_python_telegram_bot_reads(local: Local) -> None:
    group = (await local.sim("group", title="G"))["chat_id"]
    async with application(local.root) as app:
        assert (await app.bot.get_chat(501)).first_name == "Reader"
        assert (await app.bot.get_chat_member(group, 501)).status == "creator"
        assert (await app.bot.get_webhook_info()).url == ""
        await app.bot.set_my_commands([("ask", "Ask")])
        assert (await app.bot.get_my_commands())[0].command == "ask"
        assert (await app.bot.get_my_name()).name == "On the Record"
        await app.bot.set_message_reaction(501, (await app.bot.send_message(501, "x")).message_id, "👀")
        sent = await app.bot.send_document(501, b"abc", filename="a.txt", caption="A")
        assert sent.document
        assert await (await sent.document.get_file()).download_as_bytearray() == b"abc"
        await local.sim("migrate", chat_id=group)
        with pytest.raises(ChatMigrated):
            await app.bot.send_message(group, "x")
        with pytest.raises(BadRequest, match="can't find end tag"):
            await app.bot.send_message(501, "<b>", parse_mode="HTML")
        await local.sim("block", user_id=501)
        with pytest.raises(Forbidden, match="blocked"):
            await app.bot.send_message(501, "x")
        for update in await app.bot.get_updates():
            assert Update.de_json(update.to_dict(), app.bot)
