"""Who can be reached: a chat that blocked the bot loses its digest, a group that moved keeps its own."""

from telegram import ChatMember, Update
from telegram.ext import ChatMemberHandler, ContextTypes, MessageHandler, filters

from bot.handlers.kind import Handler
from bot.office import Office


def handlers(office: Office) -> list[Handler]:
    async def changed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        member = update.my_chat_member
        if member and member.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}:
            await office.store.retire(member.chat.id)

    async def moved(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message and message.migrate_to_chat_id:
            await office.store.move(message.chat_id, message.migrate_to_chat_id)

    return [
        ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, moved),
    ]
