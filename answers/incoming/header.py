"""The header of a plain-text copy of an article: title, outlet, authors, day and address, as far as it tells them.

Nothing is guessed and nothing is looked up: a day that is not told unambiguously is None and never today, an outlet that
no byline or label names is empty, and a day in running prose is no day of publication. The header ends at the first line
that is none of these. The patterns of its lines live in `answers.incoming.lines`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from answers.incoming.lines import Line, read_line, without_marks

_MOST_LINES = 20
_LONGEST_TITLE = 250
_LONGEST_FRONT = 20_000
_FRONT = re.compile(r"\A\ufeff?(\+\+\+|---)[ \t]*\r?\n(.*?)^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_LINE_END = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]|\Z")
_BLANKS = re.compile(r"[\s\ufeff\u200b]*")
_GLUED = re.compile(
    r"(?:date|published|posted)[ \t]*:?[ \t]*(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?[ \t]+(?=\S)",
    re.IGNORECASE,
)
_GLUED_BYLINE = re.compile(
    r"By [A-Z][^\n\r\d:;!?“”\"]{3,150}?, (?:CNN|NPR|AP|AFP|Reuters|Bloomberg|Politico|Al Jazeera|(?:The )?Associated Press"
    r"|(?:BBC|CBC|CBS|NBC|ABC|Fox|Sky) News)[ \t]+(?=[A-Z“\"])"
)
_END = re.compile(r"[.!?…。؟।:;,][\"'”’»)\]]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a header and what it is: "headline", "byline", "date line", "address" or "front matter"."""

    start: int
    stop: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a copy tells of itself. `outlet_known` is "byline" where the text names the outlet, else empty.

    `stop` is where the header ends in the text: all of the report stands behind it. `pieces` are its parts, in order; a
    standfirst between two of them is none.
    """

    title: str = ""
    outlet: str = ""
    outlet_known: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str = ""
    stop: int = 0
    pieces: tuple[Piece, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line of the text without the blanks around it, and what it was read as, if anything."""

    start: int
    words: str
    line: Line | None

    @property
    def stop(self) -> int:
        return self.start + len(self.words)

    def piece(self, what: str) -> Piece:
        return Piece(start=self.start, stop=self.stop, what=what)


def read(text: str) -> Header:
    """The header of a text; an empty one with `stop` 0 where it has none. Total."""
    front, at = _front_matter(text)
    placed = list(_placed(text, at))
    title = _title(placed)
    header = front
    if title:
        header = replace(_with(front, title.piece("headline")), title=front.title or without_marks(title.words))
    for one, line in _recognised(placed[1:] if title else placed, standfirst=title is not None):
        header = _with(_told(header, line), one.piece(line.what))
    return _glued(text, header)


def _with(header: Header, piece: Piece) -> Header:
    return replace(header, stop=piece.stop, pieces=(*header.pieces, piece))


def _placed(text: str, at: int) -> Iterator[_Placed]:
    """The first lines that are not blank."""
    found = 0
    while at < len(text) and found < _MOST_LINES:
        end = _LINE_END.search(text, at)
        stop = end.start() if end else len(text)
        words = text[at:stop].strip().strip("\ufeff\u200b").strip()
        if words:
            found += 1
            yield _Placed(text.index(words, at), words, read_line(words))
        at = stop + 1


def _title(lines: list[_Placed]) -> _Placed | None:
    """The headline, if the first line is one: without an end mark, and before a header line or prose."""
    if len(lines) < 2 or lines[0].line or not _may_be_title(lines[0].words):
        return None
    followed = any(one.line for one in lines[1:3]) or _END.search(lines[1].words) is not None
    return lines[0] if followed else None


def _may_be_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and _END.search(words) is None and not words[0].islower() and " " in words


def _recognised(lines: list[_Placed], *, standfirst: bool) -> Iterator[tuple[_Placed, Line]]:
    """The lines of a header up to the first that is none; one line may stand between the title and the others."""
    if standfirst and len(lines) > 1 and not lines[0].line and lines[1].line:
        lines = lines[1:]
    for one in lines:
        if one.line is None:
            return
        yield one, one.line


def _told(header: Header, line: Line) -> Header:
    """The header with what one more line tells; what was told before stands."""
    return replace(
        header,
        title=header.title or line.title,
        outlet=header.outlet or line.outlet,
        outlet_known=header.outlet_known or ("byline" if line.outlet else ""),
        authors=header.authors or line.authors,
        published=header.published or line.published,
        url=header.url or line.url,
    )


def _glued(text: str, header: Header) -> Header:
    """A day with its label, and a byline, that run on into the first sentence: "date 2022-02-02 The mayor said …"."""
    glued = _GLUED.match(text, _start(text, header.stop))
    day = _day(glued.group(1)) if glued else None
    if glued and day:
        header = _with(header, Piece(start=glued.start(), stop=glued.end(), what="date line"))
        header = replace(header, published=header.published or day)
    byline = _GLUED_BYLINE.match(text, _start(text, header.stop))
    line = read_line(byline.group().strip()) if byline else None
    if byline and line:
        header = _with(_told(header, line), Piece(start=byline.start(), stop=byline.end(), what="byline"))
    return header


def _start(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _front_matter(text: str) -> tuple[Header, int]:
    """What TOML or YAML front matter tells, and where it ends; nothing and 0 where there is none."""
    found = _FRONT.match(text[:_LONGEST_FRONT])
    table = (_toml(found.group(2)) if found.group(1) == "+++" else _yaml(found.group(2))) if found else {}
    if not found or not table:
        return Header(), 0
    start = len(text[: found.end()]) - len(text[: found.end()].lstrip("\ufeff"))
    stop = start + len(text[start : found.end()].rstrip())
    outlet = _first(table, "outlet", "source", "publisher", "site", "sitename", "publication")
    return Header(
        title=_first(table, "title", "headline"),
        outlet="" if "://" in outlet else outlet,
        outlet_known="byline" if outlet and "://" not in outlet else "",
        authors=_authors(table),
        published=_day(_first(table, "published", "date", "pubdate", "publish_date", "date_published")),
        url=_first(table, "url", "link", "permalink", "canonical"),
        stop=stop,
        pieces=(Piece(start=start, stop=stop, what="front matter"),),
    ), found.end()


def _toml(front: str) -> dict[str, object]:
    try:
        return {key.casefold(): value for key, value in tomllib.loads(front).items()}
    except (ValueError, RecursionError):
        return {}


def _yaml(front: str) -> dict[str, object]:
    """The plain `key: value` lines and lists of names; no more of YAML is needed, and none of its traps."""
    table: dict[str, object] = {found[1].casefold(): found[2].strip("\"'") for found in _KEY.finditer(front)}
    for key in ("authors", "author"):
        block = re.search(rf"^{key}[ \t]*:[ \t]*\r?\n((?:[ \t]*-[ \t]+.*(?:\n|\Z))+)", front, re.MULTILINE)
        if block:
            table[key] = [item[1].strip("\"'") for item in _ITEM.finditer(block[1])]
    return table


def _first(table: dict[str, object], *keys: str) -> str:
    values = (table.get(key) for key in keys)
    return next((str(value).strip() for value in values if isinstance(value, str | date) and str(value).strip()), "")


def _authors(table: dict[str, object]) -> tuple[str, ...]:
    listed = table.get("authors") or table.get("author") or table.get("byline") or ()
    if isinstance(listed, str):
        listed = re.split(r"\s*(?:,|;|\band\b)\s*", listed.strip("[]"))
    names = [name.strip().strip("\"'") for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    return tuple(dict.fromkeys(filter(None, names)))


def _day(iso: str) -> date | None:
    """The day of an ISO day or moment, or of what a date line may say; None where there is none."""
    try:
        return datetime.fromisoformat(iso).date()
    except ValueError:
        line = read_line(f"Published: {iso}") if iso else None
        return line.published if line else None
