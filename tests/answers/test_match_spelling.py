from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.spelling import SHORTEST, Speller, dictionary, rarity

KNOWN = {"kyivshchyna": 3, "zelenskiy": 5, "kaliningrad": 1, "brovary": 9, "brovery": 2, "nato": 7}
SPELLER = Speller(KNOWN.items(), frozenset({"mykolaiv", "kherson"}))
ENGLISH = sorted(word for word in dictionary() if word.isalpha())


@given(st.sampled_from([*KNOWN, "mykolaiv", "kherson", *ENGLISH]))
def test_a_known_word_is_never_changed(word):
    assert SPELLER.knows(word)
    assert SPELLER.meant(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khersn", "kherson"),  # a letter left out
        ("khersson", "kherson"),  # one too many
        ("kharson", "kherson"),  # one for another
        ("khesron", "kherson"),  # two swapped
        ("herson", "kherson"),  # the first left out
        ("mikolaiv", "mykolaiv"),
        ("zelenksyi", "zelenskiy"),  # two edits in nine letters
        ("kalinigrat", "kaliningrad"),
    ],
)
def test_a_slip_of_the_keyboard_is_put_right(typed, meant):
    assert SPELLER.meant(typed) == meant


def test_two_edits_are_too_many_below_eight_letters():
    assert SPELLER.meant("kharsan") is None
    assert SPELLER.meant("kharsun") is None


def test_three_edits_are_always_too_many():
    assert SPELLER.meant("kaliningrad"[:-3]) is None


@given(st.text(ascii_lowercase, min_size=1, max_size=SHORTEST - 1))
def test_a_short_word_is_left_alone(word):
    assert SPELLER.meant(word) is None


def test_a_short_word_is_left_alone_though_it_is_one_letter_from_a_known_one():
    assert SPELLER.meant("nat") is None
    assert SPELLER.meant("natoo") == "nato"


@pytest.mark.parametrize("word", ["food", "seize", "gremlins", "person", "bravery"])
def test_an_ordinary_word_is_no_slip_though_the_base_lacks_it(word):
    speller = Speller([("foot", 9), ("seized", 9), ("kremlins", 9), ("persons", 9), ("brovery", 9)], frozenset())
    assert word in dictionary()
    assert speller.meant(word) is None


def test_of_two_equally_near_the_more_frequent_is_meant():
    assert SPELLER.meant("brovury") == "brovary"
    assert Speller([("brovary", 1), ("brovery", 2)], frozenset()).meant("brovury") == "brovery"
    assert Speller([("brovary", 2), ("brovery", 2)], frozenset()).meant("brovury") == "brovary"


def test_the_nearer_is_meant_though_the_farther_is_more_frequent():
    assert Speller([("zelenskiyi", 1), ("zelenskayya", 99)], frozenset()).meant("zelenskiyy") == "zelenskiyi"


@given(st.text(max_size=30).filter(bool))
def test_any_word_has_a_known_meaning_or_none(word):
    meant = SPELLER.meant(word)
    assert meant is None or SPELLER.knows(meant)


@given(st.sampled_from(sorted(word for word in KNOWN if len(word) > 5)), st.data())
def test_one_slip_in_a_long_word_that_stands_alone_is_always_put_right(word, data):
    speller = Speller([(word, 1)], frozenset())
    at = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("qxzj"))
    slips = [word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :]]
    slips += [word[:at] + word[at + 1] + word[at] + word[at + 2 :]]
    for slip in slips:
        assert speller.meant(slip) == (None if len(slip) < SHORTEST or speller.knows(slip) else word)


def test_a_slip_that_is_likelier_one_in_a_word_of_the_language_is_none_in_a_rare_word_of_the_base():
    assert "beautiful" in dictionary()
    assert Speller([("beautifal", 9)], frozenset()).meant("beautifel") == "beautifal"
    assert Speller([], frozenset()).meant("beautifel") is None
    assert Speller([("zhat", 1)], frozenset()).meant("xhat") is None
    assert Speller([("zhat", 99)], frozenset()).meant("xhat") == "zhat"


def test_letters_of_any_script_are_compared():
    speller = Speller([("зеленський", 3), ("київщина", 1)], frozenset())
    assert speller.meant("зеленскьий") == "зеленський"
    assert speller.meant("київщна") == "київщина"


@given(st.sampled_from(ENGLISH) | st.text(max_size=20))
def test_any_word_is_rare_by_a_share_and_one_that_no_dictionary_has_wholly(word):
    assert 0 <= rarity(word) <= 1
    assert word in dictionary() or rarity(word) == 1


def test_the_commoner_a_word_of_the_language_the_less_rare_it_is():
    words = ["the", "time", "soldier", "regiment", "zblorkovich"]
    rarities = [rarity(word) for word in words]
    assert rarities == sorted(set(rarities))
    assert (rarities[0], rarities[-1]) == (0, 1)
