"""What happens to chats and accounts: groups, channels, blocking, deletion, migration, raw updates.

Must not know what is said in them.
"""

from __future__ import annotations

from dataclasses import replace

from bot.local.errors import WrongUse
from bot.local.rooms import Room
from bot.local.sim.calls import Fields
from bot.local.sim.speaking import existing
from bot.local.values import Chat, Json
from bot.local.world import READER, World

GROUPS = ("group", "supergroup")
SUPERGROUPS = -1_000_000_000_000  # supergroup ids lie below this


async def group(world: World, fields: Fields) -> Json:
    """Creates a group with the bot in it; one that is already there stays as it is."""
    kind = fields.maybe_words("type") or "group"
    if kind not in GROUPS:
        raise WrongUse(f'"type" must be one of {", ".join(GROUPS)}, not {kind!r}')
    chat_id = fields.integer("chat_id", _free_id(world, kind))
    if chat_id >= 0:
        raise WrongUse("the chat_id of a group is negative")
    if chat_id not in world.rooms:
        creator = world.meet(fields.integer("user_id", READER))
        room = world.group_room(Chat(id=chat_id, type=kind, title=fields.words("title")), creator.id)
        room.bot_status = "left"
        world.bot_member_update(room, creator, "member")
    return {"chat_id": chat_id}


async def channel(world: World, fields: Fields) -> Json:
    """Creates a channel in which the bot may post, by its id or as @username; its posts have no sender but itself."""
    username = fields.maybe_words("username")
    chat_id = fields.integer("chat_id", _free_id(world, "channel"))
    if chat_id >= SUPERGROUPS:
        raise WrongUse("the chat_id of a channel lies below -1000000000000")
    if chat_id not in world.rooms:
        creator = world.meet(fields.integer("user_id", READER))
        chat = Chat(id=chat_id, type="channel", title=fields.words("title"), username=username)
        room = world.group_room(chat, creator.id)
        room.bot_status = "left"
        world.bot_member_update(room, creator, "administrator")
    return {"chat_id": chat_id, "username": username}


def _free_id(world: World, kind: str) -> int:
    first = -1001 if kind == "group" else SUPERGROUPS - 1
    while first in world.rooms:
        first -= 1
    return first


async def block(world: World, fields: Fields) -> Json:
    return _bot_becomes(world, fields, "kicked")


async def unblock(world: World, fields: Fields) -> Json:
    return _bot_becomes(world, fields, "member")


def _bot_becomes(world: World, fields: Fields, status: str) -> Json:
    room = existing(world, fields.integer("user_id"))
    if room.deactivated:
        raise WrongUse(f"the account {room.chat.id} is deleted: use another user_id", 409)
    if room.bot_status == status:
        raise WrongUse(f"nothing changes: the bot is already {status!r} there", 409)
    update_id = world.bot_member_update(room, world.user(room.chat.id), status)
    return {"update_id": update_id, "chat_id": room.chat.id}


async def delete_account(world: World, fields: Fields) -> Json:
    room = existing(world, fields.integer("user_id"))
    room.deactivated = True
    room.chat = replace(room.chat, first_name="Deleted Account", username=None)
    return {"chat_id": room.chat.id}


async def migrate(world: World, fields: Fields) -> Json:
    """A group becomes a supergroup with a new id; both chats are told."""
    old = existing(world, fields.integer("chat_id"))
    if old.chat.type != "group" or old.migrated_to is not None:
        raise WrongUse("only a group that has not been upgraded yet can become a supergroup", 409)
    new_id = _free_id(world, "supergroup")
    new = world.group_room(replace(old.chat, id=new_id, type="supergroup"), old.creator or READER)
    new.members |= old.members
    _announce(world, old, {"migrate_to_chat_id": new_id})
    _announce(world, new, {"migrate_from_chat_id": old.chat.id})
    old.migrated_to = new_id
    return {"chat_id": new_id}


def _announce(world: World, room: Room, service: Json) -> None:
    message = world.post(room, sender_chat=room.chat, service=service)
    world.updates.put("message", world.json(message))


async def update(world: World, fields: Fields) -> Json:
    raw = fields.values.get("update")
    if not isinstance(raw, dict):
        raise WrongUse('"update" must be the update object to queue')
    given = raw.get("update_id", 0)
    if isinstance(given, bool) or not isinstance(given, int):
        raise WrongUse('"update_id" must be a whole number, or absent')
    return {"update_id": world.updates.put_raw(raw)}
