"""Articles and facts into one read-only SQLite file, named by the hash of its inputs.

The file is written beside its final name and moved there whole, then its manifest: without a manifest there is
no fact base, so a build that was killed leaves nothing that could be opened. Memory holds one batch.
A small base has full-text search in it; what a large one is searched with stands beside it and is made by `match`.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.db import DescIndex

from answers.model import Article, Correction, Fact, Gap, Known, Status
from answers.revisions import manifest_of, publish
from answers.rows import (
    ARTICLE,
    CORRECTION,
    ENTRY,
    FACT,
    GAP,
    article_row,
    correction_row,
    entry_row,
    fact_row,
    gap_row,
)
from answers.sources import Sources
from answers.text.names import Gazetteer, token, world
from answers.text.reading import Reading, read

_BATCH = 1_000
FEW = 5_000
"""Facts that SQLite's full-text search ranks in time: it scores every row that shares a term. Of passages that share
most of their words 10,000 took it 6 ms (p99 15), and the index that `match` makes for larger bases .2 ms (p99 .3).
"""
_SEARCH = """create virtual table search using fts5 (passage, around, title, questions,
    content='entries', content_rowid='number', tokenize = "unicode61 remove_diacritics 0 tokenchars '_.'")"""


@cache
def layout() -> str:
    """A fingerprint of the compiled file's tables: a file of another layout cannot be opened, only built anew."""
    db = Database(memory=True)
    try:
        _create(db)
        db.execute(_SEARCH)
        return hashlib.sha256(db.schema.encode()).hexdigest()[:16]
    finally:
        db.close()


@cache
def _making() -> str:
    """A fingerprint of the code and names that make the file: when they change, the same sources make another one."""
    package = resources.files("answers")
    own = (
        "fields",
        "lookalikes",
        "articles",
        "facts",
        "gaps",
        "outlets",
        "corrections",
        "across",
        "folder",
        "passages",
        "sources",
        "rows",
        "compile",
    )
    made_by = [
        *(package / f"{name}.py" for name in own),
        package / "model" / "record.py",
        *(package / "text" / name for name in ("normalise.py", "names.py", "reading.py", "world.toml")),
    ]
    stems = metadata.version("pystemmer").encode()
    return hashlib.sha256(b"\0".join([stems, *(file.read_bytes() for file in made_by)])).hexdigest()


def revision_of(sources: Sources) -> str:
    """The hash that names what would be compiled: of the sources and of the way they are compiled."""
    return revision_from(sources.revision)


def revision_from(fingerprint: str) -> str:
    """The same of the hash of the sources alone (`answers.sources.fingerprint`)."""
    return hashlib.sha256(f"{_making()}\n{fingerprint}".encode()).hexdigest()


def compile_into(
    folder: Path, sources: Sources, progress: Callable[[int], object] = lambda _: None, *, few: int = FEW
) -> Path:
    """The compiled file of these sources in `folder`, built if it is not there yet. `progress` gets facts done so far.

    Up to `few` facts it holds full-text search. Raises `Refused` when the sources hold problems; then nothing is left behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    revision = revision_of(sources)
    final = folder / f"{revision}.sqlite"
    if manifest_of(final).exists():
        final.touch()  # the newest are kept
        return final
    draft = folder / f".{revision}.{os.getpid()}.building"
    # A process of the same number may have been killed here: in a container every start has the same one.
    draft.unlink(missing_ok=True)
    try:
        _write(draft, sources, revision, progress, few)
        publish(draft, final, sources.path, layout())
    finally:
        for left in folder.glob(draft.name + "*"):
            left.unlink()
    return final


def _write(draft: Path, sources: Sources, revision: str, progress: Callable[[int], object], few: int) -> None:
    db = Database(draft)
    try:
        # A draft that is lost is built again: nothing here needs to survive a crash.
        db.execute("pragma journal_mode = off")
        db.execute("pragma synchronous = off")
        _create(db)
        with db.atomic():
            gazetteer = Gazetteer([*sources.names, *world()])
            writer = _Writer(db, gazetteer, progress)
            writer.write(sources)
            _write_gaps(db, sources.gaps, gazetteer)
            _write_corrections(db, sources.corrections)
            names = [asdict(name) for name in sources.names]
            meta = {"revision": revision, "facts": writer.number, "coverage": writer.coverage(), "names": names}
            db.table("meta").insert_all({"key": key, "value": json.dumps(value)} for key, value in meta.items())
            if writer.number <= few:
                _make_searchable(db)
        _index(db)
    finally:
        db.close()


def _create(db: Database) -> None:
    db.table("meta").create({"key": str, "value": str}, pk="key", strict=True)
    db.table("articles").create(ARTICLE, pk="id", strict=True)
    db.table("facts").create(FACT, pk="number", strict=True)
    db.table("entries").create(ENTRY, pk="number", strict=True)
    db.table("headings").create({"first": int, "last": int, "title": int, "text": str}, strict=True)
    db.table("gaps").create(GAP, strict=True)
    db.table("corrections").create(CORRECTION, pk="number", strict=True)
    db.table("topics").create({"topic": str, "fact": int}, pk=("topic", "fact"), strict=True)
    db.table("terms").create({"term": str, "facts": int}, pk="term", strict=True)
    db.table("spellings").create({"word": str, "times": int}, pk="word", strict=True)


def _write_gaps(db: Database, gaps: Iterable[Gap], gazetteer: Gazetteer) -> None:
    readings = ((gap.about, text, read(text, gazetteer)) for gap in gaps for text in gap.questions)
    rows = (gap_row(about, text, reading.terms, reading.names) for about, text, reading in readings)
    db.conn.executemany("insert into gaps values (?, ?, ?, ?)", rows)


def _write_corrections(db: Database, corrections: Iterable[Correction]) -> None:
    rows = (correction_row(number, one) for number, one in enumerate(corrections, start=1))
    db.conn.executemany("insert into corrections values (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _make_searchable(db: Database) -> None:
    db.execute(_SEARCH)
    db.execute("insert into search(search) values ('rebuild')")
    db.execute("insert into search(search) values ('optimize')")


def _index(db: Database) -> None:
    for column in ("id", "code", "claim"):
        db.table("facts").create_index([column], unique=column != "claim")
    db.table("facts").create_index(["article", "start"])
    db.table("articles").create_index([DescIndex("published"), "outlet", "id"])
    db.execute("analyze")


def _answering(article: Article, facts: Iterable[Fact], trusted: frozenset[str]) -> Iterator[Fact]:
    """The facts that may be shown: what an editor let out, and of a trusted outlet drafts that name their speaker.

    Nobody has compared these with what others say, so they belong to no claim.
    """
    for fact in facts:
        if fact.status.reviewed:
            yield fact
        elif (
            fact.status is Status.DRAFT
            and fact.known is Known.CUE
            and article.outlet in trusted
            and not article.unknown
        ):
            yield replace(fact, claim="", doubts=())


class _Writer:
    """Facts to rows, a batch at a time: the facts, what is searched, and how often each term and word occurs.

    `number` is that of the last fact; facts are numbered from 1 in the order of the sources.
    """

    def __init__(self, db: Database, gazetteer: Gazetteer, progress: Callable[[int], object]) -> None:
        self._db, self._gazetteer, self._progress = db, gazetteer, progress
        self.number = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {
            name: [] for name in ("articles", "facts", "entries", "headings", "topics")
        }
        self._terms: Counter[str] = Counter()
        self._spellings: Counter[str] = Counter()
        self._outlets: Counter[str] = Counter()

    def write(self, sources: Sources) -> None:
        for article, facts in sources.articles:
            self._article(article, tuple(_answering(article, facts, sources.trusted)))
            if len(self._rows["articles"]) >= _BATCH:
                self._flush()
        self._flush()

    def _article(self, article: Article, shown: Sequence[Fact]) -> None:
        self._rows["articles"].append(article_row(article))
        title = read(article.title, self._gazetteer)
        readings = [read(fact.quote.text, self._gazetteer) for fact in shown]
        if article.title and shown:
            self._rows["headings"].append((self.number + 1, self.number + len(shown), 1, article.title))
        for at, fact in enumerate(shown):
            around = readings[max(0, at - 1) : at] + readings[at + 1 : at + 2]
            self._fact(fact, readings[at], around, title)
            if len(self._rows["facts"]) >= _BATCH:
                self._flush()

    def _fact(self, fact: Fact, reading: Reading, around: Sequence[Reading], title: Reading) -> None:
        self.number += 1
        named = self._named(fact, reading, title)
        names = tuple(sorted(self._gazetteer.whole(named)))
        questions = [read(question, self._gazetteer) for question in fact.questions]
        context = [*(term for near in around for term in near.terms), *map(token, names)]
        terms = (reading.terms, context, title.terms)
        asked = [question.terms for question in questions]
        self._rows["facts"].append(fact_row(self.number, fact))
        self._rows["entries"].append(entry_row(self.number, fact, terms, asked, (named, names)))
        self._rows["headings"] += [(self.number, self.number, 0, question) for question in fact.questions]
        self._rows["topics"] += [(topic, self.number) for topic in fact.topics if fact.status.reviewed]
        self._outlets[fact.article.outlet] += 1
        self._terms.update({*reading.terms, *map(token, named), *(term for known in asked for term in known)})
        for known in (reading, title, *questions):
            self._spellings.update(word.form for word in known.words if len(word.form) >= 4 and not word.number)

    def _named(self, fact: Fact, reading: Reading, title: Reading) -> tuple[str, ...]:
        """What the passage is known to speak of by name: what it names, what an editor listed, who speaks, where."""
        told = f"{fact.speaker} {fact.role}"
        speaker = read(told, self._gazetteer).names if told != " " else ()
        return tuple(sorted({*reading.names, *fact.names, *speaker, *title.names, fact.article.outlet}))

    def coverage(self) -> dict[str, object]:
        """What the base covers: outlets and topics with the most facts first; of withdrawn ones there is no topic."""
        first, last = next(iter(self._db.execute("select min(published), max(published) from articles")))
        topics = self._db.execute(
            "select topic from topics join facts on fact = number where status = ? group by topic"
            " order by count(*) desc, topic",
            [str(Status.PUBLISHED)],
        )
        return {
            "facts": self._db.table("facts").count_where("status = ?", [str(Status.PUBLISHED)]),
            "articles": self._db.table("articles").count,
            "first": first,
            "last": last,
            "outlets": sorted(self._outlets, key=lambda outlet: (-self._outlets[outlet], outlet)),
            "topics": [topic for (topic,) in topics],
        }

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                places = ", ".join("?" * len(rows[0]))
                self._db.conn.executemany(f"insert into {table} values ({places})", rows)  # noqa: S608
                rows.clear()
        for table, counted, key, count in (
            ("terms", self._terms, "term", "facts"),
            ("spellings", self._spellings, "word", "times"),
        ):
            self._db.conn.executemany(
                f"insert into {table} values (?, ?) on conflict ({key}) do update set {count} = {count} + excluded.{count}",  # noqa: S608
                counted.items(),
            )
            counted.clear()
        self._progress(self.number)
