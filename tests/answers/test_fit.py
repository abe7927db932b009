"""Fitting the ranker's weights: what made the labels is found again, on examples that the fit has not seen."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from answers.fit import AGAINST, DENSE, Example, Labelled, NothingToLearn, examples, fit
from answers.match.features import NAMES
from answers.match.lexical import lexical_of
from answers.match.matcher import Matcher
from answers.match.rank import SIGNS, Ranker, Weights, signs_of
from answers.model import LONGEST_QUESTION

TRUTH = {"coverage": 4.0, "bm25": 2.0, "cosine": 3.0, "strange": -3.0, "named": 1.0}
TODAY = date(2022, 2, 3)


def drawn(count, seed, *, truth=TRUTH, candidates=8, noise=0.1, foreign=False):
    """Questions whose right candidate is the one of the greatest sum under `truth`, a little noise added."""
    chance = np.random.default_rng(seed)
    weights = np.array([truth.get(name, 0.0) for name in NAMES])
    found = []
    for _ in range(count):
        table = chance.random((candidates, len(NAMES)))
        scores = table @ weights + noise * chance.standard_normal(candidates)
        right = np.arange(candidates) == scores.argmax()
        found.append(Example(table=table, right=right, forbidden=np.zeros(candidates, np.bool_), foreign=foreign))
    return found


def rows(example):
    return [dict(zip(NAMES, map(float, row), strict=True)) for row in example.table]


def learned(fitted):
    return Ranker(**{name: Weights(**weights) for name, weights in fitted.items()})


def first_of(ranker, example):
    """The first of the ranking of an example, and the odds that it is right."""
    told = rows(example)
    scores = [ranker.order.of(one) for one in told]
    first = int(np.argmax(scores))
    rivals = [(score, one) for at, (score, one) in enumerate(zip(scores, told, strict=True)) if at != first]
    return first, ranker.probability(signs_of(told[first], scores[first], rivals))


def numbers(fitted):
    return [*fitted["order"]["weights"].values(), *fitted["answers"]["weights"].values(), fitted["answers"]["constant"]]


def test_the_order_that_made_the_labels_is_found_again():
    ranker = learned(fit({"a": drawn(300, 1), "b": drawn(100, 2)}, dense=True))
    unseen = drawn(200, 3, noise=0)
    assert np.mean([example.right[first_of(ranker, example)[0]] for example in unseen]) > 0.9
    weights = ranker.order.weights
    assert max(weights, key=weights.__getitem__) == "coverage"
    assert min(weights, key=weights.__getitem__) == "strange"


def test_questions_in_another_language_have_an_order_of_their_own_beside_an_encoder():
    abroad = {"cosine": 20.0, "coverage": -10.0}
    sets = {"home": drawn(200, 1, truth={"coverage": 20.0}), "abroad": drawn(60, 2, truth=abroad, foreign=True)}
    dense, lexical = (fit(sets, dense=dense) for dense in (True, False))
    home, foreign = (dense[name]["weights"] for name in ("order", "foreign"))
    assert foreign["cosine"] > home["cosine"]
    assert foreign["coverage"] < 0 < home["coverage"]
    assert lexical["foreign"] == lexical["order"]


@pytest.mark.parametrize("sets", [{}, {"empty": []}, {"only declined": [drawn(1, 1)[0].withheld()]}])
def test_from_questions_without_a_right_candidate_nothing_is_learned_and_it_is_said(sets):
    with pytest.raises(NothingToLearn, match="Give sets whose questions name facts"):
        fit(sets, dense=True)


def test_a_question_whose_fact_was_not_found_is_not_one_to_be_declined():
    lost = [replace(example, right=np.zeros_like(example.right)) for example in drawn(20, 5)]
    answered = drawn(200, 1, truth={"coverage": 40.0})
    beside_lost, declining = (
        learned(fit({"a": [*answered, *more]}, dense=True)) for more in (lost, [one.withheld() for one in lost])
    )
    unseen = drawn(100, 3, truth={"coverage": 40.0}, noise=0)
    withheld, there = (
        [np.mean([first_of(ranker, one)[1] for one in some]) for ranker in (beside_lost, declining)]
        for some in ([one.withheld() for one in unseen], unseen)
    )
    assert withheld[0] < withheld[1]  # only a set without questions to be declined has its right passages withheld
    assert there[0] > withheld[0]


def test_an_answer_that_was_withheld_has_lower_odds():
    ranker = learned(fit({"a": drawn(300, 1, truth={"coverage": 40.0})}, dense=True))
    unseen = drawn(200, 3, truth={"coverage": 40.0}, noise=0)
    there = np.mean([first_of(ranker, example)[1] for example in unseen])
    withheld = np.mean([first_of(ranker, example.withheld())[1] for example in unseen])
    assert there > withheld + 0.1


def test_withholding_leaves_out_the_right_candidates_and_nothing_else():
    table = np.arange(4 * len(NAMES), dtype=np.float64).reshape(4, -1)
    right, forbidden = np.array([True, False, True, False]), np.array([True, True, False, False])
    left = Example(table=table, right=right, forbidden=forbidden).withheld()
    np.testing.assert_array_equal(left.table, table[[1, 3]])
    assert (left.right.tolist(), left.forbidden.tolist()) == ([False, False], [True, False])


def test_firsts_that_something_forbids_have_odds_of_their_own():
    free = drawn(200, 1, truth={"coverage": 20.0})
    barred = [replace(one.withheld(), forbidden=np.ones(7, np.bool_)) for one in drawn(200, 2)]
    ranker = learned(fit({"a": [*free, *barred]}, dense=True))
    signs = signs_of(rows(free[0])[0], 1.0, [])
    assert ranker.probability(signs, forbidden=True) < 0.2 < ranker.probability(signs)


def test_where_nothing_is_forbidden_both_odds_are_the_same():
    fitted = fit({"a": drawn(50, 1)}, dense=True)
    assert fitted["forbidden"] == fitted["answers"]


def test_a_set_with_questions_to_be_declined_teaches_by_them():
    answered = drawn(150, 1, truth={"coverage": 40.0})
    declined = [example.withheld() for example in drawn(150, 2, truth={"coverage": 40.0})]
    ranker = learned(fit({"a": [*answered, *declined]}, dense=True))
    for example in declined:
        example.table[:, NAMES.index("coverage")] /= 4
    odds = [np.mean([first_of(ranker, one)[1] for one in some]) for some in (answered, declined)]
    assert odds[0] > odds[1] + 0.1


@pytest.mark.parametrize("dense", [True, False])
def test_that_a_question_is_open_is_learned_from_those_that_are_declined(dense):
    declined = [replace(example.withheld(), openness=0.8) for example in drawn(100, 2)]
    ranker = learned(fit({"a": [*drawn(200, 1), *declined]}, dense=dense))
    signs = rows(drawn(1, 3)[0])[0]
    answered, left_open = (ranker.probability(signs_of(signs, 1.0, [], openness)) for openness in (0.0, 0.8))
    assert ranker.answers.weights["openness"] < 0
    assert left_open < answered - 0.1


def test_withholding_what_answers_a_question_leaves_it_as_open():
    assert replace(drawn(1, 1)[0], openness=0.5).withheld().openness == 0.5


def test_the_same_examples_give_the_same_weights():
    assert fit({"a": drawn(50, 1)}, dense=True) == fit({"a": drawn(50, 1)}, dense=True)


@pytest.mark.parametrize("dense", [True, False])
def test_weights_are_of_the_features_that_there_are(dense):
    fitted = fit({"a": drawn(40, 1)}, dense=dense)
    left = set() if dense else DENSE
    assert fitted["order"]["weights"].keys() == set(NAMES) - left
    assert fitted["answers"]["weights"].keys() <= {*NAMES, *SIGNS} - left


@pytest.mark.parametrize("seed", range(3))
def test_what_can_only_speak_against_an_answer_never_counts_for_one(seed):
    odds = fit({"a": drawn(40, seed, truth={"coverage": 5.0, "loudest": 3.0})}, dense=True)["answers"]["weights"]
    assert odds
    assert all(weight <= 0 if name in AGAINST else weight >= 0 for name, weight in odds.items())


def told(*, rivals, right, count=20):
    """Questions with one candidate that `right` says what it is of, among rivals; all else is constant."""
    found = []
    for at in range(count):
        table = np.zeros((1 + rivals, len(NAMES)))
        table[0, NAMES.index("coverage")] = right(at)
        first = np.arange(1 + rivals) == 0
        found.append(Example(table=table, right=first, forbidden=np.zeros_like(first)))
    return found


@pytest.mark.parametrize(
    "hard",
    [
        pytest.param(told(rivals=5, right=lambda _: 1.0), id="separable"),
        pytest.param(told(rivals=5, right=lambda at: 1.0 if at else -1.0), id="separable but for one"),
        pytest.param(told(rivals=5, right=lambda at: 1e-9 * at), id="by a hair"),
        pytest.param(told(rivals=5, right=lambda at: 1e6 * at), id="by a mile"),
        pytest.param(told(rivals=5, right=lambda _: 0.0), id="nothing to tell by"),
        pytest.param(told(rivals=0, right=lambda _: 1.0), id="no rivals"),
        pytest.param(told(rivals=1, right=lambda _: 1.0, count=1), id="one question"),
        pytest.param(drawn(30, 1, noise=0, truth={"coverage": 1e4}), id="one feature decides"),
        pytest.param(drawn(10, 1, candidates=40), id="more weights than questions"),
    ],
)
@pytest.mark.parametrize("penalty", [1e-3, 1e-9])
def test_a_hard_case_ends_with_finite_weights(hard, penalty):
    fitted = fit({"a": hard}, dense=True, penalty=penalty)
    assert all(map(math.isfinite, numbers(fitted)))


def test_questions_become_examples_with_their_right_candidates_marked(open_base, data_folder):
    base = open_base(data_folder)
    matcher = Matcher(base, lexical_of(base))
    fact = next(base.facts())
    questions = [
        Labelled(text=fact.quote.text[:200], right=frozenset({fact.id}), asked_on=fact.article.published),
        Labelled(text="how many troops " * LONGEST_QUESTION, right=frozenset()),
        Labelled(text="how many troops?", right=frozenset({"nowhere"})),
        Labelled(text=base.open_questions()[0].text, right=frozenset()),
    ]
    first, second, left_open = examples(matcher, questions, TODAY)
    assert first.right.sum() == 1
    assert first.table.shape == (len(first.right), len(NAMES))
    assert not second.right.any()
    assert (first.openness, left_open.openness) == (0, pytest.approx(1))
    assert left_open.forbidden.all()
    again = next(examples(matcher, questions, TODAY))
    np.testing.assert_array_equal(first.table, again.table)
