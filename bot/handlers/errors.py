"""When a handler fails: the reader is told, the log gets the kind of error and where, and never the message's text."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import ContextTypes

from bot.logs import described
from bot.office import Office
from bot.pages import Notice
from bot.store import NotWritten

log = logging.getLogger(__name__)


def reporter(office: Office) -> Callable[[object, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]:
    async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        if context.error:
            log.error("a handler failed: %s", described(context.error))
        if isinstance(update, Update) and update.effective_chat and (update.message or update.callback_query):
            notice = Notice.NOT_KEPT if isinstance(context.error, NotWritten) else Notice.FAILED
            await office.delivery.send(update.effective_chat.id, office.notice(notice))

    return failed
