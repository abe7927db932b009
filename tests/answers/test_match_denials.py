"""What a text says is not so."""

import pytest
from hypothesis import given

from answers.match.denials import REFUSED, denied, negates, scope
from answers.text.normalise import stem, words
from tests.answers.builders import any_text


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("They do not send weapons.", {"send"}),
        ("They dont send weapons.", {"send"}),
        ("They aren't going to fight.", {"fight"}),
        ("NATO has not yet activated its force.", {stem("activated")}),
        ("They send weapons.", set()),
    ],
)
def test_a_negation_is_about_the_first_word_that_tells_something(text, about):
    assert denied(words(text)) == about


@pytest.mark.parametrize(
    "text",
    [
        "Which allies refused?",
        "Which allies turned down the offer?",
        "Which allies turned the offer down?",
        "Who voted against the deployments?",
        "Who stayed out of the talks?",
    ],
)
def test_a_refusal_may_be_a_verb_with_its_particle(text):
    assert REFUSED in denied(words(text))


def test_a_particle_alone_refuses_nothing():
    assert denied(words("Who turned up when the sun went down?")) == set()


def test_the_scope_of_a_negation_holds_all_that_it_bears_on():
    assert scope(words("He will not put American troops in Ukraine")) >= {"put", stem("troops"), stem("ukraine")}
    assert scope(words("He will put American troops in Ukraine")) == set()


@pytest.mark.parametrize("form", ["aren't", "arent", "dont", "won't"])
def test_a_verb_carries_its_negation_with_its_mark_or_without(form):
    assert negates(form)


@given(any_text(max_size=300))
def test_what_is_denied_stands_in_the_text(text):
    found = words(text)
    assert denied(found) - {REFUSED} <= scope(found) | {stem(word.form) for word in found}


def test_a_denial_ends_where_something_is_set_against_it():
    told = words("He will not fight, although they supply weapons.")
    assert scope(told) == {stem("fight")}


def test_who_defends_against_something_refuses_nothing():
    assert REFUSED not in denied(words("They deter and defend against any aggression."))
