"""The order of candidates and the odds that the first answers, from learned weights."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.features import NAMES
from answers.match.rank import SIGNS, Ranker, Weights, ranker, signs_of

SCORES = st.floats(-100, 100)
SHARES = st.floats(0, 1)
FEATURES = st.fixed_dictionaries(dict.fromkeys(NAMES, SHARES))
RIVALS = st.lists(st.tuples(SCORES, FEATURES), max_size=5)
NOTHING = dict.fromkeys(NAMES, 0.0)


@pytest.mark.parametrize("dense", [True, False])
def test_the_packaged_weights_know_no_feature_that_is_not_computed(dense):
    packaged = ranker(dense=dense)
    assert packaged.order.weights.keys() | packaged.foreign.weights.keys() <= set(NAMES)
    assert packaged.answers.weights.keys() <= {*NAMES, *SIGNS}


def test_without_an_encoder_no_likeness_of_meaning_is_weighed():
    by_words = ranker(dense=False)
    learned = {*by_words.order.weights, *by_words.foreign.weights, *by_words.answers.weights}
    assert not learned & {"cosine", "heading", "best_cosine", "cosine_lead", "cosine_gap"}


def test_weights_make_a_sum():
    assert Weights(weights={"a": 2.0, "b": -1.0}, constant=0.5).of({"a": 3.0, "b": 1.0, "c": 9.0}) == 5.5


@given(FEATURES, SCORES, RIVALS, st.booleans())
def test_any_ranking_gives_a_probability(first, score, rivals, dense):
    assert 0 <= ranker(dense=dense).probability(signs_of(first, score, rivals)) <= 1


@given(FEATURES, SCORES, RIVALS, st.booleans(), st.booleans(), SHARES, SHARES)
def test_the_more_open_a_question_is_the_less_a_passage_answers_it(first, score, rivals, dense, forbidden, one, two):
    less, more = (
        ranker(dense=dense).probability(signs_of(first, score, rivals, openness), forbidden=forbidden)
        for openness in sorted([one, two])
    )
    assert more <= less


@given(FEATURES, SCORES, RIVALS, SHARES)
def test_how_open_a_question_is_is_one_of_its_signs_and_changes_no_other(first, score, rivals, openness):
    signs = signs_of(first, score, rivals, openness)
    assert signs == {**signs_of(first, score, rivals), "openness": openness}
    assert signs_of(first, score, rivals)["openness"] == 0


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_log_odds_overflow(odds):
    none = Weights(weights={})
    flat = Ranker(order=none, foreign=none, forbidden=none, answers=Weights(weights={"lead": 1.0}))
    assert 0 <= flat.probability({"lead": odds}) <= 1


@given(SCORES, RIVALS)
def test_the_signs_of_a_ranking_lie_within_their_bounds(score, rivals):
    signs = signs_of(NOTHING, score, rivals)
    assert signs.keys() == {*NAMES, *SIGNS}
    assert signs["lead"] <= 10
    assert signs["share"] <= 1e-6
    assert -1e-6 <= signs["doubt"] <= math.log(len(rivals) + 1) + 1e-6
    assert signs["cosine_gap"] >= 0


@given(FEATURES, SCORES, RIVALS, st.randoms(use_true_random=False))
def test_the_order_of_the_rivals_tells_nothing(first, score, rivals, chance):
    shuffled = chance.sample(rivals, len(rivals))
    assert signs_of(first, score, shuffled) == pytest.approx(signs_of(first, score, rivals), abs=1e-6)


def test_a_rival_takes_lead_and_share_away():
    alone = signs_of(NOTHING, 1.0, [])
    beside = signs_of(NOTHING, 1.0, [(1.0, NOTHING)])
    assert (alone["lead"], beside["lead"]) == (10.0, 0.0)
    assert alone["share"] == pytest.approx(0, abs=1e-6)
    assert beside["share"] == pytest.approx(math.log(0.5))
    assert beside["doubt"] == pytest.approx(math.log(2))


def test_a_rival_that_is_more_alike_is_a_gap_and_no_lead():
    signs = signs_of({**NOTHING, "best_cosine": 0.5}, 1.0, [(0.0, {**NOTHING, "best_cosine": 0.75})])
    assert (signs["cosine_lead"], signs["cosine_gap"]) == (-0.25, 0.25)
    signs = signs_of({**NOTHING, "best_cosine": 0.75}, 1.0, [(0.0, {**NOTHING, "best_cosine": 0.5})])
    assert (signs["cosine_lead"], signs["cosine_gap"]) == (0.25, 0.0)
