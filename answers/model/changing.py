"""What differs between two revisions: for readers, and for the admin who publishes the second."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from answers.model.record import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact in two revisions, in which it differs."""

    before: Fact
    after: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a reader missed between two revisions, corrections first."""

    revision: str
    withdrawn: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    new: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.withdrawn or self.changed or self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What changes beside the facts, of one kind ("gaps", "names", "topics"): what each is called, in order."""

    kind: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reload:
    """What publishing a revision would change, fact by fact and beside the facts, for an admin to confirm."""

    before: str
    after: str
    added: tuple[Fact, ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Fact, ...] = ()
    beside: tuple[Beside, ...] = ()

    def __bool__(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A question that two revisions answer differently: the outcome ("found") and the first fact of each, if any."""

    question: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Radius:
    """Whom and what a publication touches.

    `chats` were shown a fact that changes or goes, in the last day: `seen` tells how many for each of these facts. When
    not `counted`, there were more than were kept. Of `asked` golden questions out of `golden` the `shifts` get another
    answer; `unasked` says why none were asked, if there are any.
    """

    chats: int = 0
    seen: Mapping[str, int] = field(default_factory=dict)
    counted: bool = True
    golden: int = 0
    asked: int = 0
    shifts: tuple[Shift, ...] = ()
    unasked: str = ""
