"""The bot behind a proxy: SOCKS with and without a password, one of the web, and ones that make no connection."""

import asyncio
import contextlib
import struct
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.api import Api
from bot.http import AiohttpRequest, NeverLeft, Timeouts
from bot.local import LOCAL_TOKEN, LocalApi, serving
from bot.secret import Secret
from bot.settings import Settings, SettingsRefused, table
from tests.bot.harness import Clock, chatting, settings_for

QUICK = Timeouts(connect=2, read=5, write=1, pool=2)
CANARY = "canary-password"
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[str]:
    """A server that talks like this; "host:port"."""
    talks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await talk(reader, writer)
        finally:
            writer.close()

    async with await asyncio.start_server(
        lambda reader, writer: talks.add(asyncio.ensure_future(serve(reader, writer))), "127.0.0.1", 0
    ) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        for one in talks:
            one.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


class Socks:
    """A SOCKS5 server (RFC 1928, RFC 1929). Every name leads to this machine: nobody else knows where it is."""

    def __init__(self, user: bytes = b"", password: bytes = b"", refusal: int = 0) -> None:
        self.user, self.password, self.refusal = user, password, refusal
        self.asked: list[str] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, many = await reader.readexactly(2)
        await reader.readexactly(many)
        writer.write(bytes((5, 2 if self.user else 0)))
        if self.user and not await self._known(reader, writer):
            return
        _, _, _, kind = await reader.readexactly(4)
        length = 4 if kind == 1 else (await reader.readexactly(1))[0]
        host = await reader.readexactly(length)
        (port,) = struct.unpack("!H", await reader.readexactly(2))
        self.asked.append(f"{host.decode() if kind == 3 else '.'.join(map(str, host))}:{port}")
        writer.write(bytes((5, self.refusal, 0, 1, 127, 0, 0, 1, 0, 0)))
        if not self.refusal:
            await _joined(reader, writer, port)

    async def _known(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        _, length = await reader.readexactly(2)
        user = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        known = (user, password) == (self.user, self.password)
        writer.write(bytes((1, 0 if known else 1)))
        return known


async def _joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    there, to_there = await asyncio.open_connection("127.0.0.1", port)
    try:
        await asyncio.gather(_copied(reader, to_there), _copied(there, writer))
    finally:
        to_there.close()


async def _copied(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await source.read(65536):
            target.write(piece)
            await target.drain()
    target.close()


@contextlib.asynccontextmanager
async def api_through(proxy: str, root: str) -> AsyncIterator[Api]:
    request = AiohttpRequest(Secret(LOCAL_TOKEN), connections=2, timeouts=QUICK, through=Secret(proxy))
    await request.initialize()
    try:
        yield Api(root, request)
    finally:
        await request.shutdown()


def named(root: str) -> str:
    """The address with a name that has to be looked up."""
    return root.replace("127.0.0.1", "localhost")


async def test_through_socks_the_name_is_looked_up_at_its_other_end() -> None:
    socks = Socks()
    async with serving(LocalApi()) as root, listening(socks.talk) as place:
        async with api_through(f"socks5://{place}", named(root)) as api:
            assert (await api.call("getMe", {}))["is_bot"]
        assert socks.asked == [named(root).removeprefix("http://")]


async def test_socks_may_ask_who_we_are_and_a_wrong_password_lets_nothing_leave() -> None:
    socks = Socks(b"us", b"word")
    async with serving(LocalApi()) as root, listening(socks.talk) as place:
        async with api_through(f"socks5://us:word@{place}", root) as api:
            assert (await api.call("getMe", {}))["is_bot"]
        async with api_through(f"socks5://us:{CANARY}@{place}", root) as api:
            with pytest.raises(NeverLeft) as failed:
                await api.call("getMe", {})
        assert len(socks.asked) == 1
        told = traceback.TracebackException.from_exception(failed.value, capture_locals=True)
        assert CANARY not in "".join(told.format())


@pytest.mark.parametrize("refusal", [1, 2, 3, 4, 5, 6, 7, 8])
async def test_what_socks_refuses_has_not_left(refusal: int) -> None:
    async with (
        listening(Socks(refusal=refusal).talk) as place,
        api_through(f"socks5://{place}", "http://bot-api.invalid:80") as api,
    ):
        with pytest.raises(NeverLeft):
            await api.call("sendMessage", {"chat_id": 1, "text": "hello"})


async def test_what_a_proxy_that_is_away_or_no_proxy_does_not_pass_on_has_not_left() -> None:
    async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)

    async with listening(hangs_up) as place:
        pass  # nobody is there any more
    for proxy in (f"socks5://{place}", f"http://{place}"):
        async with api_through(proxy, "http://bot-api.invalid:80") as api:
            with pytest.raises(NeverLeft):
                await api.call("getMe", {})
    async with listening(hangs_up) as place, api_through(f"socks5://{place}", "http://bot-api.invalid:80") as api:
        with pytest.raises(NeverLeft):
            await api.call("getMe", {})


async def test_a_proxy_of_the_web_is_given_the_whole_address_and_one_that_makes_no_tunnel_got_nothing() -> None:
    lines: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(await reader.readline())
        await reader.readuntil(b"\r\n\r\n")
        if lines[-1].startswith(b"CONNECT"):
            writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
        else:
            writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 25\r\n\r\n{"ok":true,"result":true}')
        await writer.drain()
        await reader.read()

    async with listening(proxy) as place:
        async with api_through(f"http://{place}", "http://bot-api.invalid") as api:
            assert await api.call("getMe", {}) is True
        async with api_through(f"http://{place}", "https://bot-api.invalid") as api:
            with pytest.raises(NeverLeft):
                await api.call("getMe", {})
    assert lines[0].startswith(b"POST http://bot-api.invalid/bot")
    assert lines[1].startswith(b"CONNECT bot-api.invalid:443 ")


async def test_the_whole_bot_answers_through_socks(tmp_path: Path) -> None:
    socks = Socks()
    async with (
        listening(socks.talk) as place,
        chatting(settings_for(tmp_path, OTR_PROXY=f"socks5://{place}"), Clock()) as chat,
    ):
        assert "fight" in (await chat.ask("are US troops going to fight in Ukraine?"))["text"]
    assert len(socks.asked) >= 2, "polling and sending have connections of their own"


@pytest.mark.parametrize(
    "text",
    ["tor", "ftp://host:1", "socks5://host", "socks5://:1080", "http://host:port", "socks6://h:1", "//host:80"],
)
def test_what_is_no_proxy_is_refused_without_its_password_being_said(text: str) -> None:
    with pytest.raises(SettingsRefused, match="OTR_PROXY: its value is not http"):
        Settings.read({"OTR_PROXY": text})


def test_a_password_of_a_proxy_is_shown_nowhere() -> None:
    settings = Settings.read({"OTR_PROXY": f"socks5://us:{CANARY}@host:1080"})
    assert CANARY not in f"{settings!r} {table(settings)}"
