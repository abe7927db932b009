"""Articles and facts into one read-only SQLite file with full-text search, named by the hash of its inputs.

The file is written beside its final name and moved there whole, then its manifest: without a manifest there is
no fact base, so a build that was killed leaves nothing that could be opened. Memory holds one batch.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from sqlite_utils import Database

from answers.model import Article, Fact, Status
from answers.revisions import manifest_of, publish
from answers.sources import Sources
from answers.text.names import Gazetteer, token, world
from answers.text.reading import Reading, read

_BATCH = 1_000
_ARTICLE = {
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
_FACT = {
    "number": int,
    "id": str,
    "code": str,
    "article": str,
    "published": str,
    "start": int,
    "stop": int,
    "claim": str,
    "status": str,
    "named": str,
    "names": str,
    "questions": str,
    "rest": str,
    "shown": str,
    "whole": str,
}
_SEARCH = """create virtual table search using fts5 (passage, around, title, questions,
    tokenize = "unicode61 remove_diacritics 0 tokenchars '_.'")"""


@cache
def layout() -> str:
    """A fingerprint of the compiled file's tables: a file of another layout cannot be opened, only built anew."""
    db = Database(memory=True)
    try:
        _create(db)
        return hashlib.sha256(db.schema.encode()).hexdigest()[:16]
    finally:
        db.close()


@cache
def _making() -> str:
    """A fingerprint of the code and names that make the file: when they change, the same sources make another one."""
    package = resources.files("answers")
    own = ("model", "fields", "articles", "facts", "folder", "passages", "sources", "compile")
    made_by = [
        *(package / f"{name}.py" for name in own),
        *(package / "text" / name for name in ("normalise.py", "names.py", "reading.py", "world.toml")),
    ]
    stems = metadata.version("pystemmer").encode()
    return hashlib.sha256(b"\0".join([stems, *(file.read_bytes() for file in made_by)])).hexdigest()


def revision_of(sources: Sources) -> str:
    """The hash that names what would be compiled: of the sources and of the way they are compiled."""
    return hashlib.sha256(f"{_making()}\n{sources.revision}".encode()).hexdigest()


def compile_into(folder: Path, sources: Sources, progress: Callable[[int], object] = lambda _: None) -> Path:
    """The compiled file of these sources in `folder`, built if it is not there yet. `progress` gets facts done so far.

    Raises `Refused` when the sources hold problems; then nothing is left behind.
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
        _write(draft, sources, revision, progress)
        publish(draft, final, sources.path, layout())
    finally:
        for left in folder.glob(draft.name + "*"):
            left.unlink()
    return final


def _write(draft: Path, sources: Sources, revision: str, progress: Callable[[int], object]) -> None:
    db = Database(draft)
    try:
        # A draft that is lost is built again: nothing here needs to survive a crash.
        db.execute("pragma journal_mode = off")
        db.execute("pragma synchronous = off")
        _create(db)
        gazetteer = Gazetteer([*sources.names, *world()])
        with db.atomic():
            _Writer(db, gazetteer, progress).write(sources)
            names = [asdict(name) for name in sources.names]
            meta = {"revision": revision, "coverage": _coverage(db), "names": names}
            db.table("meta").insert_all({"key": key, "value": json.dumps(value)} for key, value in meta.items())
            db.execute("insert into search(search) values ('optimize')")
        for column in ("id", "code", "claim"):
            db.table("facts").create_index([column], unique=column != "claim")
        db.table("facts").create_index(["article", "start"])
        db.execute("analyze")
    finally:
        db.close()


def _create(db: Database) -> None:
    db.table("meta").create({"key": str, "value": str}, pk="key", strict=True)
    db.table("articles").create(_ARTICLE, pk="id", strict=True)
    db.table("facts").create(_FACT, pk="number", strict=True)
    db.table("topics").create({"topic": str, "fact": int}, pk=("topic", "fact"), strict=True)
    db.table("terms").create({"term": str, "facts": int}, pk="term", strict=True)
    db.table("spellings").create({"word": str, "times": int}, pk="word", strict=True)
    db.execute(_SEARCH)


class _Writer:
    """Facts to rows, a batch at a time: the facts, what is searched, and how often each term and word occurs."""

    def __init__(self, db: Database, gazetteer: Gazetteer, progress: Callable[[int], object]) -> None:
        self._db, self._gazetteer, self._progress = db, gazetteer, progress
        self._number = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {
            name: [] for name in ("articles", "facts", "topics", "search")
        }
        self._terms: Counter[str] = Counter()
        self._spellings: Counter[str] = Counter()

    def write(self, sources: Sources) -> None:
        for article, facts in sources.articles:
            self._article(article, facts)
            if len(self._rows["articles"]) >= _BATCH:
                self._flush()
        self._flush()

    def _article(self, article: Article, facts: Sequence[Fact]) -> None:
        self._rows["articles"].append(_article_row(article))
        title = read(article.title, self._gazetteer)
        shown = [fact for fact in facts if fact.status is not Status.DRAFT]
        readings = [read(fact.quote.text, self._gazetteer) for fact in shown]
        for at, fact in enumerate(shown):
            around = readings[max(0, at - 1) : at] + readings[at + 1 : at + 2]
            self._fact(fact, readings[at], around, title)
            if len(self._rows["facts"]) >= _BATCH:
                self._flush()

    def _fact(self, fact: Fact, reading: Reading, around: Sequence[Reading], title: Reading) -> None:
        self._number += 1
        named = self._named(fact, reading, title)
        names = tuple(sorted(self._gazetteer.whole(named)))
        questions = [read(question, self._gazetteer) for question in fact.questions]
        context = [*(term for near in around for term in near.terms), *map(token, names)]
        self._rows["facts"].append(_fact_row(self._number, fact, (named, names), questions))
        self._rows["topics"] += [(topic, self._number) for topic in fact.topics]
        self._rows["search"].append(
            (
                self._number,
                " ".join(reading.terms),
                " ".join(context),
                " ".join(title.terms),
                " ".join(term for question in questions for term in question.terms),
            )
        )
        self._terms.update({*reading.terms, *map(token, named), *(t for q in questions for t in q.terms)})
        for known in (reading, title, *questions):
            self._spellings.update(word.form for word in known.words if len(word.form) >= 4 and not word.number)

    def _named(self, fact: Fact, reading: Reading, title: Reading) -> tuple[str, ...]:
        """What the passage is known to speak of by name: what it names, what an editor listed, who speaks, where."""
        speaker = read(f"{fact.speaker} {fact.role}", self._gazetteer)
        return tuple(sorted({*reading.names, *fact.names, *speaker.names, *title.names, fact.article.outlet}))

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                places = ", ".join("?" * len(rows[0]))
                columns = "(rowid, passage, around, title, questions)" if table == "search" else ""
                self._db.conn.executemany(f"insert into {table}{columns} values ({places})", rows)  # noqa: S608
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
        self._progress(self._number)


def _article_row(article: Article) -> tuple[object, ...]:
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


def _fact_row(
    number: int, fact: Fact, names: tuple[Sequence[str], Sequence[str]], questions: Sequence[Reading]
) -> tuple[object, ...]:
    """The row of a fact. `names`: those that it names, and these with all that they are part of."""
    asked = json.dumps([[text, reading.terms] for text, reading in zip(fact.questions, questions, strict=True)])
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
        *map(json.dumps, names),
        asked,
        rest,
        shown,
        whole,
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


def _coverage(db: Database) -> dict[str, object]:
    """What the base covers: outlets and topics with the most facts first."""

    def column(sql: str) -> list[str]:
        return [row[0] for row in db.execute(sql)]

    first, last = next(iter(db.execute("select min(published), max(published) from articles")))
    return {
        "facts": db.table("facts").count_where("status = ?", [str(Status.PUBLISHED)]),
        "articles": db.table("articles").count,
        "first": first,
        "last": last,
        "outlets": column(
            "select outlet from articles join facts on article = articles.id group by outlet"
            " order by count(*) desc, outlet"
        ),
        "topics": column("select topic from topics group by topic order by count(*) desc, topic"),
    }


def day(text: str | None) -> date | None:
    """An ISO day of the compiled file."""
    return date.fromisoformat(text) if text else None
