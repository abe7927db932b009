"""The thing that a question asks for by its noun."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.things import thing_of
from answers.text.normalise import words
from tests.answers.builders import any_text


def thing(text):
    found = thing_of(words(text))
    return found and found.surface


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many warships are in the harbour?", "warships"),
        ("What type of missiles did they send?", "missiles"),
        ("are there any javelins in the convoy", "javelins"),
        ("Is there a curfew?", "curfew"),
        ("was there an air raid", "raid"),
        ("Were there no casualties?", "casualties"),
        ("any tanks", "tanks"),
        ("do they bring any tanks", "tanks"),
        ("Tell me, are there some tanks?", "tanks"),
        ("are they going there by rail", None),
        ("what are planes doing there now", None),  # asks for no planes
        ("There is a curfew.", None),  # tells of one
        ("is there any way out", None),  # any passage may hold a way
        ("are there Polish tanks", None),  # what a name leads is not told by plain words
        ("any", None),
        ("are there", None),
    ],
)
def test_the_noun_that_is_asked_for_or_nothing(text, expected):
    assert thing(text) == expected


@pytest.mark.parametrize("article", ["a ", "an ", "any ", "some ", "no ", "any some "])
@pytest.mark.parametrize("asking", ["is there", "which", "what"])
def test_an_article_before_the_noun_changes_nothing(asking, article):
    assert thing(f"{asking} {article}curfew") == thing(f"{asking} curfew") == "curfew"


PIECES = st.sampled_from("is are there any which what many a no curfew tanks of 12 Poland the going".split())


@given(st.lists(PIECES, max_size=10).map(" ".join) | any_text(max_size=200))
def test_of_any_text_the_thing_is_one_of_its_words_after_the_one_that_asks(text):
    read = words(text)
    found = thing_of(read)
    assert found is None or found in read[1:]
