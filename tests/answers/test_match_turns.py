import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.turns import resolve
from answers.text.names import Gazetteer, Kind, Name

NAMES = Gazetteer(
    [
        *(Name(canonical=name, kind=Kind.PLACE, forms=forms) for name, forms in (
            ("Poland", ("Польшу", "Polen")), ("Germany", ("Germania",)), ("Ukraine", ()), ("Romania", ("Румынии", "Rumänien", "Румунії", "Roumanie", "Rumanía", "Rumunii")),
        )),
        *(Name(canonical=name, kind=Kind.PERSON, forms=()) for name in ("Biden", "Kirby", "Putin")),
        Name(canonical="NATO", kind=Kind.ORGANISATION, forms=()),
    ]
)  # fmt: skip
TROOPS = "how many troops are going to Poland?"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("and in Romania?", "how many troops are going to Romania?"),
        ("what about Germany?", "how many troops are going to Germany?"),
        ("in Germany?", "how many troops are going to Germany?"),
        ("and Germany and Romania?", "how many troops are going to Germany and Romania?"),
        ("what about tanks?", "how many troops are going to Poland tanks?"),
        ("and Kirby?", "how many troops are going to Poland Kirby?"),
        ("since when?", "since when troops are going to Poland?"),
        ("why?", "why troops are going to Poland?"),
        ("who said that?", "who said that troops are going to Poland?"),
        ("are they going to fight?", "are they going to fight troops are going to Poland?"),
        ("is it true?", "is it true troops are going to Poland?"),
        ("did he say so?", "did he say so troops are going to Poland?"),
        ("will they stay in Germany?", "will they stay in Germany troops are going to?"),
        ("tell me more", "tell me more troops are going to Poland?"),
        ("und in Rumänien?", "how many troops are going to Rumänien?"),
        ("а в Румынии?", "how many troops are going to Румынии?"),
        ("і в Румунії?", "how many troops are going to Румунії?"),
        ("Почему?", "Почему troops are going to Poland?"),
        ("Warum?", "Warum troops are going to Poland?"),
    ],
)
def test_a_follow_up_takes_words_of_the_turn_before_along(text, read):
    assert resolve(text, [TROOPS], NAMES) == read


@pytest.mark.parametrize(
    "text",
    [
        "who is John Kirby?",
        "NATO?",
        "Kirby",
        "who are the troops",
        "When will the war end?",
        "is it safe to travel",
        "how are you",
        "And what did Putin say?",
        "What is NATO doing about it in Ukraine?",
        "did Putin say he would invade?",
        "Wer ist Biden?",
        "Сколько солдат едет в Польшу?",
        "8,500",
        "",
    ],
)
def test_a_question_that_stands_alone_is_unchanged(text):
    assert resolve(text, [TROOPS, "what did Biden say about Germany?"], NAMES) == text


def test_without_turns_before_nothing_changes():
    assert resolve("why?", [], NAMES) == "why?"


def test_a_follow_up_of_a_follow_up_is_understood():
    assert resolve("why?", [TROOPS, "and in Romania?"], NAMES) == "why troops are going to Romania?"


def test_a_list_of_names_is_exchanged_whole():
    before = "what did Biden say about Poland and Germany?"
    assert resolve("and Romania?", [before], NAMES) == "what did Biden say about Romania?"
    assert resolve("and Putin?", [before], NAMES) == "what did Putin say about Poland and Germany?"


PIECES = st.sampled_from("and what about in why they that is it who said Poland Kirby und а ? , troops Romania".split())
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=9).map(" ".join))


@given(TEXTS, st.lists(TEXTS, max_size=5))
def test_any_turns_are_read_in_bounds(text, earlier):
    read = resolve(text, earlier, NAMES)
    assert read == text or len(read) <= 5 * (len(text) + sum(map(len, earlier[-3:])) + 10)


def test_long_turns_are_cut():
    assert len(resolve("why?", [f"who {'sends troops ' * 10_000}"], NAMES)) < 400
