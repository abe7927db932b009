"""One person writes a hundred thousand messages: he is not answered more than is good for the others, and they do not wait."""

from __future__ import annotations

import time

from tests.faults.killer import bot
from tests.faults.rows import Row
from tests.faults.telegram import Telegram, telegram

FLOODER, OTHERS = 5_000_000, 5_100_000
MINUTE = 60.0
MOST = 20
LOOK_EVERY = 0.05
"""Seconds: to look is a call, too, which the Bot API has to answer beside those of the bot."""


def flood(*, messages: int, minutes: float = 1.0, others: int = 120, p95: float | None = 1.0) -> Row:
    """`messages` at once from one, and a question of somebody else every so often meanwhile. No bound on time without `p95`."""
    with telegram() as sim, bot(sim) as subject:
        subject.start(sim)
        began = time.monotonic()
        sim.tell("updates", count=messages - others, chats=1, first_chat=FLOODER)
        waits = _asked(sim, others, minutes * MINUTE / others)
        while time.monotonic() - began < minutes * MINUTE:
            time.sleep(0.2)
        replies = sim.sent(FLOODER)
        missing = others - len(waits)
        alive = subject.alive
    slow = sorted(waits)[int(len(waits) * 0.95)] if waits else float("inf")
    return Row(
        name="a flood from one person",
        tried=f"{messages:,} messages within {minutes * MINUTE:.0f} s; {others} questions of others meanwhile",
        found=f"{replies} replies to him; others: {missing} not answered, 95 % within {slow:.2f} s",
        bound=f"at most {MOST} replies in a minute; all others answered"
        + (f", 95 % within {p95:.0f} s" if p95 else ""),
        passed=alive and 0 < replies <= MOST and not missing and (p95 is None or slow <= p95),
    )


def _asked(sim: Telegram, others: int, every: float) -> list[float]:
    """How long each of the others waited for an answer; those who got none within 30 s are left out."""
    waits: list[float] = []
    open_since: dict[int, float] = {}
    asked, began = 0, time.monotonic()
    while asked < others or (open_since and time.monotonic() - max(open_since.values()) < MINUTE / 2):
        if asked < others and time.monotonic() - began >= asked * every:
            open_since[OTHERS + asked] = time.monotonic()
            sim.tell("message", user_id=OTHERS + asked, text="How many soldiers?")
            asked += 1
        sent = sim.answered()
        answered = [user for user in open_since if user in sent]
        waits += [time.monotonic() - open_since.pop(user) for user in answered]
        time.sleep(LOOK_EVERY)
    return waits
