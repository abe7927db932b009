"""The values as Telegram writes them (Client.cpp, the Json… classes).

Must not know where the values are kept. A `Names` looks up the user behind a mention.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.local.values import Chat, Document, Entity, FormattedText, Json, Message, User

Names = Callable[[int], User]


def _present(**fields: object) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


def user_json(user: User) -> Json:
    return _present(
        id=user.id,
        is_bot=user.is_bot,
        first_name=user.first_name,
        username=user.username,
        language_code=user.language_code,
    )


def chat_json(chat: Chat) -> Json:
    return _present(id=chat.id, title=chat.title, first_name=chat.first_name, username=chat.username, type=chat.type)


def entity_json(entity: Entity, names: Names) -> Json:
    return _present(
        offset=entity.offset,
        length=entity.length,
        type=entity.type,
        url=entity.url,
        language=entity.language,
        custom_emoji_id=entity.custom_emoji_id,
        user=None if entity.user_id is None else user_json(names(entity.user_id)),
        unix_time=entity.unix_time,
        date_time_format=entity.date_time_format,
    )


def document_json(document: Document) -> Json:
    return {
        "file_name": document.file_name,
        "mime_type": document.mime_type,
        "file_id": document.file_id,
        "file_unique_id": document.file_unique_id,
        "file_size": document.file_size,
    }


def _content_json(message: Message, names: Names) -> Json:
    if message.content is None:
        return {}
    word, entities = ("caption", "caption_entities") if message.document else ("text", "entities")
    written: Json = {word: message.content.text}
    if message.content.entities:
        written[entities] = [entity_json(entity, names) for entity in message.content.entities]
    return written


def quote_json(quote: FormattedText, content: FormattedText | None) -> Json:
    position = (content.text if content else "").find(quote.text)
    return {"text": quote.text, "position": max(position, 0), "is_manual": True}


def message_json(message: Message, names: Names) -> Json:
    """A Message; a replied message is shown without the one it replied to itself."""
    above = message.reply_to
    in_channel = message.chat.type == "channel"  # its posts are its own, whoever wrote them
    return {
        **_present(
            message_id=message.message_id,
            sender_chat=chat_json(message.chat)
            if in_channel
            else message.sender_chat and chat_json(message.sender_chat),
            chat=chat_json(message.chat),
            date=message.date,
            edit_date=message.edit_date,
            forward_origin=message.forward_origin,
            reply_to_message=above and message_json(replace(above, reply_to=None), names),
            quote=message.quote and quote_json(message.quote, above.content if above else None),
            via_bot=message.via_bot and user_json(message.via_bot),
            document=message.document and document_json(message.document),
            reply_markup=message.reply_markup,
            has_protected_content=message.protected or None,
        ),
        **({"from": user_json(message.sender)} if message.sender and not in_channel else {}),
        **_content_json(message, names),
        **(message.service or {}),
    }
