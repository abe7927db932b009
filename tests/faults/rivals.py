"""Two bots with one token, and two bots on one state: who gives way, and is anything lost?"""

from __future__ import annotations

import time

from tests.faults.intake import CROWD, counted, settle
from tests.faults.killer import bot
from tests.faults.rows import Row
from tests.faults.telegram import telegram

BUSY = 75  # the exit code of the one that gives way


def two_pollers(*, seconds: float, questions: int) -> Row:
    """Two bots that know nothing of each other poll with one token; questions come all the while.

    What one of them has in hand Telegram may give to the other, too: that nobody is answered twice then is told, not asked for.
    """
    with telegram() as sim, bot(sim) as first, bot(sim) as second:
        first.start(sim)
        second.start()
        for number in range(questions):
            sim.tell("updates", count=1, first_chat=CROWD + number)
            time.sleep(seconds / questions)
        settle(sim, CROWD, questions, seconds=40)
        lost, twice = counted(sim, CROWD, questions)
        alarmed = any("409" in one.said() or "conflict" in one.said().lower() for one in (first, second))
        alive = first.alive + second.alive
    return Row(
        name="two bots with one token",
        tried=f"{questions} questions in {seconds:.0f} s",
        found=f"{lost} lost; {twice} answered twice; {'an' if alarmed else 'no'} alarm; {alive} still alive",
        bound=f"0 lost; an alarm{' within 35 s' if seconds <= 35 else ''}; at least 1 alive",
        passed=lost == 0 and alarmed and alive >= 1,
    )


def one_state() -> Row:
    """A second bot on a state that is held ends at once, and never polls."""
    with telegram() as sim, bot(sim) as first, bot(sim) as second:
        second.environment["OTR_STATE"] = first.environment["OTR_STATE"]
        first.start(sim)
        second.start()
        took = second.ended(30)
        conflicts = int(sim.look("state")["conflicts"])
        alive = first.alive
    return Row(
        name="two bots on one state folder",
        tried="the second is started while the first runs",
        found=f"exit {second.code}" + ("" if took is not None else " (killed)") + f"; {conflicts} polls in conflict",
        bound=f"exit {BUSY}; 0 in conflict; the first lives on",
        passed=second.code == BUSY and conflicts == 0 and alive,
    )
