"""What people write: messages, edits, forwards, documents.

Must not know buttons and inline queries (`pressing.py`).
"""

from __future__ import annotations

import base64
import binascii
import mimetypes
from dataclasses import replace

from bot.local.errors import Refusal, WrongUse
from bot.local.formatting import kept
from bot.local.params import Upload
from bot.local.rooms import Room
from bot.local.sim.calls import Fields
from bot.local.values import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Chat,
    FormattedText,
    Json,
    Message,
    User,
)
from bot.local.world import World

# The accounts behind messages that are sent in the name of a chat (td UserManager.cpp).
ANONYMOUS_ADMIN = User(id=1087968824, is_bot=True, first_name="Group", username="GroupAnonymousBot")
CHANNEL_BOT = User(id=136817688, is_bot=True, first_name="Channel", username="Channel_Bot")
OTHER_BOT = User(id=1087000001, is_bot=True, first_name="Another bot", username="another_bot")


def person(world: World, fields: Fields) -> User:
    return world.meet(
        fields.integer("user_id"),
        first_name=fields.maybe_words("first_name"),
        username=fields.maybe_words("username"),
        language_code=fields.maybe_words("language_code"),
    )


def entered(world: World, user: User, chat_id: int) -> Room:
    """The chat where the user acts: their own with the bot, or a group that exists."""
    if chat_id == user.id:
        room = world.private_room(user)
    elif chat_id > 0:
        raise WrongUse(f"user {user.id} cannot write in the private chat of {chat_id}: leave chat_id out")
    else:
        room = existing(world, chat_id)
    if room.migrated_to is not None:
        raise WrongUse(f"the group has become {room.migrated_to}: write there", 409)
    if room.deactivated:
        raise WrongUse(f"the account {user.id} is deleted: use another user_id", 409)
    if room.chat.is_private and room.bot_status == "kicked":
        raise WrongUse(f"user {user.id} has blocked the bot: POST /sim/unblock first", 409)
    room.members.add(user.id)
    return room


def existing(world: World, chat_id: int) -> Room:
    room = world.rooms.get(chat_id)
    if room is None:
        hint = "POST /sim/group first" if chat_id < 0 else "it begins with the user's first message"
        raise WrongUse(f"there is no chat {chat_id}: {hint}", 404)
    return room


def said(text: str, limit: int = TEXT_LIMIT) -> FormattedText:
    try:
        empty, long = "no client sends an empty text", f"no client sends more than {limit} characters at once"
        return kept(FormattedText(text=text), limit, empty=empty, too_long=long)
    except Refusal as refusal:
        raise WrongUse(refusal.description.removeprefix("Bad Request: ")) from None


async def message(world: World, fields: Fields) -> Json:
    user = person(world, fields)
    content = said(fields.words("text"))
    room = entered(world, user, fields.integer("chat_id", user.id))
    if fields.flag("edited") and (old := _own(room, user, fields.maybe_integer("message_id"))):
        edited = world.change(room, replace(old, content=content, edit_date=world.now()))
        return queued(world, "edited_message", edited)
    posted = world.post(room, content=content, **_origin(world, room, user, fields))
    return queued(world, "edited_message" if fields.flag("edited") else "message", posted)


def queued(world: World, kind: str, message: Message) -> Json:
    """Hands the message to the bot, unless the bot is not there to see it."""
    room = world.rooms[message.chat.id]
    seen = room.bot_status == "member"
    update_id = world.updates.put(kind, world.json(message)) if seen else None
    return {"update_id": update_id, "message_id": message.message_id, "chat_id": message.chat.id}


def _own(room: Room, user: User, message_id: int | None) -> Message | None:
    """The user's message that is edited: the one named, else the newest."""
    if message_id is not None:
        found = room.messages.get(message_id)
        if found is None or found.sender != user:
            raise WrongUse(f"user {user.id} wrote no message {message_id} in chat {room.chat.id}", 404)
        return found
    return next((m for m in room.newest_first() if m.sender and m.sender.id == user.id), None)


def _origin(world: World, room: Room, user: User, fields: Fields) -> Json:
    date = fields.maybe_integer("date")
    hidden = {"type": "hidden_user", "sender_user_name": "Somebody", "date": (date or world.now()) - 60}
    known = {
        **_speaker(world, room, user, fields.maybe_integer("sender_chat")),
        "reply_to": _replied(room, fields.maybe_integer("reply_to")),
        "forward_origin": hidden if fields.flag("forwarded") else None,
        "via_bot": OTHER_BOT if fields.flag("via_bot") else None,
    }
    return known if date is None else {**known, "date": date}


def _speaker(world: World, room: Room, user: User, sender_chat: int | None) -> Json:
    if sender_chat is None:
        return {"sender": user}
    if sender_chat == room.chat.id:
        return {"sender": ANONYMOUS_ADMIN, "sender_chat": room.chat}
    known = world.rooms.get(sender_chat)
    chat = known.chat if known else Chat(id=sender_chat, type="channel", title=f"Channel {sender_chat}")
    return {"sender": CHANNEL_BOT, "sender_chat": chat}


def _replied(room: Room, message_id: int | None) -> Message | None:
    if message_id is None:
        return None
    if message_id not in room.messages:
        raise WrongUse(f"there is no message {message_id} in chat {room.chat.id} to reply to", 404)
    return room.messages[message_id]


async def document(world: World, fields: Fields) -> Json:
    user = person(world, fields)
    name = fields.words("file_name")
    content = _bytes(fields)
    caption = fields.maybe_words("caption")
    room = entered(world, user, fields.integer("chat_id", user.id))
    mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    stored = world.files.keep(Upload(file_name=name, mime_type=mime_type, content=content))
    posted = world.post(room, sender=user, document=stored, content=said(caption, CAPTION_LIMIT) if caption else None)
    return {**queued(world, "message", posted), "file_id": stored.file_id}


def _bytes(fields: Fields) -> bytes:
    text, encoded = fields.maybe_words("text"), fields.maybe_words("base64")
    if (text is None) == (encoded is None):
        raise WrongUse('give the content either as "text" or as "base64"')
    if encoded is None:
        return (text or "").encode("utf-8", "replace")
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise WrongUse('"base64" cannot be decoded') from None
