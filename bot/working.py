"""Updates as python-telegram-bot's handlers work on them: the outside of `bot.intake`'s `Work`."""

from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.intake import Raw
from bot.office import Office
from bot.pages import Notice


class TelegramWork:
    """Parses an update and has the application's handlers work on it."""

    def __init__(self, app: Application[Any, Any, Any, Any, Any, Any], office: Office) -> None:
        self._app, self._office = app, office

    def parsed(self, raw: Raw) -> Update | None:
        """The update; None for whatever python-telegram-bot cannot make one of, in any of its many ways."""
        try:
            return Update.de_json(raw.body, self._app.bot)
        except Exception:  # noqa: BLE001 - a KeyError, a TypeError, a ValueError: the JSON is not ours
            return None

    async def work(self, update: object) -> None:
        await self._app.process_update(update)

    async def too_slow(self, raw: Raw) -> None:
        await self._say(raw, Notice.TOO_SLOW)

    async def too_many(self, raw: Raw) -> None:
        await self._say(raw, Notice.TOO_MANY)

    async def _say(self, raw: Raw, notice: Notice) -> None:
        """Say it where it was asked; an inline query has no chat to say it in."""
        if raw.chat and raw.kind in {"message", "callback_query"}:
            await self._office.delivery.send(raw.chat, self._office.notice(notice))
