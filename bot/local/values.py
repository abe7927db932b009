"""The values the local Bot API keeps: users, chats, entities, texts, documents, messages.

Must not know how they look on the wire (`wire.py`) nor where they are kept (`world.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

# A client never sends more, and neither may a bot (td MessageContent.cpp:4757).
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    id: int
    type: str  # private, group, supergroup or channel
    title: str | None = None
    first_name: str | None = None
    username: str | None = None

    @property
    def is_private(self) -> bool:
        return self.type == "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stretch of formatted text; offset and length count UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user_id: int | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedText:
    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    file_id: str
    file_unique_id: str
    file_name: str
    mime_type: str
    file_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `content` is the text, or the caption when there is a document."""

    message_id: int
    chat: Chat
    date: int
    sender: User | None = None
    sender_chat: Chat | None = None
    content: FormattedText | None = None
    document: Document | None = None
    reply_markup: Json | None = None
    reply_to: Message | None = None
    quote: FormattedText | None = None
    forward_origin: Json | None = None
    via_bot: User | None = None
    edit_date: int | None = None
    inline_message_id: str | None = None
    reaction: str | None = None
    protected: bool = False
    service: Json | None = None  # fields such as migrate_to_chat_id


def utf16_length(text: str) -> int:
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def is_well_formed(text: str) -> bool:
    """Whether the text can be encoded in UTF-8: a lone half of a surrogate pair cannot."""
    return not any(0xD800 <= ord(character) <= 0xDFFF for character in text)
