"""Inline mode: `@bot question` in any chat gives cited cards, so that a source can be put beside a rumour."""

import asyncio

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import ContextTypes, InlineQueryHandler
from telegram.helpers import create_deep_linked_url

from answers.compose import UnknownView
from answers.model import Fact
from bot.handlers.kind import Handler
from bot.keyboards import deep_link
from bot.office import Office


def handlers(office: Office) -> list[Handler]:
    async def asked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.inline_query
        if query is None:
            return
        cards = (
            await asyncio.to_thread(_cards, office, query.query, context.bot.username) if query.query.strip() else []
        )
        words = (
            office.words("Ask me in private")
            if cards or not query.query.strip()
            else office.words("Nothing on the record about that; ask me in private")
        )
        button = InlineQueryResultsButton(words, start_parameter="inline")
        await office.delivery.inline(query.id, [card.to_dict() for card in cards], button.to_dict())

    return [InlineQueryHandler(asked)]


def _cards(office: Office, question: str, username: str) -> list[InlineQueryResultArticle]:
    """A card for each passage that the answer shows: what is found, or what is near and says so by its title."""
    reply = office.desk.ask(question, today=office.today())
    if isinstance(reply.shown.view, UnknownView):
        return []
    return [_card(office, fact, username) for fact in reply.shown.facts]


def _card(office: Office, fact: Fact, username: str) -> InlineQueryResultArticle:
    shown = office.desk.fact(fact.id, today=office.today())
    link = create_deep_linked_url(username, deep_link(fact))
    source = f"{fact.article.outlet}, {office.renderer.dated(fact.article)}"
    if fact.status.withdrawn:  # what is shown in the list must not look like what stands
        source = f"{office.words('Withdrawn')} · {source}"
    return InlineQueryResultArticle(
        id=fact.code,
        title=f"{source} · {fact.speaker}" if fact.speaker else source,
        description=fact.quote.text,
        input_message_content=InputTextMessageContent(
            shown.rendered.html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(office.words("Check it with the bot"), url=link)]]),
    )
