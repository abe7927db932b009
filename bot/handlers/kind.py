"""The type of a handler, and the filters that most of them share."""

from collections.abc import Iterable
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


def of(admins: Iterable[int]) -> filters.BaseFilter:
    """What an admin commands: in private, in a message of his own."""
    return PRIVATE & filters.User(list(admins)) & _Plain()
