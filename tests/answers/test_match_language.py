import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "Are troops going to Poland?",
        "are US trops going to fihgt in ukriane",
        "NATO?",
        "Kirby",
        "how many polnd",
        "did Biden say Kyiv?",
        "Olaf Scholz, Emmanuel Macron, Volodymyr Zelenskyy",
        "who die in the war",
        "¿What is NATO?",
        "ok",
    ],
)
def test_undecided_latin_text_is_english(text):
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie viele Soldaten gehen nach Polen?", "de"),
        ("und in Rumänien?", "de"),
        ("Warum?", "de"),
        ("Où vont les soldats américains ?", "fr"),
        ("¿Cuántos soldados van a Polonia?", "es"),
        ("Ilu żołnierzy jedzie do Polski?", "pl"),
        ("Câți soldați merg în România?", "ro"),
        ("Quanti soldati andranno in Polonia?", "it"),
        ("Чи йдуть війська до Польщі?", "uk"),
        ("Скільки солдатів?", "uk"),
        ("Сколько солдат едет в Польшу?", "ru"),
        ("Что сказал Байден?", "ru"),
        ("Что делает Pentagon Press Office?", "ru"),
        ("軍隊は行きますか", "ja"),
        ("部队去哪里", "zh"),
        ("군대는 어디로", "ko"),
        ("أين القوات", "ar"),
        ("לאן הולכים", "he"),
        ("Πού πάνε", "el"),
    ],
)
def test_other_languages_are_told(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "8,500?", "\U0001f600 !!", "ꙮ"[:0]])
def test_text_without_letters_is_undetermined(text):
    assert language_of(text) == "und"


@given(st.text())
def test_any_text_has_a_language(text):
    assert 2 <= len(language_of(text)) <= 3


def test_only_the_beginning_of_a_long_text_is_read():
    assert language_of("Kirby " * 100_000 + "Сколько") == "en"
