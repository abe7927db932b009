"""Two numbers for one thing: the rules hold for every number, in both directions and on every scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.claims.weighing import reach, weigh
from answers.model import Agreement, Figure

HEDGES = (
    "",
    "about",
    "roughly",
    "nearly",
    "some",
    "more than",
    "over",
    "at least",
    "up to",
    "fewer than",
    "no more than",
)


@st.composite
def figures(draw):
    low = draw(st.integers(0, 200_000))
    high = draw(st.one_of(st.just(low), st.integers(low, low * 5 + 10)))
    vague = high > low and draw(st.booleans())
    return Figure(text=str(low), low=low, high=high, vague=vague, hedge=draw(st.sampled_from(HEDGES)), unit="people")


def scaled(figure, by):
    low, high = figure.low * by, figure.high * by
    return Figure(text=figure.text, low=low, high=high, vague=figure.vague, hedge=figure.hedge, unit="people")


@given(figures(), figures())
def test_it_does_not_matter_which_of_two_is_named_first(one, other):
    (agreement, finer), (again, coarser) = weigh(one, other), weigh(other, one)
    assert agreement is again
    assert finer == -coarser


@given(figures())
def test_every_figure_agrees_with_itself(one):
    assert weigh(one, one) == (Agreement.AGREE, 0)


@given(figures(), figures(), st.sampled_from([10, 1_000, 1_000_000]))
def test_thousands_stand_to_each_other_as_ones_do(one, other, by):
    assert weigh(scaled(one, by), scaled(other, by)) == weigh(one, other)


@given(figures(), figures())
def test_the_more_exact_is_named_only_where_precision_differs(one, other):
    agreement, finer = weigh(one, other)
    assert not finer or agreement is Agreement.PRECISION


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_what_is_softened_agrees_exactly_within_a_tenth(one, other):
    agreement, _ = weigh(Figure(text="x", low=one, high=one, hedge="about"), Figure(text="x", low=other, high=other))
    assert (agreement is Agreement.AGREE) == (10 * abs(one - other) <= max(one, other))


@given(st.floats(), st.floats(), st.text(max_size=30))
def test_any_number_and_any_words_are_weighed(low, high, words):
    figure = Figure(text=words, low=low, high=high, hedge=words)
    assert weigh(figure, Figure(text="12", low=12, high=12))[0] in set(Agreement)


@pytest.mark.parametrize(
    ("hedge", "low", "high", "soft"),
    [
        ("", 100, 100, False),
        ("about", 100, 100, True),
        ("An estimated", 100, 100, True),
        ("nearly", 100, 100, True),
        ("more than", 100, float("inf"), True),
        ("well over", 100, float("inf"), True),
        ("at least", 100, float("inf"), False),
        ("no fewer than", 100, float("inf"), False),
        ("up to", float("-inf"), 100, False),
        ("no more than", float("-inf"), 100, False),
        ("fewer than", float("-inf"), 100, True),
        ("exactly", 100, 100, False),
        ("overall", 100, 100, False),
    ],
)
def test_a_softening_word_says_which_numbers_are_meant(hedge, low, high, soft):
    meant = reach(Figure(text="100 people", low=100, high=100, hedge=hedge))
    assert (meant.low, meant.high, meant.soft) == (low, high, soft)


@pytest.mark.parametrize(
    ("text", "soft"), [("about 100 people", True), ("the 100 people around Kyiv", False), ("100 or so", False)]
)
def test_a_softening_word_that_nobody_wrote_down_is_sought_before_the_number_only(text, soft):
    assert reach(Figure(text=text, low=100, high=100)).soft is soft


def test_a_text_without_end_is_weighed_at_once():
    for words in ("about " * 20_000, "no more " * 15_000, "x" * 100_000):
        assert reach(Figure(text=words, low=1, high=1, hedge=words))
