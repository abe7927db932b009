"""How many answers may be on their way at a time: as many as are of use, and no more, so that a kill finds few of them.

What is on its way when we are killed was accepted and is not noted: it comes again. How many are of use is what one processor
can answer a second, times the way there and back (Little's law): with more the rate is no higher, they only wait at the other end
or here. Where the way takes a few milliseconds that is one, where it takes forty, eighty. The way is the shortest of late, for
the others have waited. *Why no more than that, as TCP has it (Vegas, BBR):* what they learn from how calls slow down they learn from
any noise of a network, too, and then let out one at a time. Pure but for who waits.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

ABLE = 2_400
"""Answers a second that one processor can give at most: .4 milliseconds for each (make bench)."""

OURS = 0.005
"""Seconds of a way that may be our own: a processor that others use takes as long to read what came back."""

OF_LATE = 64
"""Calls of which the shortest way counts."""

FEW = 3
"""Calls without which nothing is known: the first ones had to open their connection."""


@dataclass(slots=True)
class Launch:
    """A call that left, and when. `out` until its place is given up."""

    at: float
    out: bool = True


class Flight:
    """Places for calls on their way, at most `most`; who comes first leaves first."""

    def __init__(self, most: int, monotonic: Callable[[], float], *, first: int = 1) -> None:
        """`first` may be on their way while nothing is known."""
        self._most, self._monotonic = most, monotonic
        self._ways: deque[float] = deque(maxlen=OF_LATE)
        self._limit, self._out = first, 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def limit(self) -> int:
        """How many may be on their way now."""
        return self._limit

    def full(self) -> bool:
        """Whether whoever wants a place has to wait for it."""
        return bool(self._waiting) or self._out >= self._limit

    async def acquire(self) -> None:
        """Wait for a place and take it. Whoever took one gives it back: `release`, or after `launch` `give_up`."""
        if not self.full():
            self._out += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif not turn.cancelled():
                self.release()
            raise

    def release(self) -> None:
        """Give a place back that was not used."""
        self._out -= 1
        while self._waiting and self._out < self._limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self._out += 1
                turn.set_result(None)

    def launch(self) -> Launch:
        """A call leaves, from a place that was taken."""
        return Launch(self._monotonic())

    def landed(self, launch: Launch) -> None:
        """It came back, with an answer of the other end. Its place is kept until it is given up."""
        self._ways.append(self._monotonic() - launch.at)
        if len(self._ways) >= FEW:
            self._limit = max(1, min(self._most, int(ABLE * (min(self._ways) - OURS))))

    def give_up(self, launch: Launch) -> None:
        """It holds nobody up any more. Twice is once."""
        if launch.out:
            launch.out = False
            self.release()
