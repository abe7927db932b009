"""A likeness that suggests: the same from both sides, in [0, 1], and found without a look at every pair."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.claims.alike import Likeness, sketch, sketch_of
from answers.model import Figure, Known, Part
from answers.text.names import Gazetteer, world
from tests.answers.builders import a_fact, any_text

PASSAGES = [
    "The ferry to Odesa was cancelled because of a storm.",
    "A storm led to the cancellation of the ferry to Odesa.",
    "Parliament voted for a new budget on Monday.",
    "Farmers expect a poor harvest this summer.",
    "Trains between Kyiv and Lviv run as usual.",
]


@cache
def gazetteer():
    return Gazetteer(world())


def score(one, other):
    return Likeness([one, other, *map(sketch, PASSAGES)]).score(one, other)


def test_what_says_the_same_is_liker_than_what_does_not():
    sketches = [sketch(passage) for passage in PASSAGES]
    likeness = Likeness(sketches)
    assert likeness.like(sketches[0], above=0.3) == [
        (0, pytest.approx(1)),
        (1, pytest.approx(likeness.score(*sketches[:2]))),
    ]
    assert likeness.score(sketches[0], sketches[2]) < 0.05


def test_no_more_are_found_than_were_asked_for():
    sketches = [sketch("The ferry was cancelled.")] * 30
    assert len(Likeness(sketches).like(sketches[0], above=0.5, most=7)) == 7


def test_nothing_is_like_what_has_no_words():
    likeness = Likeness([sketch("..."), sketch("The ferry was cancelled.")])
    assert likeness.like(sketch(""), above=0) == []
    assert Likeness([]).like(sketch("words"), above=0) == []


def test_words_that_both_quote_are_proof_whatever_stands_around_them():
    one = sketch('Asked in Kyiv, he said: "We will not leave this town."')
    assert score(one, sketch("“We will not leave this town” were her words on television.")) == 1.0


def number(value, unit="people", part=Part.TOTAL):
    return Figure(text=str(value), low=value, high=value, unit=unit, part=part)


@pytest.mark.parametrize(
    ("figure", "counts"),
    [
        (number(12), True),
        (Figure(text="about 12", low=12, high=12, hedge="about", unit="residents"), True),
        (Figure(text="10 to 20", low=10, high=20, unit="people"), True),
        (number(30), False),
        (number(12, "tanks"), False),
        (number(12, part=Part.OPTION), False),
    ],
)
def test_a_figure_that_both_may_mean_makes_a_pair_liker(figure, counts):
    words = "The ferry was late."
    plain, with_ = (
        score(sketch(words), sketch("Late again.")),
        score(sketch(words, figures=[number(12)]), sketch("Late again.", figures=[figure])),
    )
    assert (with_ > plain) is counts


def test_one_voice_and_shared_names_make_a_pair_liker():
    plain = score(sketch("The ferry was late."), sketch("Late again."))
    assert score(sketch("The ferry was late.", voice=["Kirby"]), sketch("Late again.", voice=["Kirby"])) > plain
    assert score(sketch("The ferry was late.", ["Odesa"]), sketch("Late again.", ["Odesa"])) > plain


def test_the_voice_of_a_fact_is_that_of_the_body_too():
    spoken = [a_fact(speaker=speaker, known=Known.CUE) for speaker in ("John Kirby", "The Pentagon")]
    one, other = (sketch_of(fact, gazetteer()) for fact in spoken)
    assert one.voice & other.voice == {"The Pentagon"}


@given(st.lists(any_text(), max_size=6), any_text(), any_text())
def test_likeness_is_the_same_from_both_sides_and_within_bounds(texts, one, other):
    likeness = Likeness([sketch(text) for text in (*texts, one, other)])
    there, back = likeness.score(sketch(one), sketch(other)), likeness.score(sketch(other), sketch(one))
    assert there == pytest.approx(back)
    assert 0 <= there <= 1


@given(st.lists(any_text(), min_size=1, max_size=8))
def test_what_is_found_has_the_likeness_that_the_pair_has(texts):
    sketches = [sketch(text) for text in texts]
    likeness = Likeness(sketches)
    for place, found in likeness.like(sketches[0], above=0.01):
        assert found == pytest.approx(likeness.score(sketches[0], sketches[place]))
