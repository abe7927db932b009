"""/review: an admin reads one draft at a time, the worst doubts first, and lets it out, changes it, refuses it or skips it.

What he decides is written to the fact file at once; readers see it after /reload.
"""

import asyncio
from hashlib import sha256

from telegram import Message, Update
from telegram.ext import ContextTypes, filters

from answers.errors import NoSuchFact, OnTheRecordError, Refused
from answers.model import Known
from answers.render import Rendered
from bot import reviewing
from bot.delivery import Button, Buttons
from bot.handlers.gate import Press, commanding, pressing, told
from bot.handlers.kind import Handler
from bot.office import Office
from bot.pages import Notice, RefusedPage, ReviewPage, ReviewsPage
from bot.reviews import Open

MOST_ARTICLES = 20
_ASK = {"speaker": Notice.ASK_SPEAKER, "claim": Notice.ASK_CLAIM, "questions": Notice.ASK_QUESTIONS}
_NOTED = {"publish": "review: let out", "reject": "review: rejected"}
_NOTHING = frozenset({"-", "–", "—"})


def handlers(office: Office) -> list[Handler]:
    class _Asked(filters.MessageFilter):
        """What an admin writes who was asked for a field of a draft."""

        def filter(self, message: Message) -> bool:
            return bool(message.from_user and office.reviews.asked(message.from_user.id))

    async def review(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.from_user:
            name = " ".join(context.args or ())
            chat, admin = update.message.chat_id, update.message.from_user.id
            await (_begin(office, chat, admin, name) if name else _list(office, chat))

    async def pressed(press: Press) -> None:
        await _pressed(office, press.chat, press.message, press.admin, press.data)

    async def written(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.from_user and update.message.text:
            await _written(office, update.message.chat_id, update.message.from_user.id, update.message.text)

    return [
        commanding(office, "review", review),
        pressing(office, "e", pressed),
        told(office, _Asked(), written),
    ]


async def _list(office: Office, chat: int) -> None:
    waiting = list((await asyncio.to_thread(reviewing.to_review, office.settings.data)).items())
    page = ReviewsPage(articles=tuple(waiting[:MOST_ARTICLES]), more=max(0, len(waiting) - MOST_ARTICLES))
    buttons = [[Button(stem, f"e:{_code(stem)}:begin")] for stem, _ in page.articles]
    await office.delivery.send(chat, office.page(page), buttons)


async def _begin(office: Office, chat: int, admin: int, name: str, message: int = 0) -> None:
    try:
        review = reviewing.begin(office.settings.data, name)
        rendered, buttons = await _next(office, admin, review)
    except Refused as refused:
        rendered, buttons = office.page(RefusedPage(problems=refused.problems[:5])), []
    await _show(office, chat, message, rendered, buttons)


async def _show(office: Office, chat: int, message: int, rendered: Rendered, buttons: Buttons) -> None:
    """In the message whose button was pressed, or in a new one."""
    if message:
        await office.delivery.edit(chat, message, rendered, buttons)
    else:
        await office.delivery.send(chat, rendered, buttons)


async def _next(office: Office, admin: int, review: reviewing.Review) -> tuple[Rendered, Buttons]:
    page = await asyncio.to_thread(review.next)
    if page is None:
        office.reviews.end(admin)
        return office.notice(Notice.REVIEWED), []
    return _draft(office, admin, review, page)


def _draft(office: Office, admin: int, review: reviewing.Review, page: ReviewPage) -> tuple[Rendered, Buttons]:
    shown = office.reviews.show(admin, review, page.fact.id)
    return office.page(page), _buttons(office, page, shown.key)


def _buttons(office: Office, page: ReviewPage, key: str) -> Buttons:
    """Publishing what somebody is said to have said names him: a name that does not stand there is confirmed by that."""
    fact = page.fact
    unsure = fact.known in {Known.INHERITED, Known.INFERRED}
    out = office.words("Publish: %(name)s says this", name=fact.speaker) if unsure else office.words("Publish")
    change = (office.words("Edit speaker"), "speaker"), (office.words("Edit claim"), "claim")
    return [
        [Button(out, f"e:{key}:publish")],
        [*(Button(words, f"e:{key}:{what}") for words, what in change)],
        [Button(office.words("Edit questions"), f"e:{key}:questions")],
        [Button(office.words("Reject"), f"e:{key}:reject"), Button(office.words("Skip"), f"e:{key}:skip")],
    ]


async def _pressed(office: Office, chat: int, message: int, admin: int, data: str) -> None:
    _, key, what = (data + "::").split(":")[:3]
    if what == "begin":
        waiting = await asyncio.to_thread(reviewing.to_review, office.settings.data)
        name = next((stem for stem in waiting if _code(stem) == key), "")
        await (_begin(office, chat, admin, name, message) if name else _over(office, chat, message))
        return
    one = office.reviews.of(admin, key) if key else None
    if one is None:
        await _over(office, chat, message)
    elif what in _ASK:
        one.asked = what
        await office.delivery.send(chat, office.notice(_ASK[what]))
    else:
        await _decided(office, chat, message, admin, one, what)


def _code(stem: str) -> str:
    """What stands for an article on a button, which holds at most 64 bytes."""
    return sha256(stem.encode()).hexdigest()[:16]


async def _over(office: Office, chat: int, message: int) -> None:
    await office.delivery.edit(chat, message, office.notice(Notice.NOT_IN_REVIEW))


async def _decided(office: Office, chat: int, message: int, admin: int, one: Open, what: str) -> None:
    try:
        await asyncio.to_thread(_decide, one, what)
        if what in _NOTED:
            await office.note(admin, _NOTED[what], one.shown)
        rendered, buttons = await _next(office, admin, one.review)
    except NoSuchFact:
        rendered, buttons = office.notice(Notice.NOT_IN_REVIEW), []
    except Refused as refused:
        rendered, buttons = office.page(RefusedPage(problems=refused.problems[:5])), []
    await office.delivery.edit(chat, message, rendered, buttons)


def _decide(one: Open, what: str) -> None:
    """Press by press: the name on the button is the one that is confirmed. Raises `Refused`, `NoSuchFact`."""
    match what:
        case "publish":
            one.review.publish(one.shown, confirmed=one.review.page(one.shown).fact.speaker)
        case "reject":
            one.review.reject(one.shown)
        case "skip":
            one.review.skip(one.shown)


async def _written(office: Office, chat: int, admin: int, words: str) -> None:
    """A field of the draft that the admin sees; what cannot stand in it is said, and the draft is shown as it is."""
    one = office.reviews.of(admin)
    if one is None:
        return
    try:
        field = "" if words.strip() in _NOTHING else words
        await asyncio.to_thread(one.review.edit, one.shown, one.asked, field)
        page = await asyncio.to_thread(one.review.page, one.shown)
    except OnTheRecordError as error:
        problems = error.problems[:5] if isinstance(error, Refused) else ()
        await office.delivery.send(
            chat,
            office.page(RefusedPage(problems=problems)) if problems else office.notice(Notice.NOT_IN_REVIEW),
        )
        return
    await office.delivery.send(chat, *_draft(office, admin, one.review, page))
