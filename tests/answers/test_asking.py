"""A text to an answer: its parts, its outlets, the turns before it, and what no passage can answer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import asking
from answers.model import Aside, Closest, Found, Status, Unknown, Unread, Withdrawn
from tests.answers.builders import TODAY, a_fact, a_withdrawn, an_article, any_text, holding

EARLIER = date(2022, 1, 20)
WHERE, HOW_MANY, WHEN = "Where do locomotives arrive?", "How many bicycles reach Odesa?", "When do ferries leave Varna?"
NAMES = """
[outlet."Metro Post"]
[outlet."Harbour Mail"]
"""
WORDS = st.sampled_from(
    """who when how many compare outlets according to the Metro Post Harbour Mail and or ? ; Ukraine Odesa Varna Lviv
    locomotives bicycles ferries arrive not 300 yesterday last week in February 2022 what about them Kirby said US""".split()
)


def _of(outlet, text, id_, **given):
    return a_fact(text, id_, of=an_article(text, f"of-{id_}", outlet=outlet, **given.pop("article", {})), **given)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    facts = [
        _of("Metro Post", "Locomotives arrive in Lviv.", "post-trains", claim="trains", questions=(WHERE,)),
        _of("Harbour Mail", "Locomotives arrive at Lviv station.", "mail-trains", claim="trains", questions=(WHERE,)),
        _of("Harbour Mail", "Some 300 bicycles reach Odesa.", "bicycles", questions=(HOW_MANY,)),
        _of("Metro Post", "Ferries leave Varna on Monday.", "old", article={"published": EARLIER}, questions=(WHEN,)),
        a_withdrawn("Tractors arrive in Kyiv.", "tractors", replaced_by="post-trains", questions=("Which tractors?",)),
        *(a_fact(f"Wagon {word} is painted.", f"wagon-{word}") for word in "red blue green black white".split()),
    ]
    with holding(tmp_path_factory.mktemp("asking"), *facts, names=NAMES) as snapshot:
        yield snapshot


def ask(record, text, **given):
    return asking.answer(record.base, record.matcher, text, **{"today": TODAY, **given})


def found_in(answer):
    assert isinstance(answer, Found)
    return [match.fact.id for match in (answer.match, *answer.further)]


def test_each_part_of_a_question_gets_its_passage_in_the_order_asked(record):
    assert found_in(ask(record, f"{HOW_MANY} {WHEN}")) == ["bicycles", "old"]
    assert found_in(ask(record, f"{WHEN} {HOW_MANY}")) == ["old", "bicycles"]
    assert ask(record, f"{WHEN} {HOW_MANY}").open == ()


def test_a_part_on_which_nothing_is_found_is_named_in_the_words_of_the_asker(record):
    answer = ask(record, f"{HOW_MANY} Who won the chess tournament in Reykjavik?")
    assert found_in(answer) == ["bicycles"]
    assert answer.open == ("Who won the chess tournament in Reykjavik?",)


def test_a_question_of_parts_is_no_surer_than_its_least_sure_part(record):
    both = ask(record, f"{HOW_MANY} {WHEN}").confidence
    assert both == min(ask(record, HOW_MANY).confidence, ask(record, WHEN).confidence)


def test_a_comparison_shows_a_passage_of_each_outlet_that_has_one(record):
    answer = ask(record, f"Compare the outlets: {WHERE}")
    assert sorted(found_in(answer)) == ["mail-trains", "post-trains"]


@pytest.mark.parametrize(("outlet", "id_"), [("the Metro Post", "post-trains"), ("the Harbour Mail", "mail-trains")])
def test_a_question_after_one_outlet_is_answered_by_that_outlet(record, outlet, id_):
    answer = ask(record, f"According to {outlet}, where do locomotives arrive?")
    assert {match.fact.article.outlet for match in answer.ranking} == {outlet.removeprefix("the ")}
    assert answer.ranking[0].fact.id == id_


def test_a_question_is_read_with_those_before_it(record):
    leaning = ask(record, "When?", earlier=("Do ferries leave Varna?",))
    assert leaning.ranking[0].fact.id == "old"
    assert not ask(record, "When?").ranking


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Good morning!", Aside.GREETING), ("thanks a lot", Aside.THANKS), ("Where should I hide?", Aside.SAFETY)],
)
def test_what_no_passage_can_answer_is_an_aside_though_words_of_it_are_on_the_record(record, text, kind):
    answer = ask(record, text)
    assert isinstance(answer, Unknown)
    assert (answer.aside, answer.unread, answer.confidence) == (kind, None, 0.0)


def test_an_aside_keeps_its_ranking_for_whoever_measures(record):
    answer = ask(record, "I am so scared, are ferries leaving Varna?")
    assert answer.aside is Aside.DISTRESS
    assert answer.ranking[0].fact.id == "old"


@pytest.mark.parametrize(("text", "reason"), [("?!", Unread.EMPTY), ("a" * 301, Unread.TOO_LONG)])
def test_what_cannot_be_read_is_answered_with_the_reason(record, text, reason):
    assert ask(record, text, earlier=(WHERE,)).unread is reason


def test_what_was_withdrawn_is_said_to_be_with_what_stands_now(record):
    answer = ask(record, "Which tractors?")
    assert isinstance(answer, Withdrawn)
    assert (answer.match.fact.id, answer.replacement.id) == ("tractors", "post-trains")


@given(
    st.lists(WORDS, max_size=40).map(" ".join) | any_text(),
    st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=4),
)
def test_any_text_after_any_turns_gets_an_answer_that_keeps_its_word(record, text, earlier):
    answer = ask(record, text, earlier=earlier)
    assert 0 <= answer.confidence <= 1
    assert len({match.fact.id for match in answer.ranking}) == len(answer.ranking)
    match answer:
        case Found():
            shown = [answer.match, *answer.further]
            assert len({one.fact.id for one in shown}) == len(shown)
            assert all(one.fact.status is Status.PUBLISHED and not one.vetoes for one in shown)
        case Closest():
            assert 1 <= len(answer.matches) <= 3
            assert all(one.fact.status is Status.PUBLISHED for one in answer.matches)
        case Withdrawn():
            assert answer.match.fact.status.withdrawn
        case Unknown():
            assert answer.coverage == record.base.coverage


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_what_was_published_later_is_never_read(record, text):
    answer = ask(record, text, as_of=EARLIER)
    assert {match.fact.id for match in answer.ranking} <= {"old"}


def test_noise_is_near_to_nothing(tmp_path):
    with holding(tmp_path, a_fact("Locomotives arrive in Zurich.", "one")) as snapshot:
        answer = asking.answer(snapshot.base, snapshot.matcher, "asdkjh qwpoe zxcv", today=TODAY)
    assert isinstance(answer, Unknown)


def test_what_a_reader_tells_of_himself_does_not_make_a_question_personal(record):
    assert ask(record, "Should my brother leave Warsaw?").aside is Aside.PERSONAL
    assert found_in(ask(record, f"My brother lives in Warsaw. {HOW_MANY}")) == ["bicycles"]


def test_a_greeting_or_a_cry_for_help_is_nothing_that_a_follow_up_leans_on(record):
    between = ask(record, "and when?", earlier=(HOW_MANY, "hi", "I am so scared"))
    assert between == ask(record, "and when?", earlier=(HOW_MANY,))
    assert between.ranking[0].fact.id == "bicycles"


def test_outlets_that_are_compared_forbid_no_passage_of_either(record):
    answer = ask(record, "Do Metro Post and Harbour Mail agree on how many bicycles reach Odesa?")
    assert not {"Metro Post", "Harbour Mail"} & {veto for match in answer.ranking for veto in match.vetoes}
