"""Text and entities back to Telegram's HTML, escaped: what a transcript shows.

Must not know messages. The entities must nest, as `formatting.in_order` leaves them.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bot.local.values import Entity, FormattedText

SIMPLE = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}


def _wrapped(tag: str) -> Callable[[Entity], tuple[str, str]]:
    return lambda _: (f"<{tag}>", f"</{tag}>")


def _pre(entity: Entity) -> tuple[str, str]:
    if entity.language is None:
        return "<pre>", "</pre>"
    return f'<pre><code class="language-{escape(entity.language)}">', "</code></pre>"


def _time(entity: Entity) -> tuple[str, str]:
    shape = f' format="{escape(entity.date_time_format)}"' if entity.date_time_format else ""
    return f'<tg-time unix="{entity.unix_time}"{shape}>', "</tg-time>"


TAGS: dict[str, Callable[[Entity], tuple[str, str]]] = {
    **{kind: _wrapped(tag) for kind, tag in SIMPLE.items()},
    "expandable_blockquote": lambda _: ("<blockquote expandable>", "</blockquote>"),
    "pre": _pre,
    "text_link": lambda e: (f'<a href="{escape(e.url or "")}">', "</a>"),
    "text_mention": lambda e: (f'<a href="tg://user?id={e.user_id}">', "</a>"),
    "custom_emoji": lambda e: (f'<tg-emoji emoji-id="{e.custom_emoji_id}">', "</tg-emoji>"),
    "date_time": _time,
}


def to_html(content: FormattedText) -> str:
    """HTML that parses to the same text and entities."""
    units = content.text.encode("utf-16-le")
    shown = [e for e in content.entities if e.type in TAGS]
    out, at, waiting = [], 0, list[Entity]()
    for entity in [*shown, None]:
        until = entity.offset if entity else len(units) // 2
        while waiting and waiting[-1].end <= until:
            last = waiting.pop()
            out += [_slice(units, at, last.end), TAGS[last.type](last)[1]]
            at = last.end
        out.append(_slice(units, at, until))
        at = until
        if entity:
            out.append(TAGS[entity.type](entity)[0])
            waiting.append(entity)
    return "".join(out)


def _slice(units: bytes, start: int, end: int) -> str:
    return escape(units[start * 2 : end * 2].decode("utf-16-le", "replace"))
