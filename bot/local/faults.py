"""What may go wrong with the calls of a bot: kinds of faults, which are set, and whom they strike.

Decides only; what a struck call looks like from outside is in `striking.py` and, for the line itself, in `line.py`.
Must not know HTTP.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.local.values import Json

EVERY = "*"
LONGEST_HANG = 300.0


class Act(StrEnum):
    """What is done to a call, or to the line."""

    CLOSE_LISTENER = "close the listener: connections are refused"
    CLOSE_AT_ACCEPT = "reset each connection as it is accepted"
    RESET = "reset the connection"
    HANG = "say nothing until it is healed, or for `delay` seconds, then reset the connection"
    WAIT = "answer as usual, `delay` seconds later"
    ANSWER = "answer something else"
    TRUNCATE = "end the connection amid the answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of fault. `after`: the call is carried out first, so whoever retries does it twice."""

    act: Act
    after: bool = False
    status: int = 200
    body: str = ""
    media: str = "application/json"


def _said(status: int, description: str, more: str = "") -> Kind:
    body = f'{{"ok":false,"error_code":{status},"description":"{description}"{more}}}'
    return Kind(act=Act.ANSWER, status=status, body=body)


PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
INTERNAL = "Internal Server Error: restart"
RETRY, NEW_CHAT = "$RETRY_AFTER", "$NEW_CHAT"  # put in when the fault strikes

KINDS: dict[str, Kind] = {
    "refuse": Kind(act=Act.CLOSE_LISTENER),
    "drop": Kind(act=Act.CLOSE_AT_ACCEPT),
    "reset_before": Kind(act=Act.RESET),
    "reset_after": Kind(act=Act.RESET, after=True),
    "hang_before": Kind(act=Act.HANG),
    "hang_after": Kind(act=Act.HANG, after=True),
    "slow": Kind(act=Act.WAIT),
    "429": _said(429, f"Too Many Requests: retry after {RETRY}", f',"parameters":{{"retry_after":{RETRY}}}'),
    "500_before": _said(500, INTERNAL),
    "500_after": Kind(act=Act.ANSWER, after=True, status=500, body=_said(500, INTERNAL).body),
    "502": Kind(act=Act.ANSWER, status=502, body=PAGE, media="text/html"),
    "malformed": Kind(act=Act.ANSWER, after=True, body='{"ok":true,"result":'),
    "truncated": Kind(act=Act.TRUNCATE, after=True, body='{"ok":true,"res'),
    "empty": Kind(act=Act.ANSWER, after=True),
    "wrong": Kind(act=Act.ANSWER, after=True, body="[1,2,3]"),
    "409": _said(409, "Conflict: terminated by other getUpdates request"),
    "401": _said(401, "Unauthorized"),
    "404": _said(404, "Not Found"),
    "blocked": _said(403, "Forbidden: bot was blocked by the user"),
    "migrated": _said(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        f',"parameters":{{"migrate_to_chat_id":{NEW_CHAT}}}',
    ),
    "entities": _said(400, "Bad Request: can't parse entities: Unsupported start tag"),
}
LINE = frozenset((Act.CLOSE_LISTENER, Act.CLOSE_AT_ACCEPT))


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """A fault that is set. It strikes calls of `method`, in `chat_id` if given, while it has times and seconds left."""

    id: int
    name: str
    method: str = EVERY
    chat_id: int | None = None
    times: int | None = None
    share: float = 1.0
    until: float | None = None  # on the plane's monotonic clock
    retry_after: int = 1
    delay: float | None = None
    new_chat: int = -1_000_000_009_999
    struck: int = 0
    healed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def kind(self) -> Kind:
        return KINDS[self.name]

    def lives(self, now: float) -> bool:
        """Whether it can still strike."""
        spent = self.times is not None and self.struck >= self.times
        return not (self.healed.is_set() or spent or (self.until is not None and now >= self.until))

    def fits(self, method: str, chat_id: object) -> bool:
        named = self.method in {EVERY, method.lower()}
        return named and (self.chat_id is None or self.chat_id == chat_id)

    def words(self, template: str) -> str:
        return template.replace(RETRY, str(self.retry_after)).replace(NEW_CHAT, str(self.new_chat))


class FaultPlane:
    """The faults that are set, oldest first. Chance is seeded, so that a run can be had again."""

    def __init__(self, *, seed: int | None, monotonic: Callable[[], float]) -> None:
        self._chance, self._monotonic = random.Random(seed), monotonic  # noqa: S311 - chance, not a secret
        self._faults: list[Fault] = []
        self._made = 0

    def set(self, name: str, *, seconds: float | None = None, **fields: object) -> Fault:
        """Set a fault of a kind of `KINDS`; the fields are those of `Fault`."""
        self._made += 1
        until = None if seconds is None else self._monotonic() + seconds
        fault = Fault(id=self._made, name=name, until=until, **fields)  # type: ignore[arg-type]
        self._faults.append(fault)
        return fault

    def heal(self, fault_id: int | None = None) -> int:
        """Heal one fault, or all; how many still lived. Calls that hang are let go."""
        now, healed = self._monotonic(), 0
        for fault in self._faults:
            if fault_id in {None, fault.id}:
                healed += fault.lives(now)
                fault.healed.set()
        return healed

    def strike(self, method: str, chat_id: object) -> Fault | None:
        """The fault that strikes this call, which is counted; most calls meet none."""
        return self._struck(lambda fault: fault.kind.act not in LINE and fault.fits(method, chat_id))

    def strike_line(self) -> Fault | None:
        """The fault that closes a connection as it is accepted."""
        return self._struck(lambda fault: fault.kind.act is Act.CLOSE_AT_ACCEPT)

    def _struck(self, meant: Callable[[Fault], bool]) -> Fault | None:
        now = self._monotonic()
        for fault in self._faults:
            if fault.lives(now) and meant(fault) and (fault.share >= 1 or self._chance.random() < fault.share):
                fault.struck += 1
                return fault
        return None

    def told(self) -> list[Json]:
        """Every fault that was ever set, whether it still lives, and how often it struck."""
        now = self._monotonic()
        return [
            {
                "id": fault.id,
                "kind": fault.name,
                "method": fault.method,
                "chat_id": fault.chat_id,
                "times": fault.times,
                "share": fault.share,
                "struck": fault.struck,
                "set": fault.lives(now),
            }
            for fault in self._faults
        ]
