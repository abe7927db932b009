import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.parts import MOST_PARTS, Part, compared, parts_of, topic_of
from answers.text.names import Gazetteer, Kind, Name
from answers.text.normalise import words

NAMES = Gazetteer(Name(canonical=name, kind=Kind.PLACE, forms=()) for name in ("Poland", "Germany", "Ukraine"))
OUTLETS = ("CNN", "CBC", "Time")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how many troops go to Poland and when?", ("how many troops go to Poland?", "when troops go to Poland?")),
        (
            "what did Kirby say, and who approved the deployments?",
            ("what did Kirby say?", "who approved the deployments?"),
        ),
        ("Where are troops? And when do they leave?", ("Where are troops?", "when do they leave troops?")),
        ("where are troops; who commands Germany", ("where are troops?", "who commands Germany?")),
        ("are troops going to Poland and why", ("are troops going to Poland?", "why troops going to Poland?")),
        (
            "Wie viele Soldaten gehen nach Polen und wann?",
            ("Wie viele Soldaten gehen nach Polen?", "wann Soldaten gehen nach Polen?"),
        ),
    ],
)
def test_several_questions_are_told_apart(text, parts):
    assert tuple(part.text for part in parts_of(text, NAMES)) == parts


def test_a_part_is_named_as_it_was_said():
    first, second = parts_of("how many troops go to Poland, and when do they leave?", NAMES)
    assert (first.said, second.said) == ("how many troops go to Poland?", "when do they leave?")
    assert second.text == "when do they leave troops go to Poland?"


def test_what_is_asked_twice_is_one_part():
    assert parts_of("who is Kirby? who is Kirby?", NAMES) == (Part("who is Kirby?", "who is Kirby?"),)


@pytest.mark.parametrize(
    "text",
    [
        "which countries are Poland and Germany?",
        "What did Biden and Putin say?",
        "when and where did they land?",
        "Who said what and when?",
        "what did Kirby say about who goes and when they go?",
        "Do they know how many go and when?",
        "How many troops go? To Poland?",
        "Troops moved to Poland. Are they going to fight?",
        "Poland; Germany",
        "and when?",
        "",
    ],
)
def test_one_question_stays_whole(text):
    assert parts_of(text, NAMES) == (Part(text, text),)


def test_at_most_four_parts_are_read():
    assert len(parts_of("who is Kirby? " * 3 + "who is Ann? who is Bo? who is Cy? who is Di?", NAMES)) <= MOST_PARTS


PIECES = st.sampled_from("how many who when what and , ; ? troops Poland are they it go und wann и когда".split())


@given(st.one_of(st.text(), st.lists(PIECES, max_size=20).map(" ".join)))
def test_no_word_is_invented(text):
    parts = parts_of(text, NAMES)
    assert 1 <= len(parts) <= MOST_PARTS
    assert {word.form for part in parts for word in words(part.text)} <= {word.form for word in words(text)}
    assert {word.form for part in parts for word in words(part.said)} <= {word.form for word in words(text)}
    assert topic_of(text) in text


@pytest.mark.parametrize(
    ("text", "comparing"),
    [
        ("do CNN and CBC agree on the number of troops?", True),
        ("compare what CNN and cbc report", True),
        ("difference between CNN and CBC", True),
        ("what do the outlets say about Poland", True),
        ("do both outlets give the same number?", True),
        ("which outlet says that troops will fight?", True),
        ("what do CNN and CBC say?", True),
        ("what does CNN say?", False),
        ("at the same time, what did CNN say?", False),
        ("how does the Russian army compare to Ukraine's?", False),
        ("do the US and Russia agree?", False),
        ("who works for CNN and CBC", False),
        ("", False),
    ],
)
def test_outlets_are_compared_where_the_question_says_so(text, comparing):
    assert compared(text, OUTLETS) is comparing


@given(st.text(), st.lists(st.text()))
def test_any_text_and_outlets_can_be_compared(text, outlets):
    assert compared(text, outlets) in {True, False}
