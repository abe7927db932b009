"""Which updates are in hand, and so the offset: the number below which Telegram may forget. Pure.

Numbers rise, but begin anew at a random one after a quiet week, may come twice and out of order. So an update is known by its
number alone, never by being below another.
"""

from collections.abc import Iterable


class Window:
    """Updates that Telegram still holds for us while we work on them."""

    def __init__(self) -> None:
        self._held: set[int] = set()
        self._next = 0

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, number: int) -> bool:
        return number in self._held

    @property
    def held(self) -> frozenset[int]:
        return frozenset(self._held)

    @property
    def offset(self) -> int:
        """The lowest number in hand; when there is none, the one after the last page. 0 before the first page."""
        return min(self._held) if self._held else self._next

    def fetched(self, numbers: Iterable[int]) -> None:
        """A page came. It alone says what is next: of pages before it Telegram knows more than we do."""
        self._next = max(numbers, default=self._next - 1) + 1

    def hold(self, number: int) -> None:
        """Do not let Telegram forget this update."""
        self._held.add(number)

    def let_go(self, numbers: Iterable[int]) -> None:
        """These are finished, or kept elsewhere."""
        self._held.difference_update(numbers)
