"""How many chats were shown a fact: counted without knowing which, for a day, in a bounded memory."""

import pickle
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.seen import Seen
from tests.bot.harness import Clock

shown = st.lists(st.tuples(st.integers(-(2**40), 2**40), st.lists(st.sampled_from("abcd"), max_size=4)), max_size=30)


@given(shown, st.sets(st.sampled_from("abcde")))
def test_the_numbers_are_those_of_different_chats(told: list[tuple[int, list[str]]], asked: set[str]) -> None:
    seen = Seen(Clock())
    for chat, facts in told:
        seen.keep(chat, facts)
    chats = {fact: {chat for chat, facts in told if fact in facts} for fact in asked}
    assert seen.of(asked) == (len(set().union(*chats.values())), {fact: len(of) for fact, of in chats.items()}, True)


def test_a_day_later_nothing_is_left_and_seeing_it_again_counts_from_then() -> None:
    clock = Clock()
    seen = Seen(clock)
    seen.keep(1, ["a"])
    seen.keep(2, ["a"])
    clock.forward(hours=23)
    seen.keep(1, ["a"])
    clock.forward(hours=2)
    assert seen.of(["a"]) == (1, {"a": 1}, True)
    clock.forward(hours=23)
    assert seen.of(["a"]) == (0, {"a": 0}, True)
    assert not seen._seen  # nothing is kept that is not counted any more


def test_memory_is_bounded_and_a_count_then_says_that_it_is_too_low() -> None:
    clock = Clock()
    seen = Seen(clock, most=100)
    for chat in range(150):
        seen.keep(chat, ["a"])
    assert seen.of(["a"]) == (100, {"a": 100}, False)
    clock.forward(hours=25)
    seen.keep(1, ["a"])
    assert seen.of(["a"]) == (1, {"a": 1}, True)


def test_no_chat_can_be_read_from_what_is_kept_and_no_two_processes_keep_the_same() -> None:
    one, other = Seen(Clock()), Seen(Clock())
    for seen in (one, other):
        seen.keep(7_123_456_789, ["a"])
    held = pickle.dumps([one._seen, other._seen])
    assert b"7123456789" not in held
    assert (7_123_456_789).to_bytes(8, "little") not in held
    assert set(one._seen) != set(other._seen)


def test_it_knows_no_file() -> None:
    told = Path(__file__).parents[2].joinpath("bot", "seen.py").read_text(encoding="utf-8")
    assert not {"open(", "Path", "sqlite", "pickle"} & set(told.replace("(", "( ").split())
