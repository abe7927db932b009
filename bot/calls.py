"""Calls of the Bot API as values: their fields, as they are sent, and what follows when one is not carried out. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from answers.render import Rendered
from bot.outcomes import Meaning, Next, Outcome, of_result

NO_PREVIEW = '{"is_disabled":true}'


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: the words on it, and what it sends back, at most 64 bytes."""

    words: str
    data: str


Buttons = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`chat` is 0 where it belongs to none; `plain` what is sent if the HTML cannot be read, "" when there is no more.

    `number` is that of the message that an edit replaces. Its result is not looked at: it may be of several kinds.
    """

    method: str
    fields: Mapping[str, Any]
    chat: int = 0
    plain: str = ""
    number: int = 0
    files: Mapping[str, tuple[str, bytes]] | None = None
    followed: bool = False

    def meaning_of(self, result: Any) -> Meaning:
        """What it means that this call has a result: a new message has to be named in it."""
        if self.number or not self.chat:
            return Meaning(outcome=Outcome.SENT, message=self.number)
        return of_result(result)

    def after(self, meaning: Meaning) -> "Call | None":
        """What may be called next: once as plain text, once in the chat's new place; None when nothing may."""
        match meaning.next:
            case Next.AGAIN:
                return self
            case Next.PLAIN if self.plain:
                fields = {name: value for name, value in self.fields.items() if name != "parse_mode"}
                return replace(self, fields=fields | {"text": self.plain}, plain="")
            case Next.FOLLOW if self.chat and not self.followed:
                there = meaning.moved_to
                return replace(self, chat=there, fields={**self.fields, "chat_id": there}, followed=True)
            case _:
                return None


def message(chat: int, rendered: Rendered, buttons: Buttons = (), reply_to: int | None = None) -> Call:
    fields = _shown(chat, rendered, buttons) | _replying(reply_to)
    return Call(method="sendMessage", chat=chat, fields=fields, plain=rendered.text)


def edit(chat: int, number: int, rendered: Rendered, buttons: Buttons = ()) -> Call:
    fields = _shown(chat, rendered, buttons) | {"message_id": number}
    return Call(method="editMessageText", chat=chat, fields=fields, plain=rendered.text, number=number)


def document(chat: int, name: str, text: str, reply_to: int | None = None) -> Call:
    files = {"document": (name, text.encode(errors="replace"))}
    return Call(method="sendDocument", chat=chat, fields={"chat_id": chat} | _replying(reply_to), files=files)


def toast(query: str, words: str = "", *, alert: bool = False) -> Call:
    fields: dict[str, Any] = {"callback_query_id": query}
    if words:
        fields |= {"text": words, "show_alert": alert}
    return Call(method="answerCallbackQuery", fields=fields)


def inline(query: str, results: Sequence[Mapping[str, Any]], button: Mapping[str, Any]) -> Call:
    """A minute's cache: after a reload an old card is gone that soon."""
    fields = {"inline_query_id": query, "results": json.dumps(results), "button": json.dumps(button), "cache_time": 60}
    return Call(method="answerInlineQuery", fields=fields)


def _shown(chat: int, rendered: Rendered, buttons: Buttons) -> dict[str, Any]:
    fields = {"chat_id": chat, "text": rendered.html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    rows = [[{"text": one.words, "callback_data": one.data} for one in row] for row in buttons if row]
    return fields | {"reply_markup": {"inline_keyboard": rows}} if rows else fields


def _replying(reply_to: int | None) -> dict[str, Any]:
    if not reply_to:
        return {}
    return {"reply_parameters": {"message_id": reply_to, "allow_sending_without_reply": True}}
