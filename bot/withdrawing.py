"""Correcting, superseding and retracting in a data folder: what is still to be asked, what would change, and doing it.

What may be done is decided by `answers.life`; here the folder is read and written. It knows neither who asks nor where:
the command line and the chat do the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from answers.errors import Problem, Refused
from answers.folder import Folder, files_of, gather
from answers.life import Order, Withdrawal, begun_on, candidates, published, replacement, withdraw
from answers.model import Fact
from bot import datafiles
from bot.pages import ActPage, ActStage

MOST_ASKED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far an order has come: what it is by now, what is asked next, and what would be done if nothing is."""

    order: Order
    stage: ActStage
    fact: Fact
    candidates: tuple[Fact, ...] = ()
    withdrawal: Withdrawal | None = None


def step(data: Path, order: Order) -> Step:
    """What an order lacks, or what it would change. Raises `Refused`: it cannot be done.

    A reason that begins with the id of a fact names what stands now; an act that was broken off is told what it was.
    """
    files = _read(data)
    held, problems = gather(files)
    fact = published(held, order.fact, problems)
    order = _known(held, order)
    if order.replacing and not order.by:
        return Step(order=order, stage=ActStage.BY, fact=fact, candidates=candidates(held, order, fact))
    replacement(held, order, fact, problems)
    if not order.reason.strip():
        return Step(order=order, stage=ActStage.REASON, fact=fact)
    return Step(order=order, stage=ActStage.PREVIEW, fact=fact, withdrawal=withdraw(files, order))


def plan(data: Path, order: Order) -> Withdrawal:
    """What an order that lacks nothing would change. Raises `Refused`: it cannot be done, or it does lack something."""
    return withdraw(_read(data), order)


def _known(held: Folder, order: Order) -> Order:
    first, _, rest = order.reason.strip().partition(" ")
    if order.replacing and not order.by and any(fact.id == first for fact in held.facts):
        order = replace(order, by=first, reason=rest)
    begun = begun_on(held, order.fact)
    if begun and begun.act is order.act:
        order = replace(order, by=order.by or begun.replaced_by, reason=order.reason or begun.reason)
    return order


def carry_out(data: Path, seen: Withdrawal) -> None:
    """Write what was seen, the log first. Raises `Refused` when it would be something else by now, or cannot be written."""
    entry = seen.entry
    now = plan(data, Order(act=entry.act, fact=entry.fact, on=entry.on, reason=entry.reason, by=entry.replaced_by))
    if not now.same(seen):
        message, hint = "was changed by somebody else meanwhile", "nothing was written: look at it again"
        raise Refused([Problem(path=entry.fact, line=0, message=message, hint=hint)])
    for edit in now.edits:
        datafiles.write(data / edit.path, edit.text, was=edit.was)


def pages(step: Step) -> Iterator[ActPage]:
    """Ways to show how far an order has come, the fullest first."""
    if step.withdrawal:
        yield from previews(step.withdrawal)
        return
    known = ActPage(stage=step.stage, act=step.order.act, fact=step.fact, on=step.order.on, reason=step.order.reason)
    for shown in range(len(step.candidates), -1, -1):
        yield replace(known, candidates=step.candidates[:shown])
    yield replace(known, wordless=True)


def previews(withdrawal: Withdrawal) -> Iterator[ActPage]:
    """Ways to show what an act would change, the fullest first."""
    entry, asked = withdrawal.entry, withdrawal.fact.questions
    whole = ActPage(
        stage=ActStage.PREVIEW,
        act=entry.act,
        fact=withdrawal.fact,
        on=entry.on,
        reason=entry.reason,
        now=withdrawal.replacement,
        asked=asked[:MOST_ASKED],
        more=len(asked[MOST_ASKED:]),
        begun=withdrawal.begun,
    )
    yield whole
    yield replace(whole, asked=(), more=0)
    yield replace(whole, asked=(), more=0, wordless=True)


def _read(data: Path) -> Mapping[str, bytes]:
    """The files of a data folder; those that cannot be read are as if they were not there, and stay as they are."""
    if not data.is_dir():
        message, hint = "is no data folder", "only its facts have a life; passages of a .jsonl file have none"
        raise Refused([Problem(path=str(data), line=0, message=message, hint=hint)])
    files, _ = files_of(data)
    return files
