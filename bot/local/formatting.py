"""What Telegram does to a text before it keeps it: cleaned, trimmed, entities put in order, limits held.

Follows td MessageEntity.cpp (clean_input_string, fix_entities, split_entities, fix_formatted_text) in
meaning. Must not know where the text came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.local.detecting import detected
from bot.local.errors import ParseError, bad_request
from bot.local.markup import parse_html
from bot.local.values import Entity, FormattedText, Json, utf16_length

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
FIXED_WIDTH = ("pre", "code")
# Sorting of entities that cover the same words: the widest kind first (td MessageEntity.h).
ORDER = {kind: rank for rank, kind in enumerate((*QUOTES, *FIXED_WIDTH, "text_link", "text_mention", *SPLITTABLE))}

DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
SPACED = re.compile("[\0-\x09\x0b-\x0c\x0e-\x20]")
ENTITY_LIMIT = 100
BYTE_LIMIT = 1 << 15


def formatted(text: str, parse_mode: str | None, entities: Sequence[Json] | None) -> FormattedText:
    """The text as the bot meant it: its markup parsed, or its own entities taken."""
    if len(text.encode()) > BYTE_LIMIT:  # Client.cpp, get_formatted_text
        raise bad_request("Text is too long")
    mode = (parse_mode or "none").lower()
    if mode == "none":
        return FormattedText(text=text, entities=tuple(_given(entities or ())))
    if mode != "html":
        raise bad_request("Unsupported parse_mode")
    try:
        return parse_html(text)
    except ParseError as error:
        raise bad_request(f"Can't parse entities: {error}") from None


def _given(entities: Iterable[Json]) -> Iterator[Entity]:
    for entity in entities:
        try:
            yield _one_given(entity)
        except (KeyError, TypeError, ValueError) as error:
            raise bad_request(f"Can't parse MessageEntity: {error}") from None


def _one_given(entity: Json) -> Entity:
    user = entity.get("user")
    time = entity.get("unix_time")
    return Entity(
        type=str(entity["type"]),
        offset=int(entity["offset"]),
        length=int(entity["length"]),
        url=entity.get("url"),
        language=entity.get("language"),
        custom_emoji_id=entity.get("custom_emoji_id"),
        user_id=int(user["id"]) if user else None,
        unix_time=int(time) if time else None,
        date_time_format=entity.get("date_time_format"),
    )


def kept(content: FormattedText, limit: int, *, empty: str, too_long: str) -> FormattedText:
    """The content as it is stored and handed back, or the refusal that Telegram gives."""
    trimmed = tidy(content)
    if not trimmed.text:
        raise bad_request(empty)
    # tdlib counts code points, the server behind it UTF-16 units; the stricter reading holds here.
    if utf16_length(trimmed.text) > limit:
        raise bad_request(too_long)
    return _with_detected(trimmed)


def tidy(content: FormattedText) -> FormattedText:
    """Cleaned, entities in order, trimmed."""
    return _trimmed(_cleaned(replace(content, entities=tuple(in_order(_inside(content))))))


def _inside(content: FormattedText) -> Iterator[Entity]:
    """Entities cut to the text; a bot may send others, and Telegram keeps what makes sense of them."""
    length = utf16_length(content.text)
    for entity in content.entities:
        start, end = max(entity.offset, 0), min(entity.end, length)
        if end > start:
            yield replace(entity, offset=start, length=end - start)


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Entities that nest: fixed-width ones hold nothing, styles are cut where others begin and end."""
    found = sorted(entities, key=_sorting)
    others = _without_overlaps([e for e in found if e.type not in SPLITTABLE])
    runs = [run for kind in SPLITTABLE for run in _merged([e for e in found if e.type == kind])]
    cuts = sorted({e.offset for e in runs} | {at for e in others for at in (e.offset, e.end)})
    fixed = [e for e in others if e.type in FIXED_WIDTH]
    pieces = [piece for run in runs for piece in _cut(run, cuts) if not _within(piece, fixed)]
    return sorted([*others, *pieces], key=_sorting)


def _sorting(entity: Entity) -> tuple[int, int, int]:
    return entity.offset, -entity.length, ORDER.get(entity.type, len(ORDER))


def _without_overlaps(entities: Sequence[Entity]) -> list[Entity]:
    quotes = _apart([e for e in entities if e.type in QUOTES])
    rest = _apart([e for e in entities if e.type not in QUOTES])
    return [*quotes, *(e for e in rest if not any(_crosses(e, quote) for quote in quotes))]


def _apart(entities: Sequence[Entity]) -> list[Entity]:
    """Those that begin behind the end of the one before: neither nested nor crossing."""
    chosen: list[Entity] = []
    for entity in entities:
        if not chosen or entity.offset >= chosen[-1].end:
            chosen.append(entity)
    return chosen


def _crosses(entity: Entity, quote: Entity) -> bool:
    apart = entity.end <= quote.offset or entity.offset >= quote.end
    inside = quote.offset <= entity.offset and entity.end <= quote.end
    return not apart and not inside


def _merged(entities: Sequence[Entity]) -> list[Entity]:
    runs: list[Entity] = []
    for entity in entities:
        if runs and entity.offset <= runs[-1].end:
            end = max(runs[-1].end, entity.end)
            runs[-1] = replace(runs[-1], length=end - runs[-1].offset)
        else:
            runs.append(entity)
    return runs


def _cut(run: Entity, cuts: Sequence[int]) -> Iterator[Entity]:
    inner = [at for at in cuts if run.offset < at < run.end]
    for start, end in pairwise([run.offset, *inner, run.end]):
        yield replace(run, offset=start, length=end - start)


def _within(piece: Entity, fixed: Sequence[Entity]) -> bool:
    return any(e.offset <= piece.offset and piece.end <= e.end for e in fixed)


def _cleaned(content: FormattedText) -> FormattedText:
    text = SPACED.sub(" ", content.text)
    if not DROPPED.search(text):
        return replace(content, text=text)
    gone = _utf16_positions(text)
    shift = [_moved(entity, gone) for entity in content.entities]
    text = DROPPED.sub("", text)
    return FormattedText(text=text, entities=tuple(in_order(e for e in shift if e.length > 0)))


def _utf16_positions(text: str) -> list[int]:
    return [utf16_length(text[: found.start()]) for found in DROPPED.finditer(text)]


def _moved(entity: Entity, gone: Sequence[int]) -> Entity:
    start = entity.offset - bisect_left(gone, entity.offset)
    end = entity.end - bisect_left(gone, entity.end)
    return replace(entity, offset=start, length=end - start)


def _trimmed(content: FormattedText) -> FormattedText:
    text = content.text.rstrip(" \n")
    cut = _inside(replace(content, text=text))
    entities = sorted(cut, key=_sorting)
    # Space in front goes only as far as the first entity (fix_formatted_text, ltrim).
    first = entities[0].offset if entities else len(text)
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    moved = tuple(replace(e, offset=e.offset - lead) for e in entities)
    return FormattedText(text=text[lead:], entities=moved)


def _with_detected(content: FormattedText) -> FormattedText:
    """Adds what Telegram finds by itself (mentions, commands, links) where nothing of the kind stands."""
    taken = [e for e in content.entities if e.type not in (*SPLITTABLE, *QUOTES)]
    quotes = [e for e in content.entities if e.type in QUOTES]
    free = [
        e
        for e in detected(content.text)
        if not any(e.offset < t.end and t.offset < e.end for t in taken) and not any(_crosses(e, q) for q in quotes)
    ]
    entities = in_order([*content.entities, *free]) if free else list(content.entities)
    return replace(content, entities=tuple(entities[:ENTITY_LIMIT]))
