"""How fast may be sent: to a chat, in bulk, and whether the Bot API may be asked at all. Pure: whoever asks brings the time.

Times are seconds of a clock that never goes back. `wait` says for how long something must not be done yet, 0.0 when it
may be now; `take` notes that it is done. Nothing here waits, and it must not know what is sent.
"""

import math
from collections import OrderedDict, deque
from dataclasses import dataclass

EACH_CHAT = 1.0
"""Seconds to a message in a private chat, in the long run."""

BURST = 5
"""Messages that a private chat may get at once: a long answer comes in several."""

GROUP_MOST, GROUP_SPAN = 20, 61.0
"""Messages that a group may get within these seconds: Telegram's minute, and what the network may shift them by."""

BULK_MOST = 25
"""Messages of bulk within any second, as the Bot API counts them: five fewer than Telegram lets through, which answers need."""

BULK_EACH = 1 / 24
"""Seconds between two messages of bulk: where nothing is held up on the way, the most are never reached."""

BULK_LATE = 5.0
"""Seconds after which a message of bulk that has not come back counts as arrived: a few that hang must not stop the others."""

FIRST_BACK_OFF, LONGEST_BACK_OFF = 1.0, 15.0
"""Seconds to the next try while the Bot API cannot be reached: 1, 2, 4, …, 15."""

PROBING = 1.0
"""Seconds until another may try whether the Bot API is back, when the one before has not come back yet."""

UNCLEAR_IN_A_ROW = 3
"""So many sends of which nobody knows what became of them mean that the Bot API is ill: the others had better wait."""

_NEAR = 1e-6


def _left(moment: float, now: float) -> float:
    """Seconds until a moment; a millionth that rounding leaves is none."""
    left = moment - now
    return left if left > _NEAR else 0.0


class Steady:
    """One thing every `each` seconds, with up to `burst` at once after a rest."""

    __slots__ = ("_each", "_even", "_slack")

    def __init__(self, each: float, burst: int = 1) -> None:
        self._each, self._slack, self._even = each, each * (burst - 1), -math.inf

    def wait(self, now: float) -> float:
        return _left(self._even - self._slack, now)

    def take(self, now: float) -> None:
        self._even = max(self._even, now) + self._each

    def rested(self, now: float) -> bool:
        """Whether it is as if nothing had ever been taken."""
        return self._even <= now


class Window:
    """At most `most` things within any `span` seconds, wherever one begins to count."""

    __slots__ = ("_span", "_times")

    def __init__(self, most: int, span: float) -> None:
        self._span, self._times = span, deque[float](maxlen=most)

    def wait(self, now: float) -> float:
        return _left(self._times[0] + self._span, now) if len(self._times) == self._times.maxlen else 0.0

    def take(self, now: float) -> None:
        self._times.append(now)

    def rested(self, now: float) -> bool:
        return not self._times or self._times[-1] + self._span <= now


@dataclass(slots=True, eq=False)
class Trip:
    """The way of one message to the Bot API and back."""

    until: float = math.inf

    def back(self, now: float) -> None:
        """It arrived at any time up to now, so up to a second from now it may be in one second with one that leaves."""
        self.until = min(self.until, now + 1.0)


class Bulk:
    """Messages of bulk, evenly, and at most `BULK_MOST` in any second by whichever clock they are counted when they arrive.

    When they left would not do: what the network holds up arrives together with what leaves later.
    """

    def __init__(self) -> None:
        self._even, self._trips = Steady(BULK_EACH), list[Trip]()

    def wait(self, now: float) -> float:
        """While as many as may be are on their way, it is not known for how long: the time of one is told."""
        self._trips = [trip for trip in self._trips if trip.until > now]
        return max(self._even.wait(now), BULK_EACH if len(self._trips) >= BULK_MOST else 0.0)

    def take(self, trip: Trip, now: float) -> None:
        """A message leaves on this trip."""
        self._even.take(now)
        trip.until = now + BULK_LATE + 1.0
        self._trips.append(trip)


class Chats:
    """The pace of every chat; those that have been quiet long enough are forgotten."""

    def __init__(self) -> None:
        self._private: OrderedDict[int, Steady] = OrderedDict()
        self._groups: OrderedDict[int, Window] = OrderedDict()

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._private) + len(self._groups)

    def wait(self, chat: int, now: float) -> float:
        """Groups and channels have negative ids."""
        known = self._private.get(chat) if chat > 0 else self._groups.get(chat)
        return known.wait(now) if known else 0.0

    def take(self, chat: int, now: float) -> None:
        # The two are told apart once more below: a common type would cost a look-up on every message.
        if chat > 0:
            private = self._private.pop(chat, None) or Steady(EACH_CHAT, BURST)
            private.take(now)
            self._private[chat] = private
        else:
            group = self._groups.pop(chat, None) or Window(GROUP_MOST, GROUP_SPAN)
            group.take(now)
            self._groups[chat] = group
        _forget(self._private, now)
        _forget(self._groups, now)


def _forget(chats: "OrderedDict[int, Steady] | OrderedDict[int, Window]", now: float) -> None:
    """Let the rested ones go. The first was used longest ago, so those behind one that is not rested soon will be."""
    while chats:
        first = next(iter(chats))
        if not chats[first].rested(now):
            return
        del chats[first]


class Gate:
    """Whether the Bot API may be asked: not while it wants patience, and one by one while it cannot be reached."""

    def __init__(self) -> None:
        self._held, self._again = -math.inf, -math.inf
        self._failures = self._unclear = 0
        self._probing = False

    def wait(self, now: float) -> float:
        shut = max(self._held, self._again) if self._failures else self._held
        return _left(shut, now)

    def enter(self, now: float) -> None:
        """Somebody asks now. While the Bot API is away he is the one who finds out, and the others wait for him."""
        if self._failures:
            self._again, self._probing = now + PROBING, True

    def hold(self, now: float, seconds: float) -> None:
        """The Bot API wants patience: nobody asks for so long."""
        self.answered()
        self._held = max(self._held, now + seconds)

    def answered(self) -> None:
        """The Bot API said something that can be read, so it is there."""
        self._failures = self._unclear = 0

    def failed(self, now: float, jitter: float) -> None:
        """It could not be reached. `jitter` in [0, 1) makes the pause up to a fifth shorter.

        Those who fail side by side are one failure.
        """
        if self._failures and not self._probing and now < self._again:
            return
        pause = min(FIRST_BACK_OFF * 2**self._failures, LONGEST_BACK_OFF) * (1 - jitter / 5)
        self._failures = min(self._failures + 1, 10)
        self._again, self._probing = now + pause, False

    def unclear(self, now: float, jitter: float) -> None:
        """Nobody knows what became of one. Several in a row, and the Bot API counts as away: more would be lost."""
        self._unclear += 1
        if self._unclear >= UNCLEAR_IN_A_ROW:
            self.failed(now, jitter)
