"""/correct, /supersede and /retract, for admins: what is lacking is asked for, the act is shown, confirmed and written.

Nothing is live by that: the usual reload is offered next.
"""

import asyncio
import re
from dataclasses import replace

from telegram import Message, Update
from telegram.ext import ContextTypes, filters

from answers.errors import Refused
from answers.life import Order
from answers.model import Status
from answers.render import Rendered
from bot.acts import Acts
from bot.delivery import Button, Buttons
from bot.handlers.admin import propose
from bot.handlers.gate import Press, commanding, pressing, told
from bot.handlers.kind import Handler
from bot.office import Office
from bot.pages import ActStage, Notice, RefusedPage
from bot.withdrawing import Step, carry_out, pages, step

ACTS = {"correct": Status.CORRECTED, "supersede": Status.SUPERSEDED, "retract": Status.RETRACTED}
Place = tuple[int, int]
"""A message of ours: its chat and its number."""


def handlers(office: Office) -> list[Handler]:
    acts = Acts(office.clock)

    class Awaited(filters.MessageFilter):
        """What an admin writes when he was asked for words."""

        def filter(self, message: Message) -> bool:
            return message.from_user is not None and acts.awaits_words(message.from_user.id)

    async def command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message and message.from_user and message.text:
            await _begin(office, acts, message.from_user.id, message.text)

    async def answered(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        one = acts.of(message.from_user.id) if message and message.from_user else None
        if one and message and message.from_user and message.text:
            await _go_on(office, acts, message.from_user.id, _with(one.order, message.text))

    async def pressed(press: Press) -> None:
        await _pressed(office, acts, (press.chat, press.message), press.admin, press.data)

    return [
        *(commanding(office, name, command) for name in ACTS),
        told(office, Awaited(), answered),
        pressing(office, "w", pressed),
    ]


async def _begin(office: Office, acts: Acts, admin: int, text: str) -> None:
    """`/retract FACT`, with the reason behind it or not; `/correct FACT OTHER` may have one, too."""
    name, fact, reason = (*text.split(maxsplit=2), "", "")[:3]
    act = ACTS[name.removeprefix("/").partition("@")[0].casefold()]
    if not fact:
        await office.delivery.send(admin, office.notice(Notice.ACT_HOW))
        return
    await _go_on(office, acts, admin, Order(act=act, fact=fact, on=office.today(), reason=reason))


def _with(order: Order, words: str) -> Order:
    """An order with the words that were asked for: an id, behind which a reason may stand, or the reason."""
    if not order.replacing or order.by:
        return replace(order, reason=words)
    by, _, rest = words.strip().partition(" ")
    return replace(order, by=by, reason=order.reason or rest)


async def _go_on(office: Office, acts: Acts, admin: int, order: Order) -> None:
    """Ask for what an order lacks, or show what it would change. A refused word can be given again."""
    try:
        at = await asyncio.to_thread(step, office.settings.data, order)
    except Refused as refused:
        await office.delivery.send(admin, _refusal(office, refused))
        return
    offered = tuple(fact.id for fact in at.candidates)
    one = acts.begin(admin, at.order, offered=offered, seen=at.withdrawal)
    await office.delivery.send(admin, _shown(office, at), _buttons(office, at, one.key))


def _shown(office: Office, at: Step) -> Rendered:
    for page in pages(at):
        rendered = office.page(page)
        if rendered.fits:
            break
    return rendered


def _buttons(office: Office, at: Step, key: str) -> Buttons:
    offered = [[Button(fact.id, f"w:by:{key}:{number}")] for number, fact in enumerate(at.candidates)]
    sure = [Button(office.words("Confirm"), f"w:yes:{key}")] if at.stage is ActStage.PREVIEW else []
    return [*offered, [*sure, Button(office.words("Cancel"), f"w:no:{key}")]]


async def _pressed(office: Office, acts: Acts, place: Place, admin: int, data: str) -> None:
    _, answer, key, number = (data + ":::").split(":")[:4]
    one = acts.of(admin, key)
    if one and answer == "no":
        acts.take(admin, key)
        await office.delivery.edit(*place, office.notice(Notice.ACT_CANCELLED))
    elif one and answer == "by" and re.fullmatch(r"[0-9]{1,3}", number) and int(number) < len(one.offered):
        await _go_on(office, acts, admin, replace(one.order, by=one.offered[int(number)]))
    elif one and answer == "yes" and one.seen:
        acts.take(admin, key)
        try:
            await asyncio.to_thread(carry_out, office.settings.data, one.seen)
        except Refused as refused:
            await office.delivery.edit(*place, _refusal(office, refused))
            return
        await office.note(admin, str(one.order.act), one.order.fact)
        await office.delivery.edit(*place, office.notice(Notice.ACT_DONE))
        await propose(office, admin, admin)
    else:
        await office.delivery.edit(*place, office.notice(Notice.ACT_TOO_LATE))


def _refusal(office: Office, refused: Refused) -> Rendered:
    """Why, in as much as fits."""
    for shown in range(min(len(refused.problems), 10), -1, -1):
        rendered = office.page(RefusedPage(problems=refused.problems[:shown]))
        if rendered.fits:
            break
    return rendered
