"""The last questions of each chat, so that "and in Romania?" is understood. In memory, for minutes, never on disk."""

from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta

KEPT_FOR = timedelta(minutes=10)
MOST_TURNS = 3
MOST_CHATS = 10_000
Asker = tuple[int, int]
"""A chat and who asks in it: in a group everybody has his own thread of questions."""


class Turns:
    """Questions by chat and asker; what is older than `KEPT_FOR` is forgotten, and the quietest chat first when there are too many."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._chats: OrderedDict[Asker, deque[tuple[datetime, str]]] = OrderedDict()

    def of(self, asker: Asker) -> tuple[str, ...]:
        """The questions of a chat that still count, oldest first."""
        self.forget()
        oldest = self._clock() - KEPT_FOR
        return tuple(text for at, text in self._chats.get(asker, ()) if at >= oldest)

    def keep(self, asker: Asker, text: str) -> None:
        self._chats.setdefault(asker, deque(maxlen=MOST_TURNS)).append((self._clock(), text))
        self._chats.move_to_end(asker)
        self.forget()

    def drop(self, chat: int) -> None:
        """Forget a chat at once, whoever asked in it."""
        for asker in [asker for asker in self._chats if asker[0] == chat]:
            del self._chats[asker]

    def forget(self) -> None:
        """Drop the chats that have been quiet for too long, and the quietest when there are too many."""
        oldest = self._clock() - KEPT_FOR
        while self._chats and (len(self._chats) > MOST_CHATS or next(iter(self._chats.values()))[-1][0] < oldest):
            self._chats.popitem(last=False)
