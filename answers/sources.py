"""What a fact base is compiled from: a data folder of articles, facts and names, or a `.jsonl` file of passages.

Both come out as articles with their facts, one article at a time. Every problem of every file is named at once.
"""

import hashlib
import json
import re
import sqlite3
from calendar import monthrange
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from answers import articles, facts
from answers.errors import Problem, Refused
from answers.fields import LONGEST_TEXT, did_you_mean
from answers.model import Article, Fact, Granularity, Quote
from answers.text.names import Gazetteer, Name, parse, world

MOST_PROBLEMS = 100
_BETWEEN = "\n\n"
_WANTED = ("id", "outlet", "text")
_OPTIONAL = ("date", "title", "url", "article_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Names, and articles with their facts in order. `revision` is the hash of every byte that went in."""

    path: Path
    names: tuple[Name, ...]
    revision: str
    articles: Iterable[tuple[Article, tuple[Fact, ...]]]


def read(path: Path) -> Sources:
    """The sources at a path. Raises `Refused` when it holds problems; those of a `.jsonl` come while it is read."""
    if path.is_dir():
        return _folder(path)
    if path.is_file() and path.suffix == ".jsonl":
        return Sources(path=path, names=(), revision=_revision([("", path)]), articles=_passages(path))
    raise Refused(
        [
            Problem(
                path=str(path),
                line=0,
                message="is neither a data folder nor a .jsonl file of passages",
                hint="name a folder that holds articles/, facts/ and names.toml",
            )
        ]
    )


def _revision(files: Iterable[tuple[str, Path]]) -> str:
    whole = hashlib.sha256()
    for name, path in files:
        with path.open("rb") as file:
            whole.update(f"{name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()


def _folder(root: Path) -> Sources:
    names_file = root / "names.toml"
    article_files = sorted((root / "articles").glob("*.md"))
    fact_files = sorted((root / "facts").glob("*.toml"))
    problems: list[Problem] = []
    if not article_files:
        problems.append(Problem(path="articles", line=0, message="no article (*.md) in this data folder"))
    names = _names(names_file, problems)
    read_articles = {file.stem: article for file in article_files if (article := _article(root, file, problems))}
    stems = {file.stem for file in article_files}
    by_article = {
        file.stem: found for file in fact_files if (found := _facts(root, file, read_articles, stems, problems))
    }
    problems += _across(root, by_article, Gazetteer([*names, *world()]))
    if problems:
        raise Refused(problems)
    files = [
        (file.relative_to(root).as_posix(), file) for file in (*article_files, *fact_files, names_file) if file.exists()
    ]
    together = tuple((article, by_article.get(stem, ())) for stem, article in read_articles.items())
    return Sources(path=root, names=names, revision=_revision(files), articles=together)


def _names(file: Path, problems: list[Problem]) -> tuple[Name, ...]:
    if not file.exists():
        return ()
    try:
        return parse(file.read_bytes(), file.name)
    except Refused as refused:
        problems += refused.problems
        return ()


def _article(root: Path, file: Path, problems: list[Problem]) -> Article | None:
    try:
        return articles.parse(file.read_bytes(), file.relative_to(root).as_posix())
    except Refused as refused:
        problems += refused.problems
        return None


def _facts(
    root: Path, file: Path, known: dict[str, Article], stems: set[str], problems: list[Problem]
) -> tuple[Fact, ...]:
    path = file.relative_to(root).as_posix()
    if file.stem not in known:
        if file.stem not in stems:
            problems.append(
                Problem(
                    path=path,
                    line=0,
                    message=f"has no article articles/{file.stem}.md",
                    hint=did_you_mean(file.stem, stems, all_of_them=False),
                )
            )
        return ()
    try:
        return facts.parse(file.read_bytes(), path, known[file.stem])
    except Refused as refused:
        problems += refused.problems
        return ()


def _across(root: Path, by_article: dict[str, tuple[Fact, ...]], gazetteer: Gazetteer) -> Iterator[Problem]:
    """What only shows between files: an id used twice, a name or a replacement that nobody knows."""
    ids = {fact.id: stem for stem, found in reversed(by_article.items()) for fact in found}
    for stem, found in by_article.items():
        for fact in found:
            for message, hint in _unmatched(fact, stem, ids, gazetteer):
                file = root / "facts" / f"{stem}.toml"
                line = facts.line_of(file.read_text(encoding="utf-8"), fact.id)
                yield Problem(path=f"facts/{file.name}", line=line, message=message, hint=hint)


def _unmatched(fact: Fact, stem: str, ids: dict[str, str], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """What a fact refers to and nobody knows: each with a hint."""
    if ids[fact.id] != stem:
        yield f"the id {fact.id} stands in facts/{ids[fact.id]}.toml too", "give each fact its own"
    if fact.replaced_by and fact.replaced_by not in ids:
        yield (
            f"{fact.id} is replaced by {fact.replaced_by}, which is no fact",
            did_you_mean(fact.replaced_by, ids, all_of_them=False),
        )
    for name in fact.names:
        if name not in gazetteer:
            hint = did_you_mean(name, list(gazetteer.canonicals), all_of_them=False)
            yield f"{fact.id} names {name!r}, which names.toml does not know", hint or "add it to names.toml"


def _passages(path: Path) -> Iterator[tuple[Article, tuple[Fact, ...]]]:
    """The passages of a `.jsonl` file, those of one article together, in file order; memory holds one article.

    They are sorted on disk: passages of one article may stand anywhere in the file.
    """
    with closing(sqlite3.connect("")) as db:
        db.execute("create table article (id text primary key, first integer, outlet text, day text) without rowid")
        db.execute("create table passage (article text, line integer primary key, id text unique, body text)")
        _stage(path, db)
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


def _stage(path: Path, db: sqlite3.Connection) -> None:
    problems: list[Problem] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
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
    if long := [key for key in ("outlet", "title", "url") if len(str(known[key])) > LONGEST_TEXT]:
        return f"{', '.join(long)} must not be longer than {LONGEST_TEXT} characters"
    if known["url"] and not articles.is_address(str(known["url"])):
        return f"url {known['url']!r} is no plain web address"
    try:
        _dated(str(known["date"]))
    except ValueError:
        return f"date {known['date']!r} is not a day such as 2022-02-02, a month such as 2022-02, or a year"
    return ""


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
