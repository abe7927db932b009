"""One reading for both sides: stems, numbers and name tokens in order, stop words left out."""

from hypothesis import given
from hypothesis import strategies as st

from answers.text.names import Gazetteer, token, world
from answers.text.normalise import STOP_WORDS
from answers.text.reading import read, stems

GAZETTEER = Gazetteer(world())


def test_a_reading_has_stems_numbers_and_names_in_order():
    reading = read("The U.S. is sending two thousand soldiers to Poland’s border", GAZETTEER)
    assert reading.terms == ("n_united_states", "send", "2000", "soldier", "n_poland", "border")
    assert reading.names == ("United States", "Poland")
    assert [word.form for word in reading.plain] == ["sending", "two", "thousand", "soldiers", "border"]


def test_a_name_is_one_term_under_whatever_form_it_is_written():
    for form in ("American troops", "US troops", "USA troops", "troops of the United States of America"):
        assert set(read(form, GAZETTEER).terms) == {"n_united_states", "troop"}


def test_a_name_that_stands_twice_is_two_terms_and_one_name():
    reading = read("Poland, and Polish towns", GAZETTEER)
    assert (reading.terms, reading.names) == (("n_poland", "n_poland", "town"), ("Poland",))


def test_a_text_of_stop_words_has_no_terms():
    reading = read("What is it about?", GAZETTEER)
    assert (reading.terms, reading.names, reading.plain) == ((), (), ())


def test_number_words_are_not_joined_across_a_name():
    assert read("two Poland thousand", GAZETTEER).terms == ("2", "n_poland", "thousand")


def test_stop_words_go_after_numbers_are_read():
    assert stems(["two", "thousand", "or", "more"]) == ["2000"]


@given(st.text(st.characters()))
def test_any_text_can_be_read(text):
    reading = read(text, GAZETTEER)
    assert all(reading.terms)
    assert {token(name) for name in reading.names} <= set(reading.terms)
    assert {word.form for word in reading.plain}.isdisjoint(STOP_WORDS)


@given(st.lists(st.sampled_from("US us tell Poland New York Delhi Warsaw the two thousand 8,500 NATO’s".split())))
def test_every_word_is_part_of_a_name_a_stop_word_or_plain(words):
    reading = read(" ".join(words), GAZETTEER)
    named = sum(mention.stop - mention.first for mention in reading.mentions)
    stopped = sum(
        word.form in STOP_WORDS and not any(m.first <= at < m.stop for m in reading.mentions)
        for at, word in enumerate(reading.words)
    )
    assert named + stopped + len(reading.plain) == len(reading.words) == len(words)
