"""A data folder to its articles, facts and names. Every problem of every file is named at once.

Each file is read once: what is hashed is what is parsed, however an editor saves meanwhile.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from answers import articles, corrections, facts, gaps, outlets
from answers.blocks import line_with
from answers.errors import Problem, Refused
from answers.fields import did_you_mean
from answers.lookalikes import seen_as
from answers.model import Article, Correction, Fact, Gap, Status
from answers.text.names import Gazetteer, Name, parse, world
from answers.text.normalise import forms

NAMES = "names.toml"
GAPS = "gaps.toml"
OUTLETS = "outlets.toml"
CORRECTIONS = "corrections.toml"
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
    names, open_, logged = _names(files, problems), _gaps(files, problems), _logged(files, problems)
    trusted = _trusted(files, problems)
    found = {stem(path): article for path in _under(files, "articles") if (article := _article(files, path, problems))}
    by_article = {stem(path): of for path in _under(files, "facts") if (of := _facts(files, path, found, problems))}
    complete = not any(problem.path.startswith(("articles", "facts")) for problem in problems)
    gazetteer = Gazetteer([*names, *world()])
    problems += _across(files, by_article, gazetteer)
    problems += _unfinished(by_article)
    problems += _disguised(found.values(), {*gazetteer.canonicals})
    problems += _copies(files, found)
    problems += _closed(files, open_, by_article)
    problems += _contradictions(files, logged, by_article, complete=complete)
    told = tuple((one, by_article.get(id_, ())) for id_, one in found.items())
    held = Folder(files=files, names=names, articles=told, gaps=open_, trusted=trusted, logged=logged)
    return held, problems


def readable(root: Path) -> tuple[Article, ...]:
    """The articles of a folder that can be read, whatever is wrong with others: what a new article is compared with."""
    ignored: list[Problem] = []
    files = _files(root, ignored)
    found = (_article(files, path, ignored) for path in _under(files, "articles"))
    return tuple(article for article in found if article)


def stem(path: str) -> str:
    return PurePosixPath(path).stem


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


def _trusted(files: Mapping[str, bytes], problems: list[Problem]) -> frozenset[str]:
    try:
        return outlets.parse(files.get(OUTLETS, b""), OUTLETS)
    except Refused as refused:
        problems += refused.problems
        return frozenset()


def _logged(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[Correction, ...]:
    try:
        return corrections.parse(files.get(CORRECTIONS, b""), CORRECTIONS)
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
    circular = _circular({fact.id: fact.replaced_by for found in by_article.values() for fact in found})
    for article, found in by_article.items():
        path = f"facts/{article}.toml"
        for fact in found:
            round_ = [(f"{fact.id} is replaced by itself in the end", "say what stands now")]
            wrong = (*_unmatched(fact, article, ids, gazetteer), *(round_ if fact.id in circular else ()))
            for message, hint in wrong:
                yield Problem(path=path, line=facts.line_of(files[path].decode(), fact.id), message=message, hint=hint)


def _circular(replaced: Mapping[str, str]) -> set[str]:
    """The ids that come round to themselves from replacement to replacement."""
    circular: set[str] = set()
    seen: set[str] = set()
    for start in replaced:
        path: dict[str, None] = {}
        at = start
        while at and at not in seen:
            seen.add(at)
            path[at] = None
            at = replaced.get(at, "")
        if at in path:
            circular |= set(list(path)[list(path).index(at) :])
    return circular


def _contradictions(
    files: Mapping[str, bytes],
    logged: tuple[Correction, ...],
    by_article: Mapping[str, tuple[Fact, ...]],
    *,
    complete: bool,
) -> Iterator[Problem]:
    facts_ = {fact.id: fact for found in by_article.values() for fact in found}
    text = files[CORRECTIONS].decode() if logged else ""
    return corrections.contradictions(text, CORRECTIONS, logged, facts_, complete=complete)


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


def _disguised(found: Iterable[Article], known: Collection[str]) -> Iterator[Problem]:
    """Outlets whose letters are of another script and look like those of an outlet that is known."""
    others = {*known, *(article.outlet for article in found)}
    for article in found:
        seen = seen_as(article.outlet)
        if seen != article.outlet and seen in others:
            message = f"outlet {article.outlet!r} is written in letters that only look like {seen!r}"
            yield Problem(path=f"articles/{article.id}.md", line=0, message=message, hint="type it anew")


def _copies(files: Mapping[str, bytes], found: Mapping[str, Article]) -> Iterator[Problem]:
    """Articles that are called a copy of none, of themselves, or of what is itself a copy."""
    for path in _under(files, "articles"):
        article = found.get(stem(path))
        if article is None or not article.same_as:
            continue
        stems = {stem(other) for other in _under(files, "articles")} - {article.id}
        original = found.get(article.same_as)
        if article.same_as in stems and not (original and original.same_as):
            continue
        hint = f"name {original.same_as}" if original and original.id != article.id else ""
        yield Problem(
            path=path,
            line=line_with(files[path].decode(), "same_as"),
            message=f"same_as names {article.same_as}, which is {_no_original(article, original)}",
            hint=hint or did_you_mean(article.same_as, stems, all_of_them=False),
        )


def _no_original(article: Article, named: Article | None) -> str:
    return "no article" if named is None else "itself" if named.id == article.id else "a copy itself"


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
