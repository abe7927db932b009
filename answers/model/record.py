"""What is on the record: articles, passages cut from them, and what editors know and say of these."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Known(StrEnum):
    """How it is known who spoke: a verb beside the words, carried over, worked out, or not at all."""

    CUE = "cue"
    INHERITED = "inherited"
    INFERRED = "inferred"
    NONE = "none"


class Status(StrEnum):
    """Where a fact stands in its life; only `PUBLISHED` is shown as current.

    What is `REJECTED` was drawn from an article and refused by an editor: kept so that it is not proposed again.
    """

    DRAFT = "draft"
    REJECTED = "rejected"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    CORRECTED = "corrected"
    RETRACTED = "retracted"

    @property
    def withdrawn(self) -> bool:
        """True for what was published once and must not be shown as current any more."""
        return self in {Status.SUPERSEDED, Status.CORRECTED, Status.RETRACTED}

    @property
    def reviewed(self) -> bool:
        """True for what an editor has let out, be it withdrawn since."""
        return self not in {Status.DRAFT, Status.REJECTED}


class Part(StrEnum):
    """What a figure is of: all of it, more of it, what is there already, or what may yet come."""

    TOTAL = "total"
    ADDITIONAL = "additional"
    EXISTING = "existing"
    OPTION = "option"


class Granularity(StrEnum):
    """How wide a resolved date is; a `RANGE` is any other stretch: "March 2-4", a weekend, a season, a decade."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A saved news article. `text` is exact, typos and all; `outlet_known` says who named the outlet.

    `published` is the day of publication; where only its month or year is known (`dated`), the last day of that;
    None where nothing is known. `same_as` is the id of the article of which this one is a copy or a re-publication.
    `found_at` is the address that it was fetched from, where `url` is another: so that it is not fetched again.
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
    same_as: str = ""
    found_at: str = ""
    text: str = field(repr=False)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The keys without which no passage of this article may be published, and which nobody has filled in yet."""
        return tuple(key for key, known in (("outlet", self.outlet), ("published", self.published)) if not known)

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
    `withdrawn_on`, `replaced_by` and `note` belong to a withdrawn fact: when, by which fact, and why. `doubts` belong to
    a draft: what an editor should look at before letting it out, the worst first.
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
    doubts: tuple[str, ...] = ()

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An entry of the public correction log: what became of a fact, on which day, and why.

    `act` is the status that the fact got. `old` are the words that readers saw, `new` those that stand now, if any do;
    `replaced_by` is the id of the fact that has them.
    """

    act: Status
    fact: str
    on: date
    reason: str
    old: str
    new: str = ""
    replaced_by: str = ""

    def __post_init__(self) -> None:
        if not self.act.withdrawn:
            raise ValueError(f"{self.act} withdraws nothing")
