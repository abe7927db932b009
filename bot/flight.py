"""How many answers may be on their way at a time: as many as the way holds, and no more, so that a kill finds few of them.

What is on its way when we are killed was accepted and is not noted: it comes again. More of them than the way holds makes
nothing faster, it only waits at the other end. How many it holds is what is answered a second, times the shortest way there and
back (the idea of BBR: Cardwell, Cheng et al., "Congestion-Based Congestion Control", 2016). Twice that are let out, so that a rate
that could rise is seen to rise: it doubles with each way there and back. Pure but for who waits.
"""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

GAIN = 2.0
FLOOR = 1
LOOKS_BACK = 1.0
"""Seconds of which the best rate counts."""

MEASURED_ANEW = 10.0
"""Seconds after which the way is measured again, with no more than `FLOOR` on it: with more one measures those who wait."""


@dataclass(slots=True)
class Launch:
    """A call that left: when, how many had come back by then and when the last of them had, and whether it had the way to itself.
    `out` until its place was given back.
    """

    at: float
    landed: int
    since: float
    alone: bool
    out: bool = True


class Model:
    """What is known of the way: its shortest time there and back, and the best rate of late. Seconds and calls a second."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._rates: deque[tuple[float, float]] = deque()
        self._way = math.inf
        self._measured = -math.inf

    def limit(self, now: float) -> int:
        """How many may be on their way."""
        if not self._rates or now - self._measured > MEASURED_ANEW:
            return FLOOR
        return min(self._most, max(FLOOR, math.ceil(GAIN * self._rates[0][1] * self._way - 0.5)))

    def learn(self, now: float, way: float, rate: float, *, alone: bool) -> None:
        """A call came back after `way`; meanwhile they came back at `rate`."""
        if alone and now - self._measured > MEASURED_ANEW:
            self._way, self._measured = way, now
        self._way = min(self._way, way)
        while self._rates and self._rates[-1][1] <= rate:
            self._rates.pop()
        self._rates.append((now, rate))
        while self._rates[0][0] < now - LOOKS_BACK:
            self._rates.popleft()


class Flight:
    """Places for calls on their way, at most `most`; who comes first leaves first."""

    def __init__(self, most: int, monotonic: Callable[[], float]) -> None:
        self._model, self._monotonic = Model(most), monotonic
        self._out, self._landed, self._last = 0, 0, -math.inf
        self._waiting: deque[asyncio.Future[None]] = deque()

    def full(self) -> bool:
        """Whether whoever wants a place has to wait for it."""
        return bool(self._waiting) or self._out >= self._model.limit(self._monotonic())

    async def acquire(self) -> None:
        """Wait for a place and take it. Whoever took one gives it back: `release`, or after `launch` `land` or `give_up`."""
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
        self._admit()

    def launch(self) -> Launch:
        """A call leaves, from a place that was taken."""
        now = self._monotonic()
        since = self._last if self._out > 1 else now
        return Launch(now, self._landed, since if since > -math.inf else now, alone=self._out <= FLOOR)

    def land(self, launch: Launch) -> None:
        """It came back, with an answer of the other end."""
        now = self._monotonic()
        self._landed += 1
        self._last = now
        way = max(now - launch.at, 1e-6)
        self._model.learn(now, way, (self._landed - launch.landed) / max(now - launch.since, way), alone=launch.alone)
        self.give_up(launch)

    def give_up(self, launch: Launch) -> None:
        """It hangs, or failed in a way that tells nothing of the way: it holds nobody up any more. Twice is once."""
        if launch.out:
            launch.out = False
            self.release()

    def _admit(self) -> None:
        limit = self._model.limit(self._monotonic())
        while self._waiting and self._out < limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self._out += 1
                turn.set_result(None)
