"""A watch of its own time: it passes while somebody waits by it, as soon as nothing else is left to do just then."""

import asyncio
from dataclasses import dataclass, field

from bot.patience import Watch

TURNS = 5
"""So often whoever can do something without waiting gets to do it before time passes."""


@dataclass(slots=True)
class OwnTime:
    now: float = 1000.0
    _waiting: list[float] = field(default_factory=list)

    def watch(self) -> Watch:
        return Watch(monotonic=lambda: self.now, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        self._waiting.append(until)
        try:
            while self.now < until:
                for _ in range(TURNS):
                    await asyncio.sleep(0)
                if until <= min(self._waiting):
                    self.now = max(self.now, until)
        finally:
            self._waiting.remove(until)
