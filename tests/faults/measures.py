"""Which measures there are, short and long. A part of the project adds its own here: a name and two functions that give a row."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.local.faults import KINDS
from tests.faults import digesting, floods, intake, leaks, matrix, rivals
from tests.faults.rows import Row
from tests.faults.suites import power_cuts, suite

MANY_KILLS = int(os.environ.get("MANY_KILLS", "1000"))
"""Of the long tier: each is a life of a second, so a thousand take a quarter of an hour."""

Rows = Callable[[], Sequence[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`short` takes seconds and is a test, too; `long` is for the scoreboard."""

    short: Rows
    long: Rows


MEASURES: dict[str, Measure] = {
    "kills": Measure(
        short=lambda: [
            intake.kills("echo", times=3, each=40, slow=0.02, most=40),
            intake.kills("run", times=1, each=40, slow=0.0, most=40),
        ],
        long=lambda: [
            intake.kills("echo", times=MANY_KILLS, each=100, slow=0.02),
            intake.kills("run", times=max(2, MANY_KILLS // 25), each=100, slow=0.0),
        ],
    ),
    "sigterm": Measure(
        short=lambda: [intake.stopping("run", waiting=600, signals=2, bound=60)],
        long=lambda: [intake.stopping("run", waiting=5000, signals=signals) for signals in (1, 2)],
    ),
    "poison": Measure(
        short=lambda: [intake.poison("run", alone=7, among=20)],
        long=lambda: [intake.poison("run", alone=50, among=10_000)],
    ),
    "repeats": Measure(
        short=lambda: [intake.repeats("run", count=30, rounds=2)],
        long=lambda: [intake.repeats("echo", count=1250, rounds=4), intake.repeats("run", count=250, rounds=2)],
    ),
    "matrix": Measure(
        short=lambda: [matrix.matrix(kinds=matrix.SHORT, methods=("getUpdates", "sendMessage"), seconds=1.0)],
        long=lambda: [matrix.matrix()],
    ),
    "leaks": Measure(
        short=lambda: [leaks.leaks(kinds=("401", "malformed", "reset_after"), questions=5)],
        long=lambda: [leaks.leaks(kinds=tuple(KINDS))],
    ),
    "flood": Measure(
        short=lambda: [floods.flood(messages=1500, minutes=0.1, others=5, p95=None)],
        long=lambda: [floods.flood(messages=100_000)],
    ),
    "rivals": Measure(
        short=lambda: [rivals.one_state()],
        long=lambda: [rivals.one_state(), rivals.two_pollers(seconds=35, questions=20)],
    ),
    "digest": Measure(
        short=lambda: [digesting.digest(recipients=60, kills=1, longest=2.0)],
        long=lambda: [digesting.digest(recipients=20_000, kills=100)],
    ),
    # What follows are tests of their own in make test.
    "power": Measure(short=list, long=lambda: [power_cuts(1000, weaker=100)]),
    "clock": Measure(
        short=list,
        long=lambda: suite(
            "slots missed or doubled by jumps of the clock, stalls and restarts",
            "3,000 simulated days",
            ["tests/bot/test_slots.py"],
            SIMULATED_DAYS="3000",
        ),
    ),
    "state": Measure(
        short=list,
        long=lambda: suite(
            "the state when killed, damaged, locked, on a full disk",
            "100 kills amid writes, 300 damaged pages",
            ["tests/faults/test_state.py"],
            KILLS="100",
            DAMAGED="300",
        ),
    ),
    "senders": Measure(
        short=list,
        long=lambda: suite(
            "tricks of senders that reach an admin's command",
            "edited, forwarded, anonymous, channel, via bot, business, stale",
            ["tests/bot/test_senders.py"],
        ),
    ),
}
