"""Two revisions to what publishing the second would change, field by field, for an admin to confirm.

Only the facts that differ are loaded. Whatever an editor can write shows here, also what no reader sees.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, is_dataclass
from datetime import date
from typing import ClassVar

from answers.compose import View
from answers.factbase import FactBase
from answers.model import Change, Fact, Reload

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
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReloadView(View):
    """A reload to be confirmed, fact by fact; `more` changes did not fit. `counts`: added, changed, removed."""

    template: ClassVar[str] = "reload"
    before: str
    after: str
    added: tuple[Fact, ...] = ()
    changed: tuple[tuple[Change, tuple[Difference, ...]], ...] = ()
    removed: tuple[Fact, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)
    more: int = 0


def views(reload: Reload, today: date) -> Iterator[View]:
    """Ways to show a reload, the fullest first; what is removed or changed is shown before what is added."""
    counts = (len(reload.added), len(reload.changed), len(reload.removed))
    for shown in range(min(sum(counts), 30), -1, -1):
        rest = max(0, shown - counts[2])
        yield ReloadView(
            today=today,
            before=reload.before[:12],
            after=reload.after[:12],
            counts=counts,
            removed=reload.removed[:shown],
            changed=tuple((change, tuple(differences(change))) for change in reload.changed[:rest]),
            added=reload.added[: max(0, rest - counts[1])],
            more=sum(counts) - shown,
        )
