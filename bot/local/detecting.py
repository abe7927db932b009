"""What Telegram finds in plain text by itself: commands, mentions, hashtags, addresses.

Commands and mentions follow td MessageEntity.cpp (match_bot_commands, match_mentions) exactly;
web and mail addresses only in their common shapes. Must not know markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.local.values import Entity, utf16_length

# Domains are recognised without a scheme only when they end in a common name.
PATTERNS = (
    ("url", re.compile(r"(?<![\w@.])https?://[^\s<>\"]+[^\s<>\".,:;!?')\]]", re.IGNORECASE)),
    (
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|int|gov|info|edu|io|me|uk|ua|ru|de|fr|il)"
            r"(?![\w@-])(?:/[^\s<>\"]*[^\s<>\".,:;!?')\]])?",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[a-z0-9][\w.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+(?!\w)", re.IGNORECASE | re.ASCII)),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z0-9_]{2,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32}|(?!@))(?![\w/<>])")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w{1,256}(?!\w)")),
)


def detected(text: str) -> list[Entity]:
    """The entities of a plain text, in order, never overlapping; the earlier pattern wins."""
    found: list[Entity] = []
    for entity in _matches(text):
        if not any(entity.offset < other.end and other.offset < entity.end for other in found):
            found.append(entity)
    return sorted(found, key=lambda entity: entity.offset)


def _matches(text: str) -> Iterator[Entity]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield Entity(
                type=kind,
                offset=utf16_length(text[: match.start()]),
                length=len(match[0].encode("utf-16-le")) // 2,
            )
