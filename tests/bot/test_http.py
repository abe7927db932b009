"""HTTP to the Bot API: what is told of a request that failed, and that nobody is told the token."""

import asyncio
import contextlib
import traceback
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.api import Api, Refused, result
from bot.http import AiohttpRequest, NeverLeft, Timeouts, Unclear, urlencoded
from bot.local import LOCAL_TOKEN, LocalApi, serving
from bot.secret import Secret

CANARY = "123456:canary-token-that-nobody-may-see"
QUICK = Timeouts(connect=0.3, read=0.3, write=0.1, pool=0.3)


@contextlib.asynccontextmanager
async def requests(token: str = LOCAL_TOKEN, timeouts: Timeouts = QUICK) -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest(Secret(token), connections=2, timeouts=timeouts)
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


@contextlib.asynccontextmanager
async def raw_server(reply: bytes | None) -> AsyncIterator[str]:
    """A server that reads a request and says these bytes, or nothing, and hangs up; with None it never answers."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        if reply is None:
            await reader.read()  # until the other side hangs up
        else:
            writer.write(reply)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        finished.set()

    finished = asyncio.Event()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await asyncio.wait_for(finished.wait(), 5)


async def test_a_call_gives_what_stands_in_result() -> None:
    async with serving(LocalApi()) as root, requests() as request:
        me = await Api(root, request).call("getMe", {})
        assert me["is_bot"] is True


async def test_a_file_arrives_whole() -> None:
    api = LocalApi()
    async with serving(api) as root, requests() as request:
        api.world.private_room(api.world.meet(501))
        sent = await Api(root, request).call("sendDocument", {"chat_id": 501}, {"document": ("a.txt", b"\0whole")})
        assert sent["document"]["file_size"] == 6


async def test_where_nobody_listens_nothing_left() -> None:
    async with serving(LocalApi()) as root:
        pass
    async with requests() as request:
        with pytest.raises(NeverLeft):
            await Api(root, request).call("getMe", {})


@pytest.mark.parametrize(
    "reply",
    [
        None,
        b"",
        b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":true',
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\noops",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 13\r\n\r\n<html></html>",
        b'HTTP/1.1 500 Oh\r\nContent-Length: 29\r\n\r\n{"ok":false,"error_code":500}',
        b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
async def test_whatever_is_no_answer_is_unclear(reply: bytes | None) -> None:
    async with raw_server(reply) as root, requests() as request:
        with pytest.raises(Unclear):
            await Api(root, request).call("sendMessage", {"chat_id": 1, "text": "x"})


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429])
def test_definite_refusals_are_a_list(status: int) -> None:
    with pytest.raises(Refused) as refused:
        result(status, b'{"ok":false,"description":"No","parameters":{"retry_after":7,"migrate_to_chat_id":-5}}')
    assert (refused.value.status, refused.value.retry_after, refused.value.moved_to) == (status, 7.0, -5)


@pytest.mark.parametrize("status", [301, 402, 418, 500, 502, 503, 504])
def test_what_is_not_on_the_list_is_unclear(status: int) -> None:
    with pytest.raises(Unclear):
        result(status, b'{"ok":false,"description":"No"}')


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"ok":true}', b'{"ok":"yes","result":1}', b"null"])
@pytest.mark.parametrize("status", [200, 400])
def test_a_body_that_is_no_reply_is_unclear(status: int, body: bytes) -> None:
    with pytest.raises(Unclear):
        result(status, body)


@pytest.mark.parametrize("reply", [None, b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\noops"])
async def test_no_frame_of_a_failure_knows_the_token(reply: bytes | None) -> None:
    async with raw_server(reply) as root, requests(CANARY) as request:
        with pytest.raises(Unclear) as failed:
            await Api(root, request).call("getMe", {})
    told = traceback.TracebackException.from_exception(failed.value, capture_locals=True)
    assert "canary" not in "".join(told.format())
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None


async def test_nor_does_one_of_a_call_that_was_cancelled() -> None:
    async with raw_server(None) as root, requests(CANARY, Timeouts()) as request:
        task = asyncio.ensure_future(Api(root, request).call("getMe", {}))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as failed:
            await task
    told = traceback.TracebackException.from_exception(failed.value, capture_locals=True)
    assert "canary" not in "".join(told.format())


def test_a_secret_does_not_tell_itself() -> None:
    secret = Secret(CANARY)
    assert "canary" not in repr([secret]) + str(secret) + f"{secret}"
    assert secret == Secret(CANARY)
    assert len({secret, Secret(CANARY), Secret("")}) == 2
    assert not Secret("")


@given(texts=st.dictionaries(st.from_regex(r"[a-z_]+", fullmatch=True), st.text()))
@example(texts={"text": "50% + 1 & a=b; \ud800 Де війська?\n<b>…</b>"})
def test_a_form_is_read_as_it_was_meant(texts: dict[str, str]) -> None:
    read = dict(parse_qsl(urlencoded(texts).decode("ascii"), keep_blank_values=True, errors="strict"))
    assert read == {name: text.encode("utf-8", "replace").decode() for name, text in texts.items()}
