"""The ledger: which messages were accepted and how each call was answered, as long as the local Bot API lives.

It outlives the bot, so it can tell what a bot that died had already done. A million calls take about 40 MB.
Must not know how a call was made.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from bot.local.values import Json

KEPT_WORDS, SHOWN = 50_000, 200  # texts that can be shown again, and how much of each


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A text in a chat: how often it was accepted, and when first and last, in seconds since the ledger began."""

    chat_id: int
    text: str
    times: int
    first: float
    last: float


class Ledger:
    def __init__(self, *, monotonic: Callable[[], float]) -> None:
        self._monotonic, self._began = monotonic, monotonic()
        self._names: dict[tuple[str, str], int] = {}  # method and answer -> number
        self._called, self._at = array("H"), array("d")
        self._chats, self._texts, self._accepted_at = array("q"), array("q"), array("d")
        self._words: dict[int, str] = {}

    def __len__(self) -> int:
        """How many messages were accepted."""
        return len(self._chats)

    def answered(self, method: str, answer: str) -> None:
        """A call was answered: with a status, with "nothing" (an empty poll), or as a fault has it."""
        self._called.append(self._names.setdefault((method, answer), len(self._names)))
        self._at.append(self._monotonic() - self._began)

    def accepted(self, chat_id: int, text: str) -> None:
        """A message was accepted: it stands in the chat, whatever the bot is told."""
        key = int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)
        if len(self._words) < KEPT_WORDS:
            self._words.setdefault(key, text[:SHOWN])
        self._chats.append(chat_id)
        self._texts.append(key)
        self._accepted_at.append(self._monotonic() - self._began)

    def summary(self) -> Json:
        calls: dict[str, dict[str, int]] = defaultdict(dict)
        for (method, answer), times in self._tally().items():
            calls[method][answer] = times
        return {
            "accepted": len(self._chats),
            "chats": len(set(self._chats)),
            "calls": dict(calls),
            "busiest": {method: self.busiest(method) for method in calls},
            "lasted": self._monotonic() - self._began,
        }

    def _tally(self) -> dict[tuple[str, str], int]:
        counted = Counter(self._called)
        return {name: counted[number] for name, number in self._names.items()}

    def _when(self, method: str) -> Iterator[float]:
        numbers = {number for (named, _), number in self._names.items() if named.lower() == method.lower()}
        return (at for number, at in zip(self._called, self._at, strict=True) if number in numbers)

    def busiest(self, method: str, window: float = 1.0) -> int:
        """The most calls of a method within any `window` seconds, wherever it begins."""
        times = array("d", self._when(method))
        most = first = 0
        for last, at in enumerate(times):
            while times[first] <= at - window:
                first += 1
            most = max(most, last - first + 1)
        return most

    def by_second(self, method: str) -> list[tuple[int, int]]:
        """How many calls of a method in each second that had some."""
        return sorted(Counter(int(at) for at in self._when(method)).items())

    def by_chat(self) -> dict[int, int]:
        """How many messages each chat was sent."""
        return dict(Counter(self._chats))

    def messages(self, *, chat_id: int | None = None, at_least: int = 1, limit: int = 1000) -> list[Accepted]:
        """The texts of a chat, or of all, that were accepted at least so often, in the order of their first time."""
        seen: dict[tuple[int, int], list[float]] = {}
        for chat, key, at in zip(self._chats, self._texts, self._accepted_at, strict=True):
            if chat_id in {None, chat}:
                times = seen.setdefault((chat, key), [0, at, at])
                times[0] += 1
                times[2] = at
        often = [(place, times) for place, times in seen.items() if times[0] >= at_least]
        return [
            Accepted(chat_id=chat, text=self._words.get(key, ""), times=int(times), first=first, last=last)
            for (chat, key), (times, first, last) in often[:limit]
        ]
