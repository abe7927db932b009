"""Two revisions to what publishing the second would change, field by field, for an admin to confirm.

Only the facts that differ are loaded. Whatever an editor can write shows here, also what no reader sees.
"""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, is_dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from answers.compose import View
from answers.factbase import FactBase
from answers.model import Beside, Change, Correction, Fact, Radius, Reload, Shift

_OF_FACT = (
    "speaker",
    "role",
    "known",
    "status",
    "claim",
    "names",
    "topics",
    "questions",
    "figures",
    "dates",
    "withdrawn_on",
    "replaced_by",
    "note",
)
_OF_ARTICLE = ("outlet", "title", "url", "published_iso", "authors")
_GRAVE = frozenset({"figures", "dates", "status", "withdrawn_on", "replaced_by", "speaker", "outlet", "published_iso"})
"""Fields that tell readers what is so, who said it, where and when: who changes one alone can deceive them."""

NOTHING_KNOWN = Radius()
"""Of a reload that was tried on nothing and asked about nowhere."""

FEW = 5
"""Names, questions and facts that are told of a long list."""
LONGEST_WORDS = 120
"""Characters of a name or a golden question that are told; a passage is never cut, these are none."""


def preview(old: FactBase, new: FactBase) -> Reload:
    """What publishing `new` over `old` changes, whatever an editor touched."""
    before, after = old.prints("whole"), new.prints("whole")
    return Reload(
        before=old.revision,
        after=new.revision,
        added=tuple(new.fact(id_) for id_ in after if id_ not in before),
        changed=tuple(
            Change(before=old.fact(id_), after=new.fact(id_))
            for id_ in after
            if before.get(id_, after[id_]) != after[id_]
        ),
        removed=tuple(old.fact(id_) for id_ in before if id_ not in after),
        beside=tuple(_beside(old, new)),
    )


def _corrections(base: FactBase) -> dict[str, Correction]:
    return {f"{one.fact} ({one.act}, {one.on})": one for one in base.corrections()}


def _beside(old: FactBase, new: FactBase) -> Iterator[Beside]:
    for kind, before, after in (
        ("gaps", _gaps(old), _gaps(new)),
        ("names", _names(old), _names(new)),
        ("topics", dict.fromkeys(old.coverage.topics), dict.fromkeys(new.coverage.topics)),
        ("corrections", _corrections(old), _corrections(new)),
    ):
        if before != after:
            yield Beside(
                kind=kind,
                added=tuple(name for name in after if name not in before),
                changed=tuple(name for name in after if name in before and before[name] != after[name]),
                removed=tuple(name for name in before if name not in after),
            )


def _gaps(base: FactBase) -> Mapping[str, object]:
    """The questions of each gap, by what it is about."""
    gaps: dict[str, set[str]] = {}
    for one in base.open_questions():
        gaps.setdefault(one.about, set()).add(one.text)
    return gaps


def _names(base: FactBase) -> Mapping[str, object]:
    return {name.canonical: name for name in base.names()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that differs, as it was and as it would be; of a list only what goes and what comes."""

    field: str
    before: str
    after: str


def differences(change: Change) -> Iterator[Difference]:
    """The fields in which a fact differs, beside its quote."""
    for names, old, new in (
        (_OF_FACT, change.before, change.after),
        (_OF_ARTICLE, change.before.article, change.after.article),
    ):
        for name in names:
            before, after = getattr(old, name), getattr(new, name)
            if isinstance(before, tuple):
                before, after = [x for x in before if x not in after], [x for x in after if x not in before]
            if before != after:
                yield Difference(field=name, before=_written(before), after=_written(after))


def _written(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(_written, value))
    if is_dataclass(value) and not isinstance(value, type):
        return ", ".join(str(part) for part in astuple(value) if part not in {"", False})
    return "" if value is None else str(value)


def touched(reload: Reload) -> tuple[str, ...]:
    """The ids of the facts that change or go: what readers may have seen otherwise."""
    return (*(fact.id for fact in reload.removed), *(change.before.id for change in reload.changed))


def grave(reload: Reload) -> tuple[str, ...]:
    """The ids of the facts for which one admin's word is not enough, removed ones first.

    They were let out, and go, or tell another figure, date, speaker, outlet or day, stand otherwise, or in other words.
    A fact that comes in is not grave: it takes nothing back from anybody.
    """
    changed = (change.before.id for change in reload.changed if _is_grave(change))
    return (*(fact.id for fact in reload.removed), *changed)


def _is_grave(change: Change) -> bool:
    if change.before.quote.text != change.after.quote.text:
        return True
    return any(difference.field in _GRAVE for difference in differences(change))


class Stage(StrEnum):
    """What a reload is shown for: to be published; again, to the only admin; while it waits; to the second admin."""

    PROPOSED = "proposed"
    AGAIN = "again"
    WAITS = "waits"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReloadView(View):
    """A reload to be confirmed, fact by fact; `more` changes did not fit. `counts`: added, changed, removed.

    `beside` has a kind, the three counts and some names; `seen` some facts with how many chats were shown them. `grave`
    are some of the facts that need a second admin, of `graves`; `reached` is how many admins were asked.
    """

    template: ClassVar[str] = "reload"
    before: str
    after: str
    added: tuple[Fact, ...] = ()
    changed: tuple[tuple[Change, tuple[Difference, ...]], ...] = ()
    removed: tuple[Fact, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)
    more: int = 0
    beside: tuple[tuple[str, tuple[int, int, int], tuple[str, ...]], ...] = ()
    radius: Radius = NOTHING_KNOWN
    seen: tuple[tuple[str, int], ...] = ()
    shifts: tuple[Shift, ...] = ()
    grave: tuple[str, ...] = ()
    graves: int = 0
    stage: Stage = Stage.PROPOSED
    reached: int = 0


def views(
    reload: Reload, today: date, radius: Radius = NOTHING_KNOWN, stage: Stage = Stage.PROPOSED, reached: int = 0
) -> Iterator[View]:
    """Ways to show a reload, the fullest first; what is removed or changed is shown before what is added."""
    whole = min(len(reload.added) + len(reload.changed) + len(reload.removed), 30)
    for shown, few in (*((shown, FEW) for shown in range(whole, -1, -1)), (0, 2), (0, 0)):
        yield _view(reload, today, radius, shown, few, stage, reached)


def _view(reload: Reload, today: date, radius: Radius, shown: int, few: int, stage: Stage, reached: int) -> ReloadView:
    """So many of the changes, and so few of each list of names."""
    counts = (len(reload.added), len(reload.changed), len(reload.removed))
    rest = max(0, shown - counts[2])
    heavy = grave(reload)
    seen = sorted(((id_, chats) for id_, chats in radius.seen.items() if chats), key=lambda one: -one[1])
    return ReloadView(
        today=today,
        before=reload.before[:12],
        after=reload.after[:12],
        counts=counts,
        removed=reload.removed[:shown],
        changed=tuple((change, tuple(differences(change))) for change in reload.changed[:rest]),
        added=reload.added[: max(0, rest - counts[1])],
        more=sum(counts) - shown,
        beside=tuple(_told(beside, few) for beside in reload.beside),
        radius=radius,
        seen=tuple((_short(id_), chats) for id_, chats in seen[:few]),
        shifts=tuple(map(_cut, radius.shifts[:few])),
        grave=tuple(map(_short, heavy[:few])),
        graves=len(heavy),
        stage=stage,
        reached=reached,
    )


def _told(beside: Beside, few: int) -> tuple[str, tuple[int, int, int], tuple[str, ...]]:
    names = (*beside.removed, *beside.changed, *beside.added)
    counts = (len(beside.added), len(beside.changed), len(beside.removed))
    return beside.kind, counts, tuple(map(_short, names[:few]))


def _cut(shift: Shift) -> Shift:
    (was, first), (is_, now) = shift.before, shift.after
    return Shift(question=_short(shift.question), before=(was, _short(first)), after=(is_, _short(now)))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…"
