"""The usual bot: python-telegram-bot as its documentation shows it. What the measures say of it is what they are for."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters

SLOW, SLOWNESS = "slow", 0.6


async def echo(update: Update, context: Any) -> None:
    message = update.effective_message
    assert message
    assert message.text
    if message.text.startswith(SLOW):
        await asyncio.sleep(SLOWNESS)
    await message.reply_text(f"You said {message.text}")


def main() -> int:
    root, token = os.environ["OTR_TELEGRAM_API"], os.environ["OTR_TELEGRAM_TOKEN"]
    built = Application.builder().token(token).base_url(f"{root}/bot").concurrent_updates(64).build()
    built.add_handler(MessageHandler(filters.TEXT, echo))
    built.run_polling(drop_pending_updates=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
