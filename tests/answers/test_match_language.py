import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Are troops going to Poland?", "en"),
        ("Où vont les soldats américains ?", "en"),
        ("Чи йдуть війська до Польщі?", "und"),
        ("軍隊は行きますか", "und"),
        ("ab вг", "en"),  # half and half
        ("ab вгд", "und"),
        ("8,500? \U0001f600", "en"),
        ("", "en"),
    ],
)
def test_most_letters_tell_the_language(text, language):
    assert language_of(text) == language


@given(st.text())
def test_any_text_has_a_language(text):
    assert language_of(text) in {"en", "und"}
