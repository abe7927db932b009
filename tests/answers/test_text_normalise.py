"""Words in one form: whatever is typed folds, stems and counts the same way on both sides."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers.text.normalise import STOP_WORDS, fold, numbers, stem, words

ANY = st.text(st.characters())  # with lone surrogates


def forms(text):
    return [word.form for word in words(text)]


def counted(text):
    return numbers(forms(text))


@given(ANY)
@example("½ ² ﾞ ͅ ﬀ İ ß")
@example("U.S..'’s d’’")
def test_words_of_any_text_stand_in_it_in_order(text):
    end = 0
    for word in words(text):
        assert word.start >= end
        end = word.start + len(word.surface)
        assert text[word.start : end] == word.surface
        assert word.form
        assert not (word.number and not word.surface[0].isdecimal())
        assert stem(word.form)


@given(ANY.filter(bool))
def test_any_word_can_be_folded(word):
    assert isinstance(fold(word), str)


@given(ANY)
@example("9" * 400)
@example("two " + "9" * 400 + " million")
@example("٣ million ½ hundred")
@example("1.5.3 million 0,000,0 thousand")
def test_numbers_of_any_text_are_read(text):
    assert all(numbers(forms(text)))


@given(st.lists(st.sampled_from("one two nineteen twenty hundred thousand million 8.5 8500 0 troops zero".split())))
def test_any_run_of_number_words_is_read(run):
    read = numbers(run)
    assert len(read) <= len(run)
    assert read.count("troops") == run.count("troops")
    assert numbers([*read, "troops"])[-1] == "troops"


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("U.S.", "us"),
        ("N.C.", "nc"),
        ("US", "us"),
        ("Russia’s", "russia"),
        ("Russia's", "russia"),
        ("RUSSIA'S", "russia"),
        ("don’t", "don't"),
        ("Orbán", "orban"),
        ("Ångström", "angstrom"),
        ("Straße", "strasse"),
        ("Київ", "киів"),
        ("½", "½"),
        ("8,500", "8500"),
        ("8.500", "8500"),
        ("1,234,567", "1234567"),
        ("2.5", "2.5"),
        ("1.2345", "1.2345"),
        ("2,5", "2.5"),
        ("0.500", "0.500"),
        ("007", "7"),
        ("000", "0"),
    ],
)
def test_one_word_has_one_form(written, form):
    assert forms(written) == [form]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a million more", ["1000000", "more"]),
        ("a hundred thousand men", ["100000", "men"]),
        ("a man and millions", ["a", "man", "and", "millions"]),
        ("8,500 troops", ["8500", "troops"]),
        ("two thousand troops", ["2000", "troops"]),
        ("2 thousand", ["2000"]),
        ("twenty five", ["25"]),
        ("twenty-five", ["25"]),
        ("twenty, thirty", ["20", "30"]),
        ("five six", ["5", "6"]),
        ("8.5 million", ["8500000"]),
        ("two thousand five hundred", ["2500"]),
        ("two hundred thousand", ["200000"]),
        ("one million two hundred thousand and one", ["1200000", "and", "one"]),
        ("one hundred", ["100"]),
        ("zero", ["0"]),
        ("one", ["one"]),
        ("thousands of troops", ["thousands", "of", "troops"]),
        ("hundred", ["hundred"]),
        ("2022 2023", ["2022", "2023"]),
        ("one two", ["one", "2"]),
        ("", []),
    ],
)
def test_number_words_are_read_as_digits(text, read):
    assert counted(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [("0.5 million", "500000"), ("0.25 billion", "250000000"), ("0.1 hundred", "10")],
)
def test_a_fraction_of_a_scale_is_not_rounded_up_to_the_scale(text, read):
    assert counted(text) == [read]


@pytest.mark.parametrize("text", ["zero million", "0 thousand", "zero hundred"])
def test_nothing_times_a_scale_is_nothing(text):
    assert counted(text) == ["0"]


@pytest.mark.parametrize(("text", "read"), [("2.01 million", "2010000"), ("1.1 hundred", "110")])
def test_a_decimal_times_a_scale_is_exact(text, read):
    assert counted(text) == [read]


def test_a_number_longer_than_any_count_stays_as_it_is():
    assert counted("9" * 400 + " troops") == ["9" * 400, "troops"]


@given(st.integers(0, 10**15))
def test_a_whole_number_reads_the_same_with_and_without_thousands_marks(number):
    assert counted(f"{number:,}") == counted(str(number)) == [str(number)]


@pytest.mark.parametrize(
    ("one", "other"), [("deploying", "deployed"), ("troops", "troop"), ("countries", "country"), ("8500", "8500")]
)
def test_words_of_one_stem_meet(one, other):
    assert stem(one) == stem(other)


def test_a_word_knows_how_it_was_written():
    us, tell, number = words("US tell 8,500")
    assert (us.all_capitals, us.capital, tell.capital) == (True, True, False)
    assert (number.number, us.number) == (True, False)
    assert not words("A")[0].all_capitals


def test_stop_words_are_folded_words():
    assert {form for word in STOP_WORDS for form in forms(word)} <= STOP_WORDS | {"he", "she", "it", "let"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("L'Ukraine n’envoie rien", ["l", "ukraine", "n", "envoie", "rien"]),
        ("Qu'envoie l’OTAN jusqu'en Pologne", ["qu", "envoie", "l", "otan", "jusqu", "en", "pologne"]),
        ("CÔTE D'IVOIRE", ["cote", "d", "ivoire"]),
        ("they'd, don't, we'll, o'clock, n't", ["they'd", "don't", "we'll", "o'clock", "n't"]),
        ("об'єднані", ["об'єднані"]),
    ],
)
def test_a_french_article_is_a_word_of_its_own_and_no_other_apostrophe_parts_words(text, read):
    assert forms(text) == read
