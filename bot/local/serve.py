"""Serves the local Bot API on loopback, in the running event loop.

Must not know what is served beyond opening and closing it.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn

from bot.local.api import LocalApi
from bot.local.connections import connections_with
from bot.local.errors import LocalPortInUse
from bot.local.faults import Fault
from bot.local.line import Line
from bot.local.striking import reset

HOST = "127.0.0.1"
A_MOMENT = 0.05  # in which the one who ordered it still gets an answer
LAST_SECONDS = 3.0  # for answers that are under way when the server closes


class _Server(uvicorn.Server):
    """uvicorn, started and stopped by its caller: no signal handlers, no waiting in tenths of seconds."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready, self.stop = asyncio.Event(), asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.stop.wait()

    async def keep(self, line: Line, port: int) -> None:
        """Carry out orders to cut the line, until cancelled."""
        while True:
            fault, seconds = await line.order()
            await asyncio.sleep(A_MOMENT)
            if seconds > 0:
                await self._refuse(fault, seconds, port)
            else:
                self._hang_up()

    async def _refuse(self, fault: Fault, seconds: float, port: int) -> None:
        """A port that is bound but not listened to refuses connections, and nobody else can take it."""
        for server in self.servers:
            server.close()
        bound = _bound(port)
        self._hang_up()
        fault.struck += 1
        with suppress(TimeoutError):
            await asyncio.wait_for(fault.healed.wait(), seconds)
        await self.startup([bound])

    def _hang_up(self) -> None:
        for connection in list(self.server_state.connections):
            reset(connection.transport)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await self._finished()
        await self.lifespan.shutdown()

    async def _finished(self) -> None:
        if tasks := set(self.server_state.tasks):
            _, late = await asyncio.wait(tasks, timeout=LAST_SECONDS)
            for task in late:
                task.cancel()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)


@asynccontextmanager
async def serving(api: LocalApi, *, port: int = 0) -> AsyncIterator[str]:
    """Serves until the block is left, and yields the root address; long polls end at once with it."""
    listener = _bound(port)
    config = uvicorn.Config(
        api.app,
        http=connections_with(api.world.faults),
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_keep_alive=75,
    )
    server = _Server(config)
    api.world.reopen()
    port = listener.getsockname()[1]
    task = asyncio.create_task(server.serve(sockets=[listener]))
    keeper = asyncio.create_task(server.keep(api.world.line, port))
    try:
        await server.ready.wait()
        yield f"http://{HOST}:{port}"
    finally:
        keeper.cancel()
        api.world.close()
        server.stop.set()
        await task
        with suppress(OSError):
            listener.close()


def _bound(port: int) -> socket.socket:
    # asyncio turns Nagle's delay (40 ms an answer) off only where the protocol is named.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise LocalPortInUse(port) from error
    return listener
