"""The plane of the bot: /bot<token>/<method> and /file/bot<token>/<path>.

Carries a call out, records it, and answers as Telegram does; the faults that are set may strike it. `Faults` is
where a test in the same process may spoil a call with a function of its own. Must not know what a method does.
"""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass, field
from typing import Protocol

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.local.errors import Refusal
from bot.local.methods import METHODS
from bot.local.methods.kinds import Method
from bot.local.params import Params, Upload, read_params
from bot.local.striking import struck
from bot.local.values import Json
from bot.local.world import World

UNRECORDED = frozenset(("getUpdates", "getMe"))
SENDING = frozenset(("sendMessage", "sendDocument"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    method: str
    params: Params


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)


class Faults(Protocol):
    """What may go wrong with a call, decided from outside."""

    async def before(self, call: Call) -> Reply | None:
        """A reply that is given instead of carrying the call out."""

    async def after(self, call: Call, reply: Reply) -> Reply:
        """The reply that goes out once the call has been carried out."""


class NoFaults:
    async def before(self, call: Call) -> Reply | None:
        return None

    async def after(self, call: Call, reply: Reply) -> Reply:
        return reply


def refused(refusal: Refusal) -> Reply:
    body: Json = {"ok": False, "error_code": refusal.error_code, "description": refusal.description}
    headers: dict[str, str] = {}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    if "retry_after" in (refusal.parameters or {}):
        headers["Retry-After"] = str((refusal.parameters or {})["retry_after"])
    return Reply(status=refusal.error_code, body=body, headers=headers)


class BotPlane:
    def __init__(self, world: World, *, latency: float = 0.0) -> None:
        self.faults: Faults = NoFaults()
        self._world, self._latency = world, latency

    def routes(self) -> list[Route]:
        return [
            Route("/bot{token}/{method:path}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.file),
        ]

    async def call(self, request: Request) -> Response:
        """Half of the latency lies before the call is carried out, half after it."""
        await self._travel()
        try:
            self._check_token(request)
            method = _method(request)
            response = await self._strike(request, method, await read_params(request))
        except Refusal as refusal:
            response = _response(refused(refusal))
        except ClientDisconnect:  # a bot that was killed amid its call
            return Response()
        await self._travel()
        return response

    async def _travel(self) -> None:
        if self._latency:
            await asyncio.sleep(self._latency / 2)

    def _check_token(self, request: Request) -> None:
        if not hmac.compare_digest(request.path_params["token"].encode(), self._world.token.encode()):
            raise Refusal(401, "Unauthorized")

    async def _strike(self, request: Request, method: Method, params: Params) -> Response:
        """Carry the call out, unless a fault has it otherwise; the ledger says how it was answered."""
        call = Call(method=method.name, params=params)
        replies: list[Reply] = []

        async def carry_out() -> Response:
            replies.append(await self._carry_out(method, call))
            return _response(replies[0])

        fault = self._world.faults.strike(method.name, _chat_of(self._world, call))
        if fault is None:
            response = await carry_out()
            self._world.ledger.answered(method.name, _answer(replies[0]))
            return response
        self._world.ledger.answered(method.name, fault.name)
        return await struck(fault, request, carry_out)

    async def _carry_out(self, method: Method, call: Call) -> Reply:
        spoilt = await self.faults.before(call)
        if spoilt is not None:
            return spoilt
        reply = await self._run(method, call.params)
        self._record(call, reply)
        return await self.faults.after(call, reply)

    def _record(self, call: Call, reply: Reply) -> None:
        if call.method not in UNRECORDED:
            self._world.outbox.add(_event(self._world, call, reply))
        if call.method in SENDING and reply.body["ok"]:
            message = reply.body["result"]
            self._world.ledger.accepted(message["chat"]["id"], message.get("text") or message.get("caption") or "")

    async def _run(self, method: Method, params: Params) -> Reply:
        try:
            result = await method.run(self._world, params)
        except Refusal as refusal:
            return refused(refusal)
        return Reply(status=200, body={"ok": True, "result": result})

    async def file(self, request: Request) -> Response:
        try:
            self._check_token(request)
        except Refusal as refusal:
            return JSONResponse(refused(refusal).body, status_code=refusal.error_code)
        stored = self._world.files.at(request.path_params["path"])
        if stored is None:
            return JSONResponse(refused(Refusal(404, "Not Found")).body, status_code=404)
        return Response(stored.content, media_type="application/octet-stream")


def _response(reply: Reply) -> Response:
    return JSONResponse(reply.body, status_code=reply.status, headers=reply.headers)


def _answer(reply: Reply) -> str:
    return "nothing" if reply.body.get("result") == [] else str(reply.status)


def _method(request: Request) -> Method:
    method = METHODS.get(request.path_params["method"].lower())
    if method is None:
        raise Refusal(404, "Not Found")
    return method


def _event(world: World, call: Call, reply: Reply) -> Json:
    event: Json = {
        "at": world.clock(),
        "method": call.method,
        "chat_id": _chat_of(world, call),
        "ok": reply.body["ok"],
        "params": {**call.params.values, **{name: _listed(up) for name, up in call.params.uploads.items()}},
    }
    if not reply.body["ok"]:
        event["error"] = reply.body["description"]
    elif isinstance(result := reply.body["result"], dict) and "message_id" in result:
        event["message"] = result
    return event


def _chat_of(world: World, call: Call) -> object:
    """The chat a call is about; an answer to a press names only the press."""
    press = world.presses.get(call.params.word("callback_query_id"))
    return press.chat_id if press else call.params.get("chat_id")


def _listed(upload: Upload) -> Json:
    return {"file_name": upload.file_name, "mime_type": upload.mime_type, "file_size": len(upload.content)}
