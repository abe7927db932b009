import itertools
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.desk import Desk
from answers.evaluate import (
    Judged,
    answered_at,
    auroc,
    false_answers,
    figures,
    found_precision,
    found_unanswerable,
    grouped,
    interval,
    judged,
    mean_reciprocal_rank,
    outcomes,
    outcomes_as_told,
    risk_coverage,
    run,
    top,
)
from answers.model import LONGEST_QUESTION, Found, Withdrawn
from answers.questions import OUTCOMES, Gold
from answers.render import Renderer
from tests.answers.builders import DATA, TEMPLATES, a_fact, a_match, a_withdrawn, opened

FIGHT = "are US troops going to fight in Ukraine?"


def a_judged(ranking="", facts="", confidence=0.5, outcome="closest", **given):
    """A question with the letters of `facts` for right answers, and the letters of `ranking` for matches."""
    told = {key: given.pop(key) for key in ("kind", "language") if key in given}
    expected = given.pop("told", "")
    question = Gold(id=given.pop("id", "q"), text="?", facts=frozenset(facts), outcome=expected, **told)
    return Judged(
        question=question, outcome=outcome, confidence=confidence, ranking=tuple(ranking), first=ranking[:1], **given
    )


SURE = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]) | st.floats(0, 1)
ASKED = st.builds(
    a_judged,
    ranking=st.text("abcdefghij", max_size=10).map(lambda ids: "".join(dict.fromkeys(ids))),
    facts=st.text("abc", max_size=2),
    confidence=SURE,
    outcome=st.sampled_from(OUTCOMES),
    told=st.sampled_from(["", *OUTCOMES]),
    kind=st.sampled_from(["", "near", "far"]),
    ms=st.floats(0, 1000),
)
MANY = st.lists(ASKED, min_size=1, max_size=30)


def test_top_k_and_mrr_by_hand():
    asked = [a_judged("abc", "a"), a_judged("abc", "cz"), a_judged("abc", "z"), a_judged("", "z"), a_judged("abc")]
    assert [top(asked, deep) for deep in (1, 2, 3, 5)] == [1 / 4, 1 / 4, 2 / 4, 2 / 4]
    assert mean_reciprocal_rank(asked) == pytest.approx((1 + 1 / 3) / 4)
    assert top([a_judged("abc")], 1) is None
    assert mean_reciprocal_rank([a_judged("abc")]) is None


@given(MANY)
def test_mrr_lies_between_top_1_and_top_10_and_top_k_grows(asked):
    shares = [top(asked, deep) for deep in (1, 5, 10)]
    middle = mean_reciprocal_rank(asked)
    if middle is not None:
        assert shares == sorted(shares)
        assert shares[0] <= middle + 1e-9
        assert middle <= shares[-1] + 1e-9


@given(st.lists(SURE, max_size=30), st.lists(SURE, max_size=30))
def test_auroc_is_the_share_of_pairs_in_order(positives, negatives):
    pairs = [(p > n) + (p == n) / 2 for p, n in itertools.product(positives, negatives)]
    assert auroc(positives, negatives) == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


@given(st.lists(SURE, min_size=1, max_size=30), st.lists(SURE, min_size=1, max_size=30))
def test_auroc_turns_round_with_the_classes(positives, negatives):
    assert auroc(positives, negatives) + auroc(negatives, positives) == pytest.approx(1)


def test_the_curve_by_hand():
    asked = [
        a_judged("a", "a", 0.9),
        a_judged("b", "a", 0.6),  # another passage
        a_judged("a", "a", 0.6),
        a_judged("a", "", 0.3),  # nothing answers it
        a_judged("", "a", 0.0),  # not read: asked, never answered
    ]
    points = [(point.threshold, point.coverage, point.risk) for point in risk_coverage(asked)]
    assert points == [(0.9, 1 / 5, 0.0), (0.6, 3 / 5, 1 / 3), (0.3, 4 / 5, 1 / 2)]
    assert answered_at(risk_coverage(asked)) == 1 / 5
    assert answered_at(risk_coverage(asked), 0.6) == 3 / 5
    assert answered_at(risk_coverage(asked[3:])) == 0.0
    assert risk_coverage([]) == ()


@given(MANY)
def test_each_point_of_the_curve_is_what_its_threshold_would_answer(asked):
    points = risk_coverage(asked)
    assert {point.threshold for point in points} == {one.confidence for one in asked if one.first}
    for point in points:
        answered = [one for one in asked if one.first and one.confidence >= point.threshold]
        assert point.coverage == len(answered) / len(asked)
        assert point.risk == sum(one.first not in one.question.facts for one in answered) / len(answered)


@given(MANY)
def test_the_curve_answers_more_as_the_threshold_falls(asked):
    points = risk_coverage(asked)
    for before, after in itertools.pairwise(points):
        assert before.threshold > after.threshold
        assert before.coverage < after.coverage <= 1
        assert before.wrong <= after.wrong


@given(MANY, st.floats(0, 1))
def test_the_share_at_a_precision_is_one_that_some_threshold_reaches_and_none_betters(asked, precision):
    claimed = answered_at(risk_coverage(asked), precision)
    reached = {0.0}
    for threshold in {one.confidence for one in asked}:
        answered = [one for one in asked if one.first and one.confidence >= threshold]
        if answered and sum(one.right for one in answered) / len(answered) >= precision:
            reached.add(len(answered) / len(asked))
    assert claimed == max(reached)


def test_found_answers_by_hand():
    asked = [
        a_judged("a", "a", outcome="found", told="found"),
        a_judged("b", "a", outcome="found", told="found"),
        a_judged("b", outcome="found", told="unknown"),
        a_judged("b", outcome="unknown"),
        a_judged("a", "a", outcome="withdrawn"),
    ]
    assert outcomes(asked) == {"found": 3, "closest": 0, "unknown": 1, "withdrawn": 1}
    assert found_precision(asked) == 1 / 3
    assert false_answers(asked) == 2 / 3
    assert found_unanswerable(asked) == 1 / 2
    assert outcomes_as_told(asked) == 2 / 3
    nothing = [a_judged("a", "a")]
    assert [figure(nothing) for figure in (found_precision, false_answers, found_unanswerable, outcomes_as_told)] == [
        None
    ] * 4


@given(MANY)
def test_counts_add_up(asked):
    told = figures(asked)
    assert told.asked == sum(told.outcomes.values())
    assert (told.found_precision is None) == (told.outcomes["found"] == 0)
    if told.found_precision is not None:
        assert told.found_precision + told.false_answer_rate == pytest.approx(1)
    kinds = grouped(asked, lambda question: question.kind)
    assert list(kinds) == sorted({one.question.kind for one in asked} - {""})
    assert sum(group.asked for group in kinds.values()) == sum(bool(one.question.kind) for one in asked)
    for key in ("top_1", "top_5", "mrr", "auroc", "answered_at_90", "found_share", "found_unanswerable"):
        assert asdict(told)[key] is None or 0 <= asdict(told)[key] <= 1
    assert told.p50_ms <= told.p99_ms


@given(st.lists(st.booleans(), min_size=1, max_size=300))
def test_the_interval_holds_the_share_and_is_repeatable(hits):
    low, high = interval(hits)
    assert 0 <= low <= sum(hits) / len(hits) <= high <= 1
    assert interval(hits) == (low, high)


def test_the_interval_is_as_wide_as_the_normal_one_for_many():
    low, high = interval([True, False] * 500)
    assert high - low == pytest.approx(2 * 1.96 * (0.25 / 1000) ** 0.5, rel=0.1)
    assert interval([]) is None


def test_the_passage_shown_first_is_judged_though_the_ranking_has_another_in_front():
    shown, near = a_match(a_fact(id_="shown")), a_match(a_fact(id_="near"))
    question = Gold(id="q", text="?", facts=frozenset(["shown"]))
    one = judged(question, Found(confidence=0.9, match=shown, ranking=(near, shown)), 1.0)
    assert (one.right, one.rank, one.outcome) == (True, 2, "found")
    gone = a_match(a_withdrawn(id_="shown"))
    assert judged(question, Withdrawn(confidence=0.9, match=gone, ranking=(gone,)), 1.0).right


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with opened(DATA, tmp_path_factory.mktemp("evaluate")) as snapshot:
        yield Desk(snapshot, Renderer(TEMPLATES))


def test_questions_run_through_a_desk(desk):
    ticks = itertools.count()
    day = date(2022, 2, 3)
    whole = Gold(id="1", text=FIGHT, facts=frozenset(match.fact.id for match in _ranking(desk, day)[:1]))
    too_long = Gold(id="2", text="troops " * LONGEST_QUESTION, facts=whole.facts)
    empty = Gold(id="3", text="?!")
    asked = list(run(desk, [whole, too_long, empty], day, lambda: float(next(ticks))))
    assert [one.question.id for one in asked] == ["1", "2", "3"]
    assert [one.ms for one in asked] == [1000.0] * 3
    assert (asked[0].outcome, asked[0].right, asked[0].rank) == ("found", True, 1)
    assert (asked[1].too_long, asked[1].first, asked[1].ranking) == (True, "", ())
    assert not asked[2].too_long
    told = figures(asked)
    assert (told.asked, told.answerable, told.too_long, told.top_1) == (3, 2, 1, 0.5)
    assert risk_coverage(asked)[-1].coverage == pytest.approx(1 / 3)


def _ranking(desk, day):
    return desk.ask(FIGHT, today=day).answer.ranking
