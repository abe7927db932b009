"""Faults: set, healed, looked at. And the ledger, which says what they and the bot did.

Must not know how a fault strikes.
"""

from __future__ import annotations

from dataclasses import asdict

from bot.local.errors import WrongUse
from bot.local.faults import EVERY, KINDS, LINE, Act
from bot.local.methods import METHODS
from bot.local.sim.calls import Fields
from bot.local.values import Json
from bot.local.world import World


async def fault(world: World, fields: Fields) -> Json:
    """Set a fault: `kind`, and whom it strikes: `method`, `chat_id`, `times`, `share`, `seconds`."""
    kind = fields.words("kind")
    if kind not in KINDS:
        raise WrongUse(f'"kind" must be one of {", ".join(KINDS)}, not {kind!r}')
    seconds = fields.maybe_number("seconds")
    if KINDS[kind].act in LINE:
        _check_line(kind, fields, seconds)
    made = world.faults.set(
        kind,
        seconds=seconds,
        method=_method(fields),
        chat_id=fields.maybe_integer("chat_id"),
        times=fields.maybe_integer("times"),
        share=fields.number("share", 1.0),
        retry_after=fields.integer("retry_after", 1),
        delay=fields.maybe_number("delay"),
        new_chat=fields.integer("new_chat", -1_000_000_009_999),
    )
    if KINDS[kind].act in LINE:
        refused = KINDS[kind].act is Act.CLOSE_LISTENER
        world.line.cut(made, (seconds or 0.0) if refused else 0.0)
    return {"id": made.id}


def _method(fields: Fields) -> str:
    method = (fields.maybe_words("method") or EVERY).lower()
    if method != EVERY and method not in METHODS:
        raise WrongUse(f'"method" must be * or a method of the Bot API, not {method!r}')
    return method


def _check_line(kind: str, fields: Fields, seconds: float | None) -> None:
    """A cut line cannot be healed over itself, and does not know which call would have come."""
    if seconds is None and (kind == "refuse" or fields.maybe_integer("times") is None):
        raise WrongUse(f'"{kind}" cuts this plane off too: give "seconds"' + (', or "times"' if kind == "drop" else ""))
    if _method(fields) != EVERY or fields.values.get("chat_id") is not None:
        raise WrongUse(f'"{kind}" strikes connections, which belong to no method and no chat')


async def heal(world: World, fields: Fields) -> Json:
    """Heal one fault by its `id`, or all."""
    fault_id = fields.maybe_integer("id")
    if fault_id is not None and fault_id not in {told["id"] for told in world.faults.told()}:
        raise WrongUse(f"there is no fault {fault_id}: GET /sim/faults lists them", 404)
    return {"healed": world.faults.heal(fault_id)}


async def faults(world: World, fields: Fields) -> Json:
    return {"faults": world.faults.told(), "kinds": {name: kind.act.value for name, kind in KINDS.items()}}


async def ledger(world: World, fields: Fields) -> Json:
    """Counts; with `method` its calls a second, with `chats` how much each got, with `messages` each text in each chat."""
    found = world.ledger.summary()
    if method := fields.maybe_words("method"):
        found["seconds"] = world.ledger.by_second(method)
    if fields.values.get("chats"):
        found["by_chat"] = world.ledger.by_chat()
    if fields.values.get("messages"):
        messages = world.ledger.messages(
            chat_id=fields.maybe_integer("chat_id"),
            at_least=fields.integer("at_least", 1),
            limit=fields.integer("limit", 1000),
        )
        found["messages"] = [asdict(message) for message in messages]
    return found
