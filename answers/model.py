"""The nouns of the project. If one of these values exists, it is valid: nothing inside checks it again.

Rule 1: standard library only, no input or output.
Rule 2: every value is frozen; what changes is replaced.
Rule 3: a `Quote` is a pair of offsets into an article, never a string of its own, so the words shown
are the article's words and cannot be anything else.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

LONGEST_QUESTION = 300
"""Characters of a question that are read; a longer one is asked to be shortened, unread."""


class Known(StrEnum):
    """How it is known who spoke: a verb beside the words, carried over, worked out, or not at all."""

    CUE = "cue"
    INHERITED = "inherited"
    INFERRED = "inferred"
    NONE = "none"


class Status(StrEnum):
    """Where a fact stands in its life; only `PUBLISHED` is shown as current."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    CORRECTED = "corrected"
    RETRACTED = "retracted"

    @property
    def withdrawn(self) -> bool:
        """True for what was published once and must not be shown as current any more."""
        return self in {Status.SUPERSEDED, Status.CORRECTED, Status.RETRACTED}


class Part(StrEnum):
    """What a figure is of: all of it, more of it, what is there already, or what may yet come."""

    TOTAL = "total"
    ADDITIONAL = "additional"
    EXISTING = "existing"
    OPTION = "option"


class Granularity(StrEnum):
    """How wide a resolved date is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A saved news article. `text` is exact, typos and all; `outlet_known` says who named the outlet.

    `published` is the day of publication; where only its month or year is known (`dated`), the last day of that;
    None where nothing is known.
    """

    id: str
    outlet: str
    outlet_known: str = "header"
    title: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    published: date | None
    dated: Granularity = Granularity.DAY
    retrieved: date | None = None
    language: str = "en"
    text: str = field(repr=False)

    @property
    def published_iso(self) -> str:
        """As much of the day as is known: "2022-02-02", "2022-02", "2022" or nothing."""
        known = {Granularity.DAY: 10, Granularity.MONTH: 7, Granularity.YEAR: 4}.get(self.dated, 10)
        return self.published.isoformat()[:known] if self.published else ""

    @property
    def sha256(self) -> str:
        """Of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of an article: `start` and `stop` count Unicode code points of its text, as a slice does."""

    article: Article
    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop <= len(self.article.text):
            raise ValueError(f"no words at {self.start}:{self.stop} of {self.article.id}")

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.stop]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as the passage gives it; `low == high` for a single value, `vague` for 'tens of thousands'."""

    text: str
    low: float
    high: float
    vague: bool = False
    hedge: str = ""
    unit: str = ""
    counts: str = ""
    part: Part = Part.TOTAL


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedDate:
    """A time expression of the passage resolved against the article's date; `first` and `last` are inclusive."""

    text: str
    iso: str
    granularity: Granularity
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One passage on the record, with what an editor knows about it.

    `names` are canonical names that the passage speaks of, `questions` those that it is known to answer.
    `withdrawn_on`, `replaced_by` and `note` belong to a withdrawn fact: when, by which fact, and why.
    """

    id: str
    quote: Quote
    speaker: str = ""
    role: str = ""
    known: Known = Known.NONE
    figures: tuple[Figure, ...] = ()
    dates: tuple[ResolvedDate, ...] = ()
    names: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    claim: str = ""
    questions: tuple[str, ...] = ()
    status: Status = Status.PUBLISHED
    replaced_by: str = ""
    withdrawn_on: date | None = None
    note: str = ""

    @property
    def article(self) -> Article:
        return self.quote.article

    @property
    def code(self) -> str:
        """Sixteen characters that stand for the id where Telegram gives little room; stable between revisions."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The published facts that say the same thing, one outlet after another in order of publication."""

    key: str
    facts: tuple[Fact, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact.article.outlet for fact in self.facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A detail that readers ask for and that nothing on the record tells; `questions` are ways to ask for it."""

    about: str
    questions: tuple[str, ...]


class Unread(StrEnum):
    """Why a message was not read as a question."""

    EMPTY = "empty"
    TOO_LONG = "too_long"


class Aside(StrEnum):
    """What a message is that no passage can answer."""

    GREETING = "greeting"
    THANKS = "thanks"
    BYE = "bye"
    ABOUT_BOT = "about_bot"
    SAFETY = "safety"
    DISTRESS = "distress"
    PERSONAL = "personal"
    COMMAND_LIKE = "command_like"
    ABUSE = "abuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it will be matched: cleaned, at most `LONGEST_QUESTION` characters, with the turns before it."""

    text: str
    earlier: tuple[str, ...] = ()

    @classmethod
    def read(cls, raw: str, earlier: tuple[str, ...] = ()) -> "Question | Unread":
        """Any text to a question, or to the reason why it is none. The cap comes before anything else."""
        if len(raw) > LONGEST_QUESTION:
            return Unread.TOO_LONG
        text = _clean(raw)
        return cls(text=text, earlier=earlier) if any(map(str.isalnum, text)) else Unread.EMPTY


def _clean(raw: str) -> str:
    """Drop what nobody sees (control, format and surrogate characters: bidi tricks, zero widths) and fold blanks."""
    if raw.isascii() and raw.isprintable():  # as most questions, of which no character needs to be looked up
        return " ".join(raw.split())
    seen = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in raw)
    return " ".join("".join(c for c in seen if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"}).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A fact beside a question.

    `score` in [0, 1] orders the matches of one question; `probability` in [0, 1] estimates that it answers. `vetoes` are
    what forbids it to answer whatever the probability: what the question asks for and the fact lacks, in the asker's
    words, and the wordless ones of `answers.match.vetoes`.
    """

    fact: Fact
    score: float
    probability: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict)
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a fact base covers, for saying so when it has nothing: counts, outlets, first and last day, topics."""

    facts: int
    articles: int
    outlets: tuple[str, ...]
    first: date | None
    last: date | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A question that the base can answer, with the fact that answers it."""

    text: str
    fact: str
    code: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The match answers the question; `further` answer its other parts, or come from the other outlets compared.

    `open` are the parts, in the asker's words, on which nothing was found.
    """

    confidence: float
    match: Match
    further: tuple[Match, ...] = ()
    open: tuple[str, ...] = ()
    ranking: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closest:
    """One to three passages that are near and may not answer; `missing` is what they do not speak of, `gap` what is asked
    for and known to be told nowhere.
    """

    confidence: float
    matches: tuple[Match, ...]
    missing: tuple[str, ...] = ()
    gap: str = ""
    ranking: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Nothing on the record, or a message that could not be read as a question (`unread`) or is none for a record (`aside`)."""

    confidence: float
    coverage: Coverage
    suggestions: tuple[Suggestion, ...] = ()
    missing: tuple[str, ...] = ()
    gap: str = ""
    unread: Unread | None = None
    aside: Aside | None = None
    ranking: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The fact that would have answered was withdrawn; `replacement` is what stands now, if anything does."""

    confidence: float
    match: Match
    replacement: Fact | None = None
    ranking: tuple[Match, ...] = ()


Answer = Found | Closest | Unknown | Withdrawn
"""What a question gets: a closed union, matched exhaustively."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact in two revisions, in which it differs."""

    before: Fact
    after: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a reader missed between two revisions, corrections first."""

    revision: str
    withdrawn: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    new: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.withdrawn or self.changed or self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reload:
    """What publishing a revision would change, fact by fact, for an admin to confirm."""

    before: str
    after: str
    added: tuple[Fact, ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return self.before != self.after
