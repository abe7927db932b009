"""What is drawn from an article, as values. Offsets count Unicode code points of the text that was read, as a slice does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from answers.model import Granularity, Known, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text: `start` to `stop` (exclusive), not empty."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            raise ValueError(f"no words at {self.start}:{self.stop}")

    def of(self, text: str) -> str:
        """Its words, in the text that it was found in."""
        return text[self.start : self.stop]

    def holds(self, other: "Span") -> bool:
        """Whether the other lies wholly within this one."""
        return self.start <= other.start and other.stop <= self.stop

    def moved(self, by: int) -> Self:
        """The same stretch in a text that begins `by` code points earlier."""
        return replace(self, start=self.start + by, stop=self.stop + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Junk(Span):
    """A stretch that is no part of the report, and why: "byline", "caption", "newsletter" …"""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFigure(Span):
    """A number with what it counts; `low == high` for a single value, `vague` for "tens of thousands".

    `text` are the words from hedge to unit. `unit` is the head noun counted in its plural ("troops"), or "%", or a
    currency sign or code; `counts` is the whole noun phrase as far as it is told ("US troops in Europe").
    """

    text: str
    low: float
    high: float
    vague: bool = False
    hedge: str = ""
    unit: str = ""
    counts: str = ""
    part: Part = Part.TOTAL


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate(Span):
    """A time expression resolved against the article's day; `first` and `last` are inclusive days."""

    text: str
    iso: str
    granularity: Granularity
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace(Span):
    """A place named in a text: its canonical name, and the country that it lies in (or is), or empty."""

    text: str
    canonical: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who is on record for a stretch, and how that is known. `speaker` is empty exactly when `known` is `NONE`.

    `speaker` is the fullest form of the name that the article has ("John Kirby" where the sentence says "Kirby"),
    `role` the title or description beside it ("Pentagon press secretary"), `cue` the verb or phrase that tells
    ("said", "according to"), as it stands in the text.
    """

    speaker: str = ""
    role: str = ""
    known: Known = Known.NONE
    cue: str = ""

    def __post_init__(self) -> None:
        if bool(self.speaker) != (self.known is not Known.NONE):
            raise ValueError("a speaker and how he is known go together")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted(Span):
    """Words between quotation marks, marks included, and who is on record for them."""

    attribution: Attribution = Attribution()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Span):
    """A passage that may become a fact: one whole sentence, or the sentences of one quotation.

    `doubts` are what an editor should look at, the worst first; without any, the rules are sure of all they filled in.
    """

    passage: str
    attribution: Attribution
    quotes: tuple[Quoted, ...] = ()
    figures: tuple[FoundFigure, ...] = ()
    dates: tuple[FoundDate, ...] = ()
    places: tuple[FoundPlace, ...] = ()
    names: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    claim: str = ""
    questions: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def part(self, span: Span) -> str:
        """The words of a stretch of the text that lies within the passage."""
        return self.passage[span.start - self.start : span.stop - self.start]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """All that was drawn from an article, in its order."""

    candidates: tuple[Candidate, ...]
    junk: tuple[Junk, ...]

    def __iter__(self) -> Iterator[Candidate | Junk]:
        return iter(sorted((*self.candidates, *self.junk), key=lambda one: one.start))
