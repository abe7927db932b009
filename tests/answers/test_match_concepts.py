"""A reaction, who leads, what it costs, who was hurt: told only by a passage that speaks of it."""

import pytest
from hypothesis import given

from answers.match.concepts import concept_of, told_of
from answers.match.language import ENGLISH
from answers.match.manner import Kind, kind_of
from answers.text.names import Gazetteer, world
from answers.text.normalise import words
from answers.text.reading import read
from tests.answers.builders import any_text

NAMES = Gazetteer(world())


def answered(question, passage):
    """Whether the passage tells of the concept that the question asks for; None where it asks for none."""
    concept = concept_of(kind_of(words(question), ENGLISH), read(question, NAMES).unnamed)
    return concept and told_of(concept, read(passage, NAMES).unnamed)


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("how did the allies react to the promise", "The allies welcomed the promise.", True),
        ("what was the reaction of Moscow", "Moscow rejected the proposal.", True),
        ("how did the allies respond to the promise", "Biden promised to reassure the allies.", False),
        ("how did Moscow answer", "The NATO Response Force has not been activated.", False),
        ("who commands the troops", "The troops operate with their host countries.", False),
        ("who commands the troops", "A general from Ohio leads the troops.", True),
        ("how much does it cost", "The troops leave on Friday.", False),
        ("who pays for it", "Congress praised it.", False),
        ("who pays for it", "Congress spent a billion on it.", True),
        ("how many were killed", "Two soldiers died.", True),
        ("how many were killed", "Two soldiers left.", False),
        ("does NATO lead the troops", "The troops operate with their host countries.", None),
        ("who goes to Poland", "The troops go to Poland.", None),
        ("what could lead to war", "The troops go to Poland.", None),
    ],
)
def test_a_passage_that_holds_no_word_of_a_concept_tells_nothing_of_it(question, passage, expected):
    assert answered(question, passage) is expected


@given(any_text())
def test_what_asks_for_a_concept_tells_of_it(text):
    for kind in Kind:
        concept = concept_of(kind, words(text))
        assert concept is None or told_of(concept, words(text))
