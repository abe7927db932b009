"""What forbids a passage to answer: what it does not speak of, and what it says otherwise."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.language import language_of
from answers.match.limits import Limits
from answers.match.manner import Kind
from answers.match.roles import Role
from answers.match.vetoes import NOT, STALE_AFTER, UNFIT, excused, parts_told, unmet, unsettled, unspoken
from answers.model import Granularity, ResolvedDate
from answers.text.names import Gazetteer, Name, world
from answers.text.names import Kind as NameKind
from answers.text.normalise import words
from answers.text.reading import read
from tests.answers.builders import DAY, TODAY, a_fact, an_article, an_entry, any_text
from tests.answers.readings import an_asked

NAMES = Gazetteer([*world(), Name(canonical="Gilbert", kind=NameKind.PERSON, forms=())])


def lacks(asked, **entry):
    return list(unspoken(asked, an_entry(**entry)))


def against(asked, fact, **entry):
    return list(unmet(asked, an_entry(**entry), fact, NAMES, partial(parts_told, NAMES)))


def test_a_name_that_the_passage_lacks_is_a_veto():
    assert lacks(an_asked(names=("Taiwan", "Ukraine")), passage=("n_ukraine",)) == ["Taiwan"]
    assert lacks(an_asked(names=("Taiwan",)), names=frozenset({"Taiwan"})) == []
    assert lacks(an_asked(names=("Taiwan",)), title=frozenset({"n_taiwan"})) == []


def test_neighbours_add_names_only_where_no_editor_listed_them():
    asked, around = an_asked(names=("Taiwan",)), frozenset({"n_taiwan"})
    assert lacks(asked, around=around, listed=False) == []
    assert lacks(asked, around=around, listed=True) == ["Taiwan"]


def test_a_name_of_a_known_question_is_spoken_of():
    asked = an_asked(names=("Taiwan",))
    assert lacks(asked, questions=(("fleet",), ("fleet", "n_taiwan")), listed=True) == []
    assert lacks(asked, questions=(("fleet", "n_japan"),), listed=True) == ["Taiwan"]


def test_a_suspect_that_nothing_near_holds_is_a_veto_as_the_asker_wrote_it():
    asked = an_asked(suspects=tuple(words("Pence")))
    assert lacks(asked) == ["Pence"]
    assert lacks(asked, around=frozenset({"penc"})) == []
    assert lacks(asked, questions=(("penc",),)) == []


def test_a_number_that_nothing_near_holds_is_a_veto_unless_it_is_the_year():
    assert lacks(an_asked(numbers=("2000",)), published=DAY) == ["2000"]
    assert lacks(an_asked(numbers=("2022",)), published=DAY) == []
    assert lacks(an_asked(numbers=("2022",)), published=None) == ["2022"]
    assert lacks(an_asked(numbers=("2000", "2022")), passage=("2000", "2022"), published=None) == []


def test_of_numbers_set_side_by_side_one_that_is_right_is_enough():
    asked = an_asked(numbers=("2000", "3000"))  # "is it 2,000 or 3,000?"
    assert lacks(asked, passage=("2000",), published=None) == []
    assert lacks(asked, published=None) == ["2000", "3000"]


def test_a_thing_that_nothing_near_holds_is_a_veto_in_the_word_of_the_asker():
    asked, fact = an_asked(kind=Kind.HOW_MANY, thing=frozenset({"warship"}), thing_said="warships"), a_fact()
    assert against(asked, fact, passage=("troop",)) == ["warships"]
    assert against(asked, fact, around=frozenset({"warship"})) == []
    assert against(asked, fact, names=frozenset({"The Warship"})) == []


def test_a_word_that_means_the_same_is_the_thing():
    asked = an_asked(kind=Kind.WHICH, thing=frozenset({"weapon", "arm"}), thing_said="weapons")
    assert against(asked, a_fact(), passage=("weaponri",)) == []


@pytest.mark.parametrize(
    ("question", "thing", "passage", "vetoed"),
    [
        ("Which airline cancelled its flights?", "airline", "The flights of Ryanair were cancelled.", False),
        ("Which airline cancelled its flights?", "airline", "The flights to Poland were cancelled.", True),
        ("Which airline like Ryanair cancelled?", "airline", "The flights of Ryanair were cancelled.", True),
        ("What type of missiles were sent?", "missil", "They sent what Lockheed makes.", True),
        ("Which city was hit?", "citi", "The rockets hit Kharkiv.", False),
        ("Which regiment goes?", "regiment", "They go, the Pentagon said Wednesday.", True),
        ("What helicopters go?", "helicopt", "They go for NATO.", True),
        ("Which helicopters go?", "helicopt", "They go in a Chinook.", False),
        ("Which organisation goes?", "organis", "They go for NATO.", False),
        ("Which plane carries it?", "plane", "It is on its way, Lt.-Col. Gilbert said.", True),
        ("Which city in Ukraine was hit?", "citi", "The rockets hit Ukraine.", True),
        ("How many airlines stopped?", "airlin", "The flights of Ryanair were cancelled.", True),
    ],
)
def test_one_of_a_kind_may_be_named_instead_of_its_kind(question, thing, passage, vetoed):
    kind = Kind.HOW_MANY if question.startswith("How many") else Kind.WHICH
    told = read(question, NAMES)
    asked = an_asked(text=question, kind=kind, thing=frozenset({thing}), thing_said=thing, names=told.names)
    assert (thing in against(asked, a_fact(passage))) is vetoed


@pytest.mark.parametrize(("part", "expected"), [(Role.ACTOR, ["Canada"]), (Role.RECEIVER, [])])
def test_another_part_than_was_asked_is_a_veto(part, expected):
    asked = an_asked(roles={"Canada": frozenset({part})})
    assert against(asked, a_fact("Ukraine is giving Canada weapons.")) == expected


def test_a_known_question_of_an_editor_tells_the_parts_too():
    asked = an_asked(roles={"Canada": frozenset({Role.ACTOR})})
    told = a_fact("Ukraine is giving weapons away.", questions=("Do weapons go to Canada?",))
    assert against(asked, told) == ["Canada"]
    assert against(asked, replace(told, questions=("Is Canada sending weapons?",))) == []


def test_known_questions_tell_the_parts_together():
    asked = an_asked(roles={"Ukraine": frozenset({Role.ACTOR})})
    told = a_fact("Weapons are given away.", questions=("What of Ukraine?", "Do weapons go to Ukraine?"))
    assert against(asked, told) == ["Ukraine"]


def test_one_known_question_among_many_that_is_misread_does_not_soften_a_part():
    asked = an_asked(roles={"Ukraine": frozenset({Role.ACTOR})})
    right = tuple(f"Do {thing} go to Ukraine?" for thing in ("weapons", "guns", "helmets"))
    told = a_fact("Weapons are given away.", questions=(*right, "Has Ukraine asked for weapons?"))
    assert against(asked, told) == ["Ukraine"]
    assert against(asked, replace(told, questions=told.questions[2:])) == []  # one of two is no slip


def test_what_the_passage_tells_of_a_part_is_not_softened_by_a_known_question():
    asked = an_asked(roles={"Canada": frozenset({Role.ACTOR})})
    told = a_fact("Ukraine is giving Canada weapons.", questions=("Is Canada sending weapons?",))
    assert against(asked, told) == ["Canada"]


def test_an_article_of_another_outlet_is_no_answer_about_one():
    fact = a_fact(of=an_article("Troops go to Poland.", outlet="CBC News"))
    assert against(an_asked(limits=Limits(outlets=("CNN",))), fact) == ["CNN"]
    assert against(an_asked(limits=Limits(outlets=("CNN", "CBC News"))), fact) == []


def test_the_words_of_a_person_are_their_own_or_told_of_them():
    asked = an_asked(limits=Limits(speakers=("Joe Biden",)))
    assert against(asked, a_fact()) == ["Joe Biden"]
    assert against(asked, a_fact(speaker="Joe Biden")) == []
    assert against(asked, a_fact("Biden moved the troops.")) == []


SPEAKS_OF = ResolvedDate(
    text="last month", iso="2022-01", granularity=Granularity.MONTH, first=date(2022, 1, 1), last=date(2022, 1, 31)
)


@pytest.mark.parametrize(
    ("first", "last", "dates", "within"),
    [
        (None, None, (), True),
        (DAY, DAY, (), True),
        (DAY - timedelta(1), DAY - timedelta(1), (), False),
        (DAY + timedelta(1), None, (), False),
        (None, DAY, (), True),
        (date(2022, 1, 31), date(2022, 1, 31), (SPEAKS_OF,), True),
        (date(2021, 12, 1), date(2021, 12, 31), (SPEAKS_OF,), False),
    ],
)
def test_a_passage_of_another_time_is_vetoed_by_the_words_that_told_it(first, last, dates, within):
    asked = an_asked(limits=Limits(first=first, last=last, words="back then"))
    assert against(asked, a_fact(dates=dates)) == ([] if within else ["back then"])


def test_a_passage_without_a_day_is_of_no_time():
    fact = a_fact(of=an_article("Troops go to Poland.", published=None))
    assert against(an_asked(limits=Limits(first=DAY, last=DAY, words="that day")), fact) == ["that day"]


@pytest.mark.parametrize(
    ("kind", "known", "expected"),
    [
        (Kind.WHY, "Why do they leave?", []),
        (Kind.WHY, "Do they leave?", [UNFIT]),
        (Kind.WHO, "Who leaves?", []),
        (Kind.WHO, "Why do they leave?", [UNFIT]),
    ],
)
def test_a_known_question_of_the_same_kind_tells_that_the_passage_fits(kind, known, expected):
    fact = a_fact("They leave.", questions=("How many leave?", known))
    assert against(an_asked(kind=kind), fact) == expected


def test_what_may_be_answered_though_it_seems_not_to_fit():
    asked = an_asked(kind=Kind.WHEN, terms={"leav": 1.0})
    assert excused(asked, a_fact("They will not leave."))
    assert excused(asked, a_fact("They leave.", questions=("when do they leave",)))
    assert not excused(asked, a_fact("They leave.", questions=("Do they leave?", "How many leave?")))
    assert not excused(asked, a_fact("They leave."))


@pytest.mark.parametrize(
    ("kind", "passage", "expected"),
    [
        (Kind.WHICH, "They send weapons.", [NOT]),
        (Kind.WHICH, "They do not send weapons.", []),
        (Kind.WHICH, "They do not pay.", [NOT]),
        (Kind.YES_NO, "They send weapons.", []),
    ],
)
def test_who_does_not_is_answered_only_by_a_passage_that_denies_the_same(kind, passage, expected):
    asked = an_asked(kind=kind, negated=True, denied=frozenset({"send"}))
    assert against(asked, a_fact(passage)) == expected


def test_how_things_stand_now_is_not_settled_by_an_old_passage():
    fact, asked = a_fact(), an_asked(now=True)
    assert not unsettled(asked, fact, DAY + timedelta(STALE_AFTER))
    assert unsettled(asked, fact, DAY + timedelta(STALE_AFTER + 1))
    assert unsettled(asked, a_fact(of=an_article("Troops go to Poland.", published=None)), DAY)
    assert not unsettled(an_asked(), fact, DAY + timedelta(1000))


def test_what_is_to_come_is_settled_only_by_a_passage_that_looks_ahead():
    asked = an_asked(future=True)
    assert unsettled(asked, a_fact("Troops were moved."), TODAY)
    assert not unsettled(asked, a_fact("Troops are expected in Poland."), TODAY)


def test_a_question_that_asks_for_nothing_is_forbidden_nothing():
    assert lacks(an_asked()) == []
    assert against(an_asked(), a_fact()) == []


@given(any_text(max_size=300), any_text(max_size=300), st.sampled_from(list(Kind)), st.booleans())
def test_any_passage_can_be_held_against_any_question(asked_of, passage, kind, negated):
    suspects = tuple(words(asked_of))
    asked = an_asked(
        text=asked_of, language=language_of(asked_of), suspects=suspects, kind=kind, negated=negated, future=True
    )
    assert set(against(asked, a_fact(passage))) <= {NOT, UNFIT}
    assert lacks(asked) == [word.surface for word in suspects]
    assert unsettled(asked, a_fact(passage), TODAY) in {True, False}
