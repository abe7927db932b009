"""The record for others to check: every reviewed fact as a line of JSON, and as tables that Datasette opens as they are.

Article texts are their publishers', so they stay here: what goes out is the passage, where it stands, and the SHA-256 of the
text that it was cut from, by which whoever has the article can check every word. Drafts stay here, too.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from answers.model import Article, Correction, Fact, Figure, ResolvedDate

Row = dict[str, Any]

DESCRIBED = {
    "facts": "Passages on the record, word for word, with who is on record for them and what became of them.",
    "articles": "The articles that the passages were cut from. Their texts are their publishers' and are not here.",
    "citations": "Where each passage stands: code points of the article's text, whose SHA-256 is with the article.",
    "figures": "The numbers in the passages, as read; low and high are the same for a single value.",
    "dates": "The days and weeks that the passages speak of, worked out from the day of the article.",
    "names": "Who and what each passage speaks of.",
    "questions": "Questions that editors know a passage to answer.",
    "corrections": "What became of passages that were withdrawn: when, why, and what stands now.",
}
"""The tables, with what each holds."""

_COLUMNS: dict[str, str] = {
    "articles": "id outlet title url authors published retrieved language same_as sha256",
    "facts": "id passage outlet date speaker role known claim status withdrawn replaced_by note topics asked",
    "citations": "fact article start:i end:i",
    "figures": "fact text low:f high:f vague:i hedge unit counts part",
    "dates": "fact text iso granularity first last",
    "names": "fact name",
    "questions": "fact question",
    "corrections": "act fact day reason old new replaced_by",
}
_TYPES = {"": str, "i": int, "f": float}


def lines(facts: Iterable[Fact]) -> Iterator[str]:
    """Each reviewed fact as a line of JSON; `id`, `outlet`, `date` and `text` are what `--data` reads again."""
    return (json.dumps(_told(fact), ensure_ascii=False) for fact in facts if fact.status.reviewed)


def _told(fact: Fact) -> Row:
    article = fact.article
    return {
        "id": fact.id,
        "text": fact.quote.text,
        "outlet": article.outlet,
        "date": article.published_iso,
        "title": article.title,
        "url": article.url,
        "article_id": article.id,
        "article_sha256": article.sha256,
        "start": fact.quote.start,
        "end": fact.quote.stop,
        **_fact(fact),
        "figures": [_figure(figure) for figure in fact.figures],
        "dates": [_date(known) for known in fact.dates],
        "names": list(fact.names),
        "topics": list(fact.topics),
        "questions": list(fact.questions),
    }


def _fact(fact: Fact) -> Row:
    return {
        "speaker": fact.speaker,
        "role": fact.role,
        "known": str(fact.known),
        "claim": fact.claim,
        "status": str(fact.status),
        "withdrawn": _iso(fact.withdrawn_on),
        "replaced_by": fact.replaced_by,
        "note": fact.note,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _figure(figure: Figure) -> Row:
    return {**asdict(figure), "part": str(figure.part)}


def _date(known: ResolvedDate) -> Row:
    told = {"text": known.text, "iso": known.iso, "granularity": str(known.granularity)}
    return {**told, "first": known.first.isoformat(), "last": known.last.isoformat()}


def write(file: Path, facts: Iterable[Fact], articles: Iterable[Article], corrections: Iterable[Correction]) -> None:
    """The record as a SQLite file of its own, which must not be there yet. Memory holds it once."""
    reviewed = [fact for fact in facts if fact.status.reviewed]
    db = Database(file)
    try:
        with db.atomic():
            for table, rows in _tables(reviewed, list(articles), list(corrections)).items():
                _create(db, table)
                db.table(table).insert_all(rows)
        db.table("facts").enable_fts(["passage", "speaker", "asked"], tokenize="porter unicode61")
        db.vacuum()
    finally:
        db.close()


def _create(db: Database, table: str) -> None:
    columns = {name: _TYPES[kind] for name, _, kind in (one.partition(":") for one in _COLUMNS[table].split())}
    foreign = [(key, other, "id") for key, other in (("fact", "facts"), ("article", "articles")) if key in columns]
    db.table(table).create(columns, pk="id" if "id" in columns else None, foreign_keys=foreign, strict=True)


def _tables(facts: list[Fact], articles: list[Article], corrections: list[Correction]) -> dict[str, list[Row]]:
    return {
        "articles": [_article(article) for article in articles],
        "facts": [_row(fact) for fact in facts],
        "citations": [_citation(fact) for fact in facts],
        "figures": [{"fact": fact.id, **_figure(figure)} for fact in facts for figure in fact.figures],
        "dates": [{"fact": fact.id, **_date(known)} for fact in facts for known in fact.dates],
        "names": [{"fact": fact.id, "name": name} for fact in facts for name in fact.names],
        "questions": [{"fact": fact.id, "question": question} for fact in facts for question in fact.questions],
        "corrections": [_correction(correction) for correction in corrections],
    }


def _row(fact: Fact) -> Row:
    told = {
        "id": fact.id,
        "passage": fact.quote.text,
        "outlet": fact.article.outlet,
        "date": fact.article.published_iso,
    }
    return {**told, **_fact(fact), "topics": json.dumps(fact.topics), "asked": "\n".join(fact.questions)}


def _article(article: Article) -> Row:
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "authors": json.dumps(article.authors),
        "published": article.published_iso,
        "retrieved": _iso(article.retrieved),
        "language": article.language,
        "same_as": article.same_as,
        "sha256": article.sha256,
    }


def _citation(fact: Fact) -> Row:
    return {"fact": fact.id, "article": fact.article.id, "start": fact.quote.start, "end": fact.quote.stop}


def _correction(correction: Correction) -> Row:
    told = {**asdict(correction), "act": str(correction.act), "on": correction.on.isoformat()}
    return {"day" if key == "on" else key: value for key, value in told.items()}


def metadata(revision: str) -> str:
    """What Datasette says of the tables, in YAML."""
    tables = "".join(
        f"      {name}:\n        description: {json.dumps(what)}\n{_EXTRA.get(name, '')}"
        for name, what in DESCRIBED.items()
    )
    return (
        "title: On the Record\n"
        "description: What is on the record about a crisis, word for word, with outlet and date.\n"
        f"source: {json.dumps(f'fact base {revision[:12]}')}\n"
        f"databases:\n  record:\n    tables:\n{tables}"
    )


_EXTRA = {
    "facts": "        label_column: passage\n        sort_desc: date\n        facets: [outlet, speaker, status]\n",
    "articles": "        label_column: title\n        sort_desc: published\n",
    "corrections": "        sort_desc: day\n",
}
