"""A question, what lies near it, and the answer that it gets."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from answers.model.record import Fact

LONGEST_QUESTION = 300
"""Characters of a question that are read; a longer one is asked to be shortened, unread."""


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
