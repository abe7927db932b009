from datetime import date, timedelta

import pytest
from hypothesis import given

from answers.desk import Desk
from answers.match.candidates import MOST
from answers.match.features import UNTOLD
from answers.match.matcher import APART, SHOWN, Ranking
from answers.match.vetoes import SLIGHT, UNSETTLED
from answers.model import Found, Question, Status
from answers.render import Renderer
from tests.answers.builders import DATA, DAY, TEMPLATES, TODAY, a_fact, an_article, any_text, holding, opened

OFF_TOPIC = """
    What is the best recipe for banana bread?
    Who won the World Cup in 1998?
    How do I renew my passport?
    What time does the supermarket close?
    Is it going to rain tomorrow?
    How tall is Mount Everest?
    Who wrote Pride and Prejudice?
    Can cats eat chocolate?
    What is the capital of Australia?
    How do I reset my password?
    Which team plays in the final on Sunday?
    How many calories are in an apple?
    What is the square root of 144?
    Who is the prime minister of New Zealand?
    Did the stock market fall today?
    When does the new phone come out?
    Is the train to London late?
    How do vaccines work?
    What languages are spoken in Brazil?
    Who painted the Mona Lisa?
    Should I sell my house?
    How far away is the moon?
    Are wolves dangerous?
    What is the meaning of life?
    Is China sending ships to the Red Sea?
    How many refugees crossed into Hungary?
    Did the Taliban enter Kabul?
    """


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with opened(DATA, tmp_path_factory.mktemp("matcher")) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def ask(record):
    desk = Desk(record, Renderer(TEMPLATES))
    return lambda text: desk.ask(text, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "are US troops going to fight in Ukraine?",
        "ARE US TROOPS GOING TO FIGHT IN UKRAINE",
        "are us trops going to fihgt in ukriane",
        "are american troops going to fight in Ukraine???",
    ],
)
def test_a_question_on_the_record_is_answered_by_both_outlets_however_it_is_typed(ask, question):
    reply = ask(question)
    assert isinstance(reply.answer, Found)
    assert {fact.id for fact in reply.shown.facts} == {"cnn-not-going-to-fight", "cbc-not-going-to-fight"}


@pytest.mark.parametrize("form", [str, str.lower, str.upper], ids=["as-is", "lower", "upper"])
@pytest.mark.parametrize(
    "place",
    "Taiwan Tiawan Taiwna Moldova Moldvoa Japan Japna Belarus Beralus Kaliningrad Kalingrad Kaliningard".split(),
)
def test_an_answer_about_one_country_never_answers_for_another(ask, place, form):
    reply = ask(form(f"Are US troops going to fight in {place}?"))
    assert not isinstance(reply.answer, Found)
    assert reply.answer.missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("are Canadian troops going to Poland?", "Poland Canada"),  # each is spoken of, never together
        ("are Polish troops going to fight in Ukraine?", "Poland"),
        ("What did the BBC report about US troops going to Poland?", "BBC"),
        ("what did Reuters say about US troops going to Poland?", "Reuters"),
        ("are 50,000 troops going to Poland?", "50000"),
        ("are fifty thousand US troops going to Poland?", "50000"),
        ("did NATO invoke Article 4?", "4"),
        ("Did Mike Pence say US troops are going to fight in Ukraine?", "Pence"),
    ],
)
def test_what_was_asked_for_and_no_passage_holds_is_never_found(ask, question, missing):
    answer = ask(question).answer
    assert not isinstance(answer, Found)
    for one in missing.split():
        assert any(one in match.vetoes for match in answer.ranking)
    assert set(missing.split()) & set(answer.ranking[0].vetoes)


@pytest.mark.parametrize("question", [line.strip() for line in OFF_TOPIC.strip().splitlines()])
def test_a_question_off_the_record_is_never_found(ask, question):
    assert not isinstance(ask(question).answer, Found)


@pytest.fixture(scope="module")
def editors(record, ask):
    """The answer to every question that an editor wrote, and the fact that it was written for."""
    facts = [fact for fact in record.base.facts() if fact.status is Status.PUBLISHED]
    return [(fact, ask(question).answer) for fact in facts for question in fact.questions]


def says(match, fact):
    return match.fact.id == fact.id or (bool(fact.claim) and match.fact.claim == fact.claim)


def test_questions_that_editors_wrote_rank_the_fact_or_its_claim_first(editors):
    right = sum(says(answer.ranking[0], fact) for fact, answer in editors if answer.ranking)
    assert len(editors) >= 100
    assert right / len(editors) >= 0.95


def test_questions_that_editors_wrote_find_the_fact_or_its_claim_unless_they_ask_of_now(editors):
    settled = [(fact, answer) for fact, answer in editors if UNSETTLED not in answer.ranking[0].vetoes]
    right = sum(isinstance(answer, Found) and says(answer.match, fact) for fact, answer in settled)
    assert len(settled) >= 100
    assert right / len(settled) >= 0.95


@given(any_text(min_size=0, max_size=300))
def test_any_text_has_a_ranking(record, text):
    question = Question.read(text)
    if not isinstance(question, Question):
        return
    asked, matches = record.matcher.match(question, TODAY)
    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= match.score <= 1 and 0 <= match.probability <= 1 for match in matches)
    assert len(matches) <= SHOWN
    assert len({match.fact.id for match in matches}) == len(matches)
    assert bool(asked.terms) or not matches


def test_a_question_without_a_term_has_no_match(record):
    asked, matches = record.matcher.match(Question(text="what is it?"), TODAY)
    assert (dict(asked.terms), matches) == ({}, ())


def test_what_was_published_later_is_not_matched(record):
    question = Question(text="are US troops going to fight in Ukraine?")
    assert record.matcher.match(question, TODAY, date(2022, 2, 1))[1] == ()
    assert record.matcher.match(question, TODAY, date(2022, 2, 2))[1]


def test_of_one_outlet_only_its_own_is_matched(record):
    question = Question(text="are US troops going to fight in Ukraine?")
    asked, scored = record.matcher.weigh(question, TODAY)
    matches = record.matcher.matches(asked, scored, TODAY, "CBC News")
    assert {match.fact.article.outlet for match in matches} == {"CBC News"}


def test_what_is_said_otherwise_forbids_and_is_weighed_as_forbidden(tmp_path):
    fact = a_fact("Canada is giving Ukraine weapons.")
    with holding(tmp_path, fact) as snapshot:
        asked, (match,) = snapshot.matcher.match(Question(text="Is Ukraine giving weapons to Canada?"), TODAY)
        _, scored = snapshot.matcher.weigh(Question(text=asked.text), TODAY)
        assert "Ukraine" in match.vetoes
        assert snapshot.matcher.forbidden(asked, scored, TODAY) == [True]
        assert match.probability == snapshot.matcher.probability(Ranking(scored), 0, forbidden=True)


def test_who_asks_too_little_is_answered_only_by_a_question_that_is_known(tmp_path):
    fact = a_fact("Troops go to Poland.", questions=("And in Poland?",))
    with holding(tmp_path, fact) as snapshot:
        vetoes = {
            text: snapshot.matcher.match(Question(text=text), TODAY)[1][0].vetoes
            for text in ("and in poland", "in Poland, or?")
        }
        assert vetoes == {"and in poland": (), "in Poland, or?": (SLIGHT,)}


def test_what_an_old_passage_cannot_tell_is_forbidden_by_time_though_the_question_is_known(tmp_path):
    fact = a_fact("Troops are in Poland.", questions=("Are troops in Poland now?",))
    with holding(tmp_path, fact) as snapshot:
        _, (match,) = snapshot.matcher.match(Question(text="Are troops in Poland now?"), TODAY)
        assert match.vetoes == (UNSETTLED,)


def test_far_from_the_time_of_the_record_no_passage_is_nearer_than_another(tmp_path):
    old, new = (
        a_fact(f"Ferry {at} sails.", at, of=an_article(f"Ferry {at} sails.", at, published=day))
        for at, day in (("one", date(2021, 12, 1)), ("two", DAY))
    )
    with holding(tmp_path, old, new) as snapshot:

        def nearness(today):
            _, scored = snapshot.matcher.weigh(Question(text="Which ferry sails?"), today)
            return {one.candidate.entry.id: one.features["recent"] for one in scored}

        assert nearness(DAY)["two"] == 1 > nearness(DAY)["one"]
        assert nearness(DAY + APART)["two"] > nearness(DAY + APART)["one"]
        assert set(nearness(DAY + APART + timedelta(1)).values()) == {UNTOLD}


def test_facts_of_one_claim_are_no_rivals(tmp_path):
    def sure(folder, claim):
        facts = [a_fact("Locomotives arrive.", id_, claim=claim) for id_ in ("one", "two")]
        with holding(tmp_path / folder, *facts) as snapshot:
            return snapshot.matcher.match(Question(text="locomotives"), TODAY)[1][0].probability

    assert sure("same", "arriving") > sure("apart", "")


def test_equal_scores_keep_the_order_of_the_base(tmp_path):
    facts = [a_fact("Locomotives arrive.", f"fact-{n:02}") for n in range(MOST + 5)]
    with holding(tmp_path, *facts) as snapshot:
        _, matches = snapshot.matcher.match(Question(text="locomotives"), TODAY)
    assert [match.fact.id for match in matches] == [f"fact-{n:02}" for n in range(SHOWN)]


@pytest.mark.parametrize(
    "fragment", ["and in Poland?", "Kirby", "what did Kirby say?", "Where should I go?", "Romania???"]
)
def test_a_fragment_that_leans_on_something_unsaid_is_never_found(ask, fragment):
    assert not isinstance(ask(fragment).answer, Found)
