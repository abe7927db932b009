"""Runs of a digest, and what becomes of each recipient in one. Values only: no state, no Telegram, no clock.

canary -> open -> done          a run; from canary and open also paused (and back) and aborted
pending -> sending -> sent | blocked | gone | failed | unknown | skipped        a recipient in it
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

A_SECOND = 22
"""Messages of runs that leave in a second at most."""


class Kind(StrEnum):
    """What a run tells, and so what it promises: a correction comes at least once, everything else at most once."""

    ROUTINE = "routine"
    CORRECTION = "correction"
    CHANNEL = "channel"


class RunState(StrEnum):
    CANARY = "canary"
    OPEN = "open"
    PAUSED = "paused"
    DONE = "done"
    ABORTED = "aborted"


class Row(StrEnum):
    """Where a recipient stands. `SENDING` is on the disk before his message leaves; `SENT` is certain to have arrived,
    `UNKNOWN` may have, the others have not. `LEFT`: he went away before it was his turn; no row holds it, only a count.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    BLOCKED = "blocked"
    GONE = "gone"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """What the subscribers of a slot share."""

    zone: ZoneInfo
    at: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A run to be opened, unless there is one of its slot (of a correction: of its publication) already.

    `hour` is None when it goes to all, `day` None when no day is served by it. `facts`: the only ones that it tells of.
    """

    slot: str
    kind: Kind
    begins: datetime
    not_after: datetime
    day: date | None = None
    hour: Hour | None = None
    publication: int = 0
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as it stands. `opens`: when its canary ends; None while it has none. `fanned`: all recipients have their rows."""

    number: int
    slot: str
    kind: Kind
    state: RunState
    opened: datetime
    opens: datetime | None
    not_after: datetime
    fanned: bool
    why: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a run tells those who saw `since` last: the message that takes them to `revision`, empty when nothing is new.

    A correction has a second one, `repeat`, for those who may have got the first.
    """

    since: str
    revision: str
    repeat: bool = False
    html: str = ""
    text: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One recipient whose message is to leave now: nobody else sends it. `subscriber` 0 is the channel, which has no chat
    of its own here.
    """

    run: int
    kind: Kind
    subscriber: int
    chat: int = field(repr=False)
    attempts: int
    edition: Edition = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A run needs editions since these revisions before it can go on."""

    run: int
    since: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A step of writing a run's recipients down: `lacking` editions since these revisions, nothing was done; `last`: all
    are written down.
    """

    lacking: tuple[str, ...] = ()
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What was claimed, and what stood in the way of more."""

    rows: tuple[Claimed, ...] = ()
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a row after a try. `seen`: the recipient has, or may have, seen what it told."""

    row: Row
    not_before: datetime | None = None
    repeat: bool = False
    seen: bool = False
    message: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A run with how many of its recipients stand where."""

    run: Run
    counts: dict[Row, int]

    @property
    def left(self) -> int:
        """Messages that are still to leave."""
        return self.counts.get(Row.PENDING, 0) + self.counts.get(Row.SENDING, 0)

    @property
    def under_way(self) -> bool:
        return self.run.state in {RunState.CANARY, RunState.OPEN, RunState.PAUSED}

    @property
    def minutes(self) -> int:
        """How long that takes, at least."""
        return -(-self.left // (A_SECOND * 60))
