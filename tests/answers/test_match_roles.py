"""The parts that names play in a sentence, and when they contradict a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.roles import Role, contradicted, roles
from answers.text.names import Gazetteer, Kind, Name, world
from answers.text.reading import read

NAMES = Gazetteer([*world(), Name(canonical="Joe Biden", kind=Kind.PERSON, forms=("Biden",))])


def of(text: str, name: str) -> set[Role]:
    return set(roles(read(text, NAMES)).get(name, frozenset()))


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Is NATO going to fight in Ukraine?", "NATO", Role.ACTOR),
        ("Are Russian troops going to Poland?", "Russia", Role.ACTOR),
        ("Are Russian troops going to Poland?", "Poland", Role.GOAL),
        ("Troops were moved from Romania.", "Romania", Role.ORIGIN),
        ("Which country is giving Ukraine weapons?", "Ukraine", Role.RECEIVER),
        ("Soldiers based in Germany are leaving.", "Germany", Role.PLACE),
        ("Two thousand go to Poland and Germany.", "Germany", Role.GOAL),
        ("Germany and Poland will send help.", "Germany", Role.ACTOR),
        ("It is part of the NATO treaty.", "NATO", Role.OTHER),
    ],
)
def test_the_words_beside_a_name_tell_its_part(text: str, name: str, role: Role):
    assert of(text, name) == {role}


@pytest.mark.parametrize(
    ("question", "passage", "names"),
    [
        ("Is Ukraine giving weapons to Canada?", "Canada is giving Ukraine weapons.", {"Ukraine"}),
        ("Are troops moved from Romania to Germany?", "Troops in Germany are moved to Romania.", {"Romania"}),
        ("Is Canada giving weapons to Ukraine?", "Canada is giving Ukraine weapons.", set()),
        ("Is Japan helping?", "Canada is giving Ukraine weapons.", set()),
    ],
)
def test_giving_is_not_receiving_and_from_is_not_to(question: str, passage: str, names: set[str]):
    asked, told = (roles(read(text, NAMES)) for text in (question, passage))
    assert set(contradicted(asked, told)) == names


def test_who_speaks_need_not_act():
    asked, told = roles(read("Did NATO say that?", NAMES)), roles(read("They flew to NATO.", NAMES))
    assert list(contradicted(asked, told)) == ["NATO"]
    assert list(contradicted(asked, told, speech=True)) == []


@pytest.mark.parametrize("part", list(Role))
def test_a_part_that_words_do_not_tell_contradicts_nothing(part):
    unknown = {"NATO": frozenset({Role.OTHER})}
    assert list(contradicted({"NATO": frozenset({part})}, unknown)) == []
    assert list(contradicted(unknown, {"NATO": frozenset({part})})) == []


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("Are the allies sending troops to Biden?", "Joe Biden", Role.RECEIVER),
        ("Are the allies giving Biden troops?", "Joe Biden", Role.RECEIVER),
        ("Are they giving Biden's troops a base?", "Joe Biden", Role.ACTOR),
        ("What happened according to Biden?", "Joe Biden", Role.ACTOR),
        ("Which parts of the Ukrainian military will receive it?", "Ukraine", Role.RECEIVER),
        ("They train in Ukraine, Biden said.", "Joe Biden", Role.ACTOR),
        ("Are troops going to Poland?", "Poland", Role.GOAL),
        ("They said that the US had been in talks.", "United States", Role.ACTOR),
        ("How many troops does Europe have?", "Europe", Role.OTHER),
    ],
)
def test_who_is_a_person_is_given_things_and_nobody_moves_to_him(text, name, part):
    assert roles(read(text, NAMES))[name] == {part}


@given(st.text(max_size=300))
def test_any_text_has_roles(text: str):
    reading = read(text, NAMES)
    assert set(roles(reading)) == set(reading.names)


@given(
    st.lists(st.sampled_from(["Poland", "to", "from", "Russian", "troops", "and", "gives", "NATO", "is"]), max_size=12)
)
def test_a_text_never_contradicts_itself_on_one_part(forms: list[str]):
    told = roles(read(" ".join(forms), NAMES))
    assert not set(contradicted({name: parts for name, parts in told.items() if len(parts) == 1}, told))
