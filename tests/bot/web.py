"""A web of a few pages on this machine, over TLS, for what fetches: three names, one server, a certificate of its own."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.fetching import Fetcher, Limits

SERVER = Path(__file__).parent / "tls" / "server.pem"
NAMES = {"news.example": "127.0.0.1", "feeds.example": "127.0.0.1", "other.example": "127.0.0.1"}
Write = Callable[[asyncio.StreamWriter], Awaitable[None]]


def answer(body=b"", *, kind="text/html; charset=utf-8", status="200 OK", **headers):
    """The bytes of a whole answer."""
    told = {
        "content-type": kind,
        "content-length": str(len(body)),
        "connection": "close",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


class Web:
    """Pages by host and path: bytes of a whole answer, or what writes one. `asked` are the requests, as they came."""

    def __init__(self, port: int) -> None:
        self.port, self.pages, self.asked, self.names = port, {}, [], dict(NAMES)

    def url(self, path: str, host: str = "news.example") -> str:
        return f"https://{host}:{self.port}{path}"

    def put(self, path: str, page: bytes | Write, host: str = "news.example") -> str:
        self.pages[host, path] = page
        return self.url(path, host)

    def fetcher(self, **more) -> Fetcher:
        """A client that finds this web, and nothing else."""
        trust = ssl.create_default_context(cafile=str(SERVER))
        limits = Limits(**{"connect": 2.0, "read": 0.5, "total": 2.0, "size": 100_000, **more})
        return Fetcher(
            limits=limits,
            resolve=self.resolve,
            may=lambda address: address == "127.0.0.1",
            trust=trust,
            ports=frozenset({self.port}),
        )

    async def resolve(self, host: str, port: int) -> list[str]:
        if host not in self.names:
            raise OSError(host)
        return self.names[host].split()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.asked.append(head)
            path = head.split(" ")[1]
            host = next(line[6:] for line in head.split("\r\n") if line.startswith("Host: ")).rpartition(":")[0]
            page = self.pages.get((host, path), answer(b"gone", status="404 Not Found"))
            if isinstance(page, bytes):
                writer.write(page)
                await writer.drain()
            else:
                await page(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def web() -> AsyncIterator[Web]:
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(SERVER)
    here = Web(0)
    server = await asyncio.start_server(here.serve, "127.0.0.1", 0, ssl=trust)
    here.port = server.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        server.close()
        await asyncio.sleep(0.01)  # connections that a client broke off close themselves
