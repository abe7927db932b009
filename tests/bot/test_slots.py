"""Slots: one moment a day for an hour of a zone, whatever clocks do, and one run for each of them, by the real state.

`SIMULATED_DAYS` says for how many days of jumps, stalls and restarts that is tried (200; the long tier: 3,000).
"""

import os
import random
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.slots import GRACE, begins, channel_due, due, last_day
from bot.runs import Hour
from bot.store import Subscriber
from bot.store.sqlite import SqliteStore

ZONES = (
    "UTC",
    "Europe/Kyiv",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Pacific/Apia",  # left out 30 December 2011
    "Asia/Kathmandu",  # +05:45
    "Pacific/Chatham",  # +12:45, with summer time
    "Africa/Casablanca",  # goes back for Ramadan
    "America/Havana",  # goes back at one to midnight
)
hours = st.builds(
    lambda zone, minutes: Hour(zone=ZoneInfo(zone), at=time(minutes // 60, minutes % 60)),
    st.sampled_from(ZONES),
    st.integers(0, 24 * 60 - 1),
)
moments = st.integers(1_200_000_000, 2_050_000_000).map(lambda at: datetime.fromtimestamp(at, UTC))


def hour(zone: str, at: str) -> Hour:
    return Hour(zone=ZoneInfo(zone), at=time.fromisoformat(at))


@given(hours, moments)
def test_the_last_day_is_the_latest_whose_moment_has_come(one: Hour, now: datetime) -> None:
    day = last_day(one, now)
    assert begins(day, one) <= now
    assert all(begins(day + timedelta(days=more), one) > now for more in (1, 2, 3))


@given(hours, moments)
def test_a_slot_is_due_from_its_moment_for_six_hours(one: Hour, now: datetime) -> None:
    moment = begins(last_day(one, now), one)
    assert bool(list(due([one], now))) == (moment <= now <= moment + GRACE)
    assert list(due([one], moment))
    assert list(due([one], moment + GRACE))
    assert not [plan for plan in due([one], moment - timedelta(microseconds=1)) if plan.begins == moment]


@pytest.mark.parametrize(
    ("zone", "at", "day", "utc"),
    [
        ("Europe/Kyiv", "08:00", "2026-11-22", "2026-11-22 06:00"),
        ("Europe/Kyiv", "03:30", "2026-03-29", "2026-03-29 01:30"),  # skipped: it is 04:30 then
        ("Europe/Kyiv", "03:30", "2026-10-25", "2026-10-25 00:30"),  # comes twice: the first counts
        ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03 15:45"),
        ("Pacific/Apia", "08:00", "2011-12-31", "2011-12-30 18:00"),
        ("Asia/Kathmandu", "00:00", "2026-01-01", "2025-12-31 18:15"),
    ],
)
def test_hours_that_the_clock_skips_or_repeats_are_one_moment(zone: str, at: str, day: str, utc: str) -> None:
    moment = datetime.fromisoformat(f"{utc}+00:00")
    assert begins(date.fromisoformat(day), hour(zone, at)) == moment
    assert [plan.slot for plan in due([hour(zone, at)], moment)] == [f"daily/{day}/{zone}/{at}"]


def test_a_slot_ends_twenty_hours_after_its_moment_and_the_channel_has_one_of_its_own() -> None:
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    plan = channel_due(ZoneInfo("UTC"), time(8), now)
    assert plan
    assert (plan.slot, plan.not_after) == ("channel/2026-11-22/UTC", datetime(2026, 11, 23, 4, tzinfo=UTC))
    assert channel_due(ZoneInfo("UTC"), time(8), now + timedelta(hours=6)) is None


def test_a_zone_that_leaves_a_day_out_has_no_slot_for_it() -> None:
    one = hour("Pacific/Apia", "08:00")
    now, days = datetime(2011, 12, 28, tzinfo=UTC), set()
    while now < datetime(2012, 1, 2, tzinfo=UTC):
        days |= {str(plan.day) for plan in due([one], now)}
        now += timedelta(minutes=10)
    assert sorted(days) == ["2011-12-27", "2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02"]


class World:
    """True time, a clock that jumps about it by up to three hours, a bot that stands still and begins anew."""

    def __init__(self, chance: random.Random, begin: datetime) -> None:
        self._chance, self.true, self.off = chance, begin, timedelta(0)

    @property
    def clock(self) -> datetime:
        return self.true + self.off

    def on(self) -> bool:
        """Go on to the next look; whether the bot begins anew before it."""
        kind = self._chance.random()
        self.true += timedelta(seconds=self._chance.uniform(30, 3000))
        if kind < 0.01:
            self.true += timedelta(hours=self._chance.uniform(1, 9))  # it stands still
        elif kind < 0.06:
            self.off = timedelta(seconds=self._chance.uniform(-3 * 3600, 3 * 3600))
        return kind > 0.99


def expected(one: Hour, clock: datetime) -> list[str]:
    """Which slots are due by the definition, told from the calendar and not from `last_day`: the day's moment is not that
    of the next one, and lies at most six hours back.
    """
    around = [clock.date() + timedelta(days=days) for days in (-2, -1, 0, 1, 2)]
    real = [day for day in around if begins(day, one) != begins(day + timedelta(days=1), one)]
    fresh = [day for day in real if timedelta(0) <= clock - begins(day, one) <= timedelta(hours=6)]
    return [f"daily/{day}/{one.zone.key}/{one.at:%H:%M}" for day in fresh[-1:]]


@pytest.mark.parametrize("seed", range(2))
async def test_every_slot_is_one_run_through_jumps_stalls_and_restarts(
    tmp_path: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    days = int(os.environ.get("SIMULATED_DAYS", "200")) // 2
    chance = random.Random(seed)
    begin = datetime(2011, 10, 1, tzinfo=UTC) if seed else datetime(2026, 2, 1, tzinfo=UTC)
    file = tmp_path / "state.sqlite"
    store = SqliteStore.open(file)
    for number, zone in enumerate(ZONES, start=1):
        at = time(chance.choice((0, 2, 3, 8, 23)), chance.choice((0, 15, 30)))
        one = Subscriber(chat=number, at=at, zone=ZoneInfo(zone), revision="r", slot=date(2000, 1, 1))
        await store.choose(one)
    world, hours_now = World(chance, begin), await store.hours()
    wanted, opened = set(), 0
    while world.true < begin + timedelta(days=days):
        anew = world.on()
        if anew:
            await store.close()
            store = SqliteStore.open(file)
            hours_now = await store.hours()
        now = world.clock
        wanted.update(slot for one in hours_now for slot in expected(one, now))
        # After a restart the same is looked for once more, as by a bot that was killed before it could remember.
        for _ in range(1 + anew):
            opened += await store.open_runs(due(hours_now, now), "live", now)
    await store.close()
    slots = [slot for (slot,) in sqlite3.connect(file).execute("select slot from runs")]
    record_property("slots", len(wanted))
    record_property("missed", len(wanted - set(slots)))
    record_property("doubled", opened - len(set(slots)))
    assert len(wanted) > days * len(ZONES) * 0.9
    assert set(slots) == wanted, "missed, or opened though nobody wanted it"
    assert len(slots) == len(wanted) == opened, "opened twice"
