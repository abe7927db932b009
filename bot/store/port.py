"""The part of the port that is about runs: what `bot.digests` and the commands about runs ask of the state."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.audit import Act
from bot.runs import Chunk, Claimed, Claims, Edition, Hour, Plan, Progress, Run, Verdict


class RunStore(Protocol):
    """Every write is one transaction. Whatever depends on the clock is told the time; `live` is the live revision."""

    async def hours(self) -> Sequence[Hour]:
        """The hours at which somebody wants a digest."""
        ...

    async def open_runs(self, plans: Iterable[Plan], live: str, now: datetime) -> int:
        """Open a run for each slot that has none; how many. What began before the state was restored is taken as served."""
        ...

    async def fan_out(self, run: int, live: str) -> Chunk:
        """Write a chunk of a run's recipients down, and their slot as served; those for whom nothing is new get no row."""
        ...

    async def add_editions(self, run: int, editions: Iterable[Edition], now: datetime) -> None:
        """Add what a run tells. An open run goes back to its canary for a text that no admin was shown."""
        ...

    async def unshown(self, run: int, live: str, now: datetime) -> tuple[Sequence[Edition], bool]:
        """The editions of a run that no admin was shown yet, and whether one of the others was shown and stopped."""
        ...

    async def show(self, run: int, editions: Iterable[Edition], opens: datetime | None, now: datetime) -> None:
        """Note what the admins were shown, and when the run opens by itself; None: not all of it yet."""
        ...

    async def open_due(self, now: datetime) -> None:
        """Open the runs whose canary is over; a clock that was put back makes none longer. Halted, nothing opens."""
        ...

    async def pause(self, run: int, why: str) -> None:
        """Stop a run until an admin resumes it."""
        ...

    async def abort(self, run: int, act: Act) -> bool:
        """End a run: what has not left does not leave, and none of its texts does for a day. False when it is over."""
        ...

    async def halted(self) -> str:
        """Since when everything is halted; "" when nothing is."""
        ...

    async def halt(self, act: Act) -> None:
        """No more rows are claimed, also after a restart, until `resume`."""
        ...

    async def resume(self, act: Act) -> None:
        """Go on, with what was paused too: as far as the admins were not shown it, they are first."""
        ...

    async def under_way(self) -> Sequence[Run]:
        """The runs that are not closed, the oldest first."""
        ...

    async def progress(self, most: int = 10) -> Sequence[Progress]:
        """The last runs with their counts: those that are under way, then others that told somebody something."""
        ...

    async def waiting(self, run: int) -> int:
        """How many recipients of a run wait for their message."""
        ...

    async def sweep(self, now: datetime) -> bool:
        """A step towards the end of runs that are over; whether there may be more to do."""
        ...

    async def prune(self, now: datetime) -> bool:
        """A step of taking out what is long over; whether there may be more to do."""
        ...

    async def follow(self, channel: str, live: str) -> None:
        """Take what is live as told to a channel that nothing was told yet."""
        ...

    async def channel_seen(self) -> str:
        """The revision that the channel was told last; "" when there is none."""
        ...

    async def recover(self, again: datetime) -> int:
        """Settle what an earlier process left on its way, before anything is claimed; how many rows."""
        ...

    async def claim_rows(self, most: int, live: str, now: datetime) -> Claims:
        """Up to `most` recipients whose messages leave now, with what each is told; none while everything is halted."""
        ...

    async def settle(self, claimed: Claimed, verdict: Verdict) -> None:
        """Write down what became of a claimed row. Of one who left meanwhile it is only counted."""
        ...
