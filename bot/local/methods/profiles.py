"""setMyCommands, setMyName, setMyDescription, setChatMenuButton and what reads them back.

Must not know which commands a person sees in the end (`profile.py` resolves that).
"""

from __future__ import annotations

from bot.local.errors import bad_request
from bot.local.methods.kinds import Run, Table
from bot.local.params import Params
from bot.local.profile import Scope, read_commands, read_language, read_scope
from bot.local.values import Json
from bot.local.world import World

MENU_BUTTONS = ("default", "commands", "web_app")


def _key(world: World, params: Params) -> tuple[Scope, str]:
    scope = read_scope(params.mapping("scope", "Can't parse BotCommandScope: BotCommandScope must be an Object"))
    if scope.chat_id is not None:
        world.readable(scope.chat_id)
    return scope, read_language(params.word("language_code"))


async def set_my_commands(world: World, params: Params) -> bool:
    commands = read_commands(params.sequence("commands", "Expected an Array of BotCommand"))
    world.profile.commands[_key(world, params)] = commands
    world.feed.tell({"type": "commands"})
    return True


async def get_my_commands(world: World, params: Params) -> list[Json]:
    """Exactly what was set for this scope and language: nothing is resolved here."""
    return world.profile.commands.get(_key(world, params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    world.profile.commands.pop(_key(world, params), None)
    world.feed.tell({"type": "commands"})
    return True


def _setter(kind: str) -> Run:
    async def set_text(world: World, params: Params) -> bool:
        world.profile.set_text(kind, read_language(params.word("language_code")), params.word(kind).strip())
        world.feed.tell({"type": "profile"})
        return True

    return set_text


def _getter(kind: str) -> Run:
    async def get_text(world: World, params: Params) -> Json:
        text = world.profile.text(kind, read_language(params.word("language_code")))
        return {kind: text or (world.bot.first_name if kind == "name" else "")}

    return get_text


async def set_chat_menu_button(world: World, params: Params) -> bool:
    button = params.mapping("menu_button", "MenuButton must be an Object") or {"type": "default"}
    if button.get("type") not in MENU_BUTTONS:
        raise bad_request("Can't parse menu button: MenuButton has unsupported type")
    world.profile.menu_buttons[_private(world, params)] = button
    return True


async def get_chat_menu_button(world: World, params: Params) -> Json:
    return world.profile.menu_button(_private(world, params))


def _private(world: World, params: Params) -> int | None:
    if not params.get("chat_id"):
        return None
    return world.readable(params.get("chat_id")).chat.id


METHODS: Table = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
