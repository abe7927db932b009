"""What a run tells: what is new since a revision, or what became of some facts, made ready to be sent."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from answers.desk import Desk, Shown
from answers.errors import FactBaseDamaged
from answers.factbase import FactBase
from bot.runs import Edition, Kind, Run

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A digest up to a revision; `shown` is None when there is nothing to tell."""

    revision: str
    shown: Shown | None


def missed(desk: Desk, folder: Path, revision: str, today: date) -> Made:
    """The digest since a revision of `folder`; nothing to show when readers would see no change, or it is kept no more."""
    live = desk.snapshot.base.revision
    if revision == live:
        return Made(revision=live, shown=None)
    try:
        with closing(FactBase.open(folder / f"{revision}.sqlite")) as since:
            digest, shown = desk.digest(since, today=today)
    except FactBaseDamaged as error:
        log.error("a digest cannot say what changed since %s: %s", revision[:12], error)
        return Made(revision=live, shown=None)
    return Made(revision=shown.revision, shown=shown if digest else None)


def editions(desk: Desk, folder: Path, run: Run, since: str, today: date) -> Iterator[Edition]:
    """What a run tells those who saw a revision last; a correction has a second edition, its repeat."""
    if run.kind is Kind.CORRECTION:
        yield from _corrections(desk, folder, run, since, today)
    else:
        made = missed(desk, folder, since, today)
        yield _edition(since, made.revision, made.shown)


def _corrections(desk: Desk, folder: Path, run: Run, since: str, today: date) -> Iterator[Edition]:
    live, told = desk.snapshot.base.revision, None
    try:
        if since != live:
            with closing(FactBase.open(folder / f"{since}.sqlite")) as base:
                told = desk.correction(base, run.facts, number_of(run), today=today)
    except FactBaseDamaged as error:
        log.error("a correction cannot say what changed since %s: %s", since[:12], error)
    for repeat in (False, True):
        shown = told[repeat] if told else None
        yield _edition(since, shown.revision if shown else live, shown, repeat=repeat)


def number_of(run: Run) -> int:
    """The number that readers know a correction by."""
    return int(run.slot.partition("/")[2])


def _edition(since: str, revision: str, shown: Shown | None, *, repeat: bool = False) -> Edition:
    if shown is None:
        return Edition(since=since, revision=revision, repeat=repeat)
    rendered, facts = shown.rendered, tuple(fact.id for fact in shown.facts)
    return Edition(since=since, revision=revision, repeat=repeat, html=rendered.html, text=rendered.text, facts=facts)
