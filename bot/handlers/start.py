"""/start: what this is, three questions to try; or, from a deep link, the fact that it names."""

import asyncio

from telegram import Update
from telegram.ext import CommandHandler, ContextTypes

from answers.decide import suggestions
from answers.errors import NoSuchFact
from bot.handlers.kind import NEW, Handler
from bot.keyboards import below, suggested
from bot.menus import set_admin_menu
from bot.office import Office
from bot.pages import Notice, StartPage


def handlers(office: Office) -> list[Handler]:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is None:
            return
        payload = context.args[0] if context.args else ""
        if payload.startswith("fact_"):
            await show_fact(office, update.message.chat_id, payload.removeprefix("fact_"))
            return
        await _welcome(office, update.message.chat_id)
        if update.message.chat_id in office.admins:
            await set_admin_menu(context.bot, office, update.message.chat_id)

    return [CommandHandler("start", start, filters=NEW)]


async def _welcome(office: Office, chat: int) -> None:
    base = office.desk.snapshot.base
    offered = await asyncio.to_thread(suggestions, (), base)
    page = StartPage(coverage=base.coverage, suggestions=offered)
    await office.delivery.send(chat, office.still(page), [[suggested(one)] for one in offered])


async def show_fact(office: Office, chat: int, id_: str) -> None:
    """A fact by id or code, like an answer; or that it is no longer there."""
    try:
        shown = await asyncio.to_thread(office.desk.fact, id_, today=office.today())
    except NoSuchFact:
        await office.delivery.send(chat, office.notice(Notice.FACT_GONE))
        return
    await office.delivery.send(chat, shown.rendered, below(shown.view, office.words))
    office.seen.keep(chat, (fact.id for fact in shown.facts))
