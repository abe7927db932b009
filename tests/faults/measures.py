"""Which measures there are, short and long. A part of the project adds its own here: a name and two functions that give a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.local.faults import KINDS
from tests.faults import floods, intake, leaks, matrix, rivals
from tests.faults.rows import Row

Rows = Callable[[], Sequence[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`short` takes seconds and is a test, too; `long` is for the scoreboard."""

    short: Rows
    long: Rows


MEASURES: dict[str, Measure] = {
    "kills": Measure(
        short=lambda: [
            intake.kills("echo", times=6, each=60, slow=0.02),
            intake.kills("run", times=2, each=40, slow=0.0),
        ],
        long=lambda: [
            intake.kills("echo", times=1000, each=100, slow=0.02),
            intake.kills("run", times=40, each=100, slow=0.0),
        ],
    ),
    "sigterm": Measure(
        short=lambda: [intake.stopping("run", waiting=600, signals=2)],
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
}
