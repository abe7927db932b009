"""Questions asked one after another, each timed: what a row that answers hands back."""

import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from answers.questions import Gold, mistyped

Told = dict[str, Any]
Find = Callable[[Gold], Sequence[str]]
"""The ids of what is found, best first."""

SLIPS = 2
PLAIN, TYPED, UNDATED = "as asked", "two slips", "no day"
PASSES: Mapping[str, Callable[[Gold], Gold]] = {PLAIN: lambda asked: asked, TYPED: lambda asked: mistyped(asked, SLIPS)}
ALSO_UNDATED = {**PASSES, UNDATED: lambda asked: replace(asked, day=None)}

SECONDS = 90
"""For one pass: who is slow is asked fewer of the questions, the first ones."""

DEEPEST = 10


def ask_all(
    find: Find,
    questions: Sequence[Gold],
    passes: Mapping[str, Callable[[Gold], Gold]] = PASSES,
    seconds: float = SECONDS,
) -> Told:
    """How long the first question took, and of each pass how long each took and where its first right fact stood.

    `ms` is by the clock on the wall, `cpu ms` what the process itself computed: on a busy machine only this is the work.
    """
    began = time.perf_counter()
    find(questions[-1])
    first = (time.perf_counter() - began) * 1000
    told = {name: _one_pass(find, list(map(change, questions)), seconds) for name, change in passes.items()}
    return {"first ms": first, "passes": told, **memory()}


def _one_pass(find: Find, questions: Sequence[Gold], seconds: float) -> Told:
    told: Told = {"ms": [], "cpu ms": [], "ranks": [], "kinds": []}
    over = time.perf_counter() + seconds
    for question in questions:
        began, worked = time.perf_counter(), time.process_time()
        found = find(question)
        ended = time.perf_counter()
        told["cpu ms"].append((time.process_time() - worked) * 1000)
        told["ms"].append((ended - began) * 1000)
        told["ranks"].append(_rank(found, question))
        told["kinds"].append(question.kind)
        if ended > over:
            break
    return told


def _rank(found: Sequence[str], question: Gold) -> int | None:
    return next((at for at, id_ in enumerate(found[:DEEPEST], start=1) if id_ in question.facts), None)


def memory() -> Told:
    """The most that this process held, with what it had mapped of files; and what it holds now without these."""
    unit = 1 if sys.platform == "darwin" else 1024
    told = {"peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6}
    status = Path("/proc/self/status")
    if status.exists():
        own = dict(line.split(":", 1) for line in status.read_text().splitlines()).get("RssAnon", "0 kB")
        told["own MB"] = int(own.split()[0]) * 1024 / 1e6
    return told


class Watch:
    """Seconds from one look to the next."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        now = time.perf_counter()
        passed, self._last = now - self._last, now
        return passed
