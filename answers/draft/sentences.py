"""Paragraphs and sentences of a text, with exact offsets: where one ends is decided here, and nothing else.

It must not know what a sentence says, nor what is junk. A boundary is looked for at each end mark and nowhere else, each
judged by a few characters on either side, so the time is proportional to the text whatever stands in it. What each
abbreviation lets follow is told in `answers.draft.abbreviations`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from answers.draft.abbreviations import ends_sentence
from answers.draft.values import Span

_UNSEEN = "\ufeff\u200b\u2060"
_BLANKS = re.compile(rf"[\s{_UNSEEN}]*")
_OPENERS = "\"'“‘„‚«‹([{<*_¿¡「『（【"
_CLOSERS = "\"'”’“»›)\\]}>*_」』）】"
_WIDE = "。！？｡．।॥"
"""End marks of scripts that put no blank after a sentence."""
_MARKS = ".!?…‽؟۔։።፧။។"
_NEAR = 40
"""Characters on either side of a mark that tell whether a sentence ends there."""

_BEGINNING = "The|This|That|These|They|There|He|She|It|In|We|But|A"
# Possessive repeats: a run of a million dots is walked over once.
_END = re.compile(
    rf"[{_WIDE}]++[{_WIDE}”’»)\]」』）】]*+"
    rf"|(?<![{_MARKS}])[{_MARKS}]++[{_CLOSERS}]*+(?:\[\d{{1,3}}\])*+(?=[\s{_UNSEEN}])"
    rf"|(?<=[^\W\d_A-Z][^\W\d_A-Z])[.!?][{_CLOSERS}]?(?=[{_OPENERS}]?(?:{_BEGINNING})[ \t])"
)
_AGENCY = re.compile(r"\([^()]{1,40}\)\s*(?:[—–]|-(?!\w))")
_QUOTED = re.compile(r"[\"'”’»]")
_WORD = re.compile(r"[^\s()\[\]{}“”\"«»‘—–/]*\Z")
_SMALL = re.compile(r"[^\W\d_A-Z]{1,2}[A-Z]|https?://|pic\.twitter\.com/")
_ASKED = re.compile(
    r"(?:(?:[A-Z][\w.'’-]*|of|the|de|van|von|al|bin)\s+){1,5}"
    r"(?:said|says|asked|asks|told|wrote|writes|added|adds|shouted|cried|wondered|replied|tweeted|continued)\b"
)
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\Z")


def split(text: str) -> tuple[Span, ...]:
    """The sentences of a text in its order, none across a paragraph, each without the blanks around it.

    Quotation marks and brackets that close behind an end mark belong to the sentence before. A quotation of several
    sentences is split like other prose. What has no end mark (a heading) is a sentence of its own paragraph. Total.
    """
    return tuple(sentence for paragraph in paragraphs(text) for sentence in sentences_of(text, paragraph))


def sentences_of(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of one paragraph, or of a part of it that begins and ends without blanks."""
    start = paragraph.start
    for end in _END.finditer(text, paragraph.start, paragraph.stop):
        if end.start() < start:
            continue
        following = _after(text, end.end(), paragraph.stop)
        if following < paragraph.stop and _is_end(text, start, end, following):
            yield Span(start=start, stop=end.end())
            start = following
    yield Span(start=start, stop=paragraph.stop)


def _after(text: str, at: int, stop: int) -> int:
    blanks = _BLANKS.match(text, at, stop)
    return blanks.end() if blanks else at


def _is_end(text: str, start: int, end: re.Match[str], following: int) -> bool:
    """Whether the sentence that began at `start` ends at this mark, when the next words begin at `following`."""
    mark = end.group()
    if mark[0] in _WIDE:
        return True
    after = text[following : following + 2 * _NEAR]
    bare = after.lstrip(_OPENERS)
    if not _may_begin(after, bare, mark):
        return False
    if mark[0] != "." or mark[1:2] == ".":
        return not _goes_on(mark, bare)
    near = max(start, end.start() - _NEAR)
    word = _WORD.search(text, near, end.start())
    told = word.group() if word else ""
    if not told or (near == start and _NUMBER.match(text[start : end.start()])):
        return not _is_item(text[start : end.start()])
    return ends_sentence(text[near : end.start() - len(told)], told, bare)


def _may_begin(after: str, bare: str, mark: str) -> bool:
    """Whether a sentence can begin with these words: not in a small letter, unless it is an iPhone or an address."""
    if not bare:
        return True
    if bare[0].islower():
        return _SMALL.match(bare) is not None
    if (bare[0] in "—–-" and _QUOTED.search(mark)) or _AGENCY.match(after):
        return False  # “Never again.” — the name of who said it; RALEIGH, N.C. (AP) — the report
    return after[0] not in ",;:.)]}”»%&"


def _goes_on(mark: str, bare: str) -> bool:
    """Whether a sentence goes on behind its question, cry or pause: “Who is it?” Kirby asked; I … I cannot say."""
    if mark[0] in "….":
        return bare.startswith(("I ", "I'", "I’"))
    return _QUOTED.search(mark) is not None and _ASKED.match(bare) is not None


def _is_item(before: str) -> bool:
    """Whether all that stands before the mark is the number of an item, as in "1. Bread"."""
    return _NUMBER.fullmatch(before.strip()) is not None or not before.strip()


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text in its order, without the blanks around them.

    Each line is one, as extractors of web pages write them, unless the text tells that its lines are wrapped (`_width`);
    then a blank line ends a paragraph, and so does a line that had room for the next word. Total.
    """
    lines = _lines(text)
    width = _width(text, lines)
    return tuple(_joined(text, lines, width)) if width else tuple(line for line in lines if line)


def _lines(text: str) -> list[Span | None]:
    """The lines without the blanks around them; None for a blank line."""
    lines: list[Span | None] = []
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip().strip(_UNSEEN).strip()
        start = at + line.index(bare) if bare else at
        lines.append(Span(start=start, stop=start + len(bare)) if bare else None)
        at += len(line)
    return lines


_WIDEST = 120
_NARROWEST = 40
_ROOM = 15
_WRAPPED = 0.4
"""Share of the line breaks at which a sentence must be seen to run on; of wrapped prose it is two thirds and more."""


def _width(text: str, lines: Sequence[Span | None]) -> int:
    """The width at which the lines of a text are wrapped; 0 where they are not.

    They are when at many breaks a full line without an end mark is followed by a line that does not begin as a
    sentence does, and hardly a line is wider than a page. Paragraphs on lines of their own begin with capitals.
    """
    inner = [(one, other) for one, other in pairwise(lines) if one and other]
    if not inner:
        return 0
    width = sorted(one.stop - one.start for one, _ in inner)[len(inner) * 9 // 10]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    runs_on = sum(_runs_on(text, one, other) for one, other in inner if _is_full(text, one, other, width))
    return width if runs_on >= _WRAPPED * len(inner) else 0


def _runs_on(text: str, one: Span, other: Span) -> bool:
    first = text[other.start]
    return not re.match(rf"[{_MARKS}{_WIDE}:]", text[one.stop - 1]) and first.isalpha() and not first.isupper()


def _is_full(text: str, one: Span, other: Span, width: int) -> bool:
    """Whether the first word of the next line had no room in this one, give or take a long word."""
    word = re.match(r"\S{1,40}", text[other.start : other.start + 40])
    return one.stop - one.start + 1 + (word.end() if word else 0) + _ROOM > width


def _joined(text: str, lines: Sequence[Span | None], width: int) -> Iterator[Span]:
    start = None
    for one, other in pairwise((*lines, None)):
        if one is None:
            continue
        start = one.start if start is None else start
        if other is None or not _is_full(text, one, other, width):
            yield Span(start=start, stop=one.stop)
            start = None
