"""What can be looked at: the outbox, transcripts, menus, counts, and events as they happen.

Must not change the world.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.local.errors import WrongUse
from bot.local.feed import Subscriber
from bot.local.outbox import Sought
from bot.local.sim.calls import Fields
from bot.local.sim.pressing import waiting
from bot.local.sim.speaking import existing
from bot.local.values import Json
from bot.local.wire import chat_json, user_json
from bot.local.world import READER, SECOND_READER, World

HEARTBEAT = 15.0  # seconds; keeps proxies and browsers from giving up on a quiet stream


async def outbox(world: World, fields: Fields) -> Json:
    sought = Sought(
        after=fields.integer("after", 0),
        chat_id=fields.maybe_integer("chat_id"),
        method=fields.maybe_words("method") or None,
    )
    count = max(fields.integer("count", 1), 1)
    events = await world.outbox.wait(sought, count=count, seconds=waiting(fields))
    return {"events": events, "last": world.outbox.last}


async def transcript(world: World, fields: Fields) -> Json:
    chat_id = fields.integer("chat_id")
    if chat_id not in world.rooms and chat_id in world.users:  # somebody who has not written yet
        return {"chat": {"id": chat_id, "type": "private"}, "messages": []}
    room = existing(world, chat_id)
    messages = [world.shown(message) for message in room.messages.values()]
    return {"chat": chat_json(room.chat), "messages": messages}


async def commands(world: World, fields: Fields) -> Json:
    user_id = fields.integer("user_id")
    chat_id = fields.integer("chat_id", user_id)
    language = fields.maybe_words("language_code") or world.user(user_id).language_code or ""
    room = world.rooms.get(chat_id)
    is_admin = room is not None and room.creator == user_id
    found = world.profile.menu(chat_id=chat_id, user_id=user_id, language=language, is_admin=is_admin)
    return {"commands": found, "menu_button": world.profile.menu_button(chat_id)}


async def state(world: World, fields: Fields) -> Json:
    counts = world.updates.counts
    return {
        "pending_updates": len(world.updates),
        "dropped_updates": counts.dropped,
        "polls": counts.polls,
        "conflicts": counts.conflicts,
        "accepted_messages": len(world.ledger),
        "handed_updates": counts.handed,
        "repeated_updates": counts.repeated,
        "chats": len(world.rooms),
        "calls": world.outbox.last,
        "watchers": len(world.feed),
    }


async def about(world: World, fields: Fields) -> Json:
    """What the page needs to introduce the bot."""
    language = (fields.maybe_words("language_code") or "")[:2]
    texts = {kind: world.profile.text(kind, language) for kind in ("name", "description", "short_description")}
    people = [READER, SECOND_READER, *world.admin_ids[:1]]
    return {
        "bot": user_json(world.bot),
        **texts,
        "name": texts["name"] or world.bot.first_name,
        "people": [user_json(world.user(user_id)) for user_id in people],
        "admin_ids": list(world.admin_ids),
    }


def streamed(world: World, path: str) -> Route:
    async def endpoint(request: Request) -> Response:
        fields = Fields(dict(request.query_params))
        try:
            chat_id, user_id = fields.maybe_integer("chat_id"), fields.maybe_integer("user_id")
        except WrongUse as wrong:
            return JSONResponse({"error": str(wrong)}, status_code=wrong.status)
        events = _events(world, chat_id, user_id)
        return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    return Route(path, endpoint, methods=["GET"])


async def _events(world: World, chat_id: int | None, user_id: int | None) -> AsyncIterator[str]:
    with world.feed.subscribed(chat_id=chat_id, user_id=user_id) as subscriber:
        yield "retry: 1000\n\n: hello\n\n"
        while (line := await _next(subscriber)) is not None:
            yield line


async def _next(subscriber: Subscriber) -> str | None:
    try:
        event = await asyncio.wait_for(subscriber.events.get(), HEARTBEAT)
    except TimeoutError:
        return ": still here\n\n"
    return None if event is None else f"data: {json.dumps(event, ensure_ascii=False)}\n\n"


def downloaded(world: World, path: str) -> Route:
    async def endpoint(request: Request) -> Response:
        stored = world.files.get(request.query_params.get("file_id", ""))
        if stored is None:
            return JSONResponse({"error": "there is no such file, or it was too long ago"}, status_code=404)
        name = stored.document.file_name.encode("ascii", "ignore").decode().replace('"', "") or "document"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        }
        return Response(stored.content, media_type="application/octet-stream", headers=headers)

    return Route(path, endpoint, methods=["GET"])
