"""Facts that could not be shown: a passage is never cut, so one that fits no message must not be published."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from answers.compose import Card, ClosestView, ContextView, FoundView, View, WithdrawnView
from answers.errors import Problem
from answers.factbase import FactBase
from answers.model import Fact
from answers.render import LONGEST, Renderer

_SURELY_FITS = LONGEST // 8
"""Code points up to which a passage and what stands beside it (see `fields.LONGEST_TEXT`) always have room, whatever
they are made of; longer ones are rendered to see.
"""


def too_long(base: FactBase, renderer: Renderer, data: Path) -> Iterator[Problem]:
    """A problem for every fact that does not fit one message with all that must stand beside it."""
    for fact in base.longer_than(_SURELY_FITS):
        if not all(renderer.render(view.template, view=view).fits for view in _least(fact)):
            path, line = _place(fact, data)
            yield Problem(
                path=path,
                line=line,
                message=f"{fact.id} does not fit a message of {LONGEST:,} characters",
                hint="a passage is never cut: choose a shorter one",
            )


def _least(fact: Fact) -> Iterator[View]:
    """The least that each kind of answer shows of a fact."""
    day, card = fact.article.published or date.min, Card(fact=fact, age=None)
    if fact.status.withdrawn:
        yield WithdrawnView(today=day, card=card)
    else:
        yield FoundView(today=day, card=card)
        yield ClosestView(today=day, cards=(card,))
    yield ContextView(today=day, card=card)


def _place(fact: Fact, data: Path) -> tuple[str, int]:
    """The file of a fact and the line of its id."""
    file = data if data.is_file() else data / "facts" / f"{fact.article.id}.toml"
    lines = file.read_text(encoding="utf-8").split("\n")
    found = (number for number, line in enumerate(lines, start=1) if f'"{fact.id}"' in line)
    return (file.name if data.is_file() else f"facts/{file.name}"), next(found, 0)
