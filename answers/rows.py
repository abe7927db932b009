"""Articles and facts as rows of the compiled file, and back: what is written here is read here.

It knows values and rows; which tables hold them, and when they are written, is for `compile` and `factbase`.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache

from answers.model import Article, Correction, Fact, Figure, Granularity, Known, Part, Quote, ResolvedDate, Status

ARTICLE = {
    "id": str,
    "outlet": str,
    "outlet_known": str,
    "title": str,
    "url": str,
    "authors": str,
    "published": str,
    "dated": str,
    "retrieved": str,
    "language": str,
    "text": str,
}
FACT = {
    "number": int,
    "id": str,
    "code": str,
    "article": str,
    "published": str,
    "start": int,
    "stop": int,
    "claim": str,
    "status": str,
    "questions": str,
    "rest": str,
    "shown": str,
    "whole": str,
}
ENTRY = {
    "number": int,
    "id": str,
    "outlet": str,
    "published": str,
    "status": str,
    "claim": str,
    "listed": int,
    "passage": str,
    "around": str,
    "title": str,
    "questions": str,
    "names": str,
}
GAP = {"about": str, "text": str, "terms": str, "names": str}
"""Terms stand with a blank between them, those of one question with a line break after them: they hold neither."""

CORRECTION = {
    "number": int,
    "act": str,
    "fact": str,
    "day": str,
    "reason": str,
    "old": str,
    "new": str,
    "replaced_by": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A fact as the matcher reads it: index terms of the passage, of what stands around it, of its title and of
    each known question (`known`: those of all of them). `named` are its canonical names, `names` these with all that they are part of; `listed` says that an editor
    listed them, so what stands around adds none. `rank` is its BM25, 0 when it was found by its meaning alone.
    """

    number: int
    id: str
    outlet: str
    published: date | None
    status: Status
    passage: tuple[str, ...]
    around: frozenset[str]
    title: frozenset[str]
    questions: tuple[frozenset[str], ...]
    named: frozenset[str]
    names: frozenset[str]
    listed: bool
    rank: float
    claim: str = ""
    known: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", frozenset().union(*self.questions))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question of a gap as the matcher reads it: what the gap is about, its index terms and its canonical names."""

    about: str
    text: str
    terms: frozenset[str]
    names: frozenset[str]


def day(text: str | None) -> date | None:
    """An ISO day of the compiled file."""
    return date.fromisoformat(text) if text else None


# Articles ---------------------------------------------------------------------------------------------------------


def article_row(article: Article) -> tuple[object, ...]:
    return (
        article.id,
        article.outlet,
        article.outlet_known,
        article.title,
        article.url,
        json.dumps(article.authors),
        article.published and article.published.isoformat(),
        str(article.dated),
        article.retrieved and article.retrieved.isoformat(),
        article.language,
        article.text,
    )


def article_of(row: Sequence[str]) -> Article:
    id_, outlet, outlet_known, title, url, authors, published, dated, retrieved, language, text = row
    return Article(
        id=id_,
        outlet=outlet,
        outlet_known=outlet_known,
        title=title,
        url=url,
        authors=tuple(json.loads(authors)),
        published=day(published),
        dated=Granularity(dated),
        retrieved=day(retrieved),
        language=language,
        text=text,
    )


# Facts ------------------------------------------------------------------------------------------------------------


def fact_row(number: int, fact: Fact) -> tuple[object, ...]:
    rest = json.dumps(_rest(fact))
    shown, whole = _prints(fact, rest)
    return (
        number,
        fact.id,
        fact.code,
        fact.article.id,
        fact.article.published and fact.article.published.isoformat(),
        fact.quote.start,
        fact.quote.stop,
        fact.claim,
        str(fact.status),
        json.dumps(fact.questions),
        rest,
        shown,
        whole,
    )


def fact_of(row: Sequence[str], article: Article) -> Fact:
    _, id_, _, _, _, start, stop, claim, status, questions, rest, _, _ = row
    told = json.loads(rest)
    return Fact(
        id=id_,
        quote=Quote(article=article, start=int(start), stop=int(stop)),
        claim=claim,
        status=Status(status),
        questions=tuple(json.loads(questions)),
        speaker=told["speaker"],
        role=told["role"],
        known=Known(told["known"]),
        names=tuple(told["names"]),
        topics=tuple(told["topics"]),
        replaced_by=told["replaced_by"],
        note=told["note"],
        withdrawn_on=day(told["withdrawn_on"]),
        figures=tuple(Figure(**{**figure, "part": Part(figure["part"])}) for figure in told["figures"]),
        dates=tuple(map(_date_of, told["dates"])),
    )


def _date_of(told: dict[str, str]) -> ResolvedDate:
    return ResolvedDate(
        text=told["text"],
        iso=told["iso"],
        granularity=Granularity(told["granularity"]),
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
    )


def _prints(fact: Fact, rest: str) -> tuple[str, str]:
    """Two fingerprints: of what a reader sees in an answer, and of all that an editor can change about the fact."""
    article = fact.article
    seen = [
        *(fact.quote.text, fact.speaker, fact.role, fact.known, fact.status, fact.note, fact.replaced_by),
        *(str(fact.withdrawn_on), article.outlet, article.title, article.url, article.published_iso),
    ]
    every = [*seen, rest, fact.claim, *fact.questions, *article.authors]
    shown, whole = (hashlib.sha256(json.dumps(part).encode()).hexdigest()[:32] for part in (seen, every))
    return shown, whole


def _rest(fact: Fact) -> dict[str, object]:
    """What is only read to be shown, as JSON: dates as ISO days."""
    return {
        "speaker": fact.speaker,
        "role": fact.role,
        "known": fact.known,
        "names": fact.names,
        "topics": fact.topics,
        "replaced_by": fact.replaced_by,
        "note": fact.note,
        "withdrawn_on": fact.withdrawn_on and fact.withdrawn_on.isoformat(),
        "figures": [asdict(figure) for figure in fact.figures],
        "dates": [{**asdict(day), "first": day.first.isoformat(), "last": day.last.isoformat()} for day in fact.dates],
    }


# Entries ----------------------------------------------------------------------------------------------------------


def entry_row(
    number: int,
    fact: Fact,
    terms: tuple[Sequence[str], Sequence[str], Sequence[str]],
    questions: Sequence[Sequence[str]],
    names: tuple[Sequence[str], Sequence[str]],
) -> tuple[object, ...]:
    """`terms` of the passage, around it and of its title; `names`: what it names, and that with all it is part of."""
    return (
        number,
        fact.id,
        fact.article.outlet,
        fact.article.published and fact.article.published.isoformat(),
        str(fact.status),
        fact.claim,
        int(bool(fact.names)),
        *map(" ".join, terms),
        "".join(" ".join(asked) + "\n" for asked in questions),
        json.dumps(names),
    )


def entry_of(row: Sequence[str], rank: float) -> Entry:
    number, id_, outlet, published, status, claim, listed, passage, around, title, questions, names = row
    named, whole = _names_of(names)
    return Entry(
        number=int(number),
        id=id_,
        outlet=outlet,
        published=day(published),
        status=Status(status),
        passage=tuple(passage.split()),
        around=frozenset(around.split()),
        title=frozenset(title.split()),
        questions=tuple(frozenset(asked.split()) for asked in questions.split("\n")[:-1]),
        named=named,
        names=whole,
        listed=bool(listed),
        rank=rank,
        claim=claim,
    )


@lru_cache(2_048)
def _names_of(names: str) -> tuple[frozenset[str], frozenset[str]]:
    """The two sets of names; passages of one article, and of one outlet, mostly share them."""
    named, whole = json.loads(names)
    return frozenset(named), frozenset(whole)


# Gaps -------------------------------------------------------------------------------------------------------------


def gap_row(about: str, question: str, terms: Sequence[str], names: Sequence[str]) -> tuple[object, ...]:
    return about, question, " ".join(terms), json.dumps(names)


def open_question_of(row: Sequence[str]) -> OpenQuestion:
    about, text, terms, names = row
    return OpenQuestion(about=about, text=text, terms=frozenset(terms.split()), names=frozenset(json.loads(names)))


# Corrections ------------------------------------------------------------------------------------------------------


def correction_row(number: int, one: Correction) -> tuple[object, ...]:
    return number, str(one.act), one.fact, one.on.isoformat(), one.reason, one.old, one.new, one.replaced_by


def correction_of(row: Sequence[str]) -> Correction:
    _, act, fact, on, reason, old, new, replaced_by = row
    return Correction(
        act=Status(act),
        fact=fact,
        on=date.fromisoformat(on),
        reason=reason,
        old=old,
        new=new,
        replaced_by=replaced_by,
    )
