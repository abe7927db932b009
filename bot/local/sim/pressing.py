"""What people tap: buttons under messages, inline queries and the cards they bring.

Must not know how the bot answers, only that it did.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.local.errors import WrongUse
from bot.local.keyboards import buttons, inline_keyboard
from bot.local.methods.messages import message_text
from bot.local.queries import ANSWERABLE, Query
from bot.local.rooms import Room
from bot.local.sim.calls import Fields
from bot.local.sim.speaking import entered, existing, person, queued
from bot.local.values import Json, Message, User
from bot.local.wire import user_json
from bot.local.world import World

QUERY_LIMIT = 256
LONGEST_WAIT = 60.0


def waiting(fields: Fields) -> float:
    return min(max(fields.number("wait"), 0.0), LONGEST_WAIT)


async def press(world: World, fields: Fields) -> Json:
    user = person(world, fields)
    room = existing(world, fields.integer("chat_id", user.id))
    message, button = _button(room, fields)
    if "callback_data" not in button:
        # Only the client sees such a press; the bot is not told.
        return {
            "callback_query_id": None,
            "answered": False,
            "text": "",
            "show_alert": False,
            **_opened(button),
        }
    query = world.presses.ask(user_id=user.id, chat_id=room.chat.id)
    payload = _callback(world, query, user, message, str(button["callback_data"]))
    world.updates.put("callback_query", payload, lives=ANSWERABLE)
    answer = await world.presses.answered(query, waiting(fields))
    shown = answer or {"text": "", "show_alert": False}
    found = {"callback_query_id": query.id, "answered": answer is not None, **shown}
    return {name: value for name, value in found.items() if name != "url" or value}


def _opened(button: Json) -> Json:
    return {name: value for name, value in button.items() if name not in ("text", "style")}


def _button(room: Room, fields: Fields) -> tuple[Message, Json]:
    label, data = fields.maybe_words("label"), fields.maybe_words("data")
    if (label is None) == (data is None):
        raise WrongUse('say which button: either "label" or "data"')
    for message, button in _shown(room, fields.maybe_integer("message_id")):
        if button["text"] == label or (data is not None and button.get("callback_data") == data):
            return message, button
    there = sorted({b["text"] for _, b in _shown(room, None)})
    raise WrongUse(f"chat {room.chat.id} shows no button {label or data!r}; the buttons there: {there}", 404)


def _shown(room: Room, message_id: int | None) -> Iterator[tuple[Message, Json]]:
    for message in room.newest_first():
        if message_id in (None, message.message_id):
            for button in buttons(message.reply_markup):
                yield message, button


def _callback(world: World, query: Query, user: User, message: Message, data: str) -> Json:
    where: Json = {"message": world.json(message)}
    if message.inline_message_id is not None:
        where = {"inline_message_id": message.inline_message_id}
    instance = str(abs(message.chat.id) * 1_000_003)
    return {"id": query.id, "from": user_json(user), **where, "chat_instance": instance, "data": data}


async def inline(world: World, fields: Fields) -> Json:
    user = person(world, fields)
    words = fields.maybe_words("query") or ""
    if len(words) > QUERY_LIMIT:
        raise WrongUse(f"a client sends at most {QUERY_LIMIT} characters as an inline query")
    query = world.inline.ask(user_id=user.id, chat_id=None)
    asked = {"id": query.id, "from": user_json(user), "query": words, "offset": "", "chat_type": "sender"}
    world.updates.put("inline_query", asked, lives=ANSWERABLE)
    answer = await world.inline.answered(query, waiting(fields))
    found = {"inline_query_id": query.id, "answered": answer is not None, **(answer or {"results": []})}
    return {name: value for name, value in found.items() if value is not None}


async def choose(world: World, fields: Fields) -> Json:
    user = person(world, fields)
    result = _result(world, user, fields)
    room = entered(world, user, fields.integer("chat_id", user.id))
    posted = _posted(world, room, user, result)
    _tell_chosen(world, user, fields, result, posted)
    return queued(world, "message", posted)


def _posted(world: World, room: Room, user: User, result: Json) -> Message:
    """The card as a message of the user via the bot; with a keyboard the bot may edit it later."""
    content = result["input_message_content"]
    markup = inline_keyboard(result.get("reply_markup"))
    inline_id = f"L{room.chat.id}.{len(world.inline_messages) + 1}" if markup else None
    words = message_text({**content, "text": content["message_text"]})
    around = {"reply_markup": markup, "inline_message_id": inline_id}
    posted = world.post(room, sender=user, via_bot=world.bot, content=words, **around)
    if inline_id is not None:
        world.inline_messages[inline_id] = (room.chat.id, posted.message_id)
    return posted


def _result(world: World, user: User, fields: Fields) -> Json:
    query_id = fields.maybe_words("inline_query_id")
    query = world.inline.get(query_id) if query_id else world.inline.newest(user.id)
    if query is None or query.answer is None:
        raise WrongUse("no inline query of this user was answered: POST /sim/inline first", 404)
    wanted = fields.words("result_id")
    for result in query.answer["results"]:
        if result["id"] == wanted:
            return dict(result)
    there = [result["id"] for result in query.answer["results"]]
    raise WrongUse(f"that query brought no result {wanted!r}; it brought {there}", 404)


def _tell_chosen(world: World, user: User, fields: Fields, result: Json, posted: Message) -> None:
    chosen = {"result_id": result["id"], "from": user_json(user), "query": fields.maybe_words("query") or ""}
    if posted.inline_message_id:
        chosen["inline_message_id"] = posted.inline_message_id
    world.updates.put("chosen_inline_result", chosen)
