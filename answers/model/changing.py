"""What differs between two revisions: for readers, and for the admin who publishes the second."""

from dataclasses import dataclass

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
class Reload:
    """What publishing a revision would change, fact by fact, for an admin to confirm."""

    before: str
    after: str
    added: tuple[Fact, ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return self.before != self.after
