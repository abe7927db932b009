"""How much one person may ask of us. The clock is the test's."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from bot.intake.flood import MOST, Flood, Verdict


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(
    st.lists(st.tuples(st.integers(1, 3), st.floats(0, 20)), min_size=1, max_size=300),
    st.integers(2, 40),
)
def test_in_no_minute_is_anybody_answered_more_often_than_said(steps: list[tuple[int, float]], most: int) -> None:
    clock = Seconds()
    flood = Flood(most, clock)
    answered: dict[int, list[float]] = defaultdict(list)
    for sender, pause in steps:
        clock.now += pause
        if flood.judge(sender, message=True) is not Verdict.DROP:
            answered[sender].append(clock.now)
            assert sum(at > clock.now - 60 for at in answered[sender]) <= most


def test_whoever_floods_is_told_once_a_minute_and_others_are_not_held() -> None:
    clock = Seconds()
    flood = Flood(20, clock)
    verdicts = [flood.judge(1, message=True) for _ in range(1000)]
    assert verdicts.count(Verdict.PASS) == 9
    assert verdicts.count(Verdict.TELL) == 1
    assert flood.judge(2, message=True) is Verdict.PASS
    assert flood.judge(1, message=False) is Verdict.PASS
    clock.now += 60
    assert flood.judge(1, message=True) is Verdict.PASS


def test_at_a_reader_s_pace_nobody_is_held() -> None:
    clock = Seconds()
    flood = Flood(20, clock)
    for _ in range(100):
        assert flood.judge(1, message=True) is Verdict.PASS
        clock.now += 7


def test_the_quiet_are_forgotten() -> None:
    clock = Seconds()
    flood = Flood(2, clock)
    for sender in range(500):
        flood.judge(sender, message=True)
    assert len(flood) == 500
    clock.now += 200
    flood.judge(1, message=True)
    assert len(flood) == 1


def test_memory_has_an_end() -> None:
    flood = Flood(20, Seconds())
    for sender in range(MOST + 10):
        flood.judge(sender, message=True)
    assert len(flood) == MOST
