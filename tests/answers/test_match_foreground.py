"""Which sentences of a message ask, and which only tell."""

import pytest
from hypothesis import given

from answers.match.foreground import foreground
from tests.answers.builders import any_text


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("My cousin lives in Constanta. How many are going to Romania?", "How many are going to Romania?"),
        ("Are 2,000 or 3,000 going to Poland? I saw 4,000.", "Are 2,000 or 3,000 going to Poland?"),
        ("I live in Narva! are small countries worried", "are small countries worried"),
        ("Who goes? Who stays? I am in Riga.", "Who goes? Who stays?"),
        ("I am in Riga. NATO met on Monday. Who spoke?", "NATO met on Monday. Who spoke?"),
        ("Mein Bruder lebt in Polen. Wie viele Soldaten kommen?", "Wie viele Soldaten kommen?"),
    ],
)
def test_what_a_reader_tells_of_himself_is_left_out(text, asks):
    assert foreground(text) == asks


@pytest.mark.parametrize(
    "text",
    [
        "The games opened in Tokyo this week. How many countries took part?",  # news belongs to the question
        "My brother met Kirby. What did he promise?",  # "he" leans on what was told
        "The U.S. troops are moving, how many?",
        "I am in Riga. Tell me more.",  # nothing plainly asks
        "Are troops going to Poland?",
        "",
    ],
)
def test_where_it_is_not_plain_all_of_the_text_asks(text):
    assert foreground(text) == text


@given(any_text(max_size=300))
def test_what_asks_is_made_of_the_text(text):
    kept = foreground(text)
    assert kept == text or all(part in text for part in kept.split("? "))
    assert len(kept) <= len(text)
