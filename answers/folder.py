"""A data folder to its articles, facts and names. Every problem of every file is named at once.

Each file is read once: what is hashed is what is parsed, however an editor saves meanwhile.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import TypeVar

from answers import articles, corrections, facts, gaps, outlets
from answers.across import CORRECTIONS, GAPS, Together, stem, under
from answers.errors import Problem, Refused
from answers.fields import did_you_mean
from answers.model import Article, Correction, Fact, Gap
from answers.text.names import Name, parse

T = TypeVar("T")
NAMES = "names.toml"
OUTLETS = "outlets.toml"
LARGEST = 5_000_000
"""Bytes of one file: a long article has a fiftieth of it. What is larger is refused by its size, unread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What a data folder holds; `files` are the bytes that it was read from, by path, `logged` what the log says."""

    files: Mapping[str, bytes]
    names: tuple[Name, ...]
    articles: tuple[tuple[Article, tuple[Fact, ...]], ...]
    gaps: tuple[Gap, ...]
    trusted: frozenset[str] = frozenset()
    logged: tuple[Correction, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for _, of in self.articles for fact in of)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """All that was withdrawn, the newest first, be it logged or done by hand."""
        return corrections.whole(self.logged, self.facts)


def read(root: Path) -> Folder:
    """The content of a data folder. Raises `Refused`, with every problem, when it has any."""
    files, problems = files_of(root)
    held, more = gather(files)
    if problems or more:
        raise Refused([*problems, *more])
    return held


def files_of(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of every file of a data folder by its path in it, and why some could not be read."""
    problems: list[Problem] = []
    files = _files(root, problems)
    if not any(path.startswith("articles/") for path, _ in paths(root)):
        problems.append(Problem(path="articles", line=0, message="no article (*.md) in this data folder"))
    return files, problems


def gather(files: Mapping[str, bytes]) -> tuple[Folder, list[Problem]]:
    """What can be made of these files, and every problem of them: an editor can act on a fact while another is broken."""
    problems: list[Problem] = []
    names = _parsed(files, NAMES, parse, problems)
    open_ = _parsed(files, GAPS, gaps.parse, problems)
    logged = _parsed(files, CORRECTIONS, corrections.parse, problems)
    trusted = _parsed(files, OUTLETS, outlets.parse, problems)
    found = {stem(path): article for path in under(files, "articles") if (article := _article(files, path, problems))}
    by_article = {stem(path): of for path in under(files, "facts") if (of := _facts(files, path, found, problems))}
    complete = not any(problem.path.startswith(("articles", "facts")) for problem in problems)
    together = Together(
        files=files, articles=found, facts=by_article, gaps=open_, logged=logged, names=names, complete=complete
    )
    problems += together.problems()
    told = tuple((one, by_article.get(id_, ())) for id_, one in found.items())
    held = Folder(files=files, names=names, articles=told, gaps=open_, trusted=trusted, logged=logged)
    return held, problems


def readable(root: Path) -> tuple[Article, ...]:
    """The articles of a folder that can be read, whatever is wrong with others: what a new article is compared with."""
    ignored: list[Problem] = []
    files = _files(root, ignored)
    found = (_article(files, path, ignored) for path in under(files, "articles"))
    return tuple(article for article in found if article)


def paths(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file that counts, with its path in the folder, in order; hidden files are an editor program's own."""
    single = [root / name for name in (NAMES, GAPS, OUTLETS, CORRECTIONS) if (root / name).exists()]
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


def _parsed(files: Mapping[str, bytes], name: str, parsed: Callable[[bytes, str], T], problems: list[Problem]) -> T:
    """What a single file of the folder holds; as if it were empty when it is not there, or is refused, which is named."""
    try:
        return parsed(files.get(name, b""), name)
    except Refused as refused:
        problems += refused.problems
        return parsed(b"", name)


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
    stems = {stem(article) for article in under(files, "articles")}
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
