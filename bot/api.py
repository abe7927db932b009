"""Calls of the Bot API by name: the result, or what became of the call. It knows no chats and no retries.

    NeverLeft   the request did not reach the Bot API                     (bot.http)
    Refused     the Bot API understood it and did not carry it out
    Unclear     it may have been carried out, nobody knows                (bot.http)

A refusal is definite only if it is on the list below and well formed: a 500 is sent at a restart for messages that were
delivered, and what a proxy says in the Bot API's place says nothing (findings: tdlib/telegram-bot-api, Client.cpp).
"""

import json
from http import HTTPStatus
from typing import Any

from telegram.error import TelegramError

from bot.http import TOKEN, AiohttpRequest, Fields, Files, Unclear

DEFINITE = frozenset((400, 401, 403, 404, 409, 413, 429))

LARGEST = 2**53
"""Beyond it numbers of JSON are not exact; ids have at most 52 bits."""


class Refused(TelegramError):
    """A call that was certainly not carried out. `retry_after` in seconds and `moved_to` are 0 where they were not given."""

    def __init__(self, status: int, description: str, *, retry_after: float = 0.0, moved_to: int = 0) -> None:
        super().__init__(description)
        self.status, self.retry_after, self.moved_to = status, retry_after, moved_to

    @property
    def description(self) -> str:
        """Telegram's words in lower case. They are its own: nothing of a reader's is in them."""
        return self.message.lower()


class Api:
    """The Bot API at an address, over one pool of connections."""

    def __init__(self, root: str, request: AiohttpRequest) -> None:
        self._root, self._request = f"{root}/bot{TOKEN}/", request

    async def call(self, method: str, fields: Fields, files: Files | None = None, *, read: float | None = None) -> Any:
        """What stands in `result`. `read` in seconds is how long the answer may take. Raises `NeverLeft`, `Refused`, `Unclear`."""
        status, body = await self._request.exchange("POST", self._root + method, fields, files, read=read)
        return result(status, body)


def result(status: int, body: bytes) -> Any:
    """The result of a reply. Raises `Refused` when it is a definite refusal, else `Unclear`."""
    told = _object(body)
    if status == HTTPStatus.OK and told.get("ok") is True and "result" in told:
        return told["result"]
    if status in DEFINITE and told.get("ok") is False:
        raise refusal(status, told)
    raise Unclear(f"status {status}")


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object of a body; an empty one when it is none: an error of the parser would hold the body, so none is raised."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):  # no JSON, no UTF-8, or lists in lists in lists
        return {}
    return told if isinstance(told, dict) else {}


def refusal(status: int, told: dict[str, Any]) -> Refused:
    given = told.get("parameters")
    parameters = given if isinstance(given, dict) else {}
    return Refused(
        status,
        str(told.get("description", "")),
        retry_after=_number(parameters.get("retry_after")),
        moved_to=int(_number(parameters.get("migrate_to_chat_id"))),
    )


def _number(value: object) -> float:
    """A number as it is given; 0.0 for what is none, for JSON's NaN and Infinity, and for what no Bot API counts up to."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not -LARGEST < value < LARGEST:
        return 0.0
    return float(value)
