"""Days that lie ahead of today: an article cannot be from tomorrow, nor can a fact have been withdrawn then."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from answers.errors import Problem
from answers.factbase import FactBase
from answers.facts import line_of
from answers.model import Article, Fact

_ELSEWHERE = timedelta(days=1)
"""Where the sun rises first it is tomorrow already."""


def ahead(base: FactBase, data: Path, today: date) -> Iterator[Problem]:
    """A problem for every day that is later than the latest that it can be anywhere on earth."""
    latest = today + _ELSEWHERE
    for article in base.articles():
        for key, day in (("published", article.published), ("retrieved", article.retrieved)):
            if day and day > latest:
                yield _ahead(data, article, key, day)
    for fact in base.withdrawn():
        if fact.withdrawn_on and fact.withdrawn_on > latest:
            yield _withdrawn(data, fact, fact.withdrawn_on)


def _ahead(data: Path, article: Article, key: str, day: date) -> Problem:
    if not data.is_dir():
        return Problem(path=data.name, line=0, message=f"{article.id} is dated {day}, which lies ahead")
    file = data / "articles" / f"{article.id}.md"
    lines = enumerate(file.read_text(encoding="utf-8").split("\n"), start=1)
    line = next((number for number, text in lines if re.match(rf"\s*{key}\s*=", text)), 0)
    message, hint = f"{key} is {day}, which lies ahead", "write the day on which it came out"
    return Problem(path=f"articles/{file.name}", line=line, message=message, hint=hint)


def _withdrawn(data: Path, fact: Fact, day: date) -> Problem:
    file = data / "facts" / f"{fact.article.id}.toml"
    line = line_of(file.read_text(encoding="utf-8"), fact.id)
    return Problem(path=f"facts/{file.name}", line=line, message=f"withdrawn is {day}, which lies ahead")
