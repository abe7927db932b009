"""A data folder to its articles, facts and names. Every problem of every file is named at once.

Each file is read once: what is hashed is what is parsed, however an editor saves meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from answers import articles, facts, gaps
from answers.blocks import line_with
from answers.errors import Problem, Refused
from answers.fields import did_you_mean
from answers.model import Article, Fact, Gap, Status
from answers.text.names import Gazetteer, Name, parse, world
from answers.text.normalise import forms

NAMES = "names.toml"
GAPS = "gaps.toml"
LARGEST = 5_000_000
"""Bytes of one file: a long article has a fiftieth of it. What is larger is refused by its size, unread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What a data folder holds; `files` are the bytes that it was read from, by path."""

    files: Mapping[str, bytes]
    names: tuple[Name, ...]
    articles: tuple[tuple[Article, tuple[Fact, ...]], ...]
    gaps: tuple[Gap, ...]


def read(root: Path) -> Folder:
    """The content of a data folder. Raises `Refused`, with every problem, when it has any."""
    problems: list[Problem] = []
    files = _files(root, problems)
    names, open_ = _names(files, problems), _gaps(files, problems)
    found = {stem(path): article for path in _under(files, "articles") if (article := _article(files, path, problems))}
    if not any(_under(files, "articles")):
        problems.append(Problem(path="articles", line=0, message="no article (*.md) in this data folder"))
    by_article = {stem(path): of for path in _under(files, "facts") if (of := _facts(files, path, found, problems))}
    problems += _across(files, by_article, Gazetteer([*names, *world()]))
    problems += _unfinished(by_article)
    problems += _closed(files, open_, by_article)
    if problems:
        raise Refused(problems)
    told = tuple((one, by_article.get(id_, ())) for id_, one in found.items())
    return Folder(files=files, names=names, articles=told, gaps=open_)


def stem(path: str) -> str:
    return PurePosixPath(path).stem


def paths(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file that counts, with its path in the folder, in order; hidden files are an editor program's own."""
    single = [root / name for name in (NAMES, GAPS) if (root / name).exists()]
    for file in (*sorted((root / "articles").glob("*.md")), *sorted((root / "facts").glob("*.toml")), *single):
        if not file.name.startswith("."):
            yield file.relative_to(root).as_posix(), file


def _files(root: Path, problems: list[Problem]) -> dict[str, bytes]:
    """The bytes of every file that counts, by its path in the folder."""
    files: dict[str, bytes] = {}
    for path, file in paths(root):
        try:
            if wrong := _unreadable(file):
                problems.append(Problem(path=path, line=0, message=wrong[0], hint=wrong[1]))
            else:
                files[path] = file.read_bytes()
        except OSError as error:
            problems.append(Problem(path=path, line=0, message=f"cannot be read: {error.strerror}"))
    return files


def _unreadable(file: Path) -> tuple[str, str] | None:
    """Why a file is not even opened, and what to do: a pipe would be waited for, and a huge file is a mistake."""
    told = file.stat()
    if not S_ISREG(told.st_mode):
        return "is no regular file", "put a file of text in its place"
    if told.st_size > LARGEST:
        size = f"{told.st_size / 1_000_000:,.1f} MB large, and at most {LARGEST // 1_000_000} MB are read"
        return f"is {size}", "divide it, or take out what is no text"
    return None


def _under(files: Mapping[str, bytes], folder: str) -> Iterator[str]:
    return (path for path in files if path.startswith(f"{folder}/"))


def _names(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[Name, ...]:
    try:
        return parse(files.get(NAMES, b""), NAMES)
    except Refused as refused:
        problems += refused.problems
        return ()


def _gaps(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[Gap, ...]:
    try:
        return gaps.parse(files.get(GAPS, b""), GAPS)
    except Refused as refused:
        problems += refused.problems
        return ()


def _article(files: Mapping[str, bytes], path: str, problems: list[Problem]) -> Article | None:
    try:
        return articles.parse(files[path], path)
    except Refused as refused:
        problems += refused.problems
        return None


def _facts(
    files: Mapping[str, bytes], path: str, known: Mapping[str, Article], problems: list[Problem]
) -> tuple[Fact, ...]:
    """The facts of a file; none when its article is missing, which is a problem, or refused, which was named."""
    stems = {stem(article) for article in _under(files, "articles")}
    if stem(path) not in stems:
        hint = did_you_mean(stem(path), stems, all_of_them=False)
        problems.append(Problem(path=path, line=0, message=f"has no article articles/{stem(path)}.md", hint=hint))
    if stem(path) not in known:
        return ()
    try:
        return facts.parse(files[path], path, known[stem(path)])
    except Refused as refused:
        problems += refused.problems
        return ()


def _across(
    files: Mapping[str, bytes], by_article: Mapping[str, tuple[Fact, ...]], gazetteer: Gazetteer
) -> Iterator[Problem]:
    """What only shows between files: an id used twice, a name or a replacement that nobody knows."""
    ids = {fact.id: article for article, found in reversed(list(by_article.items())) for fact in found}
    for article, found in by_article.items():
        path = f"facts/{article}.toml"
        for fact in found:
            for message, hint in _unmatched(fact, article, ids, gazetteer):
                yield Problem(path=path, line=facts.line_of(files[path].decode(), fact.id), message=message, hint=hint)


def _unfinished(by_article: Mapping[str, tuple[Fact, ...]]) -> Iterator[Problem]:
    """Articles of which a fact was let out before it was known who published it, or when."""
    for article, found in by_article.items():
        out = [fact for fact in found if fact.status.reviewed]
        for key in out[0].article.unknown if out else ():
            yield Problem(
                path=f"articles/{article}.md",
                line=0,
                message=f"{key} is missing, and {out[0].id} is {out[0].status}",
                hint="fill it in; what is not known blocks publishing",
            )


def _closed(
    files: Mapping[str, bytes], found: Iterable[Gap], by_article: Mapping[str, tuple[Fact, ...]]
) -> Iterator[Problem]:
    """Questions that a gap holds, and a fact is known to answer: one of both is wrong."""
    answered = {
        forms(question): fact.id
        for known in by_article.values()
        for fact in known
        if fact.status is Status.PUBLISHED
        for question in fact.questions
        if forms(question)
    }
    for question in (question for gap in found for question in gap.questions):
        if id_ := answered.get(forms(question)):
            yield Problem(
                path=GAPS,
                line=line_with(files[GAPS].decode(), f'"{question}"'),
                message=f"{id_} is known to answer {question!r}",
                hint="take the question out of the gap, or out of the fact",
            )


def _unmatched(fact: Fact, article: str, ids: dict[str, str], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """What a fact refers to and nobody knows: each with a hint."""
    if ids[fact.id] != article:
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
