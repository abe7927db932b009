"""An answer, its claims and a day to what is shown. It chooses; it writes no words: those are in the templates.

Every view names the template that shows it and the facts whose passages it shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from answers.claims import beside, relation
from answers.claims.standing import Standing, standing
from answers.decide import settled
from answers.factbase import FactBase
from answers.model import (
    Answer,
    Aside,
    Closest,
    Coverage,
    Fact,
    Found,
    Match,
    Quote,
    Suggestion,
    Unknown,
    Unread,
    Withdrawn,
)

MOST_BESIDE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How long ago: a count of days, weeks, months or years; `over` when a part of a further year has passed."""

    count: int
    unit: str
    over: bool = False


def age(published: date | None, today: date) -> Age | None:
    """The age on `today` of what was published; None for what is dated later, or not at all."""
    if published is None:
        return None
    days = (today - published).days
    if days < 0:
        return None
    years = today.year - published.year - ((today.month, today.day) < (published.month, published.day))
    if years:
        return Age(count=years, unit="year", over=(today.month, today.day) != (published.month, published.day))
    if days < 14:
        return Age(count=days, unit="day")
    return Age(count=days // 7, unit="week") if days < 60 else Age(count=days // 30, unit="month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One passage with all that must stand beside it."""

    fact: Fact
    age: Age | None

    @property
    def passage(self) -> str:
        return self.fact.quote.text


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Something to show. `cards` are the passages in it, best first."""

    template: ClassVar[str]
    today: date

    @property
    def facts(self) -> tuple[Fact, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundView(View):
    """`further` answer other parts of the question or come from the other outlets compared; on `open` nothing was found.

    `standing` is how what other outlets say (`beside`) stands to the card.
    """

    template: ClassVar[str] = "found"
    card: Card
    further: tuple[Card, ...] = ()
    open: tuple[str, ...] = ()
    beside: tuple[Card, ...] = ()
    standing: Standing = Standing()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(card.fact for card in (self.card, *self.further, *self.beside))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosestView(View):
    template: ClassVar[str] = "closest"
    cards: tuple[Card, ...]
    missing: tuple[str, ...] = ()
    gap: str = ""

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(card.fact for card in self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownView(View):
    template: ClassVar[str] = "unknown"
    coverage: Coverage
    suggestions: tuple[Suggestion, ...] = ()
    missing: tuple[str, ...] = ()
    gap: str = ""
    unread: Unread | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideView(View):
    """What is said to a message that no passage can answer; it claims nothing about the world."""

    template: ClassVar[str] = "aside"
    aside: Aside
    coverage: Coverage
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnView(View):
    """What was withdrawn, and what stands in its place; `unshown` does, but does not fit."""

    template: ClassVar[str] = "withdrawn"
    card: Card
    replacement: Card | None = None
    unshown: Fact | None = None

    @property
    def now(self) -> Fact | None:
        """What stands in its place, shown or not."""
        return self.replacement.fact if self.replacement else self.unshown

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(card.fact for card in (self.card, self.replacement) if card)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextView(View):
    """A passage in its article: the words before it, the passage, the words after, exactly as they stand."""

    template: ClassVar[str] = "context"
    card: Card
    before: str = ""
    after: str = ""

    @property
    def facts(self) -> tuple[Fact, ...]:
        return (self.card.fact,)


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersView(View):
    """What other passages say of the same claim, and how that stands to the card; `cards` may be empty, `more` did not fit."""

    template: ClassVar[str] = "others"
    card: Card
    cards: tuple[Card, ...] = field(default=())
    more: int = 0
    standing: Standing = Standing()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(card.fact for card in self.cards)


def card(fact: Fact, today: date) -> Card:
    return Card(fact=fact, age=age(fact.article.published, today))


def views(answer: Answer, base: FactBase, today: date) -> Iterator[View]:
    """Ways to show an answer, the fullest first; the last is the least that answers. No passage is ever cut."""
    match answer:
        case Found():
            yield from _found(answer, base, today)
        case Closest(matches=near, missing=missing, gap=gap):
            cards = [card(match.fact, today) for match in near]
            for shown in range(len(cards), 0, -1):
                yield ClosestView(today=today, cards=tuple(cards[:shown]), missing=missing, gap=gap)
            yield ClosestView(today=today, cards=tuple(cards[:1]))
        case Unknown(aside=Aside() as kind):
            yield AsideView(today=today, aside=kind, coverage=answer.coverage, suggestions=answer.suggestions)
        case Unknown():
            yield UnknownView(
                today=today,
                coverage=answer.coverage,
                suggestions=answer.suggestions,
                missing=answer.missing,
                gap=answer.gap,
                unread=answer.unread,
            )
        case Withdrawn(match=first, replacement=now):
            if now:
                yield WithdrawnView(today=today, card=card(first.fact, today), replacement=card(now, today))
            yield WithdrawnView(today=today, card=card(first.fact, today), unshown=now)


def _found(answer: Found, base: FactBase, today: date) -> Iterator[View]:
    """What was found, with what other outlets say of it when nothing further was asked for."""
    first = answer.match.fact
    further = [card(match.fact, today) for match in answer.further]
    told = () if further else beside(first, base.claim(first.claim), MOST_BESIDE)
    others = [card(fact, today) for fact in told]
    relations = [relation(first, fact, base.gazetteer) for fact in told]
    for shown in range(max(len(others), len(further)), -1, -1):
        yield FoundView(
            today=today,
            card=card(first, today),
            further=tuple(further[:shown]),
            open=answer.open,
            beside=tuple(others[:shown]),
            standing=standing(relations[:shown]),
        )
    if answer.open:  # as long as a question, where a passage may fill a message
        yield FoundView(today=today, card=card(first, today))


def context(fact: Fact, base: FactBase, today: date) -> Iterator[View]:
    """A fact in its article: with the passages before and after it, with one of them, or alone."""
    whole: Quote = base.context(fact)
    text = fact.article.text
    before, after = text[whole.start : fact.quote.start], text[fact.quote.stop : whole.stop]
    for led, followed in ((before, after), (before, ""), ("", after), ("", "")):
        yield ContextView(today=today, card=card(fact, today), before=led, after=followed)


def others(fact: Fact, base: FactBase, today: date) -> Iterator[View]:
    """What else is on record for a fact's claim, as many as fit."""
    told = [other for other in base.claim(fact.claim).facts if other.id != fact.id]
    relations = [relation(fact, other, base.gazetteer) for other in told]
    cards = [card(other, today) for other in told]
    for shown in range(len(cards), -1, -1):
        yield OthersView(
            today=today,
            card=card(fact, today),
            cards=tuple(cards[:shown]),
            more=len(cards) - shown,
            standing=standing(relations[:shown]),
        )


def of_fact(fact: Fact, base: FactBase, today: date) -> Iterator[View]:
    """A fact shown for its own sake, as a deep link or a topic does: like an answer, or as withdrawn."""
    return views(settled(Match(fact=fact, score=1.0), (), base), base, today)
