"""A question beside one candidate, as numbers."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match import features as module
from answers.match.candidates import Candidate
from answers.match.features import NAMES, PART, REPAIRED, UNTOLD, recency
from answers.match.manner import Kind
from answers.text.names import Gazetteer, world
from answers.text.normalise import words
from tests.answers.builders import DAY, TODAY, an_entry, any_text
from tests.answers.readings import an_asked

TERMS = st.sampled_from(["troop", "poland", "go", "fight", "n_ukraine", "2000", "quot", "lin'e"])
KNOWN = Gazetteer(world())


def asked(*terms, weights=(), **given):
    return an_asked(terms=dict(zip(terms, [*weights, *[1.0] * len(terms)], strict=False)), **given)


def features(question, entry, *, today=TODAY, cosine=None, heading=None):
    return module.Beside(question, KNOWN, today).features(Candidate(entry=entry, cosine=cosine, heading=heading))


def test_coverage_is_the_share_of_the_weight_that_stands_in_the_passage():
    question = asked("troop", "poland", weights=(3.0, 1.0))
    assert features(question, an_entry(passage=("troop", "go")))["coverage"] == pytest.approx(0.75)


def test_names_of_a_fact_count_as_its_own_words_and_what_they_are_part_of_by_half():
    both = {"named": frozenset({"Poland"}), "names": frozenset({"Poland", "Europe"})}
    assert features(asked("n_poland"), an_entry(**both))["coverage"] == 1
    assert features(asked("n_europe"), an_entry(**both))["coverage"] == PART


def test_what_stands_around_counts_beside_the_passage():
    known = features(asked("troop", "go"), an_entry(around=frozenset({"troop"}), title=frozenset({"go"})))
    assert (known["coverage"], known["around"], known["title"]) == (0, 1, 0.5)


def test_a_repaired_word_counts_a_little_less():
    question = asked("trop", repaired={"trop": "troop"})
    known = features(question, an_entry(passage=("troop",), questions=(("troop",),)))
    assert known["coverage"] == pytest.approx(REPAIRED)
    assert REPAIRED <= known["question"] < 1


def test_a_known_question_or_title_of_the_same_terms_is_fully_alike():
    assert features(asked("troop", "go"), an_entry(questions=(("x",), ("go", "troop"))))["question"] == 1
    assert features(asked("troop", "go"), an_entry(title=frozenset({"go", "troop"})))["question"] == 1


def test_the_nearest_known_question_counts_and_words_left_over_on_either_side_lower_it():
    question = asked("troop", "go")
    less = features(question, an_entry(questions=(("troop",), ())))["question"]
    more = features(question, an_entry(questions=(("troop", "go", "poland"),)))["question"]
    assert less == pytest.approx(2 / 3)
    assert more == pytest.approx(4 / 5)


def test_focus_is_the_share_of_the_passage_that_was_asked_for():
    assert features(asked("troop"), an_entry(passage=("troop", "go", "fight", "2000")))["focus"] == 0.25


def test_pairs_are_terms_that_follow_one_another_on_both_sides():
    question = asked("troop", "go", "poland")
    assert features(question, an_entry(passage=("x", "troop", "go", "far", "poland")))["pairs"] == 0.5
    assert features(question, an_entry(passage=("go", "troop")))["pairs"] == 0
    assert features(asked("troop"), an_entry(passage=("troop",)))["pairs"] == 0


def test_bm25_is_more_in_the_passage_than_in_the_title_and_least_around_it():
    question = asked("troop")
    places = (
        an_entry(passage=("troop", "troop")),
        an_entry(passage=("troop",)),
        an_entry(title=frozenset({"troop"})),
        an_entry(around=frozenset({"troop"})),
        an_entry(),
    )
    found = [features(question, entry)["bm25"] for entry in places]
    assert found == sorted(set(found), reverse=True)
    assert found[-1] == 0


def test_the_shares_of_numbers_and_names():
    question = asked("2000", "300", names=("Poland", "Taiwan"))
    known = features(question, an_entry(passage=("2000",), names=frozenset({"Poland"})))
    assert (known["numbers"], known["named"]) == (0.5, 0.5)
    known = features(asked("troop"), an_entry())
    assert (known["numbers"], known["named"]) == (0, 0)


def test_what_the_passage_is_silent_on_is_flagged_apart():
    flags = ("unnamed", "strange", "miscounted")

    def of(**given):
        known = features(asked("troop", **given), an_entry(passage=("troop",)))
        return tuple(known[flag] for flag in flags)

    assert of() == (0, 0, 0)
    assert of(names=("Taiwan",)) == (1, 0, 0)
    assert of(suspects=tuple(words("Pence"))) == (0, 1, 0)
    assert of(numbers=("2000",)) == (0, 0, 1)


def test_the_loudest_is_the_weight_of_the_rarest_word_that_nothing_near_holds():
    question = asked("troop", "zebra", "lion", weights=(9.0, 6.0, 3.0))
    assert features(question, an_entry(passage=("troop",)))["loudest"] == 0.5
    assert features(question, an_entry(passage=("troop",), around=frozenset({"zebra"})))["loudest"] == 0.25
    assert features(question, an_entry(passage=("troop", "zebra", "lion")))["loudest"] == 0


@pytest.mark.parametrize(
    "place",
    [
        {"passage": ("zebra",)},
        {"around": frozenset({"zebra"})},
        {"title": frozenset({"zebra"})},
        {"questions": (("x",), ("y", "zebra"))},
    ],
    ids=lambda place: next(iter(place)),
)
def test_a_rare_word_that_is_near_or_in_a_known_question_is_heard(place):
    question = asked("troop", "zebra", "lion", rarities={"troop": 0.2, "zebra": 0.6, "lion": 0.2})
    known, silent = features(question, an_entry(**place)), features(question, an_entry())
    assert (known["rarest"], known["heard"]) == (0.2, pytest.approx(0.6))
    assert (silent["rarest"], silent["heard"]) == (0.6, pytest.approx(0))


def test_where_every_word_is_heard_none_is_rare():
    question = asked("zebra", "lion", rarities={"zebra": 0.6, "lion": 0.2})
    known = features(question, an_entry(passage=("zebra",), questions=(("lion",),)))
    assert (known["rarest"], known["heard"]) == (0, 1)


def test_a_misspelt_word_is_as_rare_as_the_one_that_was_meant():
    question = asked("zbera", "lion", repaired={"zbera": "zebra"}, rarities={"zebra": 0.6, "lion": 0.2})
    assert features(question, an_entry(passage=("lion",)))["rarest"] == 0.6
    assert features(question, an_entry(passage=("zebra",)))["rarest"] == 0.2


def test_where_nothing_is_told_of_how_rare_words_are_they_speak_neither_for_nor_against():
    known = features(asked("troop", "zebra"), an_entry())
    assert (known["rarest"], known["heard"]) == (0, 1)


@pytest.mark.parametrize(
    ("kind", "entry", "fits"),
    [
        (Kind.HOW_MANY, {"passage": ("troop",)}, 0),
        (Kind.HOW_MANY, {"passage": ("troop", "2000")}, 1),
        (Kind.HOW_MANY, {"passage": ("thousand", "troop")}, 1),
        (Kind.WHEN, {"passage": ("troop", "2000000")}, 0),
        (Kind.WHEN, {"passage": ("wednesday",)}, 1),
        (Kind.WHEN, {"passage": ("2014",)}, 1),
        (Kind.WHERE, {"named": frozenset({"NATO"})}, 0),
        (Kind.WHERE, {"named": frozenset({"Poland"})}, 1),
        (Kind.WHO, {"named": frozenset({"Poland"})}, 0),
        (Kind.WHO, {"named": frozenset({"NATO"})}, 1),
        (Kind.WHO, {"named": frozenset({"Nobody Listed"})}, 0),
        (Kind.WHY, {}, 1),
        (Kind.YES_NO, {}, 1),
    ],
)
def test_a_passage_fits_that_holds_what_the_kind_asks_for(kind, entry, fits):
    assert features(asked("troop", kind=kind), an_entry(**entry))["fits"] == fits


def test_likeness_of_meaning_is_of_the_passage_of_its_heading_and_of_the_nearer():
    def of(**given):
        known = features(asked("troop"), an_entry(), **given)
        return known["cosine"], known["heading"], known["best_cosine"]

    assert of() == (0, 0, 0)
    assert of(cosine=0.5) == (0.5, 0.5, 0.5)
    assert of(cosine=0.5, heading=0.75) == (0.5, 0.75, 0.75)
    assert of(cosine=0.75, heading=0.5) == (0.75, 0.5, 0.75)


def test_a_passage_fades_with_the_days_between_and_is_never_recent_without_one():
    assert recency(DAY, DAY) == 1
    assert recency(DAY, DAY + timedelta(7)) == pytest.approx(1 / math.e)
    assert recency(DAY + timedelta(7), DAY) == recency(DAY, DAY + timedelta(7))
    assert (recency(None, DAY), recency(DAY, None)) == (UNTOLD, UNTOLD)


def test_a_question_without_weight_is_covered_by_nothing():
    known = features(asked("troop", weights=(0.0,)), an_entry(passage=("troop",), questions=(("troop",),)))
    assert (known["coverage"], known["question"], known["bm25"]) == (0, 0, 0)


@given(
    st.dictionaries(TERMS, st.floats(0, 12)),
    st.dictionaries(TERMS, TERMS),
    st.lists(TERMS),
    st.frozensets(TERMS),
    st.frozensets(TERMS),
    st.lists(st.lists(TERMS).map(tuple)).map(tuple),
    st.sampled_from(list(Kind)),
    st.none() | st.dates(date(1970, 1, 1)),
    any_text(max_size=300),
    st.dictionaries(TERMS, st.floats(0, 1)),
)
def test_every_feature_lies_between_nothing_and_all(
    terms, repaired, passage, around, title, questions, kind, published, text, rarities
):
    question = an_asked(terms=terms, repaired=repaired, kind=kind, suspects=tuple(words(text)), rarities=rarities)
    entry = an_entry(
        passage=tuple(passage), around=around, title=title, questions=questions, published=published, named=around
    )
    known = features(question, entry)
    assert known.keys() == set(NAMES)
    assert all(-1e-9 <= value <= 1 + 1e-9 for name, value in known.items() if name != "bm25")
    assert 0 <= known["bm25"] < 1.7
