"""The one gate before whatever only admins may do: commands, buttons, and words that an admin was asked for.

An admin is a numeric id of the settings, in his private chat with the bot, in a message that he wrote here and now or
on a button that he pressed himself. A name says nothing: names are given up and taken by others. Whoever is refused gets
what everybody gets who types an unknown command, so nobody learns which commands there are.

A handler that is made here is guarded by that alone; a module that makes one needs no check of its own.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.office import Office
from bot.pages import Notice

WITHIN = timedelta(seconds=120)
"""How old a command may be: one that waited for the bot to come back was meant for another moment."""

PRESSED_WITHIN = timedelta(hours=1)
"""How old the message may be whose button is pressed. A press has no date of its own, so the message gives it one."""

PRESSES = 1000
"""Presses that are remembered, so that one that is delivered twice acts once."""

_FORWARDED_ONCE = frozenset({"forward_date", "forward_from", "forward_from_chat", "forward_sender_name"})
"""How Bot API servers before 7.0 mark what is forwarded; python-telegram-bot does not know these fields any more."""

Do = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A press that counts: who pressed, the message of ours that has the button, what the button says, and since when.

    `data` is anybody's to forge: it names things, and grants nothing.
    """

    admin: int
    chat: int
    message: int
    data: str
    shown: datetime


class AdminCommand(CommandHandler[Any, Any]):
    """A command that passed the gate."""


class AdminPress(CallbackQueryHandler[Any, Any]):
    """A button that passed the gate; `prefix` is what its data begins with, before a colon."""

    prefix = ""


class AdminWords(MessageHandler[Any, Any]):
    """A message without a command that passed the gate."""


class _FromAdmin(filters.UpdateFilter):
    """New messages that an admin wrote himself. Their age is judged after: he is told that it was too late."""

    def __init__(self, admins: Collection[int]) -> None:
        super().__init__()
        self._admins = frozenset(admins)

    def filter(self, update: Update) -> bool:
        return update.message is not None and may_command(update.message, self._admins)


def may_command(message: Message, admins: Collection[int]) -> bool:
    """Whether a message is an admin's own, in private: not sent for him, from elsewhere or by a chat."""
    sender = message.from_user
    return (
        sender is not None
        and sender.id in admins
        and not sender.is_bot
        and message.chat.type == ChatType.PRIVATE
        and message.chat.id == sender.id
        and is_plain(message)
    )


def is_plain(message: Message) -> bool:
    """A message that a person wrote here and now: not forwarded, edited, scheduled, through a bot or in the name of a chat."""
    marks = (
        message.forward_origin,
        message.is_automatic_forward,
        message.edit_date,
        message.is_from_offline,
        message.via_bot,
        message.sender_chat,
        message.author_signature,
        message.business_connection_id,
        message.sender_business_bot,
    )
    return not any(marks) and _FORWARDED_ONCE.isdisjoint(message.api_kwargs)


def may_press(query: CallbackQuery, admins: Collection[int]) -> bool:
    """Whether a press is an admin's own, on a message in his private chat with the bot."""
    message = query.message
    return (
        query.from_user.id in admins
        and not query.from_user.is_bot
        and query.inline_message_id is None
        and message is not None
        and message.chat.type == ChatType.PRIVATE
        and message.chat.id == query.from_user.id
        and not (isinstance(message, Message) and message.business_connection_id)
    )


def commanding(office: Office, name: str, do: Do, *, block: bool = True) -> AdminCommand:
    """A command for admins."""
    return AdminCommand(name, _in_time(office, name, do), filters=_FromAdmin(office.admins), block=block)


def told(office: Office, awaited: filters.BaseFilter, do: Do) -> AdminWords:
    """What an admin writes while `awaited` says that he was asked for it."""
    mine = _FromAdmin(office.admins) & filters.TEXT & ~filters.COMMAND & awaited
    return AdminWords(mine, _in_time(office, "words", do))


def _in_time(office: Office, name: str, do: Do) -> Do:
    async def gated(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is None:
            return
        if office.clock() - update.message.date > WITHIN:
            await office.delivery.send(update.message.chat_id, office.notice(Notice.COMMAND_TOO_OLD))
            return
        log.info("an admin's command is taken: %s", name)
        await do(update, context)

    return gated


def pressing(
    office: Office, prefix: str, do: Callable[[Press], Coroutine[Any, Any, None]], *, within: timedelta = PRESSED_WITHIN
) -> AdminPress:
    """A button for admins, whose data begins with the prefix and a colon; it is good below a message `within` that age."""
    before: OrderedDict[str, None] = OrderedDict()

    async def gated(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        await office.delivery.toast(query.id)
        press = _press(query, office.admins)
        if press is None or not first_time(before, query.id):
            return
        if office.clock() - press.shown > within:
            await office.delivery.send(press.chat, office.notice(Notice.BUTTON_TOO_OLD))
            return
        log.info("an admin's press is taken: %s", prefix)
        await do(press)

    handler = AdminPress(gated, pattern=f"^{prefix}:")
    handler.prefix = prefix
    return handler


def _press(query: CallbackQuery, admins: Collection[int]) -> Press | None:
    message = query.message
    if message is None or not isinstance(query.data, str) or not may_press(query, admins):
        return None
    # Of a message that Telegram does not show any more it says that it is of 1970: too old, whatever is asked.
    shown = (message.edit_date if isinstance(message, Message) else None) or message.date
    return Press(
        admin=query.from_user.id, chat=message.chat.id, message=message.message_id, data=query.data, shown=shown
    )


def first_time(before: OrderedDict[str, None], press: str, most: int = PRESSES) -> bool:
    """Note a press among the last `most`; False when it stands there already."""
    if press in before:
        return False
    before[press] = None
    if len(before) > most:
        before.popitem(last=False)
    return True
