"""What the bot says about itself: commands by scope and language, name, descriptions, menu button.

Must not know chats beyond their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.local.errors import bad_request
from bot.local.values import Json

COMMANDS, COMMAND_LENGTH, DESCRIPTION_LENGTH = 100, 32, 256
TEXTS = {"name": 64, "description": 512, "short_description": 120}
WIDE_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
NARROW_SCOPES = ("chat", "chat_administrators", "chat_member")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    type: str = "default"
    chat_id: int | None = None
    user_id: int | None = None


@dataclass(slots=True, kw_only=True)
class Profile:
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)

    def set_text(self, kind: str, language: str, text: str) -> None:
        if len(text) > TEXTS[kind]:  # the server's own words are not public
            raise bad_request(f"Bot {kind.replace('_', ' ')} must not exceed {TEXTS[kind]} characters")
        if text:
            self.texts[kind, language] = text
        else:
            self.texts.pop((kind, language), None)

    def text(self, kind: str, language: str) -> str:
        """The text for that language, else the one for all languages."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")

    def menu_button(self, chat_id: int | None) -> Json:
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(None) or {"type": "commands"}

    def menu(self, *, chat_id: int, user_id: int, language: str, is_admin: bool) -> list[Json]:
        """The commands that this user sees in this chat: the narrowest scope wins."""
        for scope in _narrowing(chat_id, user_id, is_admin):
            for spoken in dict.fromkeys((language, "")):
                if found := self.commands.get((scope, spoken)):
                    return found
        return []


def _narrowing(chat_id: int, user_id: int, is_admin: bool) -> Iterator[Scope]:
    """core.telegram.org/bots/api, "Determining list of commands"."""
    if chat_id > 0:
        yield Scope(type="chat", chat_id=chat_id)
        yield Scope(type="all_private_chats")
    else:
        yield Scope(type="chat_member", chat_id=chat_id, user_id=user_id)
        if is_admin:
            yield Scope(type="chat_administrators", chat_id=chat_id)
        yield Scope(type="chat", chat_id=chat_id)
        if is_admin:
            yield Scope(type="all_chat_administrators")
        yield Scope(type="all_group_chats")
    yield Scope()


def read_scope(scope: Json | None) -> Scope:
    """Client.cpp, get_bot_command_scope; whether the chat exists is asked elsewhere."""
    kind = str((scope or {"type": "default"}).get("type"))
    if scope is None or kind in WIDE_SCOPES:
        return Scope(type=kind)
    if kind not in NARROW_SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise bad_request("Can't parse BotCommandScope: Empty chat_id specified")
    user_id = int(scope.get("user_id") or 0)
    if kind == "chat_member" and user_id <= 0:
        raise bad_request("Can't parse BotCommandScope: Invalid user_id specified")
    return Scope(type=kind, chat_id=int(scope["chat_id"]), user_id=user_id or None)


def read_language(code: str) -> str:
    if code and not re.fullmatch("[a-z]{2}", code):  # td misc.cpp, validate_bot_language_code
        raise bad_request("Invalid language code specified")
    return code


def read_commands(commands: list[Json]) -> list[Json]:
    """td BotCommand.cpp, set_commands; the CONSTANTS are the server's."""
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(command) for command in commands]


def _command(command: Json) -> Json:
    if not isinstance(command, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).strip().removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > COMMAND_LENGTH:
        raise bad_request(f"Command length must not exceed {COMMAND_LENGTH}")
    if not re.fullmatch("[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": _described(description)}


def _described(description: str) -> str:
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > DESCRIPTION_LENGTH:
        raise bad_request(f"Command description length must not exceed {DESCRIPTION_LENGTH}")
    return description
