"""/corrections: the public correction log of what is live, newest first, for everybody who asks."""

import asyncio
from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes

from answers.errors import NoSuchFact
from answers.factbase import FactBase
from answers.model import Correction, Fact
from answers.render import Rendered, Renderer
from bot.delivery import Button
from bot.handlers.kind import NEW, Handler
from bot.keyboards import OLDER
from bot.office import Office
from bot.pages import Corrected, CorrectionsPage

MOST = 10
LATEST = 10**9
"""A number that no button of ours has; a larger one is forged."""


def handlers(office: Office) -> list[Handler]:
    async def corrections(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            user = update.message.from_user
            await _show(office, update.message.chat_id, user.language_code if user else None, 0)

    async def older(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query and query.message and isinstance(query.data, str):
            await office.delivery.toast(query.id)
            after = min(int(query.data.partition(":")[2]), LATEST)
            await _show(office, query.message.chat.id, query.from_user.language_code, after)

    return [
        CommandHandler("corrections", corrections, filters=NEW),
        CallbackQueryHandler(older, pattern=rf"^{OLDER}:[0-9]{{1,9}}$"),
    ]


async def _show(office: Office, chat: int, language: str | None, after: int) -> None:
    renderer = office.speaking(language)
    rendered, shown, more = await asyncio.to_thread(page, office.desk.snapshot.base, renderer, after)
    button = Button(renderer.label("Older corrections"), f"{OLDER}:{after + max(shown, 1)}")
    await office.delivery.send(chat, rendered, [[button]] if more else [])


def page(base: FactBase, renderer: Renderer, after: int = 0) -> tuple[Rendered, int, int]:
    """The log after so many entries, with how many are shown and how many more there are.

    One that alone does not fit is shown without what stands now, which is asked for by itself.
    """
    entries = tuple(_with_facts(base, one) for one in base.corrections(MOST, after=after))
    rest = max(0, base.withdrawals - after)
    ways = [entries[:shown] for shown in range(len(entries), 0, -1)]
    for some in (*ways, tuple(replace(one, now=None, elsewhere=True) for one in entries[:1]), ()):
        told = CorrectionsPage(entries=some, more=rest - len(some))
        rendered = renderer.render(told.template, page=told)
        if rendered.fits:
            break
    return rendered, len(some), rest - len(some)


def _with_facts(base: FactBase, one: Correction) -> Corrected:
    return Corrected(correction=one, fact=base.fact(one.fact), now=_now(base, one) if one.new else None)


def _now(base: FactBase, one: Correction) -> Fact | None:
    try:
        return base.fact(one.replaced_by)
    except NoSuchFact:
        return None
