"""sendMessage, and what every sent message has in common: replies, keyboards, checks.

Must not know edits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.local.errors import bad_request
from bot.local.formatting import formatted, kept
from bot.local.keyboards import inline_keyboard
from bot.local.methods.kinds import Table
from bot.local.params import Params
from bot.local.rooms import Room
from bot.local.values import TEXT_LIMIT, FormattedText, Json, Message
from bot.local.world import World

ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note record_audio upload_audio".split()
)


async def send_message(world: World, params: Params) -> Json:
    content = message_text(params.values)
    check_preview(params)
    room = world.writable(params.get("chat_id"))
    message = world.post(room, sender=world.bot, content=content, **frame(room, params))
    return world.json(message)


def message_text(values: Json) -> FormattedText:
    """The words of a text message, checked as Telegram checks them."""
    text = values.get("text")
    text = "" if text is None else str(text)
    if not text:
        raise bad_request("Message text is empty")
    content = formatted(text, values.get("parse_mode"), values.get("entities") or None)
    return kept(content, TEXT_LIMIT, empty="Message text is empty", too_long="Message is too long")


def check_preview(params: Params) -> None:
    params.mapping("link_preview_options", "Object expected as link preview options")


def markup(params: Params) -> Json | None:
    return inline_keyboard(params.mapping("reply_markup", "Object expected as reply markup"))


def frame(room: Room, params: Params) -> Json:
    """What stands around the content of any message the bot sends."""
    reply = _reply(room, params)
    return {
        "reply_markup": markup(params),
        "reply_to": reply.message,
        "quote": reply.quote,
        "protected": params.flag("protect_content"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    message: Message | None = None
    quote: FormattedText | None = None


def _reply(room: Room, params: Params) -> Reply:
    wanted = params.mapping("reply_parameters", "Object expected as reply parameters")
    if wanted is None:
        wanted = {"message_id": params.integer("reply_to_message_id"), "allow_sending_without_reply": True}
    message_id = wanted.get("message_id")
    message = room.messages.get(message_id) if isinstance(message_id, int) else None
    if message is None:
        if not wanted.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return Reply()
    return Reply(message=message, quote=_quote(message, wanted))


def _quote(message: Message, wanted: Json) -> FormattedText | None:
    text = str(wanted.get("quote") or "")
    if not text:
        return None
    quote = formatted(text, wanted.get("quote_parse_mode"), wanted.get("quote_entities"))
    if message.content is None or quote.text not in message.content.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return quote


async def send_chat_action(world: World, params: Params) -> bool:
    room = world.writable(params.get("chat_id"))
    action = params.word("action").lower()
    if action not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    world.feed.tell({"type": "typing", "chat_id": room.chat.id, "action": action})
    return True


def own_message(world: World, room: Room, message_id: Any, called: str) -> Message:
    message = any_message(room, message_id, called)
    if message.sender != world.bot or message.service:
        raise bad_request("message can't be edited")
    return message


def any_message(room: Room, message_id: Any, called: str) -> Message:
    if not message_id:
        raise bad_request("Message identifier is not specified")
    message = room.messages.get(message_id) if isinstance(message_id, int) else None
    if message is None:
        raise bad_request(f"{called} not found")
    return message


METHODS: Table = {"sendMessage": send_message, "sendChatAction": send_chat_action}
