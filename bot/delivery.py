"""Messages out: the one way to send, and the one place that knows what Telegram's refusals mean.

Whoever sends gets an `Outcome`, never an exception of Telegram's. What may have been delivered is not sent twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultsButton,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from answers.render import Rendered
from bot.store import Store

LONGEST_WAIT = 30.0
"""Seconds that an answer waits when Telegram asks for patience; after that it is given up."""

TRIES = 3
PAUSE = 1.0
"""How often, and seconds apart, a message is tried that could not leave."""

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a message. `SENT` is certain to have arrived, `UNKNOWN` may have, the others have not.

    `NOT_SENT` never left, for the Bot API could not be reached or asks for more patience than an answer is worth.
    """

    SENT = "sent"
    BLOCKED = "blocked"
    GONE = "gone"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sent:
    outcome: Outcome
    message: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: the words on it, and what it sends back, at most 64 bytes."""

    words: str
    data: str


Buttons = Sequence[Sequence[Button]]
Attempt = Callable[[int, str, str | None], Awaitable[int]]
"""One try: to a chat, a text in a parse mode; gives the message id."""


class Delivery:
    """The bot's voice. Blocked and vanished chats lose their subscription; moved ones keep it."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot, self._store = bot, store

    async def send(self, chat: int, rendered: Rendered, buttons: Buttons = (), *, reply_to: int | None = None) -> Sent:
        """Send a message in HTML; as plain text when Telegram cannot read the HTML, which is an alarm."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None

        async def attempt(to: int, text: str, mode: str | None) -> int:
            message = await self._bot.send_message(
                to,
                text,
                parse_mode=mode,
                reply_markup=_markup(buttons),
                reply_parameters=reply,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
            return message.message_id

        return await self._deliver(chat, rendered, attempt)

    async def edit(self, chat: int, message: int, rendered: Rendered, buttons: Buttons = ()) -> Sent:
        """Replace a message of ours. That nothing changed is no failure."""

        async def attempt(to: int, text: str, mode: str | None) -> int:
            try:
                await self._bot.edit_message_text(
                    text,
                    to,
                    message,
                    parse_mode=mode,
                    reply_markup=_markup(buttons),
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
            except BadRequest as error:
                if "not modified" not in error.message.lower():
                    raise
            return message

        return await self._deliver(chat, rendered, attempt)

    async def _deliver(self, chat: int, rendered: Rendered, attempt: Attempt) -> Sent:
        sent = await self._patiently(chat, rendered.html, ParseMode.HTML, attempt)
        if sent is None:
            log.error("Telegram could not read our HTML; it is sent as plain text")
            sent = await self._patiently(chat, rendered.text, None, attempt)
        return sent or Sent(Outcome.REFUSED)

    async def _patiently(self, chat: int, text: str, mode: str | None, attempt: Attempt) -> Sent | None:
        """Try, wait when told to, follow a chat that moved. None when the HTML could not be read."""
        for _ in range(TRIES):
            try:
                return Sent(Outcome.SENT, await attempt(chat, text, mode))
            except RetryAfter as error:
                if _seconds(error) > LONGEST_WAIT:
                    break
                await asyncio.sleep(_seconds(error))
            except ChatMigrated as error:
                await self._store.move(chat, error.new_chat_id)
                chat = error.new_chat_id
            except TelegramError as error:
                if not _never_left(error):
                    return await self._settled(chat, error)
                await asyncio.sleep(PAUSE)
        return Sent(Outcome.NOT_SENT)

    async def _settled(self, chat: int, error: TelegramError) -> Sent | None:
        """What a final error means. BadRequest is a NetworkError to python-telegram-bot, so it is asked first."""
        if isinstance(error, Forbidden):
            await self._store.unsubscribe(chat)
            return Sent(Outcome.BLOCKED)
        if isinstance(error, BadRequest):
            said = error.message.lower()
            if "parse entities" in said:
                return None
            if "chat not found" in said:
                await self._store.unsubscribe(chat)
                return Sent(Outcome.GONE)
            log.error("Telegram refused a message: %s", error.message)
            return Sent(Outcome.REFUSED)
        log.warning("it is not known whether a message arrived: %s", type(error).__name__)
        return Sent(Outcome.UNKNOWN)

    async def toast(self, query: str, words: str = "", *, alert: bool = False) -> None:
        """Answer a button press, so that it stops spinning. One that is too old to be answered is let go."""
        await self._quietly(self._bot.answer_callback_query(query, words or None, show_alert=alert))

    async def inline(self, query: str, results: Sequence[InlineQueryResult], button: InlineQueryResultsButton) -> None:
        """Answer an inline query. A minute's cache: after a reload an old card is gone that soon."""
        await self._quietly(self._bot.answer_inline_query(query, results, cache_time=60, button=button))

    async def document(self, chat: int, name: str, text: str, *, reply_to: int | None = None) -> None:
        """Send a text as a file, for what is too long to read in a chat."""
        file = InputFile(text.encode(), filename=name)
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        await self._quietly(self._bot.send_document(chat, file, reply_parameters=reply))

    async def _quietly(self, call: Awaitable[object]) -> None:
        try:
            await call
        except TelegramError as error:
            log.info("Telegram did not take a call: %s", type(error).__name__)


def _never_left(error: TelegramError) -> bool:
    """Whether a request certainly did not reach Telegram: there was no connection to send it on."""
    return isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after if isinstance(after, int) else after.total_seconds())


def _markup(buttons: Buttons) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(one.words, callback_data=one.data) for one in row] for row in buttons if row]
    return InlineKeyboardMarkup(rows) if rows else None
