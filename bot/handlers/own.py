"""/privacy, /export and /forget: what is kept about a reader, all of it in a file, and all of it deleted.

A reader decides about his own private chat and about no other, so nothing but the chat says whose rows are meant. All
of it is said in his language: whoever needs this may be in danger.
"""

import json
import logging
import sqlite3

from telegram import CallbackQuery, Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes

from bot.delivery import Button, Buttons
from bot.handlers.kind import NEW, Handler
from bot.office import Office
from bot.pages import ForgetPage, Notice, PrivacyPage
from bot.store import NotWritten
from bot.store.tombstones import KEPT

FILE = "on-the-record.json"
FORGET, KEEP = "y:forget", "y:keep"
log = logging.getLogger(__name__)


def handlers(office: Office) -> list[Handler]:
    async def privacy(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            page = PrivacyPage(backup_days=KEPT.days)
            await office.delivery.send(update.message.chat_id, office.still(page, _language(update.message)))

    async def export(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and await _alone(office, update.message):
            await _export(office, update.message)

    async def forget(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and await _alone(office, update.message):
            language = _language(update.message)
            page = office.still(ForgetPage(backup_days=KEPT.days), language)
            await office.delivery.send(update.message.chat_id, page, _choice(office, language))

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query:
            await office.delivery.toast(query.id)
            if _own(query):
                await _pressed(office, query)

    return [
        CommandHandler("privacy", privacy, filters=NEW),
        CommandHandler("export", export, filters=NEW),
        CommandHandler("forget", forget, filters=NEW),
        CallbackQueryHandler(pressed, pattern="^y:"),
    ]


def _language(message: Message) -> str | None:
    return message.from_user.language_code if message.from_user else None


async def _alone(office: Office, message: Message) -> bool:
    """Whether nobody else reads along; if somebody does, that is said."""
    if message.from_user and message.chat_id == message.from_user.id:
        return True
    said = office.notice(Notice.OWN_PRIVATELY, _language(message))
    await office.delivery.send(message.chat_id, said, reply_to=message.message_id)
    return False


async def _export(office: Office, message: Message) -> None:
    chat, kept = message.chat_id, await office.store.export(message.chat_id)
    anything = bool(kept.keys() - {"chat"})
    said = office.notice(Notice.EXPORTED if anything else Notice.NOTHING_KEPT, _language(message))
    sent = await office.delivery.send(chat, said)
    if anything:
        told = json.dumps(kept, ensure_ascii=False, indent=2, default=str)
        await office.delivery.document(chat, FILE, told + "\n", reply_to=sent.message or None)


def _choice(office: Office, language: str | None) -> Buttons:
    words = office.speaking(language).label
    return [[Button(words("Delete it all"), FORGET)], [Button(words("Keep it"), KEEP)]]


def _own(query: CallbackQuery) -> bool:
    return query.message is not None and query.message.chat.id == query.from_user.id


async def _pressed(office: Office, query: CallbackQuery) -> None:
    if query.message is None:
        return
    place = (query.message.chat.id, query.message.message_id)
    if query.data == FORGET:
        said = await _forgotten(office, query.message.chat.id)
        await office.delivery.edit(*place, office.notice(said, query.from_user.language_code))
    elif query.data == KEEP:
        await office.delivery.edit(*place, office.notice(Notice.NOT_DELETED, query.from_user.language_code))


async def _forgotten(office: Office, chat: int) -> Notice:
    """Delete what the disk and the memory hold of a chat; what could not be deleted is said to be there still."""
    for memory in (office.recent, office.seen, office.turns):
        memory.drop(chat)
    try:
        await office.store.forget(chat, office.clock())
    except (sqlite3.Error, NotWritten, RuntimeError) as error:
        log.error("a chat could not be forgotten: %s", type(error).__name__)
        return Notice.NOT_FORGOTTEN
    return Notice.FORGOTTEN
