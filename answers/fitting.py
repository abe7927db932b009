"""Facts that could not be shown: a passage is never cut, so one that fits no message must not be published."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from answers.compose import Age, Card, ClosestView, ContextView, FoundView, View, WithdrawnView
from answers.errors import Problem
from answers.factbase import FactBase
from answers.facts import line_of
from answers.fields import LONGEST_TEXT
from answers.model import Fact, Status
from answers.render import LONGEST, Renderer

_SURELY_FITS = LONGEST // 4
"""Code points up to which a passage and all that stands beside it have room, whatever they are made of: two UTF-16
units each leave half a message for words of ours. Longer ones are rendered to see.
"""

_LONG_DAY = date(2030, 9, 30)
_LONGEST_REASON = "m" * LONGEST_TEXT
_OLDEST = Age(count=99, unit="year", over=True)


def too_long(base: FactBase, renderer: Renderer, data: Path) -> Iterator[Problem]:
    """A problem for every fact that does not fit one message with all that must stand beside it, now or once withdrawn."""
    for fact in base.larger_than(_SURELY_FITS):
        if not all(renderer.render(view.template, view=view).fits for view in _least(fact, withdrawable=data.is_dir())):
            path, line = _place(fact, data)
            yield Problem(
                path=path,
                line=line,
                message=f"{fact.id} does not fit a message of {LONGEST:,} characters",
                hint="a passage is never cut: choose a shorter one",
            )


def _least(fact: Fact, *, withdrawable: bool) -> Iterator[View]:
    """The least that each kind of answer shows of a fact; passages of a `.jsonl` file are never withdrawn."""
    day, card = _LONG_DAY, Card(fact=fact, age=_OLDEST)
    yield ContextView(today=day, card=card)
    if not fact.status.withdrawn:
        yield FoundView(today=day, card=card)
        yield ClosestView(today=day, cards=(card,))
        if not withdrawable:
            return
        fact = replace(fact, status=Status.SUPERSEDED, withdrawn_on=day, note=_LONGEST_REASON)
    yield WithdrawnView(today=day, card=Card(fact=fact, age=_OLDEST), unshown=fact)


def _place(fact: Fact, data: Path) -> tuple[str, int]:
    """The file of a fact and the line of its id."""
    if data.is_dir():
        file = data / "facts" / f"{fact.article.id}.toml"
        return f"facts/{file.name}", line_of(file.read_text(encoding="utf-8"), fact.id)
    named = re.compile(rf'"id"\s*:\s*{re.escape(json.dumps(fact.id))}')
    lines = enumerate(data.read_text(encoding="utf-8").split("\n"), start=1)
    return data.name, next((number for number, line in lines if named.search(line)), 0)
