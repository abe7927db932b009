"""Which machines may be spoken to: those of the public Internet, and no others.

An address that an editor pastes or a feed names may point at this machine, its network or a cloud's own services
(169.254.169.254). It is judged by the numbers that its name resolves to, all of them.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""A host and a port to the numeric addresses that it has, as text. Raises `OSError` if it has none."""

_CLOSED = tuple(
    map(
        ip_network,
        ("192.0.0.0/24", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10", "100::/64"),
    )
)
"""Addresses that carry another one in them (compatible, NAT64, Teredo, 6to4), are of a site or of a protocol, or lead nowhere."""


async def resolve(host: str, port: int) -> list[str]:
    """What the system's resolver knows of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public Internet. What is no address is not."""
    try:
        number = ip_address(address)
    except ValueError:  # also one with a zone, such as fe80::1%eth0
        return False
    return _is_public((number.ipv4_mapped if isinstance(number, IPv6Address) else None) or number)


def _is_public(number: IPv4Address | IPv6Address) -> bool:
    closed = (
        number.is_private
        or number.is_loopback
        or number.is_link_local
        or number.is_multicast
        or number.is_reserved
        or number.is_unspecified
        or any(number in network for network in _CLOSED)
    )
    return number.is_global and not closed
