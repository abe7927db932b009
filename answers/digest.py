"""Two revisions to what readers missed between them, and that to the message that tells them.

Only the facts that differ are loaded: a base is compared by fingerprints, not by reading it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from answers.compose import Card, View, card
from answers.factbase import FactBase
from answers.model import Change, Digest, Fact, Status


def compare(old: FactBase, new: FactBase) -> Digest:
    """What a reader who saw `old` has missed. A change that readers cannot see, such as a new topic, is none."""
    before, after = old.prints("shown"), new.prints("shown")
    both = [
        Change(before=old.fact(id_), after=new.fact(id_)) for id_ in after if before.get(id_, after[id_]) != after[id_]
    ]
    gone = [old.fact(id_) for id_ in before if id_ not in after]
    came = [new.fact(id_) for id_ in after if id_ not in before]
    return Digest(
        revision=new.revision,
        withdrawn=(
            *(Change(before=fact, after=_removed(fact)) for fact in gone if _current(fact)),
            *(change for change in both if _current(change.before) and not _current(change.after)),
        ),
        changed=tuple(change for change in both if _current(change.before) and _current(change.after)),
        new=(
            *(fact for fact in came if _current(fact)),
            *(change.after for change in both if not _current(change.before) and _current(change.after)),
        ),
    )


def touched(digest: Digest) -> frozenset[str]:
    """The ids of the facts that readers were told and that hold no longer as they were told."""
    return frozenset(change.before.id for change in (*digest.withdrawn, *digest.changed))


def only(digest: Digest, facts: Collection[str]) -> Digest:
    """What a digest says about some facts that were withdrawn or changed, with what stands now in their place."""
    withdrawn = tuple(change for change in digest.withdrawn if change.before.id in facts)
    instead = {change.after.replaced_by for change in withdrawn}
    return replace(
        digest,
        withdrawn=withdrawn,
        changed=tuple(change for change in digest.changed if change.before.id in facts),
        new=tuple(fact for fact in digest.new if fact.id in instead) if withdrawn else (),
    )


def _current(fact: Fact) -> bool:
    return fact.status is Status.PUBLISHED


def _removed(fact: Fact) -> Fact:
    """A fact that is no longer in the base, as withdrawn: nobody wrote down when or why."""
    return replace(fact, status=Status.RETRACTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView(View):
    """A digest as sent: corrections first, then changes, then what is new; `more` did not fit and is named as a count.

    `correction`: the number of a message that tells corrections alone, 0 of a digest; `repeat`: it may have come before.
    """

    template: ClassVar[str] = "digest"
    correction: int = 0
    repeat: bool = False
    withdrawn: tuple[Card, ...] = ()
    changed: tuple[tuple[Card, Card], ...] = ()
    new: tuple[Card, ...] = ()
    more: int = 0

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(one.fact for one in (*self.withdrawn, *(after for _, after in self.changed), *self.new))


def views(digest: Digest, today: date, *, correction: int = 0, repeat: bool = False) -> Iterator[View]:
    """Ways to show a digest, the fullest first: the newest facts are the first to be left out, corrections the last.

    With a number it is shown as the correction of that number, or as its repeat.
    """
    withdrawn = [card(change.after, today) for change in digest.withdrawn]
    changed = [(card(change.before, today), card(change.after, today)) for change in digest.changed]
    new = [card(fact, today) for fact in digest.new]
    whole = len(withdrawn) + len(changed) + len(new)
    for shown in range(min(whole, 40), -1, -1):
        yield DigestView(
            today=today,
            correction=correction,
            repeat=repeat,
            withdrawn=tuple(withdrawn[:shown]),
            changed=tuple(changed[: max(0, shown - len(withdrawn))]),
            new=tuple(new[: max(0, shown - len(withdrawn) - len(changed))]),
            more=whole - shown,
        )
