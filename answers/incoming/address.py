"""Web addresses as articles and feeds give them: which may be followed and shown, and which two are the same place.

It resolves nothing and fetches nothing: `bot.fetching` decides whether a host may be spoken to.
"""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from answers.articles import is_address
from answers.fields import LONGEST_TEXT
from answers.incoming.safe import UNSEEN

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|cmpid|ocid|ns_\w+", re.IGNORECASE
)
"""Parts of a query that tell who sent a reader, and not what he reads."""

_TWIN = re.compile(r"(?:www\d?|m|mobile|amp|edition)\.")
"""First labels under which one outlet serves the same articles."""


def plain(address: str, base: str = "") -> str:
    """The address (joined to `base` if relative), without fragment and tracking; empty unless it is a plain web address.

    Plain: http or https, a host with a dot and without a user name, the scheme's own port, nothing unseen in it.
    """
    if len(address) > 4 * LONGEST_TEXT:
        return ""
    try:
        parts = urlsplit(urljoin(base, address.strip()) if base else address.strip())
        fine = parts.port in {None, {"http": 80, "https": 443}.get(parts.scheme)} and not parts.username
        whole = urlunsplit((parts.scheme, _host(parts), parts.path or "/", _wanted(parts.query), ""))
    except ValueError:  # a port that is no number, half an IPv6 address, a host that no name can be made of
        return ""
    seen = not UNSEEN.search(whole) and not any(character.isspace() or character == "\\" for character in whole)
    return whole if fine and seen and is_address(whole) and len(whole) <= LONGEST_TEXT else ""


def host(address: str) -> str:
    """The host of a plain address, without the label that only tells its twins apart; empty for none."""
    return _TWIN.sub("", urlsplit(address).hostname or "", count=1)


def key(address: str) -> str:
    """What two addresses of one page have in common: not the scheme, a twin's label, a last slash or a fragment."""
    address = plain(address)
    parts = urlsplit(address)
    return f"{host(address)}{parts.path.rstrip('/')}?{parts.query}" if address else ""


def day_in(address: str) -> str:
    """A day that the path of an address holds, as 2022-02-02: mostly the day of publication, but nobody says so."""
    path = urlsplit(address).path[:LONGEST_TEXT]
    found = re.search(r"(?<!\d)(20\d\d|19\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?!\d)", path)
    return "-".join(found.groups()) if found else ""


def _host(parts: SplitResult) -> str:
    """The host in ASCII: one of letters that look like others is then seen for what it is."""
    name = (parts.hostname or "").rstrip(".")
    return name if name.isascii() else name.encode("idna").decode("ascii")


def _wanted(query: str) -> str:
    """A query without tracking; untouched when it has none, because to encode it anew might change it."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)
