"""Checks the keyboard under a message (Client.cpp get_reply_markup, td ReplyMarkup.cpp).

Must not know messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.local.errors import bad_request
from bot.local.links import checked_link, linked_user
from bot.local.values import Json

STYLES = ("primary", "danger", "success")
BUTTONS_IN_ALL, BUTTONS_IN_ROW = 100, 8
COPY_LIMIT = 256
SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat")


def inline_keyboard(markup: Json | None) -> Json | None:
    """The inline keyboard as the message will carry it; other keyboards are not part of a message."""
    if markup is None:
        return None
    rows = markup.get("inline_keyboard")
    if rows is None:
        return None
    checked = [[_button(button) for button in row] for row in _rows(rows)]
    checked = [row for row in checked if row]
    if sum(map(len, checked)) > BUTTONS_IN_ALL or any(len(row) > BUTTONS_IN_ROW for row in checked):
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def buttons(markup: Json | None) -> Iterator[Json]:
    for row in (markup or {}).get("inline_keyboard", []):
        yield from row


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    return rows


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _unreadable('Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    return {"text": button["text"], **_action(button), **_style(button)}


def _action(button: Json) -> Json:
    """Exactly one thing that the button does; Telegram takes the first it finds."""
    if button.get("url"):
        return {"url": _url(str(button["url"]))}
    if button.get("callback_data"):
        return {"callback_data": _data(str(button["callback_data"]))}
    for name in SWITCHES:
        if name in button:
            return {name: button[name]}
    if isinstance(button.get("web_app"), dict):
        return {"web_app": {"url": _https(str(button["web_app"].get("url", "")))}}
    if isinstance(button.get("copy_text"), dict):
        return {"copy_text": {"text": _copied(str(button["copy_text"].get("text", "")))}}
    raise _unreadable("Text buttons are unallowed in the inline keyboard")


def _unreadable(why: str) -> Exception:
    return bad_request(f"Can't parse inline keyboard button: {why}")


def _data(data: str) -> str:
    if len(data.encode("utf-8", "surrogatepass")) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _url(url: str) -> str:
    if linked_user(url) is not None:
        return url
    checked = checked_link(url)
    if checked is None or checked.partition(":")[0] not in ("http", "https", "tg"):
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return checked


def _https(url: str) -> str:
    checked = checked_link(url)
    if checked is None or not checked.startswith("https://"):
        raise bad_request(f"Inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    return checked


def _copied(text: str) -> str:
    if not 1 <= len(text) <= COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return text


def _style(button: Json) -> Json:
    style = str(button.get("style") or "default").lower()
    if style == "default":
        return {}
    if style not in STYLES:
        raise _unreadable("invalid button style specified")
    return {"style": style}
