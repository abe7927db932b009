"""A question in words: answered, with the buttons that let the reader check and go on."""

import asyncio
from datetime import UTC, datetime, timedelta

from telegram import Message, Update
from telegram.ext import CommandHandler, ContextTypes, MessageHandler, filters

from answers.desk import Reply
from answers.model import LONGEST_QUESTION
from answers.render import Rendered
from bot.addressed import question_in
from bot.handlers.kind import GROUP, NEW, PRIVATE, Handler
from bot.keyboards import below
from bot.office import Office
from bot.pages import AskedPage, Notice

LATE = timedelta(minutes=30)
"""After that a reader may not know any more what an answer is to: the bot was away, or Telegram was."""


def handlers(office: Office) -> list[Handler]:
    async def asked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message is None:
            return
        question = question_in(message, context.bot.id, context.bot.username)
        if question is not None:
            await answer(office, message, question)

    async def ask(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is None:
            return
        _, *question = (update.message.text or "").split(maxsplit=1)
        await answer(office, update.message, "".join(question))

    async def unknown_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            await office.delivery.send(update.message.chat_id, office.notice(Notice.NOT_KNOWN_COMMAND))

    async def wordless(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            await office.delivery.send(update.message.chat_id, office.notice(Notice.ONLY_TEXT))

    words = filters.TEXT | filters.CAPTION
    return [
        CommandHandler("ask", ask, filters=NEW),
        MessageHandler(PRIVATE & filters.COMMAND, unknown_command),
        MessageHandler((PRIVATE | GROUP) & words & ~filters.COMMAND, asked),
        MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, wordless),
    ]


async def answer(office: Office, message: Message, question: str) -> None:
    """Answer a message; in a group as a reply to it. The question is kept nowhere."""
    private = message.chat_id == (message.from_user.id if message.from_user else None)
    asker = (message.chat_id, message.from_user.id if message.from_user else 0)
    reply = await reply_to(office, question, office.turns.of(asker))
    office.turns.keep(asker, question[:LONGEST_QUESTION])
    await give(office, message.chat_id, reply, reply_to=None if private else message.message_id, asked=message.date)


async def reply_to(office: Office, question: str, earlier: tuple[str, ...] = ()) -> Reply:
    """The reply to a question, read with those before it, made off the event loop."""
    return await asyncio.to_thread(office.desk.ask, question, today=office.today(), earlier=earlier)


async def give(
    office: Office, chat: int, reply: Reply, *, reply_to: int | None = None, asked: datetime | None = None
) -> None:
    """Send a reply with its buttons, remember for a while what it showed, and count its outcome.

    Who `asked` so long ago that he may have forgotten is told when.
    """
    *before, answer = _messages(office, reply, asked)
    for one in before:
        await office.delivery.send(chat, one, reply_to=reply_to)
    buttons = below(reply.shown.view, office.renderer.of(reply.language).label)
    sent = await office.delivery.send(chat, answer, buttons, reply_to=reply_to)
    if sent.message:
        office.recent.keep(chat, sent.message, reply)
        office.seen.keep(chat, (fact.id for fact in reply.shown.facts))
    office.count(type(reply.answer).__name__.lower())


def _messages(office: Office, reply: Reply, asked: datetime | None) -> tuple[Rendered, ...]:
    """The answer, with when it was asked before it if that was long ago. In UTC: nobody here knows where the reader is."""
    if asked is None or office.clock() - asked <= LATE:
        return (reply.shown.rendered,)
    at, now = asked.astimezone(UTC), office.clock().astimezone(UTC)
    return headed(office.page(AskedPage(at=at, today=at.date() == now.date()), reply.language), reply.shown.rendered)


def headed(line: Rendered, answer: Rendered) -> tuple[Rendered, ...]:
    """An answer below a line, in one message; in two where one would be too long."""
    both = Rendered(html=f"{line.html}\n\n{answer.html}", text=f"{line.text}\n\n{answer.text}")
    return (both,) if both.fits else (line, answer)
