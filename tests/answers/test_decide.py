"""Matches to an answer: what is found, what is near, what was withdrawn, and what nothing is on record for."""

import re
from contextlib import ExitStack
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.decide import (
    CLOSEST_AT,
    FOUND_AT,
    aside,
    compared,
    confidence,
    decide,
    settled,
    suggestions,
    together,
    unread,
)
from answers.desk import Desk
from answers.match.vetoes import NOT, SLIGHT, UNFIT, UNSETTLED, WORDLESS
from answers.model import Aside, Closest, Found, Status, Unknown, Unread, Withdrawn
from answers.render import Renderer
from answers.text.normalise import words
from tests.answers.builders import DATA, TEMPLATES, TODAY, a_fact, a_match, a_withdrawn, an_article, holding, opened
from tests.answers.readings import an_asked

NOTHING = an_asked()
NEAR = (CLOSEST_AT + FOUND_AT) / 2
SHARES = st.floats(0, 1)
MATCHES = st.lists(
    st.builds(
        lambda probability, vetoes: a_match(a_fact(), 0.5, vetoes, probability=probability),
        SHARES,
        st.sampled_from([(), ("Taiwan",), (UNSETTLED,), (SLIGHT, "Taiwan")]),
    ),
    max_size=5,
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    asking = {f"fact-{n}": a_fact(id_=f"fact-{n}", topics=("Troops",), questions=(f"Question {n}?",)) for n in range(5)}
    withdrawn = [
        a_withdrawn(id_="first", replaced_by="second", topics=("Gone",), questions=("Old?",)),
        a_withdrawn(id_="second", status=Status.SUPERSEDED, replaced_by="fact-3"),
        a_withdrawn(id_="to-retracted", replaced_by="alone"),
        a_withdrawn(id_="alone"),
        a_withdrawn(id_="to-draft", replaced_by="a-draft"),
        a_fact(id_="a-draft", status=Status.DRAFT),
    ]
    with holding(tmp_path_factory.mktemp("decide"), *asking.values(), *withdrawn) as snapshot:
        yield snapshot.base


@given(MATCHES)
def test_confidence_is_a_probability(matches):
    assert 0 <= confidence(matches) <= 1


@given(MATCHES)
def test_a_veto_stands_above_any_probability(base, matches):
    first = a_match(a_fact(id_="first"), 1.0, ("Taiwan",))
    assert not isinstance(decide(NOTHING, [first, *matches], base), Found)


@given(MATCHES)
def test_the_ranking_is_given_whole_and_with_what_the_confidence_is_of_in_front(base, matches):
    answer = decide(NOTHING, matches, base)
    assert sorted(map(id, answer.ranking)) == sorted(map(id, matches))
    assert answer.confidence == confidence(answer.ranking)


@pytest.mark.parametrize(("sure", "kind"), [(FOUND_AT, Found), (CLOSEST_AT, Closest)])
def test_an_answer_begins_exactly_at_its_threshold(base, sure, kind):
    assert isinstance(decide(NOTHING, [a_match(probability=sure)], base), kind)
    assert not isinstance(decide(NOTHING, [a_match(probability=sure - 0.001)], base), kind)


@pytest.mark.parametrize("veto", sorted(WORDLESS))
def test_what_a_wordless_veto_forbids_is_near_at_most_and_nothing_is_said_to_be_missing(base, veto):
    answer = decide(NOTHING, [a_match(probability=1.0, vetoes=(veto,))], base)
    assert isinstance(answer, Closest)
    assert answer.missing == ()


def test_nothing_is_found_for_sure_without_matches():
    assert confidence([]) == 0


@pytest.mark.parametrize(
    ("id_", "now"),
    [
        ("first", "fact-3"),  # superseded, superseded again, published
        ("second", "fact-3"),
        ("to-retracted", None),
        ("alone", None),
        ("to-draft", None),  # a draft is not in the base
    ],
)
def test_a_withdrawn_fact_is_answered_with_what_stands_at_the_end_of_its_replacements(base, id_, now):
    answer = decide(NOTHING, [a_match(base.fact(id_), probability=1.0)], base)
    assert isinstance(answer, Withdrawn)
    assert answer.match.fact.id == id_
    assert (answer.replacement and answer.replacement.id) == now


def test_a_withdrawn_fact_whose_replacement_is_itself_ends(base):
    answer = settled(a_match(a_withdrawn(id_="itself", replaced_by="itself")), (), base)
    assert answer == Withdrawn(confidence=1.0, match=answer.match, replacement=None)


def test_what_was_refused_or_withdrawn_is_never_near(base):
    kinds = [a_fact(id_=f"is-{status}", status=status) for status in Status]
    answer = decide(NOTHING, [a_match(fact, probability=NEAR) for fact in kinds], base)
    assert isinstance(answer, Closest)
    assert {match.fact.id for match in answer.matches} == {"is-draft", "is-published"}


def test_at_most_three_are_near_the_best_first(base):
    facts = [a_fact(id_=f"near-{n}") for n in range(5)]
    answer = decide(NOTHING, [a_match(fact, probability=NEAR) for fact in facts], base)
    assert [match.fact.id for match in answer.matches] == ["near-0", "near-1", "near-2"]
    assert len(answer.ranking) == 5


def test_a_vetoed_match_is_near_and_what_all_lack_is_missing(base):
    matches = [a_match(vetoes=("Taiwan", "50000"), probability=1.0), a_match(vetoes=("Taiwan",), probability=1.0)]
    answer = decide(NOTHING, matches, base)
    assert isinstance(answer, Closest)
    assert answer.missing == ("Taiwan",)


def test_a_name_that_the_passage_speaks_of_otherwise_is_not_said_to_be_missing(base):
    turned = a_match(a_fact("Troops go to Poland."), vetoes=("Poland", "Taiwan"), probability=1.0)
    assert decide(NOTHING, [turned], base).missing == ("Taiwan",)


def test_without_matches_all_names_and_suspects_are_missing(base):
    asked = an_asked(names=("Taiwan",), suspects=tuple(words("Pence")))
    answer = decide(asked, [], base)
    assert isinstance(answer, Unknown)
    assert answer.missing == ("Pence", "Taiwan")
    assert (answer.confidence, answer.coverage) == (0.0, base.coverage)


def test_suggestions_come_from_the_nearest_published_facts_then_from_the_topics(base):
    near = [a_match(base.fact(id_)) for id_ in ("first", "fact-4", "fact-4", "alone")]
    found = suggestions(near, base)
    assert [(one.text, one.fact, one.number) for one in found] == [
        ("Question 4?", "fact-4", 0),
        ("Question 0?", "fact-0", 0),
    ]
    assert all(one.code == base.fact(one.fact).code for one in found)


def test_suggestions_are_distinct_and_at_most_three(base):
    facts = [base.fact(f"fact-{n}") for n in range(5)]
    same = [a_fact(id_="same", questions=facts[0].questions), *facts]
    found = suggestions([a_match(fact) for fact in same], base)
    assert [one.text for one in found] == ["Question 0?", "Question 1?", "Question 2?"]
    assert len({one.fact for one in found}) == 3


@pytest.mark.parametrize("reason", list(Unread))
def test_what_could_not_be_read_says_why_and_what_could_be_asked(base, reason):
    answer = unread(reason, base)
    assert (answer.unread, answer.confidence, answer.coverage) == (reason, 0.0, base.coverage)
    assert [one.fact for one in answer.suggestions] == ["fact-0"]


@pytest.mark.parametrize("kind", list(Aside))
def test_what_no_passage_can_answer_says_what_it_is(base, kind):
    answer = aside(kind, base)
    assert (answer.aside, answer.unread, answer.confidence, answer.coverage) == (kind, None, 0.0, base.coverage)


@pytest.mark.parametrize(("near", "kind"), [([a_match(probability=NEAR)], Closest), ([], Unknown)])
@pytest.mark.parametrize("gap", ["Weather", ""])
def test_what_is_known_to_be_told_nowhere_is_said_where_the_question_asks_for_it(base, gap, near, kind):
    answer = decide(an_asked(gap=gap), near, base)
    assert isinstance(answer, kind)
    assert answer.gap == gap


def test_a_veto_that_is_no_word_of_the_asker_is_not_said_to_be_missing(base):
    answer = decide(NOTHING, [a_match(vetoes=(NOT, UNFIT, "Taiwan"), probability=1.0)], base)
    assert answer.missing == ("Taiwan",)


# Several questions in one, and several outlets ----------------------------------------------------------------------


def found(id_, sure=0.9, outlet="CNN"):
    return Found(confidence=sure, match=a_match(a_fact(id_=id_, of=an_article("Troops go to Poland.", outlet=outlet))))


NEAR_ONE = Closest(confidence=0.3, matches=(a_match(),))


def test_parts_are_answered_together_and_what_was_not_found_is_named(base):
    nothing = unread(Unread.EMPTY, base)
    parts = [("who", NEAR_ONE), ("where", found("a", 0.9)), ("when", found("b", 0.7)), ("why", nothing)]
    answer = together(parts, NEAR_ONE)
    assert isinstance(answer, Found)
    assert (answer.match.fact.id, [match.fact.id for match in answer.further]) == ("a", ["b"])
    assert (answer.open, answer.confidence) == (("who", "why"), 0.7)
    assert [match.fact.id for match in answer.ranking] == ["a", "b", *(match.fact.id for match in NEAR_ONE.ranking)]


def test_one_passage_that_answers_two_parts_is_shown_once():
    parts = [("who", found("a")), ("where", found("b")), ("when", found("b")), ("why", found("a"))]
    answer = together(parts, NEAR_ONE)
    assert [match.fact.id for match in answer.further] == ["b"]


def test_with_nothing_found_for_any_part_the_whole_is_answered(base):
    nothing, whole = unread(Unread.EMPTY, base), found("whole")
    assert together([("who", nothing), ("where", NEAR_ONE)], whole) is whole
    assert together([("who", nothing), ("where", nothing)], NEAR_ONE) is NEAR_ONE


def test_what_was_withdrawn_for_a_part_is_said_before_what_is_near(base):
    gone = Withdrawn(confidence=0.9, match=a_match(), replacement=None)
    assert together([("who", NEAR_ONE), ("where", gone)], NEAR_ONE) is gone
    answer = together([("who", gone), ("where", found("a"))], NEAR_ONE)
    assert isinstance(answer, Found)
    assert answer.open == ("who",)


def test_outlets_are_compared_by_one_passage_each_the_surest_first():
    cnn, cbc = found("a", 0.7), found("b", 0.9, "CBC News")
    answer = compared(NEAR_ONE, [cnn, cbc, NEAR_ONE])
    assert isinstance(answer, Found)
    assert (answer.match.fact.id, [match.fact.id for match in answer.further]) == ("b", ["a"])


def test_one_outlet_is_compared_with_none():
    assert compared(NEAR_ONE, [found("a"), found("b"), NEAR_ONE]) is NEAR_ONE


# On a copy of the data folder ---------------------------------------------------------------------------------------

ASKED = "What did Biden say about when he would move the soldiers?"
NEAR_TERM, COMING_DAYS, ALSO_COMING = (
    "cnn-biden-near-term",
    "cnn-deploy-in-coming-days",
    "cbc-coming-days-not-permanent",
)


@pytest.fixture
def edited(tmp_path):
    """The desk of a copy of the data folder in which facts were given another standing."""
    with ExitStack() as stack:

        def edited(**standing):
            data = copytree(DATA, tmp_path / "data")
            for file in (data / "facts").iterdir():
                text = file.read_text(encoding="utf-8")
                for id_, lines in standing.items():
                    found = re.compile(
                        rf'(id = "{id_.replace("_", "-")}"\n(?:(?!\[\[fact).)*?)status = "published"\n', re.DOTALL
                    )
                    text = found.sub(lambda match, lines=lines: match[1] + lines, text)
                file.write_text(text, encoding="utf-8")
            return Desk(stack.enter_context(opened(data, tmp_path / "state")), Renderer(TEMPLATES))

        yield edited


def standing(status, replaced_by=""):
    return f'status = "{status}"\nwithdrawn = 2022-02-05\nnote = "He said when."\nreplaced_by = "{replaced_by}"\n'


def named(id_):
    return id_.replace("-", "_")


@pytest.mark.parametrize("status", ["superseded", "corrected", "retracted"])
def test_a_question_whose_fact_was_withdrawn_is_told_when_why_and_what_stands_now(edited, status):
    desk = edited(**{named(NEAR_TERM): standing(status, ALSO_COMING)})
    reply = desk.ask(ASKED, today=TODAY)
    assert isinstance(reply.answer, Withdrawn)
    assert [fact.id for fact in reply.shown.facts] == [NEAR_TERM, ALSO_COMING]
    assert "5 Feb 2022" in reply.shown.rendered.text
    assert "Reason: He said when." in reply.shown.rendered.text


def test_a_chain_of_replacements_leads_to_what_stands_at_its_end(edited):
    desk = edited(
        **{
            named(NEAR_TERM): standing("superseded", COMING_DAYS),
            named(COMING_DAYS): standing("superseded", ALSO_COMING),
        }
    )
    answer = desk.ask(ASKED, today=TODAY).answer
    assert isinstance(answer, Withdrawn)
    assert answer.replacement.id == ALSO_COMING


def test_a_fact_without_a_replacement_is_withdrawn_all_the_same(edited):
    reply = edited(**{named(NEAR_TERM): standing("retracted")}).ask(ASKED, today=TODAY)
    assert isinstance(reply.answer, Withdrawn)
    assert reply.answer.replacement is None
    assert "Nothing on the record stands in its place." in reply.shown.rendered.text


def test_a_draft_answers_nothing_and_is_shown_nowhere(edited):
    reply = edited(**{named(NEAR_TERM): 'status = "draft"\n'}).ask(ASKED, today=TODAY)
    assert NEAR_TERM not in {fact.id for fact in reply.shown.facts}
    assert NEAR_TERM not in {match.fact.id for match in reply.answer.ranking}
    assert "near term" not in reply.shown.rendered.text
