"""A compiled fact base: opened, verified against its hash, and looked up. It is never written to.

One revision is one file. Whoever holds a `FactBase` keeps reading the same facts while newer revisions come
and go beside it; its file may even be deleted meanwhile. One connection serves all threads: SQLite's
serialised mode guards it, and reads are short.
"""

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from answers.claims import gather
from answers.compile import layout
from answers.errors import FactBaseDamaged, NoSuchFact
from answers.model import Article, Claim, Correction, Coverage, Fact, Quote, Status
from answers.revisions import file_hash, manifest_of
from answers.rows import (
    ENTRY,
    GAP,
    Entry,
    OpenQuestion,
    article_of,
    correction_of,
    day,
    entry_of,
    fact_of,
    open_question_of,
)
from answers.text.names import Gazetteer, Kind, Name, outlets, world

__all__ = ["Entry", "FactBase", "OpenQuestion"]

_ENTRY = ", ".join(ENTRY)
_FACT = "select a.*, f.* from facts f join articles a on a.id = f.article"
_NUMBER = 11
"""Columns of the article that stand before the fact's, of which its number is the first."""
FOREMOST = 10
"""Topics of which a fact is offered to whoever needs a beginning."""
MOST_AROUND = 10_000
"""Facts of some days that are looked through."""
_MOST_VALUES = 500
"""Of one statement: an older SQLite takes 999."""
_MAPPED = 2**31
"""Bytes of the file that are read where the system holds them, at most what SQLite allows: copied page by page, what a
question reads took half as long again.
"""
WEIGHTS = {"passage": 1.0, "around": 0.3, "title": 1.0, "questions": 0.8}
"""The searched texts, and what a term counts in each.

A title counts as much as the passage: with .2, of 100,000 passages the right one was among the first 24 for 35 % of the
crisis questions (first half), with 1 for 64 %; of the news questions 71 and 70 %.
"""


class FactBase:
    """One revision, open. Use `FactBase.open`; close it when nobody reads it any more, or leave it to the collector."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._db, self.file = connection, file
        self.revision: str = self._meta("revision")
        self.coverage = _coverage(self._meta("coverage"))
        self.count: int = self._meta("facts")
        self.searchable = bool(self._db.execute("select 1 from sqlite_schema where name = 'search'").fetchone())
        self.gazetteer = Gazetteer([*self.names(), *world(), *outlets(self.coverage.outlets)])

    @classmethod
    def open(cls, file: Path) -> Self:
        """The fact base of a compiled file.

        Raises `FactBaseDamaged` when the file or its manifest is missing, of another format, or does not have
        the hash that it had when it was built.
        """
        try:
            manifest = json.loads(manifest_of(file).read_bytes())
            if manifest["layout"] != layout():
                raise FactBaseDamaged(f"{file.name} was built by another version: build it again")
            if manifest["sha256"] != file_hash(file):
                raise FactBaseDamaged(f"{file.name} is not the file that was built: build it again")
            uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            connection.execute(f"pragma mmap_size = {_MAPPED}")
            return cls._on(connection, file)
        except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as error:
            raise FactBaseDamaged(f"{file.name} cannot be read ({error}): build it again") from error

    @staticmethod
    def covered(file: Path) -> Coverage:
        """What a compiled file says that it covers, read without checking its hash: for a list of revisions.

        Raises `FactBaseDamaged`.
        """
        try:
            with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
                return _coverage(json.loads(db.execute("select value from meta where key = 'coverage'").fetchone()[0]))
        except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as error:
            raise FactBaseDamaged(f"{file.name} cannot be read ({error}): build it again") from error

    @classmethod
    def _on(cls, connection: sqlite3.Connection, file: Path) -> Self:
        try:
            return cls(connection, file)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        self._db.close()

    def _meta(self, key: str) -> Any:
        return json.loads(self._db.execute("select value from meta where key = ?", [key]).fetchone()[0])

    # Facts ------------------------------------------------------------------------------------------------------

    def fact(self, id_: str) -> Fact:
        """The fact of an id, or of the code that stands for one. Raises `NoSuchFact`."""
        for column in ("id", "code"):
            for fact in self._select(f"f.{column} = ?", [id_]):
                return fact
        raise NoSuchFact(id_)

    def current(self, id_: str) -> Fact | None:
        """The fact of an id when it is in this revision and published."""
        return next(self._select("f.id = ? and f.status = 'published'", [id_]), None)

    def facts(self, numbers: Sequence[int] | None = None) -> Iterator[Fact]:
        """Facts by their numbers, in that order; all of them, in the order of the base, without numbers.

        All of them are read while they are asked for: memory holds one article.
        """
        if numbers is None:
            return self._every()
        found: dict[int, Fact] = {}
        for some in _batched(numbers):
            where = f"f.number in ({','.join('?' * len(some))})"
            found |= {row[_NUMBER]: _fact_of(row) for row in self._rows(where, some)}
        return (found[number] for number in dict.fromkeys(numbers) if number in found)

    def _every(self) -> Iterator[Fact]:
        article: Article | None = None
        for row in self._db.execute("select * from facts order by number"):
            if article is None or article.id != row[3]:
                article = article_of(self._db.execute("select * from articles where id = ?", [row[3]]).fetchone())
            yield fact_of(row, article)

    def withdrawn(self) -> Iterator[Fact]:
        """The facts that were on the record once and are no longer."""
        return self._select("f.status not in ('draft', 'published')", [])

    def larger_than(self, characters: int) -> Iterator[Fact]:
        """The facts that have more code points than that, with all that is known of them and of their article."""
        beside = "length(a.outlet) + length(a.title) + length(a.url) + length(a.authors) + length(f.rest)"
        return self._select(f"f.stop - f.start + {beside} > ?", [characters])

    def claim(self, key: str) -> Claim:
        """The claim of a key; without facts when the key is empty or unknown."""
        return gather(key, self._select("f.claim = ?", [key]) if key else ())

    def topic(self, topic: str, limit: int = -1) -> tuple[Fact, ...]:
        """The published facts of a topic, newest article first; at most `limit` of them unless that is negative."""
        numbers = "f.number in (select fact from topics where topic = ?) and f.status = 'published'"
        return tuple(self._select(numbers, [topic, limit], "order by f.published desc, f.number limit ?"))

    @cached_property
    def foremost(self) -> tuple[Fact, ...]:
        """The newest fact of each of the first topics: what is offered to whoever asked nothing yet, or what nobody told."""
        return tuple(fact for topic in self.coverage.topics[:FOREMOST] for fact in self.topic(topic, limit=1))

    def context(self, fact: Fact) -> Quote:
        """The passage with the fact before and the fact after it, as one stretch of the article.

        Where one of these was withdrawn, the stretch ends at it: what is not current is not shown beside what is.
        """
        text, start, stop = fact.article.text, fact.quote.start, fact.quote.stop
        for first, last, withdrawn in self._neighbours(fact):
            if first < fact.quote.start:
                start = min(start, _begun(text, last) if withdrawn else first)
            else:
                stop = max(stop, len(text[:first].rstrip()) if withdrawn else last)
        return Quote(article=fact.article, start=start, stop=stop)

    def _neighbours(self, fact: Fact) -> Iterator[tuple[int, int, bool]]:
        """The facts before and after one in its article: where they start and stop, and whether they were withdrawn."""
        for where in ("start < ? order by start desc", "start > ? order by start"):
            query = f"select start, stop, status from facts where article = ? and {where} limit 1"  # noqa: S608
            for start, stop, status in self._db.execute(query, [fact.article.id, fact.quote.start]):
                yield start, stop, Status(status).withdrawn

    def corrections(self, limit: int = -1, *, after: int = 0) -> tuple[Correction, ...]:
        """What was withdrawn, the newest first, after so many; at most `limit` of them unless that is negative."""
        rows = self._db.execute("select * from corrections order by number limit ? offset ?", [limit, after])
        return tuple(map(correction_of, rows))

    @cached_property
    def withdrawals(self) -> int:
        """How many corrections there are."""
        return int(self._db.execute("select count(*) from corrections").fetchone()[0])

    def names(self) -> tuple[Name, ...]:
        """The names that editors wrote down, in their order; the packaged ones are the same for every base."""
        return tuple(
            Name(
                **{
                    **name,
                    "kind": Kind(name["kind"]),
                    "forms": tuple(name["forms"]),
                    "part_of": tuple(name["part_of"]),
                    "demonyms": tuple(name.get("demonyms", ())),  # a base of an older build has none
                }
            )
            for name in self._meta("names")
        )

    def articles(self, limit: int = -1) -> Iterator[Article]:
        """The articles, newest first; at most `limit` of them unless that is negative."""
        return map(
            article_of, self._db.execute("select * from articles order by published desc, outlet, id limit ?", [limit])
        )

    def prints(self, kind: str) -> dict[str, str]:
        """Every fact's id with its fingerprint: `shown` is of what readers see, `whole` of all that editors write."""
        column = {"shown": "shown", "whole": "whole"}[kind]
        return dict(self._db.execute(f"select id, {column} from facts order by number"))  # noqa: S608

    def _select(self, where: str, values: Sequence[object], order: str = "order by f.number") -> Iterator[Fact]:
        return map(_fact_of, self._rows(f"{where} {order}", values))

    def _rows(self, where: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return self._db.execute(f"{_FACT} where {where}", values).fetchall()

    # For the matcher ------------------------------------------------------------------------------------------

    def entries(self, terms: Iterable[str], *, limit: int, as_of: date | None = None) -> list[Entry]:
        """At most `limit` entries that share a term, best BM25 first (k1 1.2, b 0.75, as FTS5 has them).

        `as_of` leaves out what was published after that day, or nobody knows when. Only a small base is searchable.
        """
        return self.entries_of(dict(self.ranked(terms, limit=limit, as_of=as_of)))

    def ranked(self, terms: Iterable[str], *, limit: int, as_of: date | None = None) -> list[tuple[int, float]]:
        """The numbers of these entries, each with its BM25."""
        match = " OR ".join('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(terms))
        if not match:
            return []
        until = "and rowid in (select number from entries where published <= ?)" if as_of else ""
        found = self._db.execute(
            f"select rowid, -bm25(search, {', '.join(map(str, WEIGHTS.values()))}) as r from search where search match ? {until}"  # noqa: S608
            " order by r desc limit ?",
            [match, *([as_of.isoformat()] if as_of else []), limit],
        )
        return found.fetchall()

    def entries_of(self, ranks: Mapping[int, float]) -> list[Entry]:
        """The entries of these numbers, each with the rank given for it, in that order."""
        where = f"number in ({','.join('?' * len(ranks))})"
        rows = self._db.execute(f"select {_ENTRY} from entries where {where}", [*ranks]).fetchall()  # noqa: S608
        found = {row[0]: row for row in rows}
        return [entry_of(found[number], rank) for number, rank in ranks.items() if number in found]

    def searched(self) -> Iterator[tuple[int, date | None, dict[str, str]]]:
        """Every fact's number, day and searched texts, terms with blanks between them: what an index is made from."""
        rows = self._db.execute(f"select number, published, {', '.join(WEIGHTS)} from entries order by number")  # noqa: S608
        return ((number, day(published), dict(zip(WEIGHTS, texts, strict=True))) for number, published, *texts in rows)

    def headings(self) -> Iterator[str]:
        """What stands above passages: the title of each article and the known questions of each fact, in order."""
        return (text for (text,) in self._db.execute("select text from headings order by rowid"))

    def spans(self) -> list[tuple[int, int, bool]]:
        """Of each heading, in order: the first and the last number of the facts below it, and whether it is a title."""
        rows = self._db.execute("select first, last, title from headings order by rowid")
        return [(first, last, bool(title)) for first, last, title in rows]

    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """The questions of all gaps, in order: each is known to be answered by nothing on the record."""
        rows = self._db.execute(f"select {', '.join(GAP)} from gaps order by rowid")  # noqa: S608
        return tuple(map(open_question_of, rows))

    def around(self, day: date, days: int, as_of: date | None = None, limit: int = MOST_AROUND) -> NDArray[np.int64]:
        """The numbers of the facts published within some days of a day and up to `as_of`; the nearest `limit` in time."""
        apart = np.abs(self._days - day.toordinal())
        found = np.flatnonzero((apart <= days) & (self._days <= (as_of or date.max).toordinal()))
        return found[np.argsort(apart[found], kind="stable")[:limit]] + 1

    @cached_property
    def _days(self) -> NDArray[np.int32]:
        """The day of each fact by its number less one, counted as `date.toordinal` does; 0 where nobody knows it."""
        rows = self._db.execute("select published from entries order by number")
        return np.fromiter((_ordinal(published) for (published,) in rows), np.int32, self.count)

    def until(self, as_of: date, numbers: Sequence[int] | None = None) -> list[int]:
        """Which of these numbers, or of all, were published up to that day."""
        among = "" if numbers is None else f"and number in ({','.join('?' * len(numbers))})"
        rows = self._db.execute(
            f"select number from entries where published <= ? {among} order by number",  # noqa: S608
            [as_of.isoformat(), *(numbers or ())],
        )
        return [number for (number,) in rows]

    def times(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many facts each term stands; terms that stand in none are left out."""
        found: dict[str, int] = {}
        for some in _batched(list(dict.fromkeys(terms))):
            rows = self._db.execute(f"select term, facts from terms where term in ({','.join('?' * len(some))})", some)  # noqa: S608
            found |= dict(rows.fetchall())
        return found

    def weight(self, times: int) -> float:
        """How much a term tells that stands in so many facts (BM25's idf, at least 0): the rarer the more."""
        return math.log(1 + (self.count - times + 0.5) / (times + 0.5))

    def spellings(self) -> Iterator[tuple[str, int]]:
        """Every word of four letters and more in passages, titles and questions, with how often it occurs."""
        return iter(self._db.execute("select word, times from spellings").fetchall())


def _begun(text: str, at: int) -> int:
    """Where the words begin that follow a place."""
    return len(text) - len(text[at:].lstrip())


def _fact_of(row: Sequence[Any]) -> Fact:
    return fact_of(row[_NUMBER:], article_of(row[:_NUMBER]))


@lru_cache(4_096)
def _ordinal(published: str | None) -> int:
    return date.fromisoformat(published).toordinal() if published else 0


def _batched(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + _MOST_VALUES] for at in range(0, len(values), _MOST_VALUES))


def _coverage(stored: dict[str, object]) -> Coverage:
    known: dict[str, object] = {**stored, "first": day(stored["first"]), "last": day(stored["last"])}  # type: ignore[arg-type]
    known |= {key: tuple(stored[key]) for key in ("outlets", "topics")}  # type: ignore[arg-type]
    return Coverage(**known)  # type: ignore[arg-type]
