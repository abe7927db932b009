"""/status, /reload and /rollback, for those whose numeric id is in the settings, in private, in a message of their own.

Anybody else who types these gets the answer that unknown commands get.
"""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes

from answers.errors import Refused
from answers.model import Reload
from bot.delivery import Button
from bot.handlers.kind import Handler, of
from bot.menus import set_admin_menu
from bot.office import Office
from bot.pages import Notice, ProblemsPage, PublishedPage, StatusPage
from bot.publishing import NotConfirmed, NothingBefore

MOST_PROBLEMS = 10


def handlers(office: Office) -> list[Handler]:
    mine = of(office.admins)

    async def reload(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.from_user:
            await propose(office, update.message.chat_id, update.message.from_user.id)
            await set_admin_menu(context.bot, office, update.message.chat_id)

    async def rollback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.from_user:
            await _rollback(office, update.message.chat_id, update.message.from_user.id)

    async def status(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            await office.delivery.send(update.message.chat_id, office.page(await _status(office)))
            await set_admin_menu(context.bot, office, update.message.chat_id)

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query and query.message and isinstance(query.data, str):
            await office.delivery.toast(query.id)
            if query.from_user.id in office.admins:
                await _pressed(office, query.message.chat.id, query.message.message_id, query.from_user.id, query.data)

    return [
        CommandHandler("reload", reload, filters=mine),
        CommandHandler("rollback", rollback, filters=mine),
        CommandHandler("status", status, filters=mine),
        CallbackQueryHandler(pressed, pattern="^r:"),
    ]


async def propose(office: Office, chat: int, admin: int) -> None:
    """Show an admin what publishing the data folder would change, to be confirmed; or what is wrong with it."""
    try:
        proposal = await office.publishing.propose(admin)
    except Refused as refused:
        await _problems(office, chat, refused)
        return
    if not proposal.reload:
        office.publishing.cancel(proposal.key, admin)
        await office.delivery.send(chat, office.notice(Notice.UNCHANGED))
        return
    buttons = [
        [
            Button(office.words("Publish"), f"r:yes:{proposal.key}"),
            Button(office.words("Cancel"), f"r:no:{proposal.key}"),
        ]
    ]
    await office.delivery.send(chat, proposal.shown.rendered, buttons)


async def _problems(office: Office, chat: int, refused: Refused) -> None:
    """The first problems in the chat, all of them in a file when there are more. Nothing was changed."""
    shown = MOST_PROBLEMS
    while True:
        page = ProblemsPage(problems=refused.problems[:shown], more=max(0, len(refused.problems) - shown))
        rendered = office.page(page)
        if rendered.fits or shown == 0:
            break
        shown -= 1
    sent = await office.delivery.send(chat, rendered)
    if page.more:
        await office.delivery.document(chat, "problems.txt", str(refused) + "\n", reply_to=sent.message)


async def _pressed(office: Office, chat: int, message: int, admin: int, data: str) -> None:
    _, answer, key = (data + "::").split(":")[:3]
    if answer == "no":
        done = office.publishing.cancel(key, admin)
        await office.delivery.edit(chat, message, office.notice(Notice.CANCELLED if done else Notice.NOT_CONFIRMED))
        return
    try:
        proposal = await office.publishing.confirm(key, admin)
    except NotConfirmed:
        await office.delivery.edit(chat, message, office.notice(Notice.NOT_CONFIRMED))
        return
    await office.delivery.edit(chat, message, office.page(_published(proposal.reload, rolled_back=False)))


async def _rollback(office: Office, chat: int, admin: int) -> None:
    try:
        reload = await office.publishing.roll_back(admin)
    except NothingBefore:
        await office.delivery.send(chat, office.notice(Notice.NOTHING_BEFORE))
        return
    await office.delivery.send(chat, office.page(_published(reload, rolled_back=True)))


def _published(reload: Reload, *, rolled_back: bool) -> PublishedPage:
    counts = (len(reload.added), len(reload.changed), len(reload.removed))
    return PublishedPage(revision=reload.after[:12], counts=counts, rolled_back=rolled_back)


async def _status(office: Office) -> StatusPage:
    base = office.desk.snapshot.base
    history = await office.store.publications()
    return StatusPage(
        revision=base.revision[:12],
        coverage=base.coverage,
        live_since=history[0].at if history else None,
        encoder=office.desk.snapshot.encoder,
        why_lexical=office.desk.snapshot.why_lexical,
        subscribers=len(await office.store.subscribers()),
        counts=await office.store.counts(office.today()),
        pending=await office.publishing.pending(),
    )
