"""What only shows between the files of a data folder: what refers to nothing, says two things, or was let out too early.

Each file has been read and is good by itself; here they are held against each other. It knows what was read, not where from.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from answers import corrections, facts
from answers.blocks import line_with
from answers.errors import Problem
from answers.fields import did_you_mean
from answers.lookalikes import seen_as
from answers.model import Article, Correction, Fact, Gap, Status
from answers.text.names import Gazetteer, Name, world
from answers.text.normalise import forms

GAPS, CORRECTIONS = "gaps.toml", "corrections.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The files of a folder with what they hold, by article; `complete` says that no article and no facts were refused."""

    files: Mapping[str, bytes]
    articles: Mapping[str, Article]
    facts: Mapping[str, tuple[Fact, ...]]
    gaps: tuple[Gap, ...]
    logged: tuple[Correction, ...]
    names: tuple[Name, ...]
    complete: bool

    def problems(self) -> Iterator[Problem]:
        """Every problem between the files."""
        gazetteer = Gazetteer([*self.names, *world()])
        yield from _referring(self.files, self.facts, gazetteer)
        yield from _unfinished(self.facts)
        yield from _disguised(self.articles.values(), {*gazetteer.canonicals})
        yield from _copies(self.files, self.articles)
        yield from _closed(self.files, self.gaps, self.facts)
        yield from _contradictions(self.files, self.logged, self.facts, complete=self.complete)


def stem(path: str) -> str:
    return PurePosixPath(path).stem


def under(files: Mapping[str, bytes], folder: str) -> Iterator[str]:
    return (path for path in files if path.startswith(f"{folder}/"))


def _referring(
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
    for path in under(files, "articles"):
        article = found.get(stem(path))
        if article is None or not article.same_as:
            continue
        stems = {stem(other) for other in under(files, "articles")} - {article.id}
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
