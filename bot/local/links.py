"""Which addresses Telegram accepts in links and buttons (td LinkManager.cpp, check_link_impl).

Must not know entities or keyboards.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

APP_SCHEMES = ("tg", "ton", "tonsite")


def checked_link(url: str) -> str | None:
    """The address as Telegram would keep it, or None when it is not one."""
    try:
        return _checked(url.strip())
    except ValueError:
        return None


def _checked(url: str) -> str | None:
    scheme, colon, rest = url.partition(":")
    if colon and scheme.lower() in APP_SCHEMES:
        return _app_link(scheme.lower(), rest.removeprefix("//"))
    if "://" not in url:
        url = "http://" + url
    return _web_link(url)


def _app_link(scheme: str, rest: str) -> str | None:
    host = re.match(r"[A-Za-z0-9_.-]+" if scheme == "tonsite" else r"[A-Za-z0-9_-]+", rest)
    if host is None or not re.fullmatch(r"(/?\?.*|/.*|)", rest[host.end() :]):
        return None
    tail = rest[host.end() :]
    return f"{scheme}://{host[0].lower()}{tail.removeprefix('/') if tail.startswith('/?') else tail}"


def _web_link(url: str) -> str | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    # "Wrong HTTP URL": a host has a dot, unless it is an IPv6 address.
    if parts.scheme.lower() not in ("http", "https") or ("." not in host and ":" not in host):
        return None
    if re.search(r"[\s<>\"]", parts.netloc) or parts.port == 0:
        return None
    authority = parts.netloc.lower() if "@" not in parts.netloc else parts.netloc
    tail = url.split("://", 1)[1][len(parts.netloc) :].replace(" ", "%20")
    return f"{parts.scheme.lower()}://{authority}{tail if tail.startswith('/') else '/' + tail}"


def linked_user(url: str) -> int | None:
    """The user of a tg://user?id=… link (td LinkManager.cpp, get_link_user_id)."""
    found = re.fullmatch(r"tg:(?://)?user/?\?([^#]*)(?:#.*)?", url.lower(), re.DOTALL)
    ids = parse_qs(found[1]).get("id", []) if found else []
    return int(ids[0]) if ids and re.fullmatch(r"[1-9]\d{0,15}", ids[0], re.ASCII) else None
