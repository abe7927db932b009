"""Reads the tags of Telegram's HTML off a text, one at a time.

Follows tdlib (td MessageEntity.cpp, parse_html and decode_html_entity), its texts and byte offsets
included. Must not know what a tag means (`markup.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.local.errors import ParseError

# td's is_space counts the terminating NUL in; so does this.
SPACES = frozenset(" \t\r\n\0\v")
DECIMAL = frozenset("0123456789")
HEXADECIMAL = DECIMAL | frozenset("abcdefABCDEF")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
TOKEN = LETTERS | DECIMAL | frozenset(".-")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAGS = frozenset("a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTag:
    name: str
    attributes: tuple[tuple[str, str | None], ...]
    at: int  # byte offset


def ascii_lower(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


class Scanner:
    """A cursor over the text; a NUL stands behind its end as it does in C."""

    def __init__(self, text: str) -> None:
        self.text = text + "\0"
        self.length = len(text)
        self.at = 0

    @property
    def here(self) -> str:
        return self.text[self.at]

    @property
    def done(self) -> bool:
        return self.at >= self.length

    def byte_offset(self, position: int) -> int:
        return len(self.text[:position].encode("utf-8", "surrogatepass"))

    def take_while(self, wanted: frozenset[str]) -> str:
        start = self.at
        while self.here in wanted and self.at < self.length:
            self.at += 1
        return self.text[start : self.at]

    def take_until(self, unwanted: frozenset[str]) -> str:
        start = self.at
        while self.here not in unwanted:
            self.at += 1
        return self.text[start : self.at]

    def skip_spaces(self) -> None:
        while self.here != "\0" and self.here in SPACES:
            self.at += 1

    def character(self) -> str:
        """The next character, references decoded; an unknown reference stays as it is written."""
        decoded = self._reference() if self.here == "&" else None
        if decoded is not None:
            return decoded
        self.at += 1
        return self.text[self.at - 1]

    def _reference(self) -> str | None:
        start = self.at
        self.at += 1
        code = self._numeric(start) if self.here == "#" else NAMED.get(self.take_while(LETTERS))
        if code is None:
            self.at = start
        elif self.here == ";":
            self.at += 1
        return code

    def _numeric(self, start: int) -> str | None:
        self.at += 1
        if self.here == "x":
            self.at += 1
            digits, base = self.take_while(HEXADECIMAL), 16
        else:
            digits, base = self.take_while(DECIMAL), 10
        if not digits or self.at - start >= 10:
            return None
        number = int(digits, base)
        return chr(number) if 0 < number < 0x10FFFF else None

    def start_tag(self) -> StartTag:
        """The tag whose `<` the cursor stands on; afterwards it stands behind the `>`."""
        begin = self.byte_offset(self.at)
        self.at += 1
        name = ascii_lower(self.take_until(SPACES | {">"}))
        if self.here == "\0":
            raise ParseError(f"Unclosed start tag at byte offset {begin}")
        if name not in TAGS:
            raise ParseError(f'Unsupported start tag "{name}" at byte offset {begin}')
        attributes = tuple(self._attributes(name, begin))
        self.at += 1
        return StartTag(name=name, attributes=attributes, at=begin)

    def _attributes(self, tag: str, begin: int) -> Iterator[tuple[str, str | None]]:
        while self.here != ">":
            self.skip_spaces()
            if self.here == ">":
                break
            yield self._attribute(tag, begin)

    def _attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        name = self.take_until(SPACES | frozenset("=>/\"'"))
        if not name:
            raise ParseError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self.skip_spaces()
        value = None
        if self.here == "=":
            self.at += 1
            self.skip_spaces()
            value = self._value() if self.here != "\0" else None
        if self.here == "\0":
            where = "" if value is not None else f' "{tag}"'
            raise ParseError(f"Unclosed start tag{where} at byte offset {begin}")
        return name, value

    def _value(self) -> str:
        return self._literal() if self.here in "'\"" else self._token()

    def _token(self) -> str:
        start = self.at
        token = ascii_lower(self.take_while(TOKEN))
        if self.here not in SPACES and self.here != ">":
            raise ParseError(f"Unexpected end of name token at byte offset {self.byte_offset(start)}")
        return token

    def _literal(self) -> str:
        end = self.here
        self.at += 1
        value = []
        while self.here not in (end, "\0"):
            value.append(self.character())
        if self.here == end:
            self.at += 1
        return "".join(value)

    def end_tag(self) -> tuple[str, int]:
        """The name of the end tag whose `<` the cursor stands on, and its byte offset."""
        begin = self.byte_offset(self.at)
        self.at += 2
        name = ascii_lower(self.take_until(SPACES | {">"}))
        self.skip_spaces()
        if self.here != ">":
            raise ParseError(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        return name, begin
