"""The buttons below answers: the source in context, other sources, a suggested question, "this does not answer me"."""

import asyncio
import re
from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Update
from telegram.ext import CallbackQueryHandler, ContextTypes

from answers.desk import Shown
from answers.errors import NoSuchFact
from bot.handlers.kind import Handler
from bot.handlers.pages import code_of, topic_page
from bot.handlers.question import give, reply_to
from bot.keyboards import ASK, CONTEXT, NOT_THIS, OTHERS, TOPIC
from bot.office import Office
from bot.pages import Notice

Press = Callable[[CallbackQuery, int, str], Awaitable[None]]


def handlers(office: Office) -> list[Handler]:
    async def context_of(query: CallbackQuery, chat: int, rest: str) -> None:
        await _show(office, chat, query, await asyncio.to_thread(office.desk.context, rest, today=office.today()))

    async def others(query: CallbackQuery, chat: int, rest: str) -> None:
        await _show(office, chat, query, await asyncio.to_thread(office.desk.others, rest, today=office.today()))

    async def ask(query: CallbackQuery, chat: int, rest: str) -> None:
        code, _, number = rest.partition(":")
        suggestion = office.desk.suggestion(code, int(number) if re.fullmatch(r"[0-9]{1,3}", number) else -1)
        await give(office, chat, await reply_to(office, suggestion.text))
        office.turns.keep((chat, query.from_user.id), suggestion.text)

    async def topic(query: CallbackQuery, chat: int, rest: str) -> None:
        known = {code_of(topic): topic for topic in office.desk.snapshot.base.coverage.topics}
        if rest not in known:
            raise NoSuchFact(rest)
        await office.delivery.send(chat, await asyncio.to_thread(topic_page, known[rest], office))

    async def not_this(query: CallbackQuery, chat: int, rest: str) -> None:
        await _something_else(office, query, chat)

    presses: dict[str, Press] = {CONTEXT: context_of, OTHERS: others, ASK: ask, TOPIC: topic, NOT_THIS: not_this}

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None or query.message is None or not isinstance(query.data, str):
            return
        letter, _, rest = query.data.partition(":")
        await office.delivery.toast(query.id)
        try:
            await presses[letter](query, query.message.chat.id, rest)
        except NoSuchFact:
            # An old button, or a forged one: what it names is not there.
            await office.delivery.send(query.message.chat.id, office.notice(Notice.FACT_GONE))

    return [CallbackQueryHandler(pressed, pattern=rf"^(?:{'|'.join(presses)})(?::|$)")]


async def _show(office: Office, chat: int, query: CallbackQuery, shown: Shown) -> None:
    answered = query.message.message_id if query.message else None
    await office.delivery.send(chat, shown.rendered, reply_to=answered)
    office.seen.keep(chat, (fact.id for fact in shown.facts))


async def _something_else(office: Office, query: CallbackQuery, chat: int) -> None:
    """What ranked behind the answer, as near passages; counted, so that editors see where the base fails readers."""
    office.count("not_this")
    answered = office.recent.of(chat, query.message.message_id) if query.message else None
    if answered is None:
        await office.delivery.send(chat, office.notice(Notice.TOO_LONG_AGO))
        return
    reply = await asyncio.to_thread(office.desk.nearest, answered.behind, today=office.today())
    if reply is None:
        await office.delivery.send(chat, office.notice(Notice.NOTHING_ELSE_NEAR))
        return
    await give(office, chat, reply)
