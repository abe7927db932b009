"""The world behind the local Bot API: who there is, which chats, what was said, who waits for what.

One mutable thing, used from one event loop. Must not know HTTP nor the names of methods.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.local.bell import Bell
from bot.local.errors import bad_request
from bot.local.faults import FaultPlane
from bot.local.feed import Feed
from bot.local.files import Files
from bot.local.ledger import Ledger
from bot.local.line import Line
from bot.local.outbox import Outbox
from bot.local.profile import Profile
from bot.local.queries import ANSWERABLE, FIRST_QUERY, Queries
from bot.local.rendering import to_html
from bot.local.rooms import Room
from bot.local.updates import UpdateQueue
from bot.local.values import Chat, Json, Message, User
from bot.local.wire import chat_json, message_json, user_json

NEWEST = 5000  # entries of the outbox, of each chat and of each kind of query that are kept
READER, SECOND_READER = 501, 502
INLINE_LIVES = 3600.0
MAY = (
    "can_manage_chat can_post_messages can_edit_messages can_delete_messages can_post_stories can_edit_stories "
    "can_delete_stories"
).split()
MAY_NOT = (
    "can_be_edited is_anonymous can_manage_video_chats can_restrict_members can_promote_members can_change_info "
    "can_invite_users"
).split()
ADMINISTRATOR: Json = {**dict.fromkeys(MAY, True), **dict.fromkeys(MAY_NOT, False)}


class World:
    def __init__(
        self,
        *,
        token: str,
        clock: Callable[[], float],
        monotonic: Callable[[], float],
        admin_ids: Sequence[int],
        newest: int = NEWEST,
        seed: int | None = None,
    ) -> None:
        self.token, self.clock, self.admin_ids, self.newest = token, clock, tuple(admin_ids), newest
        bot_id = int(token.partition(":")[0])
        self.bot = User(id=bot_id, is_bot=True, first_name="On the Record", username="local_bot")
        self.bell, self.feed, self.files, self.profile = Bell(), Feed(), Files(), Profile()
        self.updates = UpdateQueue(bell=self.bell, clock=clock, monotonic=monotonic, seed=seed)
        self.faults, self.ledger, self.line = (
            FaultPlane(seed=seed, monotonic=monotonic),
            Ledger(monotonic=monotonic),
            Line(),
        )
        self.outbox = Outbox(bell=self.bell, limit=newest)
        self.presses = Queries(bell=self.bell, clock=clock, limit=newest, first=FIRST_QUERY, lives=ANSWERABLE)
        self.inline = Queries(bell=self.bell, clock=clock, limit=newest, first=2 * FIRST_QUERY, lives=INLINE_LIVES)
        self.users: dict[int, User] = {self.bot.id: self.bot, **_personas(self.admin_ids)}
        self.rooms: dict[int, Room] = {}
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self._last_id = 0

    def close(self) -> None:
        self.faults.heal()
        self.bell.close()
        self.feed.close()

    def reopen(self) -> None:
        self.bell.reopen()
        self.feed.reopen()

    def now(self) -> int:
        return int(self.clock())

    def user(self, user_id: int) -> User:
        return self.users.get(user_id) or User(id=user_id, first_name=f"User {user_id}")

    def meet(self, user_id: int, **known: Any) -> User:
        """The user, with what is now known of them."""
        user = self.users[user_id] = replace(self.user(user_id), **{k: v for k, v in known.items() if v})
        return user

    def private_room(self, user: User) -> Room:
        """The chat of a user with the bot; it begins when the user writes."""
        chat = Chat(id=user.id, type="private", first_name=user.first_name, username=user.username)
        room = self.rooms.get(user.id)
        if room is None:
            room = self.rooms[user.id] = Room(chat=chat, limit=self.newest, members={user.id})
        room.chat = chat
        return room

    def group_room(self, chat: Chat, creator: int) -> Room:
        room = Room(chat=chat, limit=self.newest, members={creator}, creator=creator)
        self.rooms[chat.id] = room
        return room

    def writable(self, chat_id: object) -> Room:
        """The chat that the bot wants to write to, or Telegram's refusal."""
        room = self.readable(chat_id)
        room.check_writable()
        return room

    def readable(self, chat_id: object) -> Room:
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        room = self._find(chat_id)
        if room is None:
            raise bad_request("chat not found")
        return room

    def _find(self, chat_id: object) -> Room | None:
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            named = (r for r in self.rooms.values() if not r.chat.is_private and r.chat.username == chat_id[1:])
            return next(named, None)
        return self.rooms.get(chat_id) if isinstance(chat_id, int) else None

    def next_message_id(self, room: Room) -> int:
        """Private chats and groups share one count; each supergroup and channel has its own, as on Telegram."""
        if room.chat.type in {"supergroup", "channel"}:
            room.last_id += 1
            return room.last_id
        self._last_id += 1
        return self._last_id

    def post(self, room: Room, **fields: Any) -> Message:
        """A new message in the chat; the ones who look at it are told."""
        fields.setdefault("date", self.now())
        message = Message(message_id=self.next_message_id(room), chat=room.chat, **fields)
        room.keep(message)
        self.tell_message("message", message)
        return message

    def change(self, room: Room, message: Message) -> Message:
        room.keep(message)
        self.tell_message("edited", message)
        return message

    def remove(self, room: Room, message_id: int) -> None:
        del room.messages[message_id]
        self.feed.tell({"type": "deleted", "chat_id": room.chat.id, "message_id": message_id})

    def tell_message(self, kind: str, message: Message) -> None:
        if len(self.feed):  # a million messages are sent while nobody looks
            self.feed.tell({"type": kind, "chat_id": message.chat.id, "message": self.shown(message)})

    def json(self, message: Message) -> Json:
        return message_json(message, self.user)

    def shown(self, message: Message) -> Json:
        """The message as a reader sees it, with a safe HTML of its words."""
        written = self.json(message)
        return {
            **written,
            "text": message.content.text if message.content else "",
            "entities": written.get("entities") or written.get("caption_entities") or [],
            "html": to_html(message.content) if message.content else "",
            "edited": message.edit_date is not None,
            "reaction": message.reaction,
        }

    def bot_member_update(self, room: Room, by: User, status: str) -> int | None:
        """my_chat_member: the bot's standing in a chat changed."""
        old, room.bot_status = room.bot_status, status
        change = {
            "chat": chat_json(room.chat),
            "from": user_json(by),
            "date": self.now(),
            "old_chat_member": self.member_json(self.bot, old),
            "new_chat_member": self.member_json(self.bot, status),
        }
        return self.updates.put("my_chat_member", change)

    def member_json(self, user: User, status: str) -> Json:
        extra: Json = {"until_date": 0} if status == "kicked" else {}
        if status == "creator":
            extra = {"is_anonymous": False}
        if status == "administrator":
            extra = ADMINISTRATOR
        return {"user": user_json(user), "status": status, **extra}


def _personas(admin_ids: Sequence[int]) -> dict[int, User]:
    people = {
        READER: User(id=READER, first_name="Reader", username="reader", language_code="en"),
        SECOND_READER: User(id=SECOND_READER, first_name="Second reader", language_code="en"),
    }
    for admin_id in admin_ids:
        people[admin_id] = User(id=admin_id, first_name="Admin", username=f"admin_{admin_id}", language_code="en")
    return people
