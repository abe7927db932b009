"""Many updates at once: a crowd of users who write, one spammer, poison among them, numbers that start anew.

Must not know how updates are handed out (`updates.py`).
"""

from __future__ import annotations

import random

from bot.local.errors import WrongUse
from bot.local.sim.calls import Fields
from bot.local.sim.speaking import said
from bot.local.values import FormattedText, Json
from bot.local.world import World

FIRST_OF_CROWD = 7_000_000
# Nothing that python-telegram-bot can read: each lacks or twists what every update of its kind has.
POISON: tuple[Json, ...] = (
    {"message": {"odd": True}},
    {"message": {"message_id": "x", "date": [], "chat": 5, "text": "…"}},
    {"callback_query": {"id": 7, "from": None}},
    {"message": {"message_id": 1, "date": 10**40, "chat": {"id": 1, "type": "private"}, "text": "…"}},
    {"message": None},
    {"message": [1, 2]},
    {"unheard_of": {"id": 1}},
)


async def updates(world: World, fields: Fields) -> Json:
    """Queue messages: `texts`, or `count` of them from `text` with its number, by `chats` users in turn from `first_chat`.

    `before`: they wrote long ago, so that they can be written to and nothing waits. `poison`: the share of unreadable updates put among them. `restart_ids`: the numbers begin anew, lower.
    `duplicate_share` and `shuffle` stay set for every poll to come.
    """
    if fields.flag("restart_ids"):
        _restart(world)
    world.updates.mischief.repeat = fields.number("duplicate_share", world.updates.mischief.repeat)
    world.updates.mischief.shuffle = max(fields.integer("shuffle", world.updates.mischief.shuffle), 1)
    texts = _texts(fields)
    first, chats = fields.integer("first_chat", FIRST_OF_CROWD), max(fields.integer("chats", len(texts) or 1), 1)
    if fields.flag("before"):
        return _known(world, range(first, first + chats))
    queued: list[int | None] = []
    chance, share, poisoned = random.Random(fields.integer("seed", 0)), fields.number("poison"), 0  # noqa: S311
    for number, text in enumerate(texts):
        if chance.random() < share:
            poisoned += 1
            queued.append(world.updates.put_raw(POISON[poisoned % len(POISON)]))
        queued.append(_say(world, first + number % chats, said(text)))
    numbers = [number for number in queued if number is not None]
    return {
        "queued": len(numbers),
        "dropped": len(queued) - len(numbers),
        "poisoned": poisoned,
        "first": min(numbers, default=None),
        "last": max(numbers, default=None),
    }


def _known(world: World, people: range) -> Json:
    for user_id in people:
        world.private_room(world.user(user_id))
    return {"queued": 0, "dropped": 0, "poisoned": 0, "first": None, "last": None}


def _restart(world: World) -> None:
    try:
        world.updates.restart()
    except ValueError:
        waits = len(world.updates)
        raise WrongUse(f"{waits} updates wait: numbers begin anew only when the queue is empty", 409) from None


def _texts(fields: Fields) -> list[str]:
    given = fields.values.get("texts")
    if given is None:
        text, first = fields.maybe_words("text") or "message", fields.integer("from", 0)
        return [f"{text} {number}" for number in range(first, first + fields.integer("count", 0))]
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise WrongUse('"texts" must be a list of strings')
    return given


def _say(world: World, user_id: int, content: FormattedText) -> int | None:
    user = world.user(user_id)
    room = world.private_room(user)
    return world.updates.put("message", world.json(world.post(room, sender=user, content=content)))
