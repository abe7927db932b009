"""What of an article's text is the report, and what is not: bylines, captions, newsletter lines, headings, each with why.

What is uncertain stays, since an editor can reject a candidate but never sees what was not offered. It must not know what
a sentence says: only how pages are made. The patterns live in `answers.draft.boilerplate`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from answers.draft.boilerplate import (
    AGENCY_CREDIT,
    AGO,
    BEGINNINGS,
    BIOGRAPHY,
    DATELINE,
    ENDINGS,
    LONGEST,
    SHARE,
)
from answers.draft.sentences import paragraphs, sentences_of
from answers.draft.values import Junk, Span
from answers.incoming.header import Header, read
from answers.incoming.lines import read_line

_TAIL = 250
_ENDED = re.compile(r"[.!?…。！？｡؟۔।॥։።][\"'”’»“)\]}」』）*_]*(?:\[\d{1,3}\])*\Z")
_LETTERS = re.compile(r"[^\W\d_]")
_BULLET = re.compile(r"(?:[-*•▪–·◦‣]|\d{1,2}[.)])\s")
_HEADING = re.compile(r"#{1,6}\s")
_QUOTES = "\"“”'‘’«»„「"
_SHORT_QUESTION = 9
"""Words: a paragraph that is a question of so many is a heading; a longer one may be the writer's own."""
_SHOUTED = 2
"""Characters: "US — " begins a sentence more often than it is a place."""
_BODY = 3
"""A dateline without an agency stands before the first sentence, among the first paragraphs of a report."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A paragraph: the sentences of the report in it, and its junk."""

    whole: Span
    sentences: tuple[Span, ...] = ()
    junk: tuple[Junk, ...] = ()


def junk(text: str) -> tuple[Junk, ...]:
    """The stretches of a text that are no part of the report, each with its reason, in order and disjoint. Total."""
    return report(text)[1]


def report(text: str) -> tuple[tuple[Span, ...], tuple[Junk, ...]]:
    """The sentences of the report, and the junk: together every word of the text, in order and disjoint. Total.

    Junk is a line, a paragraph, a sentence or a stretch before one ("KYIV (AP) — ").
    """
    header = read(text)
    read_ = [_paragraph(text, span) for span in _after_header(text, header)]
    read_ = list(_without_ending(text, _with_datelines(text, read_), header))
    sentences = tuple(sentence for one in read_ for sentence in one.sentences)
    found = [Junk(start=piece.start, stop=piece.stop, why=piece.what) for piece in header.pieces]
    return sentences, tuple(sorted((*found, *(one for part in read_ for one in part.junk)), key=lambda one: one.start))


def _after_header(text: str, header: Header) -> Iterator[Span]:
    """The paragraphs, without what the header takes of them."""
    for span in paragraphs(text):
        start = max((piece.stop for piece in header.pieces if piece.start < span.stop), default=span.start)
        start = max(start, span.start)
        start += len(text[start : span.stop]) - len(text[start : span.stop].lstrip())
        if start < span.stop:
            yield replace(span, start=start)


def _paragraph(text: str, span: Span) -> _Read:
    words = span.of(text)
    if why := _why_whole(words):
        return _junked(span, why)
    sentences, junked = list[Span](), list[Junk]()
    found = list(sentences_of(text, span))
    for sentence in found:
        if why := _why_sentence(sentence.of(text), alone=len(found) == 1):
            junked.append(Junk(start=sentence.start, stop=sentence.stop, why=why))
        else:
            sentences.append(sentence)
    return _Read(span, tuple(sentences), tuple(_merged(text, junked)))


def _junked(span: Span, why: str) -> _Read:
    return _Read(span, junk=(Junk(start=span.start, stop=span.stop, why=why),))


def _merged(text: str, junked: Iterable[Junk]) -> Iterator[Junk]:
    """Neighbours of one reason as one stretch."""
    last: Junk | None = None
    for one in junked:
        if last and last.why == one.why and not text[last.stop : one.start].strip():
            last = replace(last, stop=one.stop)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _why_whole(words: str) -> str:
    """Why a paragraph is junk as a whole; empty when it is not, or when only some of its sentences are."""
    if not _LETTERS.search(words):
        return "no sentence"
    if len(words) > LONGEST:
        return ""
    if AGO.match(words):
        return "live-blog stamp"
    if _HEADING.match(words):
        return "heading"
    line = read_line(words)
    return line.what if line else _by_rules(words, whole=True)


def _by_rules(words: str, *, whole: bool) -> str:
    tail = words[-_TAIL:]
    begun = (rule.why for rule in BEGINNINGS if rule.whole == whole and rule.pattern.match(words))
    ended = (rule.why for rule in ENDINGS if rule.whole == whole and rule.pattern.search(tail))
    return next(begun, "") or next(ended, "")


def _why_sentence(words: str, *, alone: bool) -> str:
    """Why a sentence is junk; `alone` when it is all of its paragraph."""
    why = _by_rules(words, whole=False) if len(words) <= LONGEST else ""
    if why or not _LETTERS.search(words):
        return why or "no sentence"
    if AGENCY_CREDIT.fullmatch(words):
        return "" if not alone else "caption"
    if not _ENDED.search(words[-_TAIL:]):
        return _why_unended(words, alone=alone)
    return "heading" if alone and _is_heading(words) else ""


def _why_unended(words: str, *, alone: bool) -> str:
    if words.rstrip(_QUOTES).endswith(":"):
        return "leads to what follows"
    if SHARE.match(words):
        return "share buttons"
    if AGENCY_CREDIT.search(words[-_TAIL:]):
        return "caption"
    if _BULLET.match(words):
        return "list"
    return "no sentence" if alone else "cut off"


def _is_heading(words: str) -> bool:
    """A bare question: "What happens next?"."""
    return words.endswith("?") and words[0] not in _QUOTES and len(words.split()) <= _SHORT_QUESTION


def _with_datelines(text: str, read_: Iterable[_Read]) -> Iterator[_Read]:
    """Place and agency before a sentence taken away; the sentence stays."""
    body = 0
    for one in read_:
        body += bool(one.sentences)
        if not one.sentences or one.sentences[0].start != one.whole.start:
            yield one
            continue
        first, *rest = one.sentences
        found = DATELINE.match(text, first.start, first.stop)
        if found is None or not _is_dateline(found, early=body <= _BODY):
            yield one
            continue
        told = Junk(start=first.start, stop=first.start + len(found.group().rstrip()), why="dateline")
        yield _Read(one.whole, (replace(first, start=found.end()), *rest), (told, *one.junk))


def _is_dateline(found: re.Match[str], *, early: bool) -> bool:
    """With an agency anywhere; without one only early, and in capitals or with a country behind the place."""
    if found["place"] is None or found["agency"]:
        return True
    place = found["place"]
    return early and (
        (place.split(",")[0].isupper() and len(place) > _SHOUTED) or ("," in place and len(place.split()) <= 4)
    )


def _without_ending(text: str, read_: Iterable[_Read], header: Header) -> Iterator[_Read]:
    """Without what stands below a report: the credit of its agency, and the lives of its writers."""
    parts = list(read_)
    last = len(parts) - 1
    while last >= 0 and (not parts[last].sentences or _is_biography(text, parts, last)):
        if parts[last].sentences:
            parts[last] = _junked(parts[last].whole, "about the author")
        last -= 1
    for number, one in enumerate(parts):
        yield _without_credit(text, one, last=number == last, authors=header.authors)


def _is_biography(text: str, parts: list[_Read], number: int) -> bool:
    """Whether a paragraph tells who a writer is; a person of whom the report speaks is none."""
    found = BIOGRAPHY.match(text, parts[number].whole.start, parts[number].whole.stop)
    if found is None or number == 0:
        return False
    surname = re.compile(rf"\b{re.escape(found['name'].split()[-1])}\b")
    return not any(surname.search(sentence.of(text)) for part in parts[:number] for sentence in part.sentences)


def _without_credit(text: str, one: _Read, *, last: bool, authors: tuple[str, ...]) -> _Read:
    if not one.sentences:
        return one
    words = one.whole.of(text)
    if any(words.startswith(f"{author} is ") for author in authors) and BIOGRAPHY.match(words):
        return _junked(one.whole, "about the author")
    found = AGENCY_CREDIT.search(words[-_TAIL:]) if one.sentences[-1].stop == one.whole.stop else None
    if found is None:
        return one
    if not last:
        return _junked(one.whole, "caption")
    return _cut_credit(text, one, one.whole.stop - len(found.group().lstrip()))


def _cut_credit(text: str, one: _Read, at: int) -> _Read:
    """The last sentence without the agency behind it."""
    kept = [sentence for sentence in one.sentences if sentence.start < at]
    stop = len(text[:at].rstrip())
    sentences = [replace(sentence, stop=min(sentence.stop, stop)) for sentence in kept]
    credit = Junk(start=at, stop=one.whole.stop, why="agency credit")
    return _Read(one.whole, tuple(sentences), (*one.junk, credit))
