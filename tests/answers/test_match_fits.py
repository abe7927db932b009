"""Whether a passage holds a thing of the kind that a question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.fits import disavows, fits, tells
from answers.match.manner import Kind
from answers.text.names import Gazetteer, Name, world
from answers.text.names import Kind as NameKind
from answers.text.normalise import stem
from answers.text.reading import read
from tests.answers.builders import a_fact, an_entry, any_text
from tests.answers.readings import an_asked

NAMES = Gazetteer(
    [
        *world(),
        Name(canonical="NATO Response Force", kind=NameKind.ORGANISATION, forms=(), part_of=("NATO",)),
        Name(canonical="Joe Biden", kind=NameKind.PERSON, forms=("Biden",)),
    ]
)


def holds(kind, passage, names=()):
    reading = read(passage, NAMES)
    entry = an_entry(passage=reading.terms, named=frozenset(reading.names))
    return fits(an_asked(kind=kind, names=names), entry, NAMES)


@pytest.mark.parametrize(
    ("kind", "passage", "expected"),
    [
        (Kind.HOW_MANY, "2,000 troops leave.", True),
        (Kind.HOW_MANY, "Thousands of troops leave.", True),
        (Kind.HOW_MANY, "The troops leave.", False),
        (Kind.WHEN, "They leave in the coming days.", True),
        (Kind.WHEN, "They left in 2014.", True),
        (Kind.WHEN, "They leave.", False),
        (Kind.WHERE, "They go to Poland.", True),
        (Kind.WHERE, "They go.", False),
        (Kind.WHO, "Biden ordered it.", True),
        (Kind.WHY, "They go.", True),
    ],
)
def test_the_kind_of_thing_is_told_by_terms_and_names(kind, passage, expected):
    assert holds(kind, passage) is expected


def test_what_the_question_names_itself_is_no_answer_to_it():
    assert not holds(Kind.WHERE, "The troops in Poland are ready.", names=("Poland",))
    assert not holds(Kind.WHO, "NATO has a force.", names=("NATO Response Force",))


@pytest.mark.parametrize(
    ("kind", "passage", "expected"),
    [
        (Kind.WHO, "Canada is giving Ukraine weapons.", True),
        (Kind.WHO, "The troops stay in Germany.", False),
        (Kind.WHY, "They go to reassure allies, because of fears.", True),
        (Kind.WHY, "The equipment is on its way.", False),
        (Kind.WHEN, "The equipment is on its way.", True),
    ],
)
def test_who_acts_and_why_is_told_by_words(kind, passage, expected):
    assert tells(an_asked(kind=kind), a_fact(passage), NAMES) is expected


def test_who_commands_nato_is_not_answered_by_what_nato_does():
    passage = a_fact("NATO has not yet activated a response force.")
    assert not tells(an_asked(kind=Kind.WHO, names=("NATO",)), passage, NAMES)
    assert tells(an_asked(kind=Kind.WHO), passage, NAMES)


def test_the_speaker_tells_who_only_where_words_are_asked_for():
    fact = a_fact("The troops stay.", speaker="Joe Biden")
    assert tells(an_asked(kind=Kind.WHO, speech=True), fact, NAMES)
    assert not tells(an_asked(kind=Kind.WHO), fact, NAMES)


def test_what_is_presumed_and_denied_is_disavowed():
    asked = an_asked(terms={stem("fight"): 1.0})
    assert disavows(asked, a_fact("These forces are not going to fight in Ukraine."))
    assert not disavows(asked, a_fact("These forces are going to fight."))


@given(any_text(max_size=300), st.sampled_from(list(Kind)))
def test_any_passage_fits_or_does_not(passage, kind):
    asked, fact = an_asked(kind=kind), a_fact(passage)
    assert {holds(kind, passage), tells(asked, fact, NAMES), disavows(asked, fact)} <= {True, False}
