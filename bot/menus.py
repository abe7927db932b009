"""The command menus: which commands people see, by language and by where they are. A menu is no access control."""

import logging
from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.office import Office

log = logging.getLogger(__name__)

ASK, READ, PRIVATE, ADMIN = (
    ("ask",),
    ("help", "sources", "topics", "corrections", "privacy"),
    ("digest", "export", "forget"),
    (
        "review",
        "correct",
        "supersede",
        "retract",
        "status",
        "reload",
        "rollback",
        "revisions",
        "runs",
        "halt",
        "resume",
    ),
)


def described(names: Sequence[str], office: Office) -> tuple[tuple[str, str], ...]:
    """Commands with what each does, in the words of the office's language."""
    words = {
        "ask": office.words("Ask a question, in a group too"),
        "help": office.words("What I do and how to ask"),
        "sources": office.words("The articles that I answer from"),
        "topics": office.words("What the record covers"),
        "corrections": office.words("What was withdrawn, when and why"),
        "privacy": office.words("What I keep, and what I do not"),
        "digest": office.words("A daily message with what is new"),
        "export": office.words("All that I keep about this chat, as a file"),
        "forget": office.words("Delete all that I keep about this chat"),
        "correct": office.words("A fact was wrong: put another in its place"),
        "supersede": office.words("A fact was right, but something newer holds"),
        "retract": office.words("Take a fact back, with nothing in its place"),
        "status": office.words("What is live, and since when"),
        "review": office.words("Look at drafts, and let out what is right"),
        "reload": office.words("Check the data folder and publish it"),
        "rollback": office.words("Go back to what was live before"),
        "revisions": office.words("Every revision that you can go back to"),
        "runs": office.words("Digests that are being sent, and the last ones"),
        "halt": office.words("Stop all digests, at once"),
        "resume": office.words("Let the digests go on"),
    }
    return tuple((name, words[name]) for name in names)


async def set_menus(bot: Bot, office: Office) -> None:
    """Set every menu. What Telegram refuses is logged and left: a bot without a menu still answers."""
    private = (*READ, *PRIVATE)
    menus: list[tuple[BotCommandScope, tuple[str, ...]]] = [
        (BotCommandScopeDefault(), READ),
        (BotCommandScopeAllPrivateChats(), private),
        (BotCommandScopeAllGroupChats(), (*ASK, *READ)),
        *((BotCommandScopeChat(admin), (*private, *ADMIN)) for admin in office.admins),
    ]
    for scope, names in menus:
        await _set(bot, scope, described(names, office), office.renderer.language)
    await _tell(bot, office)


async def set_admin_menu(bot: Bot, office: Office, admin: int) -> None:
    """Again for one admin: Telegram knows his chat only once he has written."""
    commands = described((*READ, *PRIVATE, *ADMIN), office)
    await _set(bot, BotCommandScopeChat(admin), commands, office.renderer.language)


async def _set(bot: Bot, scope: BotCommandScope, commands: tuple[tuple[str, str], ...], language: str) -> None:
    try:
        await bot.set_my_commands(commands, scope=scope)
        await bot.set_my_commands(commands, scope=scope, language_code=language)
    except TelegramError as error:
        # An admin who has not written yet has no chat: his menu is set when he presses Start.
        log.debug("the menu of %s was not set: %s", scope.type, type(error).__name__)


async def _tell(bot: Bot, office: Office) -> None:
    """What is seen before the first message, and in the bot's profile."""
    try:
        await bot.set_my_description(
            office.words(
                "Ask about the crisis in your own words. I answer only with what is on the record, word for word, with"
                " outlet and date, and I say so when I have nothing. I keep no questions."
            )
        )
        await bot.set_my_short_description(office.words("What is on the record, word for word, with outlet and date."))
    except TelegramError as error:
        log.info("the description was not set: %s", type(error).__name__)
