"""Gaps: what is known to be told nowhere is never answered by a passage that is only near, and is said to be open."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import asking
from answers.desk import Desk
from answers.match.features import Beside
from answers.match.gaps import OPEN_ABROAD_AT, OPEN_AT, Gaps
from answers.match.vetoes import OPEN
from answers.model import Found, Question
from answers.render import Renderer
from answers.text.normalise import words
from tests.answers.builders import DATA, TEMPLATES, TODAY, a_fact, any_text, holding, opened
from tests.answers.readings import an_asked

WHERE, HOW_MANY = "Where do locomotives arrive?", "How many bicycles reach Odesa?"
FACTS = (
    a_fact("Locomotives arrive in Lviv on Monday.", "trains", questions=(WHERE,)),
    a_fact("Some 300 bicycles reach Odesa.", "bicycles", questions=(HOW_MANY,)),
    *(a_fact(f"Wagon {colour} is painted.", f"wagon-{colour}") for colour in ("red", "blue", "green", "white")),
)
GAPS = {
    "Drivers of the locomotives": ("Who drives the locomotives to Lviv?", "are there any drivers for the locomotives"),
    "Colour & make of the <bicycles>": ("What colour are the bicycles in Odesa?",),
    "Bicycles for Varna": ("How many bicycles reach Varna?", "Do bicycles reach Varna?"),
}
OPEN_QUESTIONS = [(about, question) for about, asked in GAPS.items() for question in asked]


class Bagging:
    """An encoder to which texts are as alike as they share words."""

    name, dimension = "bagging", 64

    def encode(self, texts, kind):
        return np.array(
            [sum((self._of(word.form) for word in words(text)), np.zeros(64)) for text in texts], np.float32
        )

    def _of(self, form):
        seed = int.from_bytes(hashlib.sha256(form.encode()).digest()[:8])
        return np.random.default_rng(seed).standard_normal(64)


@pytest.fixture(scope="module", params=[None, Bagging()], ids=["by words", "by meaning"])
def record(request, tmp_path_factory):
    with holding(tmp_path_factory.mktemp("gaps"), *FACTS, gaps=GAPS, encoder=request.param) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """The same facts without gaps."""
    with holding(tmp_path_factory.mktemp("closed"), *FACTS) as snapshot:
        yield snapshot


def reply_to(snapshot, text):
    return Desk(snapshot, Renderer(TEMPLATES)).ask(text, today=TODAY)


def asked_of(snapshot, text):
    return snapshot.matcher.weigh(Question(text=text), TODAY)[0]


def nearest(snapshot, *terms, names=(), text="", known=0.0):
    """The nearest gap to some terms, or by meaning to a text, and how open that is."""
    meaning = snapshot.matcher.meaning
    asked = an_asked(terms=dict.fromkeys(terms, 1.0), names=names)
    vector = meaning.encoder.encode([text], None)[0] if meaning and text else None
    return Gaps(snapshot.base, meaning.vectors if meaning else None).nearest(
        asked, vector, Beside(asked, snapshot.base.gazetteer).alike, known
    )


def test_where_nothing_is_open_no_gap_is_near(closed):
    assert nearest(closed, "locomot", "drive") == ("", 0.0)


def test_without_meaning_a_gap_is_as_near_as_its_terms_are_alike(record):
    drivers = "Drivers of the locomotives"
    assert nearest(record, "locomot", "drive", "n_lviv", names=("Lviv",)) == (drivers, 1.0)
    about, part = nearest(record, "locomot", "drive")
    assert about == drivers
    assert 0 < part < 1
    assert nearest(record, "submarin")[1] == 0


def test_a_question_is_the_less_open_the_nearer_a_known_one_is(record):
    asked = ("locomot", "drive")
    _, part = nearest(record, *asked)
    opens = [nearest(record, *asked, known=known)[1] for known in (0.0, part / 2, part, 1.0)]
    assert opens == [part, pytest.approx((part / 2) / (1 - part / 2)), 0, 0]


def test_a_gap_that_names_another_than_was_asked_for_is_passed_over(record):
    asked = ("mani", "bicycl", "reach")
    assert nearest(record, *asked, "n_varna", names=("Varna", "Odesa"))[0] == "Bicycles for Varna"
    assert nearest(record, *asked, "n_odesa", names=("Odesa",))[0] == "Colour & make of the <bicycles>"
    assert nearest(record, *asked)[0] == "Bicycles for Varna"  # who names nobody may mean Varna


def test_by_meaning_the_words_do_not_matter(tmp_path):
    with holding(tmp_path, *FACTS, gaps=GAPS, encoder=Bagging()) as snapshot:
        near = nearest(snapshot, "locomot", "driver", names=("Varna",), text="Do bicycles reach Varna?")
        assert near == ("Bicycles for Varna", pytest.approx(1, abs=0.01))


@pytest.mark.parametrize(("about", "question"), OPEN_QUESTIONS)
def test_the_very_question_of_a_gap_is_never_found_and_what_is_open_is_said(record, about, question):
    reply = reply_to(record, question)
    assert not isinstance(reply.answer, Found)
    assert reply.answer.gap == about
    assert all(OPEN in match.vetoes for match in reply.answer.ranking)
    assert f"Nothing that I hold tells this: {about}." in reply.shown.rendered.text
    assert about.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in reply.shown.rendered.html
    assert asked_of(record, question).openness == pytest.approx(1, abs=0.02)


def test_a_gap_of_the_very_terms_of_a_known_question_is_open_and_that_question_is_not(tmp_path):
    known, turned = "Does Varna send ferries to Odesa?", "Does Odesa send ferries to Varna?"
    fact = a_fact("Varna sends ferries to Odesa.", questions=(known,))
    with holding(tmp_path, fact, gaps={"Ferries from Odesa": (turned,)}) as snapshot:
        assert isinstance(reply_to(snapshot, known).answer, Found)
        assert (asked_of(snapshot, known).openness, asked_of(snapshot, turned).openness) == (0, 1)
        assert reply_to(snapshot, turned).answer.gap == "Ferries from Odesa"


def test_a_gap_that_names_an_outlet_is_open_to_who_asks_what_that_outlet_says(tmp_path):
    asked = "What did CNN report about the drivers?"
    with holding(tmp_path, *FACTS, gaps={"Drivers": (asked,)}) as snapshot:
        assert asked_of(snapshot, asked).gap == "Drivers"


@pytest.mark.parametrize(
    ("question", "id_"), [(WHERE, "trains"), (HOW_MANY, "bicycles"), (HOW_MANY.lower(), "bicycles")]
)
def test_a_question_that_an_editor_knows_is_found_though_a_gap_is_near(record, question, id_):
    answer = reply_to(record, question).answer
    assert isinstance(answer, Found)
    assert answer.match.fact.id == id_
    assert asked_of(record, question).openness < OPEN_AT


def test_what_is_far_from_every_gap_is_found_as_if_there_were_none(record, closed):
    for snapshot in (record, closed):
        answer = reply_to(snapshot, "Is wagon red painted?").answer
        assert isinstance(answer, Found)
        assert answer.match.fact.id == "wagon-red"


def test_a_question_without_a_gap_says_of_none_that_it_is_open(record):
    answer = reply_to(record, "Is the museum in Warsaw open?").answer
    assert not isinstance(answer, Found)
    assert answer.gap == ""


WORDS = st.lists(
    st.sampled_from(
        "who how many where drives colour locomotives bicycles Odesa Varna Lviv the in reach wagon".split()
    ),
    max_size=12,
).map(" ".join)


@given(WORDS | any_text(max_size=300))
def test_any_question_is_open_by_a_share_and_what_is_open_has_no_free_passage(record, text):
    question = Question.read(text)
    if not isinstance(question, Question):
        return
    asked, matches = record.matcher.match(question, TODAY)
    assert 0 <= asked.openness <= 1 + 1e-6
    line = OPEN_ABROAD_AT if asked.foreign else OPEN_AT
    assert asked.gap in ({*GAPS} if asked.openness >= line else {""})
    known = {tuple(word.form for word in words(question)) for question in (WHERE, HOW_MANY)}
    if tuple(word.form for word in words(asked.text)) not in known:
        assert all((OPEN in match.vetoes) is bool(asked.gap) for match in matches)


@given(WORDS | any_text(max_size=300))
def test_where_nothing_is_open_no_question_is(closed, text):
    question = Question.read(text)
    if isinstance(question, Question):
        asked = closed.matcher.weigh(question, TODAY)[0]
        assert (asked.gap, asked.openness) == ("", 0.0)


# The gaps of this repository --------------------------------------------------------------------------------------


def test_no_gap_that_editors_wrote_down_is_answered(tmp_path):
    with opened(DATA, tmp_path) as snapshot:
        questions = [one.text for one in snapshot.base.open_questions()]
        answers = (asking.answer(snapshot.base, snapshot.matcher, text, today=TODAY) for text in questions)
        found = [text for text, answer in zip(questions, answers, strict=True) if isinstance(answer, Found)]
    assert len(questions) > 100
    assert found == []
