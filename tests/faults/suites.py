"""Rows that other tests of ours give: simulated power cuts, simulated days, the state on bad days, tricks of senders."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence

from bot.settings import CHECKOUT
from tests.faults.powercut import OURS, WEAKER, trials
from tests.faults.rows import Row


def power_cuts(count: int, weaker: int) -> Row:
    """Marks of messages that left, and were not on the disk after the power was cut."""
    cuts, marks = trials(count, OURS)
    weaker_cuts, _ = trials(weaker, WEAKER)
    return Row(
        name="simulated power cuts",
        tried=f"{count:,} cuts; {weaker} with a weaker setting, which must be found out",
        found=f"{marks} sends without a mark, in {cuts} cuts; with the weaker setting in {weaker_cuts}",
        bound="0; with the weaker setting more than half",
        passed=cuts == 0 and weaker_cuts > weaker / 2,
    )


def suite(name: str, tried: str, files: Sequence[str], **settings: str) -> list[Row]:
    """A row of whole test files, all of which must pass; none where they are not there."""
    there = [file for file in files if (CHECKOUT / file).exists()]
    if not there:
        return []
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *there]
    run = subprocess.run(
        command, cwd=CHECKOUT, env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )
    said = re.findall(r"(\d+) (passed|failed|error)", run.stdout)
    told = ", ".join(f"{count} {word}" for count, word in said) or f"ended with {run.returncode}"
    return [Row(name=name, tried=tried, found=f"tests: {told}", bound="all pass", passed=run.returncode == 0)]
