"""editMessageText, editMessageReplyMarkup, deleteMessage, setMessageReaction.

Must not know how a message is sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.local.errors import NOT_MODIFIED, bad_request
from bot.local.methods.kinds import Table
from bot.local.methods.messages import any_message, check_preview, markup, message_text, own_message
from bot.local.params import Params
from bot.local.rooms import Room
from bot.local.values import Json, Message
from bot.local.world import World

TWO_DAYS = 48 * 60 * 60
# The reactions that Telegram offers everywhere (core.telegram.org/bots/api#reactiontypeemoji).
REACTIONS = frozenset(
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 "
    "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 "
    "🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡".split()
)


async def edit_message_text(world: World, params: Params) -> Any:
    content = message_text(params.values)
    check_preview(params)
    room, message = _target(world, params)
    if message.document is not None:
        raise bad_request("there is no text in the message to edit")
    return _changed(world, params, room, replace(message, content=content, reply_markup=markup(params)))


async def edit_message_reply_markup(world: World, params: Params) -> Any:
    room, message = _target(world, params)
    return _changed(world, params, room, replace(message, reply_markup=markup(params)))


def _target(world: World, params: Params) -> tuple[Room, Message]:
    """The message to edit: the bot's own, or one that was sent via the bot."""
    if inline_id := params.word("inline_message_id"):
        chat_id, message_id = world.inline_messages.get(inline_id, (0, 0))
        room = world.rooms.get(chat_id)
        if room is None or message_id not in room.messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return room, room.messages[message_id]
    room = world.writable(params.get("chat_id"))
    return room, own_message(world, room, params.get("message_id"), "message to edit")


def _changed(world: World, params: Params, room: Room, message: Message) -> Json | bool:
    old = room.messages[message.message_id]
    if (old.content, old.reply_markup) == (message.content, message.reply_markup):
        raise bad_request(NOT_MODIFIED)
    # A new keyboard alone does not mark the message as edited (td MessagesManager, edit_date).
    edit_date = world.now() if old.content != message.content else old.edit_date
    changed = world.change(room, replace(message, edit_date=edit_date))
    return True if params.word("inline_message_id") else world.json(changed)


async def delete_message(world: World, params: Params) -> bool:
    room = world.writable(params.get("chat_id"))
    message = any_message(room, params.get("message_id"), "message to delete")
    if not (message.sender == world.bot or room.chat.is_private) or message.service:
        raise bad_request("message can't be deleted")
    if world.now() - message.date > TWO_DAYS:
        raise bad_request("message can't be deleted for everyone")
    world.remove(room, message.message_id)
    return True


async def set_message_reaction(world: World, params: Params) -> bool:
    room = world.writable(params.get("chat_id"))
    message = any_message(room, params.get("message_id"), "message to react")
    wanted = params.sequence("reaction", "Expected an Array of ReactionType")
    if len(wanted) > 1:  # a bot sets one reaction, as a user without Premium does
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [_emoji(reaction) for reaction in wanted]
    world.change(room, replace(message, reaction=emoji[0] if emoji else None))
    return True


def _emoji(reaction: Any) -> str:
    if not isinstance(reaction, dict) or reaction.get("type") not in ("emoji", "custom_emoji", "paid"):
        raise bad_request("Can't parse ReactionType: invalid reaction type specified")
    emoji = str(reaction.get("emoji", ""))
    if reaction["type"] != "emoji" or emoji.replace("\ufe0f", "") not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return emoji


METHODS: Table = {
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "setMessageReaction": set_message_reaction,
}
