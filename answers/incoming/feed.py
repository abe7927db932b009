"""An RSS or Atom feed to its items. It is given bytes and never an address, and fetches nothing.

feedparser is lenient: it reads what is no feed, guesses days, and opens what it is given as a file if it can. So it is given
a stream, and a day counts only if it is plain to us as well as to feedparser.
"""

import html
import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from answers.errors import Problem, Refused
from answers.incoming.address import key, plain
from answers.incoming.authors import names
from answers.incoming.days import day_of
from answers.incoming.safe import line
from answers.incoming.values import Item, Read

LARGEST_FEED = 5_000_000
"""Bytes; feeds of 30 items with their whole texts have a tenth of it."""

MOST_ITEMS = 200

DEEPEST = 100
"""Elements within each other. A feed has five; its parser takes long over thousands."""

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")


def read(data: bytes, path: str) -> Read:
    """The items of a feed, each address once, in its order. `path` names the feed in problems.

    Total: any bytes give items or raise `Refused`.
    """
    if why := _refusal(data):
        raise Refused([Problem(path=path, line=0, message=why, hint="look at the address of the feed")])
    found = _parsed(data)
    if found is None or not found.get("version"):
        message = "is neither RSS nor Atom"
        raise Refused([Problem(path=path, line=0, message=message, hint="look at the address of the feed")])
    entries = found.get("entries", [])[:MOST_ITEMS]
    items = [item for entry in entries if (item := _item(entry))]
    return Read(
        items=tuple({key(item.url): item for item in reversed(items)}.values())[::-1],
        left_out=len(entries) - len(items),
    )


def _refusal(data: bytes) -> str:
    if len(data) > LARGEST_FEED:
        return f"is larger than {LARGEST_FEED:,} bytes"
    plain_ = data.replace(b"\0", b"")  # UTF-16 and UTF-32, too, have their marks in plain letters
    if b"<!ENTITY" in plain_.upper():
        return "defines entities, which no feed needs and which can swell to any size"
    return f"holds more than {DEEPEST} elements within each other" if _depth(plain_) > DEEPEST else ""


def _depth(data: bytes) -> int:
    """At most how many elements stand within each other; what is not closed counts on."""
    depth = deepest = 0
    for match in _TAG.finditer(data):
        depth += 0 if match[2] else -1 if match[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _parsed(data: bytes) -> Mapping[str, Any] | None:
    """What feedparser makes of it; None where it fails on it, as it does on some encodings that do not exist."""
    import feedparser

    try:
        found: Mapping[str, Any] = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # noqa: BLE001 - whatever a hostile feed makes it raise, the feed is none
        return None
    return found


def _item(entry: Mapping[str, Any]) -> Item | None:
    url = plain(_text(entry.get("link"))) or plain(_text(entry.get("id")))
    if not url:
        return None
    authors = [_text(one.get("name")) for one in entry.get("authors", []) if isinstance(one, Mapping)]
    return Item(url=url, title=_title(entry), authors=names(filter(None, authors)), published=_published(entry))


def _title(entry: Mapping[str, Any]) -> str:
    """The title without the markup that some feeds have in it; feeds that have some write entities as HTML does, too."""
    title = _text(entry.get("title"))
    return line(html.unescape(_MARKUP.sub("", title))) if len(title) < 5000 else ""


def _published(entry: Mapping[str, Any]) -> date | None:
    """The day of publication as it is written, which is the outlet's own; feedparser's is moved to Greenwich."""
    # A key that is missing is looked up under another name, "updated": to be asked for, it must be there.
    if "published" not in entry or not entry.get("published_parsed"):
        return None
    return day_of(_text(entry["published"]))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
