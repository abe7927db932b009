"""/status and /reload, for admins: what is live, and what publishing the data folder would change, to be confirmed."""

import asyncio

from telegram import Update
from telegram.ext import ContextTypes

from answers.errors import Refused
from answers.model import Reload
from answers.reload import Stage
from answers.render import Rendered
from bot.delivery import Button, Buttons, Outcome
from bot.digests import offered
from bot.handlers.gate import Press, commanding, pressing
from bot.handlers.kind import Handler
from bot.menus import set_admin_menu
from bot.office import Office
from bot.pages import Notice, ProblemsPage, PublishedPage, StatusPage
from bot.proposals import NotConfirmed, Proposal, Step

MOST_PROBLEMS = 10
HEAD = 12
"""Characters of the audit trail's head that are shown: nobody finds another trail with the same twelve."""


def handlers(office: Office) -> list[Handler]:
    async def reload(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.from_user:
            await propose(office, update.message.chat_id, update.message.from_user.id)
            await set_admin_menu(context.bot, office, update.message.chat_id)

    async def status(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            await office.delivery.send(update.message.chat_id, office.page(await _status(office)))
            await set_admin_menu(context.bot, office, update.message.chat_id)

    async def pressed(press: Press) -> None:
        await _pressed(office, (press.chat, press.message), press.admin, press.data)

    return [
        # Not waited for: whoever began a build that takes minutes can still roll back.
        commanding(office, "reload", reload, block=False),
        commanding(office, "status", status),
        pressing(office, "r", pressed),
    ]


async def propose(office: Office, chat: int, admin: int) -> None:
    """Show an admin what publishing the data folder would change, to be confirmed; or what is wrong with it."""
    try:
        proposal = await office.publishing.propose(admin)
    except Refused as refused:
        await _problems(office, chat, refused)
        return
    if not proposal.reload:
        await office.delivery.send(chat, office.notice(Notice.UNCHANGED))
        return
    await office.delivery.send(chat, await _shown(office, proposal), _buttons(office, proposal, Step.PUBLISH))


async def _shown(office: Office, proposal: Proposal, stage: Stage | None = None, reached: int = 0) -> Rendered:
    """A proposal as it stands, or as it is shown to somebody else."""
    shown = await asyncio.to_thread(
        office.desk.proposal,
        proposal.reload,
        today=office.today(),
        radius=proposal.radius,
        stage=stage or proposal.stage,
        reached=reached,
    )
    return shown.rendered


def _buttons(office: Office, proposal: Proposal, *steps: Step) -> Buttons:
    words = {
        Step.PUBLISH: office.words("Publish"),
        Step.AGAIN: office.words("Publish all the same"),
        Step.SECOND: office.words("Confirm"),
    }
    said = [Button(words[step], f"r:{step}:{proposal.key}") for step in steps]
    return [[*said, Button(office.words("Cancel"), f"r:no:{proposal.key}")]]


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


Place = tuple[int, int]
"""A message of ours: its chat and its number."""


async def _pressed(office: Office, place: Place, admin: int, data: str) -> None:
    _, answer, key = (data + "::").split(":")[:3]
    if answer == "no":
        proposal = await office.publishing.cancel(key, admin)
        notice = office.notice(Notice.CANCELLED if proposal else Notice.NOT_CONFIRMED)
        await _everywhere(office, {place, *(proposal.places if proposal else ())}, notice)
    elif answer in set(Step):
        await _said(office, place, admin, key, Step(answer))


async def _said(office: Office, place: Place, admin: int, key: str, step: Step) -> None:
    """A yes: it publishes, or the proposal waits for another."""
    try:
        pressed = await office.publishing.press(key, admin, step)
    except NotConfirmed:
        await office.delivery.edit(*place, office.notice(Notice.NOT_CONFIRMED))
        return
    proposal = pressed.proposal
    if pressed.publish:
        done = office.page(published(proposal.reload, rolled_back=False))
        await office.delivery.edit(*place, done, await telling(office))
        await _everywhere(office, {*proposal.places} - {place}, done)
    elif pressed.news and proposal.stage is Stage.WAITS:
        await _ask_others(office, place, proposal)
    elif pressed.news:
        await office.delivery.edit(*place, await _shown(office, proposal), _buttons(office, proposal, Step.AGAIN))


async def _ask_others(office: Office, place: Place, proposal: Proposal) -> None:
    """Show a proposal to every other admin who can be reached, and say to the first that it waits."""
    proposals = office.publishing.proposals
    proposals.place(proposal.key, *place)
    rendered, buttons = await _shown(office, proposal, Stage.SECOND), _buttons(office, proposal, Step.SECOND)
    reached = 0
    for other in proposals.others(proposal.admin):
        sent = await office.delivery.send(other, rendered, buttons)
        if sent.outcome is Outcome.SENT:
            reached += 1
            proposals.place(proposal.key, other, sent.message)
    waiting = await _shown(office, proposal, reached=reached)
    if proposals.waits(proposal.key):  # and the second has not been quicker than this
        await office.delivery.edit(*place, waiting, _buttons(office, proposal))


async def _everywhere(office: Office, places: set[Place], rendered: Rendered) -> None:
    """Say what became of a proposal in every message that shows it; there is nothing left to press."""
    for chat, message in sorted(places):
        await office.delivery.edit(chat, message, rendered)


async def telling(office: Office) -> Buttons:
    """Below a publication that withdrew or changed what readers had been told."""
    publication = await offered(office)
    return [[Button(office.words("Tell the subscribers now"), f"k:tell:{publication}")]] if publication else []


def published(reload: Reload, *, rolled_back: bool) -> PublishedPage:
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
        subscribers=sum((await office.store.revisions()).values()),
        counts=await office.store.counts(office.today()),
        pending=await office.publishing.pending(),
        runs=tuple(one for one in await office.store.progress() if one.under_way),
        halted=await office.store.halted(),
        head=(await office.store.head())[:HEAD],
    )
