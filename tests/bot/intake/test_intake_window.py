"""The watermark: what Telegram is told to forget is finished or kept elsewhere, whatever order, repeats and restarts of numbers."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.intake.window import Window

NUMBERS = st.integers(1, 2**31 - 1)


def test_before_the_first_page_nothing_is_acknowledged() -> None:
    assert Window().offset == 0


def test_an_empty_page_changes_nothing() -> None:
    window = Window()
    window.fetched([7])
    window.fetched([])
    assert window.offset == 8


def test_numbers_that_begin_anew_are_believed() -> None:
    window = Window()
    window.fetched([900])
    window.fetched([5])
    window.hold(5)
    assert window.offset == 5
    window.let_go([5])
    assert window.offset == 6


@given(st.lists(NUMBERS, min_size=1, max_size=30, unique=True), st.data())
def test_the_offset_is_never_above_what_is_in_hand(page: list[int], data: st.DataObject) -> None:
    window = Window()
    window.fetched(page)
    for number in page:
        window.hold(number)
    done = data.draw(st.lists(st.sampled_from(page), unique=True))
    window.let_go(done)
    left = set(page) - set(done)
    assert window.offset == (min(left) if left else max(page) + 1)
    assert window.held == left


class AgainstTelegram(RuleBasedStateMachine):
    """A queue that forgets below the offset: what it forgot must have been finished."""

    def __init__(self) -> None:
        super().__init__()
        self.window, self.queue, self.finished, self.next = Window(), [], set(), 100

    @rule(count=st.integers(1, 5))
    def arrive(self, count: int) -> None:
        self.queue += range(self.next, self.next + count)
        self.next += count

    @rule(shuffled=st.randoms(use_true_random=False))
    def poll(self, shuffled) -> None:
        offset = self.window.offset
        forgotten = [number for number in self.queue if number < offset]
        assert set(forgotten) <= self.finished
        self.queue = [number for number in self.queue if number >= offset]
        page = self.queue[:3]
        shuffled.shuffle(page)
        self.window.fetched(page)
        for number in page:
            if number not in self.finished:
                self.window.hold(number)

    @rule(choice=st.integers(0, 100))
    def finish(self, choice: int) -> None:
        if held := sorted(self.window.held):
            number = held[choice % len(held)]
            self.finished.add(number)
            self.window.let_go([number])

    @invariant()
    def nothing_that_is_unfinished_is_forgotten(self) -> None:
        assert all(number >= self.window.offset for number in self.window.held)


TestAgainstTelegram = AgainstTelegram.TestCase
