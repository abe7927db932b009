"""The limits beside models that count by brute force, in eighths of a second, which are exact."""

from collections import defaultdict
from fractions import Fraction
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import (
    BULK_EACH,
    BULK_LATE,
    BULK_MOST,
    BURST,
    EACH_CHAT,
    GROUP_MOST,
    GROUP_SPAN,
    LONGEST_BACK_OFF,
    PROBING,
    UNCLEAR_IN_A_ROW,
    Bulk,
    Chats,
    Gate,
    Steady,
    Trip,
    Window,
)

pauses = st.lists(st.integers(0, 40).map(lambda eighths: eighths / 8), max_size=60)


def most_within(times, span):
    """The most of these times within any stretch of so long, both of its ends counted."""
    return max((sum(first <= other <= first + span for other in times) for first in times), default=0)


def greedy(limit, seconds, step=1 / 1024):
    """When somebody goes who goes as soon as he may."""
    times, now = [], 0.0
    while now < seconds:
        if limit.wait(now):
            now += step
        else:
            limit.take(now)
            times.append(now)
    return times


@given(pauses, st.sampled_from([0.25, 0.5, 1.0, 2.0]), st.integers(1, 6))
def test_steady_lets_go_exactly_when_a_bucket_of_tokens_would(pauses, each, burst):
    limit, tokens, now = Steady(each, burst), Fraction(burst), 0.0
    for pause in pauses:
        now += pause
        tokens = min(tokens + Fraction(pause) / Fraction(each), Fraction(burst))
        assert (limit.wait(now) == 0) == (tokens >= 1)
        assert limit.rested(now) == (tokens == burst)
        if tokens >= 1:
            limit.take(now)
            tokens -= 1
        else:
            assert limit.wait(now) == (1 - tokens) * Fraction(each)


@given(pauses, st.integers(1, 5), st.integers(1, 24).map(lambda eighths: eighths / 8))
def test_a_window_lets_go_exactly_when_fewer_went_within_the_span(pauses, most, span):
    limit, times, now = Window(most, span), [], 0.0
    for pause in pauses:
        now += pause
        recent = [time for time in times if time > now - span]
        assert (limit.wait(now) == 0) == (len(recent) < most)
        assert limit.rested(now) == (not recent)
        if len(recent) < most:
            limit.take(now)
            times.append(now)
        else:
            assert limit.wait(now) == recent[-most] + span - now


ways = st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)).map(lambda way: (min(way) / 1000, max(way) / 1000))
"""Seconds until a message arrives, and until its answer is back."""


@given(st.lists(ways, min_size=1, max_size=40), st.integers(40, 150))
def test_no_second_has_more_of_bulk_than_it_may_however_long_each_is_on_its_way(known, messages):
    bulk, arrived, away, now = Bulk(), [], [], 0.0
    for there, back in islice(cycle(known), messages):
        while wait := bulk.wait(now):
            now += wait
            for trip, returned in away:
                if returned <= now:
                    trip.back(returned)
        bulk.take(trip := Trip(), now)
        arrived.append(now + there)
        away.append((trip, now + back))
    arrived.sort()
    assert all(later - first > 0.999 for first, later in zip(arrived, arrived[BULK_MOST:], strict=False))


@given(st.integers(0, 40).map(lambda milliseconds: milliseconds / 1000))
def test_bulk_leaves_evenly_where_the_way_is_short(way):
    bulk, now, times = Bulk(), 0.0, []
    while now < 20:
        if wait := bulk.wait(now):
            now += wait
            continue
        bulk.take(trip := Trip(), now)
        trip.back(now + way)
        times.append(now)
    assert len(times) >= 24 * 19
    assert most_within(times, 0.99) <= BULK_MOST


def test_messages_of_bulk_that_hang_stop_no_others_for_longer_than_a_few_seconds():
    bulk = Bulk()
    for number in range(BULK_MOST):
        bulk.take(Trip(), number * BULK_EACH)
    assert bulk.wait(BULK_LATE)
    assert not bulk.wait(BULK_LATE + 1.0 + BULK_EACH)


def test_telegrams_limits_are_kept_by_who_goes_as_soon_as_he_may():
    group = greedy(Window(GROUP_MOST, GROUP_SPAN), 200, step=1 / 8)
    assert most_within(group, 60) == 20
    assert len(group) == 80
    private = greedy(Steady(EACH_CHAT, BURST), 60)
    assert all(most_within(private, span) <= BURST + span for span in range(1, 60))
    assert len(private) >= BURST + 59


@given(st.lists(st.tuples(st.integers(0, 80), st.sampled_from([1, 2, 3, -1, -2])), max_size=150))
def test_chats_are_told_apart_and_forgetting_the_quiet_ones_changes_nothing(steps):
    chats, now, last = Chats(), 0.0, {}
    remembering = defaultdict(lambda: Steady(EACH_CHAT, BURST)) | {n: Window(GROUP_MOST, GROUP_SPAN) for n in (-1, -2)}
    for eighths, chat in steps:
        now += eighths / 8
        assert chats.wait(chat, now) == remembering[chat].wait(now)
        if not chats.wait(chat, now):
            chats.take(chat, now)
            remembering[chat].take(now)
            last[chat] = now
            # Nobody is remembered longer than his messages count.
            assert len(chats) <= sum(now - when < (BURST if one > 0 else GROUP_SPAN) for one, when in last.items())


def test_a_million_chats_leave_nothing_behind():
    chats = Chats()
    for number in range(20_000):
        chats.take(number + 1, number / 100)
        chats.take(-number - 1, number / 100)
    assert len(chats) <= 100 * (BURST + GROUP_SPAN) + 2


class TestGate:
    def test_nobody_goes_while_the_bot_api_wants_patience(self):
        gate = Gate()
        gate.hold(10.0, 7)
        gate.hold(11.0, 2)  # a shorter one does not end the longer one
        assert [gate.wait(now) for now in (10.0, 13.0, 16.5, 17.0)] == [7, 4, 0.5, 0]

    def test_nor_when_somebody_is_answered_meanwhile(self):
        gate = Gate()
        gate.hold(0.0, 5)
        gate.answered()
        assert gate.wait(1.0) == 4

    def test_while_it_is_away_pauses_double_up_to_a_bound(self):
        gate, now, pauses = Gate(), 0.0, []
        for _ in range(20):
            gate.enter(now)
            gate.failed(now, 0.0)
            pauses.append(gate.wait(now))
            now += gate.wait(now)
        assert pauses[:6] == [1, 2, 4, 8, 15, 15]
        assert set(pauses[5:]) == {LONGEST_BACK_OFF}

    def test_those_who_fail_side_by_side_are_one_failure(self):
        gate = Gate()
        for n in range(100):
            gate.failed(n / 1000, 0.5)
        assert gate.wait(0.0) == pytest.approx(0.9)

    def test_one_finds_out_whether_it_is_back_and_the_others_wait_for_him(self):
        gate = Gate()
        gate.failed(0.0, 0.0)
        gate.enter(1.0)
        assert gate.wait(1.0) == PROBING
        gate.answered()
        assert gate.wait(1.0) == 0

    def test_one_who_does_not_come_back_is_not_waited_for(self):
        gate = Gate()
        gate.failed(0.0, 0.0)
        gate.enter(1.0)
        assert gate.wait(1.0 + PROBING) == 0
        gate.enter(2.0)
        gate.failed(2.5, 0.0)
        assert gate.wait(2.5) == 2

    def test_several_of_whom_nobody_knows_are_as_bad_as_a_failure_and_few_are_not(self):
        gate = Gate()
        for _ in range(UNCLEAR_IN_A_ROW - 1):
            gate.unclear(0.0, 0.0)
        gate.answered()
        for _ in range(UNCLEAR_IN_A_ROW - 1):
            gate.unclear(0.0, 0.0)
        assert gate.wait(0.0) == 0
        gate.unclear(0.0, 0.0)
        assert gate.wait(0.0) == 1

    @given(
        st.lists(
            st.tuples(
                st.integers(0, 80).map(lambda eighths: eighths / 8),
                st.sampled_from(["enter", "hold", "answered", "failed", "unclear"]),
                st.integers(1, 20),
            ),
            max_size=80,
        )
    )
    def test_whatever_happens_nobody_enters_in_a_hold_nor_waits_without_end(self, events):
        gate, now, held, entered, away = Gate(), 0.0, 0.0, None, False
        for pause, event, seconds in events:
            now += pause
            assert gate.wait(now) >= held - now
            assert gate.wait(now) <= max(held - now, LONGEST_BACK_OFF)
            match event:
                case "hold":
                    gate.hold(now, seconds)
                    held, away = max(held, now + seconds), False
                case "answered":
                    gate.answered()
                    away = False
                case "failed":
                    gate.failed(now, seconds / 21)
                    away = True
                case "unclear":
                    gate.unclear(now, 0.0)
                case _ if not gate.wait(now):
                    assert not away or entered is None or now - entered >= 0.8
                    gate.enter(now)
                    entered = now
