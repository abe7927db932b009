"""Is a message meant for the bot, and what does it ask? In groups only what is plainly said to it is read."""

from telegram import Message, MessageEntity
from telegram.constants import ChatType


def question_in(message: Message, bot_id: int, username: str) -> str | None:
    """The question of a message without the mention of the bot; None when the message is not meant for it.

    A private chat is always meant. In a group a message is when it mentions the bot or replies to it.
    """
    text = message.text or message.caption or ""
    if message.chat.type == ChatType.PRIVATE:
        return text
    without = _without_mention(message, text, bot_id, username)
    if without is not None:
        return without
    to = message.reply_to_message
    return text if to and to.from_user and to.from_user.id == bot_id else None


def _without_mention(message: Message, text: str, bot_id: int, username: str) -> str | None:
    """The text with the mention of the bot taken out; None when it does not mention it."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}
    for entity, words in found.items():
        by_name = entity.type == MessageEntity.MENTION and words.casefold() == f"@{username}".casefold()
        if by_name or (entity.user and entity.user.id == bot_id):
            return _without(text, entity)
    return None


def _without(text: str, entity: MessageEntity) -> str:
    """The text with the words of an entity taken out; its offset and length count UTF-16 units."""
    units = text.encode("utf-16-le")
    before, after = units[: 2 * entity.offset], units[2 * (entity.offset + entity.length) :]
    return f"{before.decode('utf-16-le')} {after.decode('utf-16-le')}".strip()
