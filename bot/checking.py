"""`check`: everything under data/ and templates/, every problem named at once; the same checks that `/reload` makes."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from answers.desk import Desk, Shelf
from answers.errors import Problem, Refused
from answers.feeds import listed
from answers.model import Coverage
from answers.render import Renderer, lint


def check(data: Path, templates: Path, folder: Path, today: date) -> tuple[list[Problem], Coverage | None]:
    """All problems in the order of files and lines, and what the base covers if it could be built."""
    found = [*lint(templates), *_feeds(data)]
    try:
        snapshot = Shelf(folder=folder).build(data)
    except Refused as refused:
        return sorted([*found, *refused.problems]), None
    if not found:
        found += Desk(snapshot, Renderer(templates)).refusals(snapshot, data, today)
    return sorted(found), snapshot.base.coverage


def _feeds(data: Path) -> Sequence[Problem]:
    """What is wrong with the list of feeds. A reload does not ask: readers see nothing of it."""
    try:
        listed(data)
    except Refused as refused:
        return refused.problems
    return ()
