"""What the loop wants of whoever works on updates, and how long that may take."""

from dataclasses import dataclass
from typing import Protocol

from bot.intake.raw import Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Seconds: after which an update is parked, after which it is ended (waiting for the network is not counted), and that what
    is in hand has to come to its end when the bot stops.
    """

    patience: float = 0.25
    deadline: float = 25.0
    last: float = 10.0


class Work(Protocol):
    """What is done with updates; told apart so that a test can see each."""

    def parsed(self, raw: Raw) -> object | None:
        """The update as a value; None when it cannot be parsed."""
        ...

    async def work(self, update: object) -> None:
        """Handle an update. What it raises is logged by its kind, and the update is finished."""
        ...

    async def too_slow(self, raw: Raw) -> None:
        """Say that this one took too long."""
        ...

    async def too_many(self, raw: Raw) -> None:
        """Say that this person writes faster than he is answered."""
        ...
