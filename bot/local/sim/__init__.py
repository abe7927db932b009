"""The plane of people and tests: /sim/*, where users write, tap and look.

One table. Must not know the bot's side.
"""

from __future__ import annotations

from starlette.routing import Route

from bot.local.sim import crowding, pressing, speaking, spoiling, standing, watching
from bot.local.sim.calls import looked_up, posted
from bot.local.world import World

POSTED = {
    "message": speaking.message,
    "document": speaking.document,
    "press": pressing.press,
    "inline": pressing.inline,
    "choose": pressing.choose,
    "group": standing.group,
    "block": standing.block,
    "unblock": standing.unblock,
    "delete_account": standing.delete_account,
    "migrate": standing.migrate,
    "channel": standing.channel,
    "update": standing.update,
    "updates": crowding.updates,
    "fault": spoiling.fault,
    "heal": spoiling.heal,
}
LOOKED_UP = {
    "outbox": watching.outbox,
    "transcript": watching.transcript,
    "commands": watching.commands,
    "state": watching.state,
    "bot": watching.about,
    "faults": spoiling.faults,
    "ledger": spoiling.ledger,
}


def routes(world: World) -> list[Route]:
    return [
        *(posted(world, f"/sim/{name}", act) for name, act in POSTED.items()),
        *(looked_up(world, f"/sim/{name}", act) for name, act in LOOKED_UP.items()),
        watching.streamed(world, "/sim/events"),
        watching.downloaded(world, "/sim/file"),
    ]
