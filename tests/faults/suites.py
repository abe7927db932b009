"""Rows that other tests of ours give: simulated power cuts, simulated days, the state on bad days, tricks of senders."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

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
    """A row of whole test files, all of which must pass, with what they counted (`record_property`); none where they are not there."""
    there = [file for file in files if (CHECKOUT / file).exists()]
    if not there:
        return []
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *there]
        run = subprocess.run(
            command, cwd=CHECKOUT, env={**os.environ, **settings}, capture_output=True, text=True, check=False
        )
        counted = _counted(report) if report.exists() else {}
    said = re.findall(r"(\d+) (passed|failed|error)", run.stdout)
    told = [f"{count:,} {what}" for what, count in counted.items()]
    told += [f"{count} tests {word}" for count, word in said] or [f"ended with {run.returncode}"]
    return [Row(name=name, tried=tried, found=", ".join(told), bound="all pass", passed=run.returncode == 0)]


def _counted(report: Path) -> Counter[str]:
    """What the tests of a run counted, together, by its name."""
    counted = Counter[str]()
    for one in ET.parse(report).iter("property"):
        if one.attrib["value"].isdigit():  # Hypothesis writes its statistics there, too
            counted[one.attrib["name"]] += int(one.attrib["value"])
    return counted
