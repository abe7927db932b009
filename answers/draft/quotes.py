"""Words between quotation marks: where they stand in a text, marks included.

Knows the marks of English prose and those that get into it from other languages, and tells them from apostrophes,
feet and inches. Rule: what stands within a quotation belongs to it, and no quotation leaves its paragraph. It must
not know who speaks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.draft.values import Span

_BREAK = re.compile(r"\n(?:\s*\n\s*|[^\S\n]*(?![a-z\s]))")
"""An empty line; or the end of a line, unless the next goes on with a small letter, as in text of a fixed width."""

_MARK = re.compile(r"'{2,3}|[\"“”„‟«»‘’'‚‹›]")
_SINGLE = frozenset("‘’'‚‹›")
_GUILLEMETS = frozenset("«»")
_BEFORE_OPENING = frozenset("([{—–-/“”\"‘'„«:,")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-/…”\"’'»")
_ENDS = frozenset('.,!?;:…)”"—–-')
_SHORTENED = re.compile(
    r"['’‘](?:\d\ds?\b|(?:tis|twas|em|til|till|cause|bout|round|cos|ere|nuff|bama)\b|n['’])", re.IGNORECASE
)
_INCHES = re.compile(r"\d\s?['’′]\s?\d{1,2}\Z")


@dataclass(frozen=True, slots=True)
class _Mark:
    """`turn` is 1 where the blanks beside it say that it opens, -1 where it closes, 0 where they do not tell."""

    start: int
    stop: int
    family: str
    turn: int


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each stretch between line breaks that holds more than blanks."""
    start = 0
    for gap in (*_BREAK.finditer(text), None):
        stop = gap.start() if gap else len(text)
        if text[start:stop].strip():
            yield start, stop
        start = gap.end() if gap else stop


def find(text: str) -> tuple[Span, ...]:
    """The quotations of a text, outermost ones only, in their order; a paragraph's end closes what is open.

    Total: any text has some, or none. A mark with nothing behind it opens nothing.
    """
    return tuple(found for start, stop in paragraphs(text) for found in _within(text, start, stop))


def is_open(text: str, quote: Span) -> bool:
    """Whether a quotation ends without a mark that closes it, as one does that goes on in the next paragraph."""
    last = text[quote.stop - 1]
    return _MARK.match(last * 2 if last == "'" else last) is None or last in "“„«‘"


def _within(text: str, start: int, stop: int) -> Iterator[Span]:
    marks = list(_marks(text, start, stop))
    if not marks:
        return
    singles = _Closers.of(text, marks)
    turns = [mark.turn for mark in marks if mark.family != "single"]
    nests = 0 not in turns and sum(turns) == 0
    at = 0
    while at < len(marks):
        mark = marks[at]
        if mark.turn < 1 and not _may_open(text, mark, start):
            at += 1
            continue
        if mark.family == "single":
            end = singles.after(mark.stop)
        else:
            end = _end(marks, at, nests=nests) or _to_the_end(text, mark, stop)
        if end:
            yield Span(start=mark.start, stop=end)
            at = bisect_right(marks, end - 1, lo=at, key=lambda one: one.start)
        else:
            at += 1


def _to_the_end(text: str, mark: _Mark, stop: int) -> int:
    """Where the paragraph's last word ends, if any stands behind the mark; else 0."""
    end = stop
    while end > mark.stop and text[end - 1].isspace():
        end -= 1
    return end if end > mark.stop else 0


def _end(marks: Sequence[_Mark], at: int, *, nests: bool) -> int:
    """Where the quotation ends that a mark opens: at its own closing mark if marks come in pairs, else at the next."""
    depth, family = 1, marks[at].family
    for mark in map(marks.__getitem__, range(at + 1, len(marks))):
        if mark.family != family:
            continue
        if mark.turn == 1:
            depth += nests
        else:
            depth -= 1
        if depth == 0:
            return mark.stop
    return 0


def _marks(text: str, start: int, stop: int) -> Iterator[_Mark]:
    for found in _MARK.finditer(text, start, stop):
        sign = found.group()
        if sign in _SINGLE:
            turn = 1 if _opens_single(text, found.start(), start, stop) else -1
            yield _Mark(found.start(), found.end(), "single", turn)
        elif not (sign == '"' and _INCHES.search(text, max(start, found.start() - 6), found.start())):
            family = "guillemets" if sign in _GUILLEMETS else "double"
            yield _Mark(found.start(), found.end(), family, _turn(text, found, start, stop))


def _turn(text: str, found: re.Match[str], start: int, stop: int) -> int:
    """Which way a mark turns, by what stands beside it; a curly one tells by itself where that says nothing."""
    before = text[found.start() - 1] if found.start() > start else " "
    after = text[found.end()] if found.end() < stop else " "
    led = before.isspace() or before in _BEFORE_OPENING
    followed = after.isspace() or after in _AFTER_CLOSING
    own = {"“": 1, "„": 1, "«": 1, "”": -1, "»": -1}.get(found.group(), 0)
    if led and not followed and not (own < 0 and before in ",:"):
        return 1
    if followed and not before.isspace() and not (own > 0 and led):
        return -1
    return own or (-1 if before in _ENDS else 0)


def _may_open(text: str, mark: _Mark, start: int) -> bool:
    """A mark that does not tell, outside any quotation: it opens one unless it is glued to the word before it."""
    return mark.turn == 0 and (mark.start == start or not text[mark.start - 1].isalnum())


def _opens_single(text: str, at: int, start: int, stop: int) -> bool:
    if text[at] in "’›" or at + 1 >= stop or not (text[at + 1].isalnum() or text[at + 1] in '[(“"$£€'):
        return False
    before = text[at - 1] if at > start else " "
    return (before.isspace() or before in _BEFORE_OPENING) and _SHORTENED.match(text, at) is None


@dataclass(frozen=True, slots=True)
class _Closers:
    """Where single marks may close, sorted: those that surely do, and those that may be the genitive of a plural."""

    sure: list[int]
    maybe: list[int]

    @classmethod
    def of(cls, text: str, marks: Sequence[_Mark]) -> "_Closers":
        found: tuple[list[int], list[int]] = ([], [])
        for mark in marks:
            if mark.family == "single" and mark.turn < 0 and (kind := _closes(text, mark)):
                found[kind - 1].append(mark.stop)
        return cls(*found)

    def after(self, start: int) -> int:
        """The end of the quotation that opens before `start`; 0 if nothing closes it."""
        for ends in (self.sure, self.maybe):
            at = bisect_right(ends, start + 1)
            if at < len(ends):
                return ends[at]
        return 0


def _closes(text: str, mark: _Mark) -> int:
    """1 for a mark that closes, 2 for one that may be an apostrophe at a word's end, 0 for one within a word."""
    before = text[mark.start - 1 : mark.start] or " "
    after = text[mark.stop : mark.stop + 1] or " "
    if before.isspace() or after.isalnum():
        return 0
    if before in _ENDS or after in _AFTER_CLOSING or before not in "sS":
        return 1
    return 2
