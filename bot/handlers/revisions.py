"""/revisions and /rollback, for admins: what was live once and is kept, and the one press that brings it back.

A rollback asks no second admin: it is for the moment when something wrong is being read.
"""

from contextlib import suppress

from telegram import Update
from telegram.ext import ContextTypes

from bot.delivery import Button, Buttons
from bot.handlers.admin import published, telling
from bot.handlers.gate import Press, commanding, pressing
from bot.handlers.kind import Handler
from bot.office import Office
from bot.pages import Notice, Revision, RevisionsPage
from bot.publishing import Kept, NothingBefore

A_ROW = 4
NAMED = 16
"""Characters of a revision on a button, which holds 64 bytes: more than enough to tell twenty apart."""


def handlers(office: Office) -> list[Handler]:
    async def revisions(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            kept = await office.publishing.kept()
            page = RevisionsPage(revisions=tuple(_revision(one, office) for one in kept))
            await office.delivery.send(update.message.chat_id, office.page(page), _buttons(kept))

    async def rollback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.from_user:
            chat, admin, words = update.message.chat_id, update.message.from_user.id, context.args or []
            if not words:
                await _roll_back(office, chat, admin, "", Notice.NOTHING_BEFORE)
                return
            named = await _of_number(office, words[0])
            await _roll_back(office, chat, admin, named, Notice.NO_SUCH_REVISION)

    async def pressed(press: Press) -> None:
        named = await _of_beginning(office, press.data.removeprefix("v:"))
        await _roll_back(office, press.chat, press.admin, named, Notice.NO_SUCH_REVISION)

    return [
        commanding(office, "revisions", revisions),
        commanding(office, "rollback", rollback),
        pressing(office, "v", pressed),
    ]


async def _roll_back(office: Office, chat: int, admin: int, to: str | None, otherwise: Notice) -> None:
    """Go back to a revision ("": the one before; None: one that is not there), and show what changed by it."""
    reload = None
    if to is not None:
        with suppress(NothingBefore):
            reload = await office.publishing.roll_back(admin, to)
    if reload:
        await office.delivery.send(chat, office.page(published(reload, rolled_back=True)), await telling(office))
    else:
        await office.delivery.send(chat, office.notice(otherwise))


async def _of_number(office: Office, number: str) -> str | None:
    found = (one.publication for one in await office.publishing.kept())
    return next((one.revision for one in found if str(one.number) == number), None)


async def _of_beginning(office: Office, beginning: str) -> str | None:
    """The kept revision that a button names; it names no other than those, whatever was forged."""
    found = (one.publication.revision for one in await office.publishing.kept())
    return next((revision for revision in found if revision[:NAMED] == beginning), None)


def _revision(kept: Kept, office: Office) -> Revision:
    publication, admins = kept.publication, sorted(office.admins)
    by = admins.index(publication.admin) + 1 if publication.admin in admins else 0 if not publication.admin else -1
    return Revision(
        number=publication.number,
        revision=publication.revision[:12],
        at=publication.at,
        by=by,
        how=publication.how,
        facts=kept.facts,
        live=kept.live,
    )


def _buttons(kept: list[Kept]) -> Buttons:
    """A number for each revision that is not live."""
    buttons = [
        Button(f"↩ {one.publication.number}", f"v:{one.publication.revision[:NAMED]}") for one in kept if not one.live
    ]
    return [buttons[at : at + A_ROW] for at in range(0, len(buttons), A_ROW)]
