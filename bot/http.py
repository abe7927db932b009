"""HTTP to the Bot API, on aiohttp: python-telegram-bot's `BaseRequest` with warm connections and split time-outs.

It alone knows the token: everybody else has addresses with `TOKEN` in its place. What goes wrong is told as one of two
things, `NeverLeft` or `Unclear`, and without a cause: the frames of a library hold the address, and so the token.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot import proxy
from bot.secret import Secret

TOKEN = "<token>"  # noqa: S105 - what stands in its place
KEPT_WARM = 75.0
"""Seconds that an idle connection is kept: a new one costs two round trips and a handshake before an answer."""

Fields = Mapping[str, Any]
Files = Mapping[str, tuple[str, bytes]]


class NeverLeft(NetworkError):
    """The request certainly did not reach the Bot API: there was no connection to send it on."""


class Unclear(NetworkError):
    """The request may have been carried out: nothing that can be read came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds: for a place in the pool, for a connection, for writing, and between two readings."""

    pool: float = 30
    connect: float = 5
    write: float = 10
    # A short one makes messages of which nobody knows whether they arrived.
    read: float = 60


_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL, *proxy.NO_WAY)


class AiohttpRequest(BaseRequest):
    """Requests over one pool of `connections`. It has to be opened by `initialize` in the event loop that uses it."""

    def __init__(
        self, token: Secret, *, connections: int, timeouts: Timeouts | None = None, through: Secret | None = None
    ) -> None:
        """`through`: the address of a proxy; straight without one."""
        self._token, self._connections, self._through = token, connections, through or Secret("")
        self._timeouts = timeouts or Timeouts()
        self._as_usual = self._time_out(self._timeouts.read)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._timeouts.read

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=proxy.connector(self._through, connections=self._connections, kept_warm=KEPT_WARM),
                cookie_jar=aiohttp.DummyCookieJar(),  # the Bot API sets none; nobody else is to mark us
                auto_decompress=True,
                trust_env=False,
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """What python-telegram-bot calls: the status and the body. Raises `NeverLeft`, `Unclear`."""
        fields = request_data.json_parameters if request_data else {}
        files = (request_data.multipart_data or {}) if request_data else {}
        read = None if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        named = {name: (file[0], _content(file[1])) for name, file in files.items()}
        return await self.exchange(method, url, fields, named, read=read)

    async def exchange(
        self, method: str, url: str, fields: Fields, files: Files | None = None, *, read: float | None = None
    ) -> tuple[int, bytes]:
        """Send fields and files, `TOKEN` in the address replaced; the status and the body. Raises `NeverLeft`, `Unclear`."""
        failure: BaseException
        try:
            return await self._exchanged(method, url, _body(fields, files or {}), read)
        except asyncio.CancelledError:
            failure = asyncio.CancelledError()
        except _NEVER_LEFT as error:
            failure = NeverLeft(type(error).__name__)
        # Whatever else may happen on the way, a closed session too: nobody knows how far the request came.
        except Exception as error:  # noqa: BLE001 - the frames of any error in here hold the token
            failure = Unclear(type(error).__name__)
        # Raised out here, it has no context: no frame of a library goes with it.
        raise failure

    async def _exchanged(self, method: str, url: str, body: Any, read: float | None) -> tuple[int, bytes]:
        if self._session is None:
            raise NeverLeft("the connections are not open")
        async with self._session.request(
            method,
            self._token.in_place_of(TOKEN, url),
            data=body,
            timeout=self._time_out(read) if read else self._as_usual,
            proxy=proxy.of_requests(self._through),
            allow_redirects=False,
        ) as response:
            return response.status, await response.read()

    def _time_out(self, read: float) -> aiohttp.ClientTimeout:
        times = self._timeouts
        return aiohttp.ClientTimeout(
            # aiohttp has no time-out for writing: it is bounded with the rest.
            total=times.pool + times.connect + times.write + read,
            connect=times.pool,
            sock_connect=times.connect,
            sock_read=read,
        )


def _content(content: Any) -> bytes:
    return content if isinstance(content, bytes) else bytes(content.read())


def _body(fields: Fields, files: Files) -> Any:
    """Fields as a form, as every Bot API reads them; what is no text as JSON."""
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
    if not files:
        return aiohttp.BytesPayload(urlencoded(texts), content_type="application/x-www-form-urlencoded")
    form = aiohttp.FormData(texts)
    for name, (file, content) in files.items():
        form.add_field(name, content, filename=file)
    return form


def urlencoded(texts: Mapping[str, str]) -> bytes:
    """Texts as a form. yarl writes it in C: of an answer in Cyrillic urllib took a tenth of the time that it cost in all."""
    # A lone surrogate cannot be written in UTF-8, nor sent.
    writable = {name: text.encode("utf-8", "replace").decode() for name, text in texts.items()}
    return URL.build(query=writable).raw_query_string.encode()
