"""Every kind of fault on every kind of call: the bot stays alive, does not storm the Bot API, and answers soon afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

from bot.local.faults import KINDS, LINE
from tests.faults.killer import Bot, bot
from tests.faults.rows import Row
from tests.faults.telegram import Telegram, TooLong, telegram, until

METHODS = ("getUpdates", "sendMessage", "answerCallbackQuery", "editMessageText")
RECOVERY = 30.0
A_SECOND = 2.0  # struck calls a second that are no storm
AT_FIRST = 4  # and those of the first moment
SHORT = ("reset_before", "reset_after", "429", "500_before", "malformed", "empty")
PEOPLE = 6_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one kind of fault did to one kind of call. `healed` is None when the bot never came back."""

    kind: str
    method: str
    struck: int
    seconds: float
    healed: float | None

    @property
    def storms(self) -> bool:
        return self.struck > AT_FIRST + A_SECOND * self.seconds

    @property
    def held(self) -> bool:
        return self.healed is not None and not self.storms and self.struck > 0


def matrix(*, kinds: Sequence[str] = tuple(KINDS), methods: Sequence[str] = METHODS, seconds: float = 4.0) -> Row:
    """Each kind on each method; those that cut the line cut it for all. One bot and one Bot API for each method, side by side."""
    named = [kind for kind in kinds if KINDS[kind].act not in LINE]
    columns: list[tuple[str, list[str]]] = [(method, named) for method in methods]
    if cut := [kind for kind in kinds if KINDS[kind].act in LINE]:
        columns.append(("*", cut))
    with ThreadPoolExecutor(len(columns)) as pool:
        cells = [cell for column in pool.map(lambda one: _column(*one, seconds), columns) for cell in column]
    bad = [f"{cell.kind} on {cell.method}: {_told(cell)}" for cell in cells if not cell.held]
    slowest = max((cell.healed or 0.0 for cell in cells), default=0.0)
    rate = max((cell.struck / cell.seconds for cell in cells), default=0.0)
    return Row(
        name="faults of the network and of the Bot API",
        tried=f"{len(kinds)} kinds, {len(methods)} kinds of calls: {len(cells)} pairs, {seconds:.0f} s each",
        found=f"{len(cells) - len(bad)} survived; answers again after {slowest:.1f} s at most; {rate:.1f} struck calls a second"
        + (f"; not: {'; '.join(bad)}" if bad else ""),
        bound=f"all survived; {RECOVERY:.0f} s; {A_SECOND:.0f} a second (and {AT_FIRST} at first)",
        passed=not bad,
    )


def _told(cell: Cell) -> str:
    if cell.healed is None:
        return "never answered again"
    return f"{cell.struck} calls in {cell.seconds:.0f} s" if cell.struck else "never struck"


def _column(method: str, kinds: Sequence[str], seconds: float) -> list[Cell]:
    people = count(PEOPLE)
    with telegram() as sim, bot(sim) as subject:
        subject.start(sim)
        return [_cell(sim, subject, kind, method, people.__next__, seconds) for kind in kinds]


def _cell(sim: Telegram, subject: Bot, kind: str, method: str, somebody: Callable[[], int], seconds: float) -> Cell:
    user = somebody()
    _prepare(sim, user)
    line = {} if method == "*" else {"method": method}
    sim.tell(
        "fault", kind=kind, retry_after=2, delay=1.0, **({"seconds": seconds} if KINDS[kind].act in LINE else line)
    )
    if method != "*":
        _drive(sim, user, method)
        time.sleep(seconds)
    else:
        time.sleep(seconds + 0.2)
    struck = int(sim.look("faults")["faults"][-1]["struck"])
    sim.tell("heal")
    return Cell(kind=kind, method=method, struck=struck, seconds=seconds, healed=_recovery(sim, subject, somebody()))


def _prepare(sim: Telegram, user: int) -> None:
    """A message with a button that is answered by a toast and an edit."""
    sim.tell("message", user_id=user, text="/digest")
    until(lambda: sim.sent(user), RECOVERY, "the button")


def _drive(sim: Telegram, user: int, method: str) -> None:
    """Have the bot make a call of the method; it polls by itself."""
    if method in {"answerCallbackQuery", "editMessageText"}:
        sim.tell("press", user_id=user, label="Subscribe")
    sim.tell("message", user_id=user, text="How many soldiers?")


def _recovery(sim: Telegram, subject: Bot, user: int) -> float | None:
    """Seconds until somebody new is answered; None when that is never, or the process is gone."""
    sim.tell("message", user_id=user, text="How many soldiers?")
    try:
        return until(lambda: sim.sent(user), RECOVERY + 5, "an answer") if subject.alive else None
    except TooLong:
        return None
