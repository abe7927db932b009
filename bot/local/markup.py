"""Telegram's HTML to text and entities, by tdlib's rules (td MessageEntity.cpp, parse_html).

Must not know messages: limits, trimming and what is merged afterwards are `formatting.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.local.errors import ParseError
from bot.local.links import checked_link, linked_user
from bot.local.scanning import Scanner, StartTag
from bot.local.values import Entity, FormattedText, is_well_formed

PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}


HALF_SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A start tag that waits for its end tag."""

    tag: str
    argument: str
    date: int
    offset: int  # UTF-16
    position: int  # characters of the text so far


@dataclass(slots=True, kw_only=True)
class Parsing:
    scanner: Scanner
    text: list[str] = field(default_factory=list)
    offset: int = 0
    nested: list[Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)


def parse_html(html: str) -> FormattedText:
    """The text without its tags, and the entities in the order in which they ended."""
    parsing = Parsing(scanner=Scanner(html))
    while not parsing.scanner.done:
        _step(parsing)
    if parsing.nested:
        tag = parsing.nested[-1].tag
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{tag}"')
    text = "".join(parsing.text)
    if not is_well_formed(text):
        raise ParseError(HALF_SURROGATE)
    # A language makes sense only on pre; a code alone drops it.
    entities = tuple(replace(e, language=None) if e.type == "code" else e for e in parsing.entities)
    return FormattedText(text=text, entities=entities)


def _step(parsing: Parsing) -> None:
    scanner = parsing.scanner
    if scanner.here != "<":
        character = scanner.character()
        parsing.text.append(character)
        parsing.offset += 2 if ord(character) > 0xFFFF else 1
    elif scanner.text[scanner.at + 1] == "/":
        _end(parsing)
    else:
        _start(parsing, scanner.start_tag())


def _start(parsing: Parsing, tag: StartTag) -> None:
    argument, date = _argument(tag)
    if tag.name == "span" and argument != "spoiler":
        raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {tag.at}')
    opened = Open(tag=tag.name, argument=argument, date=date, offset=parsing.offset, position=len(parsing.text))
    parsing.nested.append(opened)


def _argument(tag: StartTag) -> tuple[str, int]:
    """What the attributes say, the last one winning as in tdlib."""
    argument, date = "", 0
    for name, value in tag.attributes:
        if tag.name == "blockquote" and name == "expandable":
            argument = "1"
        elif value is None:
            continue
        elif (prefix := ARGUMENTS.get((tag.name, name))) is not None and value.startswith(prefix):
            argument = value[len(prefix) :]
        elif (tag.name, name) == ("tg-time", "unix"):
            date = _lenient_int32(value)
    return argument, date


ARGUMENTS = {
    ("a", "href"): "",
    ("code", "class"): "language-",
    ("span", "class"): "tg-",
    ("tg-emoji", "emoji-id"): "",
    ("tg-time", "format"): "",
}


def _lenient_int32(value: str) -> int:
    """td's to_integer: the digits in front, whatever follows."""
    digits = re.match(r"(-?)(\d{1,10})", value, re.ASCII)
    number = int(digits[0]) if digits else 0
    return number if abs(number) < 2**31 else 0


def _end(parsing: Parsing) -> None:
    scanner = parsing.scanner
    if not parsing.nested:
        raise ParseError(f"Unexpected end tag at byte offset {scanner.byte_offset(scanner.at)}")
    name, begin = scanner.end_tag()
    opened = parsing.nested[-1]
    if name and name != opened.tag:
        raise ParseError(f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{name}>"')
    parsing.nested.pop()
    if parsing.offset > opened.offset:
        _close(parsing, opened)


def _close(parsing: Parsing, opened: Open) -> None:
    length = parsing.offset - opened.offset
    if opened.tag in PLAIN:
        entity: Entity | None = Entity(type=PLAIN[opened.tag], offset=opened.offset, length=length)
    else:
        entity = CLOSERS[opened.tag](parsing, opened, length)
    if entity is not None:
        parsing.entities.append(entity)


def _link(parsing: Parsing, opened: Open, length: int) -> Entity | None:
    url = opened.argument or "".join(parsing.text[opened.position :])
    if (user_id := linked_user(url)) is not None:
        return Entity(type="text_mention", offset=opened.offset, length=length, user_id=user_id)
    checked = checked_link(url)
    if checked is None:  # Telegram drops the link and keeps the words
        return None
    return Entity(type="text_link", offset=opened.offset, length=length, url=checked)


def _emoji(_: Parsing, opened: Open, length: int) -> Entity:
    if not re.fullmatch(r"-?\d{1,19}", opened.argument, re.ASCII) or int(opened.argument) == 0:
        raise ParseError("Invalid custom emoji identifier specified")
    emoji_id = str(int(opened.argument))
    return Entity(type="custom_emoji", offset=opened.offset, length=length, custom_emoji_id=emoji_id)


def _time(_: Parsing, opened: Open, length: int) -> Entity | None:
    # td FormattedDate.cpp, get_date_flags
    if opened.argument not in ("r", "R") and not set(opened.argument) <= set("tTdDwW"):
        raise ParseError("Invalid date format used")
    if opened.date <= 0:
        return None
    return Entity(
        type="date_time",
        offset=opened.offset,
        length=length,
        unix_time=opened.date,
        date_time_format=opened.argument or None,
    )


def _covered(parsing: Parsing, type_: str, opened: Open, length: int) -> Entity | None:
    """Takes back the entity of that type that covers exactly the same words, if it is the last one."""
    last = parsing.entities[-1] if parsing.entities else None
    if last is None or (last.type, last.offset, last.length) != (type_, opened.offset, length):
        return None
    return parsing.entities.pop()


def _pre(parsing: Parsing, opened: Open, length: int) -> Entity:
    code = _covered(parsing, "code", opened, length)
    if code is not None and code.language:
        return replace(code, type="pre")
    if code is not None:
        parsing.entities.append(code)
    return Entity(type="pre", offset=opened.offset, length=length)


def _code(parsing: Parsing, opened: Open, length: int) -> Entity:
    if opened.argument and (pre := _covered(parsing, "pre", opened, length)) is not None:
        return replace(pre, language=opened.argument)
    return Entity(type="code", offset=opened.offset, length=length, language=opened.argument or None)


def _blockquote(_: Parsing, opened: Open, length: int) -> Entity:
    kind = "expandable_blockquote" if opened.argument else "blockquote"
    return Entity(type=kind, offset=opened.offset, length=length)


CLOSERS: dict[str, Callable[[Parsing, Open, int], Entity | None]] = {
    "a": _link,
    "tg-emoji": _emoji,
    "tg-time": _time,
    "pre": _pre,
    "code": _code,
    "blockquote": _blockquote,
}
