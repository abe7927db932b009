"""The answers of the last minutes, so that a button below one can still act on it. In memory only, never on disk."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from answers.desk import Reply

KEPT_FOR = timedelta(minutes=30)
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Answered:
    """What the message below a question showed, and the fact ids that ranked behind it, best first."""

    shown: tuple[str, ...]
    behind: tuple[str, ...]
    at: datetime


class Recent:
    """Answers by chat and message; the oldest go first."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._answers: OrderedDict[tuple[int, int], Answered] = OrderedDict()

    def keep(self, chat: int, message: int, reply: Reply) -> None:
        shown = tuple(fact.id for fact in reply.shown.facts)
        behind = tuple(match.fact.id for match in reply.answer.ranking if match.fact.id not in shown)
        self._answers[chat, message] = Answered(shown, behind, self._clock())
        self.forget()

    def forget(self) -> None:
        """Drop what is too long ago, and the oldest when there is too much."""
        oldest = self._clock() - KEPT_FOR
        while self._answers and (len(self._answers) > MOST or next(iter(self._answers.values())).at < oldest):
            self._answers.popitem(last=False)

    def drop(self, chat: int) -> None:
        """Forget a chat at once."""
        for place in [place for place in self._answers if place[0] == chat]:
            del self._answers[place]

    def of(self, chat: int, message: int) -> Answered | None:
        """What a message showed; None when it is too long ago."""
        self.forget()
        return self._answers.get((chat, message))
