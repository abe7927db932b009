"""The type of a handler, and the filters that most of them share."""

from typing import Any

from telegram import Message
from telegram.ext import BaseHandler, ContextTypes, filters

from bot.addressed import is_plain

Handler = BaseHandler[Any, ContextTypes.DEFAULT_TYPE, Any]

NEW = filters.UpdateType.MESSAGE
"""New messages only: an edited command is no command."""

PRIVATE = NEW & filters.ChatType.PRIVATE
GROUP = NEW & filters.ChatType.GROUPS


class _Plain(filters.MessageFilter):
    """Messages that a person wrote here and now: a forwarded command is somebody else's."""

    def filter(self, message: Message) -> bool:
        return is_plain(message)


PLAIN = _Plain()
