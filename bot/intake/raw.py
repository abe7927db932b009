"""An update before it is parsed: whose it is and of what kind, read from the JSON. It must not trust a field of it."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

ALLOWED = ("message", "callback_query", "inline_query", "my_chat_member")
"""The updates that are handled; Telegram keeps the others to itself. Edited messages and channel posts are not among them."""

HIGHEST = 2**63
"""Numbers are below it, whatever else somebody may send in Telegram's place: it is the most that SQLite keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """An update as it came. `chat` is where it belongs, `sender` who is behind it; 0 where that cannot be told."""

    id: int
    kind: str
    chat: int
    sender: int
    body: dict[str, Any]

    @property
    def addressed(self) -> bool:
        """Whether an answer may be wanted: everything but what people say to each other in a group."""
        if self.kind == "my_chat_member":
            return False
        if self.kind != "message" or self.chat >= 0:
            return True
        message = _object(self.body.get("message"))
        text = message.get("text") or message.get("caption") or ""
        return "reply_to_message" in message or (isinstance(text, str) and ("@" in text or text.startswith("/")))


def read(told: object) -> Raw | None:
    """The update of a JSON value; None when it has no number, and so cannot be acknowledged by itself."""
    body = _object(told)
    number = body.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < HIGHEST:
        return None
    kind = next((kind for kind in ALLOWED if kind in body), "")
    inner = _object(body.get(kind))
    sender = _id(inner.get("from"))
    place = inner.get("chat") or _object(inner.get("message")).get("chat")
    return Raw(id=number, kind=kind, chat=_id(place) or sender, sender=sender, body=body)


def fingerprint(told: object) -> str:
    """What stands for an update in the log: nothing of it can be read from these sixteen characters."""
    return sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(value: object) -> int:
    number = _object(value).get("id")
    return number if isinstance(number, int) and not isinstance(number, bool) else 0
