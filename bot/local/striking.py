"""What a call looks like from outside when a fault strikes it.

Must not know which faults are set (`faults.py`), nor what a method does.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response

from bot.local.faults import LONGEST_HANG, Act, Fault

CarryOut = Callable[[], Awaitable[Response]]
NOW = struct.pack("ii", 1, 0)  # linger, for no time: the connection is reset, not closed


def reset(transport: asyncio.Transport) -> None:
    """End a connection with RST, as a machine does that has lost it."""
    if (raw := transport.get_extra_info("socket")) is not None:
        with suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
    transport.abort()


async def struck(fault: Fault, request: Request, carry_out: CarryOut) -> Response:
    """The answer of a call that a fault strikes. Kinds that strike after it carry it out first."""
    if fault.kind.after:
        await carry_out()
    return await ACTS[fault.kind.act](fault, request, carry_out)


async def _reset(fault: Fault, request: Request, carry_out: CarryOut) -> Response:
    reset(_transport(request))
    return Response()  # goes nowhere: the connection is gone


async def _hang(fault: Fault, request: Request, carry_out: CarryOut) -> Response:
    """Silent until healed, until the time is up, or until the bot hangs up."""
    waits = [asyncio.ensure_future(fault.healed.wait()), asyncio.ensure_future(_left(request))]
    try:
        await asyncio.wait(waits, timeout=fault.delay or LONGEST_HANG, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    return await _reset(fault, request, carry_out)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _wait(fault: Fault, request: Request, carry_out: CarryOut) -> Response:
    with suppress(TimeoutError):
        await asyncio.wait_for(fault.healed.wait(), 1.0 if fault.delay is None else fault.delay)
    return await carry_out()


async def _answer(fault: Fault, request: Request, carry_out: CarryOut) -> Response:
    kind = fault.kind
    headers = {"Retry-After": str(fault.retry_after)} if kind.status == 429 else None
    return Response(fault.words(kind.body), status_code=kind.status, media_type=kind.media, headers=headers)


async def _truncate(fault: Fault, request: Request, carry_out: CarryOut) -> Response:
    """Announce more than is sent; the server itself would not let us, so its transport is written to."""
    transport = _transport(request)
    head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n"
    transport.write((head + fault.kind.body).encode())
    transport.close()
    await asyncio.sleep(0.01)  # the server learns of it, and drops the answer below
    return Response()


def _transport(request: Request) -> asyncio.Transport:
    transport: asyncio.Transport = request.scope["state"]["transport"]
    return transport


ACTS: dict[Act, Callable[[Fault, Request, CarryOut], Awaitable[Response]]] = {
    Act.RESET: _reset,
    Act.HANG: _hang,
    Act.WAIT: _wait,
    Act.ANSWER: _answer,
    Act.TRUNCATE: _truncate,
}
