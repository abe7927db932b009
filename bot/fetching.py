"""One page or feed from the web, by https, within bounds. It knows nothing of what is in it.

The machine that is spoken to is the one that was checked: its name is resolved once, every address of it is judged, and
the connection goes to one of these by its number, while the certificate is that of the name. Neither a second look-up
(DNS rebinding) nor a redirect leads anywhere else. Nothing is sent but the request: no cookies, no names, no proxies.
"""

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ssl import SSLContext, SSLError
from urllib.parse import urljoin

import httpx

from answers.errors import OnTheRecordError
from bot.addresses import Resolve, is_public, resolve

PAGE = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
FEED = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"})
"""Types of what is fetched; whatever else a server sends is not read."""

AGENT = "on-the-record/0.1 (reads news articles for an editor)"
MOST_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_SAVE_IT = "open it in a browser, save it, and add the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came: the address that it came from in the end, its bytes, and the type and charset that it was sent as."""

    url: str
    data: bytes
    kind: str
    charset: str


class CannotFetch(OnTheRecordError):
    """Nothing was fetched; the message says from where, why, and what to do."""

    def __init__(self, url: str, why: str, what_to_do: str = _SAVE_IT) -> None:
        super().__init__(f"{url[:200]}: {why} ({what_to_do})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds to connect, between two pieces and for all of it; bytes, also of what is unpacked."""

    connect: float = 10.0
    read: float = 10.0
    total: float = 30.0
    size: int = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """The way to the web. What a test needs to speak to its own server is a parameter; the defaults reach nothing private.

    `trust` are the certificates that are believed; `may` judges a numeric address; `ports` are the ones spoken to.
    """

    limits: Limits = Limits()
    resolve: Resolve = resolve
    may: Callable[[str], bool] = is_public
    trust: SSLContext | None = None
    ports: frozenset[int] = frozenset({443})

    async def get(self, url: str, kinds: frozenset[str]) -> Fetched:
        """What stands at an address, if it is of one of these types. Raises `CannotFetch`, and nothing else."""
        try:
            async with asyncio.timeout(self.limits.total):
                return await self._follow(url, kinds)
        except TimeoutError:
            raise CannotFetch(url, f"took longer than {self.limits.total:g} seconds", "try again later") from None

    async def _follow(self, url: str, kinds: frozenset[str]) -> Fetched:
        """From redirect to redirect, each address judged like the first."""
        at = url
        for _ in range(MOST_REDIRECTS + 1):
            async with self._answer(at) as answer:
                if answer.status_code not in _MOVED:
                    return await self._read(at, answer, kinds)
                at = _joined(at, answer.headers.get("location", ""))
        raise CannotFetch(url, f"leads on more than {MOST_REDIRECTS} times")

    @asynccontextmanager
    async def _answer(self, url: str) -> AsyncIterator[httpx.Response]:
        """The head of an answer, its body yet to be read."""
        target = self._target(url)
        number = await self._number(url, target)
        headers = {"Host": target.netloc.decode("ascii"), "User-Agent": AGENT, "Accept-Encoding": "gzip"}
        request = httpx.Request(
            "GET",
            target.copy_with(host=number),
            headers=headers,
            extensions={"sni_hostname": target.raw_host.decode("ascii"), "timeout": self._timeout().as_dict()},
        )
        try:
            # A transport of its own each time: a connection that was opened for one name is never used for another.
            async with httpx.AsyncHTTPTransport(verify=self.trust or _web(), trust_env=False) as transport:
                answer = await transport.handle_async_request(request)
                try:
                    yield answer
                finally:
                    await answer.aclose()
        except (httpx.HTTPError, httpx.StreamError, SSLError, OSError) as error:
            raise CannotFetch(url, _failure(error)) from None

    def _timeout(self) -> httpx.Timeout:
        return httpx.Timeout(self.limits.read, connect=self.limits.connect)

    def _target(self, url: str) -> httpx.URL:
        """The parts of an address that may be fetched."""
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError):
            raise CannotFetch(url, "is no web address", "write it as https://…") from None
        if target.scheme != "https":
            raise CannotFetch(url, "is not https, so nobody can tell who answers", _SAVE_IT)
        if target.userinfo or (target.port or 443) not in self.ports:
            raise CannotFetch(url, "names a user or a port, as no article does", "give the plain address")
        if "." not in target.host.strip(".") or _is_numeric(target.host):
            raise CannotFetch(url, "names no host of the web", "write it as https://www.example.org/…")
        return target.copy_with(fragment=None)

    async def _number(self, url: str, target: httpx.URL) -> str:
        """The numeric address that is connected to. Refused if a single one that the name has is not public."""
        try:
            found = await self.resolve(target.raw_host.decode("ascii"), target.port or 443)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise CannotFetch(url, f"{target.host} is not known to the network", "look for a slip in the address")
        if not all(map(self.may, found)):
            raise CannotFetch(url, f"{target.host} is a machine of a private network", "only the public web is read")
        # Where there is no way to the newer kind of number, the older one leads there, and hardly ever the other way round.
        return min(found, key=lambda number: ":" in number)

    async def _read(self, url: str, answer: httpx.Response, kinds: frozenset[str]) -> Fetched:
        if answer.status_code != httpx.codes.OK:
            raise CannotFetch(url, f"the server answers {answer.status_code} {answer.reason_phrase}".strip())
        told = answer.headers.get("content-type", "")
        kind = told.partition(";")[0].strip().lower()
        if kind not in kinds:
            raise CannotFetch(url, f"is {kind or 'of no type'}, and what is looked for is {', '.join(sorted(kinds))}")
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", told, re.IGNORECASE)
        data = await self._body(url, answer)
        return Fetched(url=url, data=data, kind=kind, charset=charset[1] if charset else "")

    async def _body(self, url: str, answer: httpx.Response) -> bytes:
        """The bytes, unpacked piece by piece, so that a bomb is noticed before it has gone off."""
        coding = answer.headers.get("content-encoding", "identity").strip().lower()
        if coding not in {"identity", "gzip", ""}:
            raise CannotFetch(url, f"was sent packed as {coding}, which was not asked for")
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if coding == "gzip" else None
        body = bytearray()
        async for piece in answer.stream:  # type: ignore[union-attr]  # a transport of asyncio gives a stream of asyncio
            try:
                body += unpack.decompress(piece, self.limits.size + 1 - len(body)) if unpack else piece
            except zlib.error:
                raise CannotFetch(url, "was sent damaged", "try again") from None
            if len(body) > self.limits.size:
                raise CannotFetch(url, f"is larger than {self.limits.size:,} bytes")
        if unpack and not unpack.eof:
            raise CannotFetch(url, "was sent damaged", "try again")
        return bytes(body)


def _joined(at: str, location: str) -> str:
    try:
        return urljoin(at, location)
    except ValueError:  # half an IPv6 address
        raise CannotFetch(at, "leads on to what is no address") from None


def _web() -> SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _is_numeric(host: str) -> bool:
    """Whether a host is written in numbers, in whatever form: 127.0.0.1, 0x7f.1, [::1]."""
    return (
        ":" in host
        or re.fullmatch(r"(?:0x[0-9a-f]*|\d+)", host.rstrip(".").rpartition(".")[2], re.IGNORECASE) is not None
    )


def _failure(error: Exception) -> str:
    """In plain words, without the numbers of a machine."""
    if isinstance(error, httpx.TimeoutException):
        return "the server did not answer in time"
    if isinstance(error, SSLError) or "certificate" in str(error).lower():
        return "the server cannot prove that it is who it should be (its certificate)"
    if isinstance(error, httpx.ConnectError | OSError):
        return "the server cannot be reached"
    return "the server broke off, or does not speak HTTP"
