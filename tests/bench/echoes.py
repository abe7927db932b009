"""`python -m tests.bench.echoes WHO ADDRESS FOLDER`: bots that answer every message with its own words, each as its guide shows it."""

import asyncio
import gc
import os
import sys
import time
from pathlib import Path

TOKEN = "123:bench-bench-bench-bench-bench-bench"


def ours(address: str, folder: Path) -> None:
    """Our intake and delivery around python-telegram-bot's handlers; durable."""
    from bot.commands.run import SELDOM

    gc.set_threshold(*SELDOM)
    asyncio.run(_ours(address, folder))


async def _ours(address: str, folder: Path) -> None:
    from telegram.ext import MessageHandler, filters

    from answers.render import Rendered
    from bot.alarms import Alarms
    from bot.api import Api
    from bot.app import Requests, application, system_clock
    from bot.delivery import Delivery
    from bot.intake import Intake
    from bot.intake.flood import Flood
    from bot.intake.ledger import Ledger
    from bot.intake.polling import Polling
    from bot.intake.ram import folder as in_ram
    from bot.secret import Secret
    from bot.settings import Settings
    from bot.store.sqlite import SqliteStore
    from bot.working import TelegramWork

    settings = Settings.read({"OTR_STATE": str(folder / "echo"), "OTR_RUNTIME": os.environ["OTR_RUNTIME"]})
    requests = Requests.of(settings, Secret(TOKEN))
    app, alarms = application(address, requests), Alarms(system_clock)
    store = SqliteStore.open(settings.state_file, settings.key)
    delivery = Delivery(Api(address, requests.sending), store, alarms)

    async def echo(update, context) -> None:
        text = update.message.text
        await delivery.send(update.message.chat_id, Rendered(html=text, text=text))

    app.add_handler(MessageHandler(filters.ALL, echo))
    await app.initialize()
    intake = Intake(
        polling=Polling(Api(address, requests.polling), time.monotonic),
        ledger=Ledger(in_ram(settings.state, settings.runtime) / "updates.sqlite", system_clock),
        flood=Flood(settings.replies_a_minute, time.monotonic),
        work=TelegramWork(app, None),
        alarms=alarms,
        clock=system_clock,
    )
    intake.start()
    await asyncio.Event().wait()


def ptb(address: str, at_once: int) -> None:
    """python-telegram-bot as it comes."""
    from telegram.ext import ApplicationBuilder

    _run(ApplicationBuilder().concurrent_updates(at_once), address)


def ptb_aiohttp(address: str, at_once: int) -> None:
    """python-telegram-bot with our requests; not durable."""
    from telegram.ext import ApplicationBuilder

    from bot.http import AiohttpRequest
    from bot.secret import Secret

    sending, polling = (AiohttpRequest(Secret(TOKEN), connections=count) for count in (at_once, 1))
    builder = ApplicationBuilder().concurrent_updates(at_once)
    _run(builder.request(sending).get_updates_request(polling), address)


def _run(builder, address: str) -> None:
    from telegram.ext import MessageHandler, filters

    async def echo(update, context) -> None:
        await update.message.reply_text(update.message.text)

    app = builder.token(TOKEN).base_url(f"{address}/bot").build()
    app.add_handler(MessageHandler(filters.ALL, echo))
    app.run_polling()


def aiogram(address: str) -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    dispatcher.run_polling(bot)


WHO = {
    "ours": ours,
    "ptb-64": lambda address, folder: ptb(address, 64),
    "ptb-256": lambda address, folder: ptb(address, 256),
    "aiohttp-256": lambda address, folder: ptb_aiohttp(address, 256),
    "aiogram": lambda address, folder: aiogram(address),
}

if __name__ == "__main__":
    who, address, folder = sys.argv[1:]
    WHO[who](address, Path(folder))
