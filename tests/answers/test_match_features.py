import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.asked import Asked
from answers.match.features import REPAIRED, features, vetoes
from answers.match.rank import WEIGHTS, passage_score, score
from answers.text.normalise import words
from tests.answers.builders import DAY, an_entry

TERMS = st.sampled_from(["troop", "poland", "go", "fight", "n_ukraine", "2000", "quot", "lin'e"])


def asked(*terms, weights=(), repaired=(), names=(), suspects="", numbers=()):
    return Asked(
        terms=dict(zip(terms, [*weights, *[1.0] * len(terms)], strict=False)),
        repaired=dict(repaired),
        names=names,
        suspects=tuple(words(suspects)),
        numbers=numbers,
    )


def test_coverage_is_the_share_of_the_weight_that_stands_in_the_passage():
    question = asked("troop", "poland", weights=(3.0, 1.0))
    assert features(question, an_entry(passage=("troop", "go")))["coverage"] == pytest.approx(0.75)


def test_names_of_a_fact_count_as_its_own_words_and_what_they_are_part_of_by_half():
    both = {"named": frozenset({"Poland"}), "names": frozenset({"Poland", "Europe"})}
    assert features(asked("n_poland"), an_entry(**both))["coverage"] == 1
    assert features(asked("n_europe"), an_entry(**both))["coverage"] == 0.5


def test_what_is_heard_stands_around_or_in_a_known_question():
    question = asked("troop", "go", "life", "mean")
    assert features(question, an_entry(passage=("troop",)))["heard"] == 0.25
    assert features(question, an_entry(passage=("troop",), questions=(("go", "life"), ("mean",))))["heard"] == 0.5


def test_what_stands_around_counts_apart():
    known = features(asked("troop", "go"), an_entry(around=frozenset({"troop"}), title=frozenset({"go"})))
    assert (known["coverage"], known["around"], known["title"]) == (0, 1, 0.5)


def test_a_repaired_word_counts_a_little_less():
    question = asked("trop", repaired={"trop": "troop"})
    known = features(question, an_entry(passage=("troop",), questions=(("troop",),)))
    assert known["coverage"] == pytest.approx(REPAIRED)
    assert REPAIRED <= known["question"] < 1


def test_a_known_question_of_the_same_terms_is_fully_alike():
    assert features(asked("troop", "go"), an_entry(questions=(("x",), ("go", "troop"))))["question"] == 1


def test_the_nearest_known_question_counts_and_words_left_over_on_either_side_lower_it():
    question = asked("troop", "go")
    less = features(question, an_entry(questions=(("troop",), ())))["question"]
    more = features(question, an_entry(questions=(("troop", "go", "poland"),)))["question"]
    assert less == pytest.approx(2 / 3)
    assert more == pytest.approx(4 / 5)


def test_focus_is_the_share_of_the_passage_that_was_asked_for():
    assert features(asked("troop"), an_entry(passage=("troop", "go", "fight", "2000")))["focus"] == 0.25


def test_a_question_without_weight_is_covered_by_nothing():
    known = features(asked("troop", weights=(0.0,)), an_entry(passage=("troop",), questions=(("troop",),)))
    assert (known["coverage"], known["question"]) == (0, 0)


@given(
    st.dictionaries(TERMS, st.floats(0, 20)),
    st.dictionaries(TERMS, TERMS),
    st.lists(TERMS),
    st.frozensets(TERMS),
    st.frozensets(TERMS),
    st.lists(st.lists(TERMS).map(tuple)).map(tuple),
)
def test_every_feature_and_score_lies_between_nothing_and_all(terms, repaired, passage, around, title, questions):
    question = Asked(terms=terms, repaired=repaired, names=(), suspects=(), numbers=())
    known = features(question, an_entry(passage=tuple(passage), around=around, title=title, questions=questions))
    assert all(-1e-9 <= value <= 1 + 1e-9 for value in known.values())
    assert 0 <= passage_score(known) <= score(known) + 1e-9 <= 1 + 1e-6


def test_the_weights_of_the_score_make_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def lacks(question, **entry):
    return list(vetoes(question, an_entry(**entry)))


def test_a_name_that_the_passage_lacks_is_a_veto():
    assert lacks(asked(names=("Taiwan", "Ukraine")), passage=("n_ukraine",)) == ["Taiwan"]
    assert lacks(asked(names=("Taiwan",)), names=frozenset({"Taiwan"})) == []
    assert lacks(asked(names=("Taiwan",)), title=frozenset({"n_taiwan"})) == []


def test_neighbours_add_names_only_where_no_editor_listed_them():
    question, around = asked(names=("Taiwan",)), frozenset({"n_taiwan"})
    assert lacks(question, around=around, listed=False) == []
    assert lacks(question, around=around, listed=True) == ["Taiwan"]


def test_a_suspect_that_nothing_near_holds_is_a_veto_as_the_asker_wrote_it():
    question = asked(suspects="Pence")
    assert lacks(question) == ["Pence"]
    assert lacks(question, around=frozenset({"penc"})) == []
    assert lacks(question, questions=(("penc",),)) == []


def test_a_number_that_nothing_near_holds_is_a_veto_unless_it_is_the_year():
    question = asked(numbers=("2000", "2022"))
    assert lacks(question, published=DAY) == ["2000"]
    assert lacks(question, published=None) == ["2000", "2022"]
    assert lacks(question, passage=("2000", "2022"), published=None) == []
