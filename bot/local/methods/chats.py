"""getChat, getChatMember, leaveChat.

Must not know messages.
"""

from __future__ import annotations

from bot.local.errors import bad_request
from bot.local.methods.kinds import Table
from bot.local.params import Params
from bot.local.rooms import Room
from bot.local.values import Json
from bot.local.wire import chat_json
from bot.local.world import World

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


async def get_chat(world: World, params: Params) -> Json:
    room = world.readable(params.get("chat_id"))
    return {
        **chat_json(room.chat),
        "accent_color_id": abs(room.chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


async def get_chat_member(world: World, params: Params) -> Json:
    room = world.readable(params.get("chat_id"))
    user_id = params.integer("user_id")
    if user_id == world.bot.id:
        return world.member_json(world.bot, room.bot_status)
    if user_id <= 0 or user_id not in world.users:
        raise bad_request("member not found")
    return world.member_json(world.user(user_id), _standing(room, user_id))


def _standing(room: Room, user_id: int) -> str:
    if user_id == room.creator:
        return "creator"
    return "member" if user_id in room.members else "left"


async def leave_chat(world: World, params: Params) -> bool:
    room = world.writable(params.get("chat_id"))
    if room.chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    world.bot_member_update(room, world.bot, "left")
    return True


METHODS: Table = {"getChat": get_chat, "getChatMember": get_chat_member, "leaveChat": leave_chat}
