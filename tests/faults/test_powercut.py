"""What was said to be marked is marked after the power was cut, and a weaker setting would not have done."""

import os

from tests.faults.powercut import OURS, WEAKER, trials

CUTS = int(os.environ.get("CUTS", "60"))


def test_no_message_leaves_without_a_mark_that_outlives_a_power_cut() -> None:
    assert trials(CUTS) == (0, 0)


def test_the_disk_finds_what_a_weaker_setting_loses() -> None:
    assert OURS != WEAKER
    cuts, _ = trials(60, WEAKER)
    assert cuts > 30
