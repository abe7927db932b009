import pytest
from hypothesis import given

from answers.match.asked import analyse
from answers.match.manner import Kind
from answers.match.roles import Role
from answers.match.spelling import Speller
from tests.answers.builders import DATA, TODAY, any_text, opened


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    with opened(DATA, tmp_path_factory.mktemp("asked")) as snapshot:
        base = snapshot.base
        speller = Speller(base.spellings(), base.gazetteer.vocabulary)
        yield lambda text: analyse(text, base, speller, TODAY)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Are US troops going to Poland?", {"United States", "Poland"}),
        ("are american troops going to tiawan", {"United States", "Taiwan"}),
        ("What did Kirby tell CNN?", {"CNN", "John Kirby"}),
        ("why did they go", set()),
    ],
)
def test_names_are_canonical_however_they_are_written(read, text, names):
    assert set(read(text).names) == names


def suspects(read, text):
    return {word.surface for word in read(text).suspects}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did Mike Pence say?", {"Pence"}),  # both words are ordinary; together they are a name
        ("What did the Governor say about Democratic plans?", set()),  # a capital makes no name of one
        ("what did zblorkovich say?", {"zblorkovich"}),  # no list has it
        ("Zblorkovich said what?", {"Zblorkovich"}),
        ("ARE SOLDIERS MOVING EAST SOON", set()),  # capitals throughout tell nothing
        ("ARE SOLDIERS MEETING QWXZTRV SOON", {"QWXZTRV"}),
        ("Will they go on Monday or in February?", set()),
        ("What about Mike. Pence is known.", set()),  # a full stop parts them
        ("Soldiers go. Soon they go.", set()),
        ("how many GIs go", set()),  # soldiers, by another word
        ("who is xq", set()),  # two letters are too few
        ("Did they go to Buenos then?", {"Buenos"}),  # only known as a part of names
        ("Was the Unifier extended?", set()),
        ("Buenos was quiet?", set()),  # a sentence begins with a capital
    ],
)
def test_what_may_be_a_name_is_suspected(read, text, expected):
    assert suspects(read, text) == expected


def test_a_known_name_is_no_suspect(read):
    assert suspects(read, "Did John Kirby speak of Poland to CNN?") == set()


def test_a_misspelt_word_is_no_suspect_but_is_repaired(read):
    asked = read("how many soliders go")
    assert asked.suspects == ()
    assert set(asked.repaired.values()) == {"soldier"}


def test_a_misspelt_name_gets_the_term_of_the_name(read):
    asked = read("are troops going to polnad")
    assert asked.names == ("Poland",)
    assert "n_poland" in asked.terms
    assert not any(term.startswith("polna") for term in asked.terms)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("are 50,000 troops going", ("50000",)),
        ("are 13 troops going", ("13",)),
        ("are 12 troops going", ()),
        ("are twelve troops going", ()),
        ("are two thousand troops going", ("2000",)),
        ("which two countries", ()),
        ("What does Article 5 say?", ("5",)),
        ("what does article 5 say", ()),
        ("what happened on February 24", ()),
        ("what happened on 24 February", ()),
        ("What happened on Friday 5?", ()),
        ("what happened in 2014", ("2014",)),
        ("are 2.5 million people there", ("2500000",)),
        ("why", ()),
    ],
)
def test_numbers_that_a_question_turns_on(read, text, numbers):
    assert read(text).numbers == numbers


def test_a_rare_term_weighs_more_than_a_frequent_one(read):
    terms = read("are parliaments in Ukraine sending locomotives").terms
    assert terms["locomot"] > terms["n_ukraine"] > 0


def test_how_rare_a_word_is_is_told_of_words_that_are_neither_names_nor_numbers(read):
    rarities = read("do 300 soldiers or paratroopers go to Poland").rarities
    assert rarities.keys() == {"soldier", "paratroop", "go"}
    assert rarities["go"] < rarities["soldier"] < rarities["paratroop"]
    assert read("Wie viele Soldaten gehen nach Polen und NATO?").rarities == {}


def test_a_misspelt_word_is_as_rare_as_the_one_that_was_meant(read):
    assert read("how many soliders go").rarities["soldier"] == read("how many soldiers go").rarities["soldier"] < 1


@given(any_text(min_size=0, max_size=300))
def test_any_text_is_read(read, text):
    asked = read(text)
    assert asked.weight >= 0
    assert len(asked.terms) <= 40
    assert set(asked.repaired) <= set(asked.terms)
    assert all(0 <= rarity <= 1 for rarity in asked.rarities.values())
    assert (asked.gap, asked.openness) == ("", 0.0)  # told by whoever holds the gaps
    assert all(word.surface in text for word in asked.suspects)


def test_a_question_of_many_words_keeps_the_first_forty_terms(read):
    asked = read("are there " + " ".join(f"{number}" for number in range(1000, 1090)))
    assert list(asked.terms) == [str(number) for number in range(1000, 1040)]


def test_an_outlet_that_limits_a_question_is_a_limit_and_neither_a_name_nor_a_term(read):
    asked = read("What did CNN report about Kirby?")
    assert asked.limits.outlets == ("CNN",)
    assert asked.names == ("John Kirby",)
    assert not any("cnn" in term for term in asked.terms)


def test_outlets_that_are_compared_are_no_names_either(read):
    asked = read("Do CNN and CBC agree about troops in Poland?")
    assert asked.comparing
    assert asked.names == ("Poland",)
    assert set(asked.outlets) == {"CNN", "CBC News"}


def test_the_text_is_given_with_its_spelling_mended(read):
    assert read("how many soliders go to polnad").text == "how many soldiers go to poland"


def test_the_parts_that_names_play_are_read(read):
    assert read("Are Russian troops going to Poland?").roles == {
        "Russia": frozenset({Role.ACTOR}),
        "Poland": frozenset({Role.GOAL}),
    }


@pytest.mark.parametrize(
    ("text", "kind", "thing"),
    [
        ("How many warships are in the harbour?", Kind.HOW_MANY, "warship"),
        ("How many soldiers go to Poland?", Kind.HOW_MANY, "troop"),  # a word of war news that means the same
        ("Which country is sending help?", Kind.WHERE, None),  # any passage may hold one
        ("Are troops going?", Kind.YES_NO, None),
    ],
)
def test_the_kind_and_the_thing_that_are_asked_for(read, text, kind, thing):
    asked = read(text)
    assert asked.kind is kind
    assert thing in asked.thing if thing else (asked.thing, asked.thing_said) == (frozenset(), "")


def test_the_thing_that_is_asked_for_is_read_as_it_was_meant(read):
    meant, typed = read("how many troops go to Poland"), read("how many trops go to polnad")
    assert (typed.thing, typed.thing_said) == (meant.thing, "troops")


def test_a_thing_that_is_near_to_nothing_of_the_base_stays_as_it_was_typed(read):
    assert read("how many zeppelims go to Poland").thing_said == "zeppelims"


def test_what_a_question_denies_is_read(read):
    assert read("Which countries are not sending weapons?").negated
    assert read("Which weapons does the US not supply?").negated
    assert not read("Who said that they are not going?").negated
    assert "send" in read("Which countries are not sending weapons?").denied
    assert read("Who refused to send weapons?").negated
    assert not read("Aren't they sending weapons?").negated


@pytest.mark.parametrize(
    ("text", "speech", "now", "future"),
    [
        ("What did Kirby say about Poland?", True, False, False),
        ("Are troops in Poland now?", False, True, False),
        ("Will troops go to Poland?", False, False, True),
        ("Did troops go to Poland?", False, False, False),
        ("Did troops from the United States go to Poland?", False, False, False),  # "states" is no verb there
    ],
)
def test_speech_now_and_what_is_to_come(read, text, speech, now, future):
    asked = read(text)
    assert (asked.speech, asked.now, asked.future) == (speech, now, future)


@pytest.mark.parametrize(
    ("text", "slight"),
    [("and in Poland?", True), ("Kirby", True), ("why?", True), ("troops in Poland?", False), ("2014", False)],
)
def test_a_name_alone_asks_too_little(read, text, slight):
    assert read(text).slight is (slight and read(text).language == "en")


def test_of_another_language_only_what_the_base_holds_is_a_term_and_nothing_is_mended(read):
    asked = read("Wie viele Soldaten gehen nach Polen und NATO?")
    assert asked.language == "de"
    assert "n_nato" in asked.terms
    assert not asked.repaired
    assert not any(term.startswith("soldat") for term in asked.terms)
    assert asked.suspects == ()


def test_parts_are_read_in_the_language_of_the_question(read):
    assert read("Wie viele Soldaten gehen nach Polen?").roles == {"Poland": frozenset({Role.GOAL})}
    assert read("Cuántos soldados hay en Canada y por qué").roles == {}


def test_a_limit_is_read_beside_a_misspelt_word(read):
    assert read("how many soldirs are there according to CNN").limits.outlets == ("CNN",)
