"""/halt, /resume and /runs, for admins, and the buttons that stop a run or tell the subscribers of a correction.

To stop takes one press; to go on is shown and confirmed. Both stand in the audit trail.
"""

import hashlib
import re
from collections.abc import Sequence

from telegram import Update
from telegram.ext import ContextTypes

from bot.audit import Act
from bot.delivery import Button
from bot.digests import tell
from bot.handlers.gate import Press, commanding, pressing
from bot.handlers.kind import Handler
from bot.office import Office
from bot.pages import Notice, RunsPage
from bot.runs import Progress, RunState

Place = tuple[int, int]
"""A message of ours: its chat and its number."""


def handlers(office: Office) -> list[Handler]:
    async def halt(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.from_user:
            await office.store.halt(_act(office, update.message.from_user.id, "halt"))
            await _runs(office, update.message.chat_id)

    async def resume(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            await _offer(office, update.message.chat_id)

    async def runs(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            await _runs(office, update.message.chat_id)

    async def pressed(press: Press) -> None:
        await _pressed(office, (press.chat, press.message), press.admin, press.data)

    return [
        commanding(office, "halt", halt),
        commanding(office, "resume", resume),
        commanding(office, "runs", runs),
        pressing(office, "k", pressed),
    ]


def _act(office: Office, admin: int, act: str, detail: str = "") -> Act:
    return Act(at=office.clock(), admin=admin, act=act, revision=office.live(), detail=detail)


async def _page(office: Office, *, asking: bool = False) -> tuple[RunsPage, Sequence[Progress]]:
    runs, halted = await office.store.progress(), await office.store.halted()
    shown = tuple(
        one for one in runs if not asking or one.run.state in {RunState.PAUSED, RunState.OPEN, RunState.CANARY}
    )
    return RunsPage(runs=shown, halted=halted, asking=asking), shown


async def _runs(office: Office, chat: int) -> None:
    page, _ = await _page(office)
    await office.delivery.send(chat, office.page(page))


async def _offer(office: Office, chat: int) -> None:
    """Show what would go on, and to how many."""
    page, runs = await _page(office, asking=True)
    if not _stands(page, runs):
        await office.delivery.send(chat, office.notice(Notice.NOTHING_HALTED))
        return
    sure = Button(office.words("Go on"), f"k:resume:{_key(page, runs)}")
    await office.delivery.send(chat, office.page(page), [[sure, Button(office.words("Cancel"), "k:no:")]])


def _stands(page: RunsPage, runs: Sequence[Progress]) -> bool:
    return bool(page.halted) or any(one.run.state is RunState.PAUSED for one in runs)


def _key(page: RunsPage, runs: Sequence[Progress]) -> str:
    """What was shown, in few letters: a press is good for that only. It is no secret, who presses is looked at."""
    told = f"{page.halted} {sorted(one.run.number for one in runs)}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


async def _pressed(office: Office, place: Place, admin: int, data: str) -> None:
    _, verb, value = (data + "::").split(":")[:3]
    number = int(value) if re.fullmatch(r"[0-9]{1,9}", value) else 0
    if verb == "resume":
        await _resume(office, place, admin, value)
    elif verb == "cancel" and number:
        await _cancel(office, place, admin, number)
    elif verb == "tell" and number:
        told = await tell(office, number, admin)
        await office.delivery.send(place[0], office.notice(Notice.TELLING if told else Notice.NOT_TOLD))
    elif verb == "no":
        await office.delivery.edit(*place, office.notice(Notice.STAYS_HALTED))


async def _resume(office: Office, place: Place, admin: int, key: str) -> None:
    page, runs = await _page(office, asking=True)
    if not _stands(page, runs) or key != _key(page, runs):
        await office.delivery.edit(*place, office.notice(Notice.RUNS_CHANGED))
        return
    await office.store.resume(_act(office, admin, "resume", ", ".join(one.run.slot for one in runs)))
    await office.delivery.edit(*place, office.notice(Notice.RESUMED))


async def _cancel(office: Office, place: Place, admin: int, run: int) -> None:
    """Stop a run, as the button below its canary says. A canary cannot be edited away: its words stay, to be read again."""
    found = {one.number: one for one in await office.store.under_way()}
    slot = found[run].slot if run in found else ""
    stopped = bool(slot) and await office.store.abort(run, _act(office, admin, "digest stopped", slot))
    notice = Notice.RUN_STOPPED if stopped else Notice.RUN_OVER
    await office.delivery.send(place[0], office.notice(notice), reply_to=place[1])
