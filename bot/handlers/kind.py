"""The type of a handler, and the filters that most of them share."""

from typing import Any

from telegram.ext import BaseHandler, ContextTypes, filters

Handler = BaseHandler[Any, ContextTypes.DEFAULT_TYPE, Any]

NEW = filters.UpdateType.MESSAGE
"""New messages only: an edited command is no command."""

PRIVATE = NEW & filters.ChatType.PRIVATE
GROUP = NEW & filters.ChatType.GROUPS
