"""HTTP as bots speak it to the Bot API, read by hand from the socket: the server must cost less than what it measures.

It knows requests and replies, and no method of the Bot API.
"""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from typing import cast
from urllib.parse import parse_qsl

Fields = Mapping[str, object]
Reply = Callable[[int, bytes], None]
Handle = Callable[[str, Fields, Reply], None]
"""What is called for each request: the method's name, its fields, and what is called, once, with status and body."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TYPE = re.compile(rb"\r\ncontent-type: *([^;\r\n]+)(?:; *boundary=\"?([^\"\r\n]+))?", re.IGNORECASE)
_PART = re.compile(rb'name="?([^";\r\n]+)"?[^\r\n]*(?:\r\n[^\r\n]+)*\r\n\r\n(.*)', re.DOTALL)


class Wire(asyncio.Protocol):
    """One connection. Requests on it come one after another, as every client of the Bot API sends them."""

    def __init__(self, handle: Handle) -> None:
        self._handle, self._read = handle, bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is none by its type

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._read[:end])
            length = _LENGTH.search(head)
            stop = end + 4 + (int(length[1]) if length else 0)
            if len(self._read) < stop:
                return
            body = bytes(self._read[end + 4 : stop])
            del self._read[:stop]
            self._handle(head.split(b" ", 2)[1].rpartition(b"/")[2].decode(), _fields(head, body), self._reply)

    def _reply(self, status: int, body: bytes) -> None:
        if self._transport:
            head = b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (
                status,
                len(body),
            )
            self._transport.write(head + body)


def _fields(head: bytes, body: bytes) -> Fields:
    kind = _TYPE.search(head)
    if not body or kind is None:
        return {}
    if kind[1] == b"application/json":
        return dict(json.loads(body))
    if kind[2]:
        parts = (_PART.search(part) for part in body.split(b"--" + kind[2]))
        return {
            found[1].decode(): found[2].removesuffix(b"\r\n").decode("utf-8", "replace") for found in parts if found
        }
    return dict(parse_qsl(body.decode(), keep_blank_values=True))
