"""What is read as one: a sentence, or the sentences that one quotation holds together, paragraph by paragraph."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.draft import quotes
from answers.draft.frames import Frame, frames
from answers.draft.parser import Parser
from answers.draft.speech_tokens import Token, tokens
from answers.draft.values import Span


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unit:
    """`sentences` and `quotes` are numbers in the lists that were given; `quoted` are the tokens that stand for these.

    `subjects` are those that a parser found, each with the offset of its verb.
    """

    span: Span
    sentences: Sequence[int]
    quotes: Sequence[int]
    words: Sequence[Token]
    quoted: Sequence[int]
    frames: Sequence[Frame]
    subjects: Sequence[tuple[int, Span]] = ()

    def led_by(self, quote: Span) -> bool:
        """Whether it is a quotation, and not a sentence with some words in marks."""
        return quote.start <= self.span.start or (quote.stop - quote.start) * 2 > self.span.stop - self.span.start


def paragraphs(
    text: str, sentences: Sequence[Span], quoted: Sequence[Span], parser: Parser | None = None
) -> Iterator[Sequence[Unit]]:
    """The units of each paragraph that has any of the sentences; they and the quotations stand in their order."""
    starts = [one.start for one in sentences]
    at = 0
    for _, stop in (*quotes.paragraphs(text), (0, len(text))):
        end = bisect_left(starts, stop, lo=at)
        if end > at:
            yield _units(text, sentences, quoted, range(at, end), parser)
        at = max(at, end)


def _units(
    text: str, sentences: Sequence[Span], quoted: Sequence[Span], numbers: range, parser: Parser | None
) -> Sequence[Unit]:
    start, stop = sentences[numbers[0]].start, sentences[numbers[-1]].stop
    parsed = parser(text[start:stop]) if parser else ()
    subjects = {one.verb.start + start: one.subject.moved(start) for one in parsed if one.subject}
    return [_unit(text, sentences, quoted, held, subjects) for held in _held(sentences, quoted, numbers)]


def _held(sentences: Sequence[Span], quoted: Sequence[Span], numbers: range) -> Iterator[Sequence[int]]:
    """The sentences of a paragraph, together where a quotation goes over the end of one."""
    held: list[int] = []
    for number in numbers:
        held.append(number)
        stop = sentences[number].stop
        at = bisect_left(quoted, stop, key=lambda one: one.stop)
        crossed = at < len(quoted) and quoted[at].start < stop < quoted[at].stop
        if not crossed or number == numbers[-1]:
            yield held
            held = []


def _unit(
    text: str, sentences: Sequence[Span], quoted: Sequence[Span], held: Sequence[int], subjects: dict[int, Span]
) -> Unit:
    span = Span(start=sentences[held[0]].start, stop=sentences[held[-1]].stop)
    first = bisect_left(quoted, span.start + 1, key=lambda one: one.stop)
    last = bisect_left(quoted, span.stop, key=lambda one: one.start)
    words = tokens(text, span.start, span.stop, quoted[first:last])
    return Unit(
        span=span,
        sentences=held,
        quotes=range(first, last),
        words=words,
        quoted=[at for at, word in enumerate(words) if word.quote],
        frames=frames(text, words, subjects),
        subjects=[(word.start, subjects[word.start]) for word in words if word.start in subjects],
    )
