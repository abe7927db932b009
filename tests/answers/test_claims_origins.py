"""Two outlets that go back to one source are not two sources; independence is never claimed."""

from functools import cache

import pytest
from hypothesis import given

from answers.claims.origins import origin, quoted_alike, runs, voices
from answers.model import Known, Origin, Shared
from answers.text.names import Gazetteer, Kind, Name, world
from tests.answers.builders import a_fact, an_article, any_text

UNKNOWN = Origin()


@cache
def gazetteer():
    outlet = Name(canonical="CBC News", kind=Kind.OUTLET, forms=("CBC",), cased=True)
    return Gazetteer([*world(), outlet])


def says(words="Troops go to Poland.", outlet="CNN", *, speaker="", role="", **article):
    whole = an_article(words, **{"id_": f"of-{outlet}".lower(), "outlet": outlet, **article})
    return a_fact(
        words,
        f"{outlet}-fact".lower(),
        of=whole,
        speaker=speaker,
        role=role,
        known=Known.CUE if speaker else Known.NONE,
    )


def shared(one, other):
    found = origin(one, other, gazetteer())
    assert origin(other, one, gazetteer()) == found
    return found


SPEAKERS = [
    (("John Kirby", ""), ("John Kirby", ""), Shared.SPEAKER, "John Kirby"),
    (("Kirby", ""), ("John Kirby", "spokesman"), Shared.SPEAKER, "John Kirby"),
    (("Pentagon", ""), ("the Pentagon", ""), Shared.SPEAKER, "The Pentagon"),
    (("The Pentagon", ""), ("John Kirby", ""), Shared.BODY, "The Pentagon"),
    (("Jane Smith", "Pentagon press secretary"), ("US Department of Defense", ""), Shared.BODY, "The Pentagon"),
    (("Jane Smith", "Pentagon spokeswoman"), ("Mark Milley", ""), Shared.BODY, "The Pentagon"),
    (("Canadian government", ""), ("Canadian government", ""), Shared.SPEAKER, "Canadian government"),
    (("Jane Smith", ""), ("Jane Smith", "resident"), Shared.SPEAKER, "Jane Smith"),
]


@pytest.mark.parametrize(("first", "second", "kind", "name"), SPEAKERS)
def test_one_voice_is_one_source_under_whatever_name(first, second, kind, name):
    one = says(speaker=first[0], role=first[1])
    other = says(outlet="BBC", speaker=second[0], role=second[1])
    assert shared(one, other) == Origin(shared=kind, name=name)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ""),
        ("John Kirby", ""),
        ("John Kirby", "Jen Psaki"),
        ("US officials", "US officials"),
        ("a senior official", "a senior official"),
        ("officials", "officials"),
        ("Jane Smith", "John Smith"),
        ("Joe Biden", "John Kirby"),
    ],
)
def test_what_need_not_be_one_voice_is_not_known_to_be_one(first, second):
    assert shared(says(speaker=first), says(outlet="BBC", speaker=second)) == UNKNOWN


@pytest.mark.parametrize(
    "words",
    [
        "Gilbert told CBC News that it will arrive.",
        "The moves were first reported by the CBC.",
        "CBC News reported that troops go.",
        "Troops go, according to CBC News.",
        "Gilbert said in an interview with CBC News that it will arrive.",
    ],
)
def test_what_another_outlet_reported_is_that_outlets(words):
    assert shared(says(words), says(outlet="CBC News")) == Origin(shared=Shared.OUTLET, name="CBC News")
    assert shared(says(words), says(words, outlet="BBC")) == Origin(shared=Shared.OUTLET, name="CBC News")
    assert shared(says(words), says(outlet="AFP")) == UNKNOWN


def test_an_outlet_that_is_only_named_is_no_source():
    assert shared(says("The offices of CBC News were hit."), says(outlet="CBC News")) == UNKNOWN


def test_an_outlet_that_speaks_or_is_credited_is_the_source():
    assert shared(says(speaker="CBC"), says(outlet="CBC News")).name == "CBC News"
    assert shared(says(authors=("Ann Lee", "Reuters")), says(outlet="BBC", authors=("Reuters",))).name == "Reuters"


def test_copies_of_one_report_are_one_source():
    one, other = says(id_="a"), says(outlet="BBC", id_="b", same_as="a")
    third = says(outlet="AFP", id_="c", same_as="a")
    assert shared(one, other) == shared(other, third) == Origin(shared=Shared.REPORT)
    assert shared(one, says(outlet="AFP", id_="c", same_as="z")) == UNKNOWN


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ('"These forces are not going to fight," he said.', "He said: “These forces are not going to leave.”", True),
        ("“We stand ready to reassure our allies", "“We stand ready to reassure everyone.”", True),
        ("«Nous ne sommes pas en guerre»", '"Nous ne sommes pas en guerre"', True),
        ('"These forces are not" going to fight', '"These forces are not" going to fight', False),
        ("These forces are not going to fight", "These forces are not going to fight", False),
        ('"These forces are not going," he said, "to fight."', '"to fight. These forces are going," he said.', False),
    ],
)
def test_five_words_that_both_quote_are_proof(first, second, alike):
    one, other = says(first), says(second, outlet="BBC")
    assert quoted_alike(one, other) is alike
    assert shared(one, other) == (Origin(shared=Shared.WORDS) if alike else UNKNOWN)


@given(any_text(), any_text())
def test_any_words_have_an_origin_or_none_that_is_known(words, speaker):
    one, other = says("x" + words, speaker=speaker), says("x" + speaker, outlet=words)
    assert shared(one, other).shared in set(Shared)


@pytest.mark.parametrize("text", ["“" * 100_000, '"' * 100_001, '" a' * 30_000, "“a " * 30_000, "“" + "a b " * 25_000])
def test_a_text_without_end_is_read_at_once(text):
    assert isinstance(runs(text), frozenset)


def test_the_voices_of_a_fact_are_its_speaker_and_his_bodies():
    assert voices(says(speaker="John Kirby"), gazetteer()) == {"John Kirby", "The Pentagon"}
    assert voices(says(), gazetteer()) == frozenset()


@pytest.mark.parametrize(("kind", "name"), [(Shared.BODY, ""), (Shared.UNKNOWN, "x"), (Shared.WORDS, "x")])
def test_an_origin_has_a_name_exactly_where_it_is_somebody(kind, name):
    with pytest.raises(ValueError, match="go together"):
        Origin(shared=kind, name=name)
