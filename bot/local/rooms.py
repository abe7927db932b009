"""One chat as the server keeps it: its messages, who is in it, how the bot stands in it.

Must not know the other chats, nor who is told about a change.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.local.errors import BLOCKED, DEACTIVATED, Refusal
from bot.local.values import Chat, Message


@dataclass(slots=True, kw_only=True)
class Room:
    chat: Chat
    limit: int
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    members: set[int] = field(default_factory=set)
    creator: int | None = None
    bot_status: str = "member"  # member, left or kicked; in a private chat kicked means blocked
    deactivated: bool = False
    migrated_to: int | None = None
    last_id: int = 0  # supergroups count for themselves

    def keep(self, message: Message) -> None:
        self.messages[message.message_id] = message
        if len(self.messages) > self.limit:
            self.messages.popitem(last=False)

    def newest_first(self) -> Iterator[Message]:
        return reversed(self.messages.values())

    def check_writable(self) -> None:
        """Client.cpp, check_chat_access."""
        if self.migrated_to is not None:
            parameters = {"migrate_to_chat_id": self.migrated_to}
            raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", parameters)
        if self.deactivated:
            raise Refusal(403, DEACTIVATED)
        if self.bot_status == "kicked":
            raise Refusal(
                403,
                BLOCKED if self.chat.is_private else f"Forbidden: bot was kicked from the {self.chat.type} chat",
            )
        if self.bot_status == "left":
            raise Refusal(403, f"Forbidden: bot is not a member of the {self.chat.type} chat")
