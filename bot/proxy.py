"""How requests leave: straight, through a proxy of the web, or through SOCKS, as Tor has it.

Through SOCKS names are looked up at its other end: whoever listens here does not learn from a look-up that we speak to Telegram.
An address may hold a password, so it is a `Secret`.
"""

import asyncio
from urllib.parse import urlsplit

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

from bot.secret import Secret

SOCKS = frozenset(("socks4", "socks5"))

NO_WAY = (
    ProxyConnectionError,
    ProxyError,
    ProxyTimeoutError,
    asyncio.IncompleteReadError,  # SOCKS that hangs up while it is asked; reading a reply raises others
    aiohttp.ClientHttpProxyError,
)
"""What is raised when a proxy makes no connection: nothing of the request has left then."""


def connector(proxy: Secret, *, connections: int, kept_warm: float) -> aiohttp.TCPConnector:
    """A pool of connections; `kept_warm` in seconds. One through SOCKS makes each of them there."""
    if _scheme(proxy) in SOCKS:
        return ProxyConnector.from_url(_said(proxy), rdns=True, limit=connections, keepalive_timeout=kept_warm)
    return aiohttp.TCPConnector(limit=connections, keepalive_timeout=kept_warm)


def of_requests(proxy: Secret) -> str | None:
    """The proxy that each request names: one of the web."""
    return _said(proxy) if proxy and _scheme(proxy) not in SOCKS else None


def _said(proxy: Secret) -> str:
    return proxy.in_place_of("<proxy>", "<proxy>")


def _scheme(proxy: Secret) -> str:
    return urlsplit(_said(proxy)).scheme
