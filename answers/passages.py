"""A `.jsonl` file of passages to articles with their facts: one line a passage, those of one article together.

A passage is a fact without an editor: nobody listed its names, its speaker or its claim.
"""

import hashlib
import json
import re
import sqlite3
from calendar import monthrange
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from answers.articles import is_address
from answers.errors import Problem, Refused
from answers.fields import LONGEST_TEXT
from answers.lookalikes import BIDI
from answers.model import Article, Fact, Granularity, Quote

MOST_PROBLEMS = 100
_BETWEEN = "\n\n"
_WANTED = ("id", "outlet", "text")
_OPTIONAL = ("date", "title", "url", "article_id")


def articles_of(path: Path, digest: str) -> Iterator[tuple[Article, tuple[Fact, ...]]]:
    """The passages of a `.jsonl` file, those of one article together, in file order; memory holds one article.

    They are sorted on disk: passages of one article may stand anywhere in the file. `digest` is the SHA-256 that the
    file had; one that was changed meanwhile is refused. Raises `Refused` at the first article.
    """
    with closing(sqlite3.connect("")) as db:
        db.execute("create table article (id text primary key, first integer, outlet text, day text) without rowid")
        db.execute("create table passage (article text, line integer primary key, id text unique, body text)")
        _stage(path, db, digest)
        ordered = db.execute(
            "select passage.article, body from passage join article on article.id = passage.article"
            " order by first, line"
        )
        group: list[dict[str, str]] = []
        current = None
        for article, body in ordered:
            if article != current and group:
                yield _together(str(current), group)
                group = []
            current = article
            group.append(json.loads(body))
        if group:
            yield _together(str(current), group)


def _stage(path: Path, db: sqlite3.Connection, digest: str) -> None:
    seen = hashlib.sha256()
    problems: list[Problem] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            seen.update(line)
            if not line.strip():
                continue
            passage = _passage(line)
            if isinstance(passage, str):
                problems.append(Problem(path=path.name, line=number, message=passage))
            else:
                problems += _staged(db, number, passage, path)
            if len(problems) >= MOST_PROBLEMS:
                problems.append(Problem(path=path.name, line=number, message="too many problems; reading stopped here"))
                break
    if not problems and seen.hexdigest() != digest:
        problems.append(Problem(path=path.name, line=0, message="was changed while it was read", hint="try again"))
    if not problems and not db.execute("select 1 from passage limit 1").fetchone():
        problems.append(Problem(path=path.name, line=0, message="holds no passage"))
    if problems:
        raise Refused(problems)


def _staged(db: sqlite3.Connection, number: int, passage: dict[str, str], path: Path) -> list[Problem]:
    """Put a passage aside, with the article that it is of; what is wrong with it beside the others."""
    article, of = passage["article_id"] or passage["id"], (passage["outlet"], str(_dated(passage["date"])))
    try:
        db.execute("insert into passage values (?, ?, ?, ?)", (article, number, passage["id"], json.dumps(passage)))
    except sqlite3.IntegrityError:
        return [Problem(path=path.name, line=number, message=f"the id {passage['id']} stands twice")]
    db.execute("insert or ignore into article values (?, ?, ?, ?)", (article, number, *of))
    if db.execute("select outlet, day from article where id = ?", [article]).fetchone() != of:
        return [Problem(path=path.name, line=number, message=f"article {article} has two outlets or two dates")]
    return []


def _passage(line: bytes) -> dict[str, str] | str:
    """The passage of one line, or what is wrong with it."""
    try:
        passage = json.loads(line)
        json.dumps(passage, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        return f"is not JSON that can be read: {error}"
    if not isinstance(passage, dict):
        return "is not an object"
    return _wrong(passage) or {key: passage.get(key) or "" for key in (*_WANTED, *_OPTIONAL)}


def _wrong(passage: dict[str, object]) -> str:
    """What is wrong with the fields of a passage; empty when nothing is."""
    if missing := [key for key in _WANTED if not str(passage.get(key) or "").strip()]:
        return f"{', '.join(missing)} must be text and not empty"
    known = {key: passage.get(key) or "" for key in (*_WANTED, *_OPTIONAL)}
    if wrong := [key for key, value in known.items() if not isinstance(value, str)]:
        return f"{', '.join(wrong)} must be text"
    return next(_complaints({key: str(value) for key, value in known.items()}), "")


def _complaints(known: dict[str, str]) -> Iterator[str]:
    """What must not be shown, or cannot be read, in fields that are text."""
    if deceiving := [key for key, value in known.items() if BIDI & set(value) or "\0" in value]:
        yield f"{', '.join(deceiving)} must hold no character that changes the direction of the text, nor NUL"
    if long := [key for key in ("outlet", "title", "url") if len(known[key]) > LONGEST_TEXT]:
        yield f"{', '.join(long)} must not be longer than {LONGEST_TEXT} characters"
    if known["url"] and not is_address(known["url"]):
        yield f"url {known['url']!r} is no plain web address"
    try:
        _dated(known["date"])
    except ValueError:
        yield f"date {known['date']!r} is not a day such as 2022-02-02, a month such as 2022-02, or a year"


def _dated(iso: str) -> tuple[date | None, Granularity]:
    """The day of an ISO day; the last day of an ISO month or year; None of nothing. Raises `ValueError`."""
    if not iso:
        return None, Granularity.DAY
    if re.fullmatch(r"\d{4}", iso):
        return date(int(iso), 12, 31), Granularity.YEAR
    if re.fullmatch(r"\d{4}-\d{2}", iso):
        year, month = int(iso[:4]), int(iso[5:])
        return date(year, month, monthrange(year, month)[1]), Granularity.MONTH
    return date.fromisoformat(iso), Granularity.DAY


def _together(id_: str, group: list[dict[str, str]]) -> tuple[Article, tuple[Fact, ...]]:
    """One article of the passages of one id, and its facts."""
    first = group[0]
    published, dated = _dated(first["date"])
    article = Article(
        id=id_,
        outlet=first["outlet"],
        title=first["title"],
        url=first["url"],
        published=published,
        dated=dated,
        outlet_known="passages",
        text=_BETWEEN.join(passage["text"] for passage in group),
    )
    found, start = [], 0
    for passage in group:
        stop = start + len(passage["text"])
        found.append(Fact(id=passage["id"], quote=Quote(article=article, start=start, stop=stop)))
        start = stop + len(_BETWEEN)
    return article, tuple(found)
