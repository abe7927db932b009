import math
import re
from contextlib import ExitStack
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.decide import (
    CLOSEST_AT,
    FOUND_AT,
    HEARD_AT,
    QUESTION,
    SAME_QUESTION,
    confidence,
    decide,
    settled,
    suggestions,
    unread,
)
from answers.desk import Desk
from answers.match.asked import Asked
from answers.model import Closest, Found, Status, Unknown, Unread, Withdrawn
from answers.render import Renderer
from answers.text.normalise import words
from tests.answers.builders import DATA, TEMPLATES, TODAY, a_fact, a_match, a_withdrawn, holding, opened

NOTHING = Asked(terms={}, repaired={}, names=(), suspects=(), numbers=())
SHARES = st.floats(0, 1)
WHICH = st.sampled_from(["", "one", "two"])
MATCHES = st.lists(
    st.builds(
        lambda score, claim, vetoed, **known: a_match(
            a_fact(claim=claim), score, ("Taiwan",) if vetoed else (), **known
        ),
        SHARES,
        WHICH,
        st.booleans(),
        coverage=SHARES,
        around=SHARES,
        title=SHARES,
        question=SHARES,
        focus=SHARES,
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
        a_withdrawn(id_="round-a", replaced_by="round-b"),
        a_withdrawn(id_="round-b", replaced_by="round-a"),
        a_withdrawn(id_="to-draft", replaced_by="a-draft"),
        a_fact(id_="a-draft", status=Status.DRAFT),
    ]
    with holding(tmp_path_factory.mktemp("decide"), *asking.values(), *withdrawn) as snapshot:
        yield snapshot.base


def likeness(sure):
    """The likeness to a known question that makes an answer just so sure."""
    return (math.log(sure / (1 - sure)) - QUESTION[2]) / QUESTION[0]


@given(MATCHES)
def test_confidence_is_a_probability(matches):
    assert 0 <= confidence(matches) <= 1


@given(MATCHES)
def test_a_veto_lowers_confidence_below_any_answer(matches):
    plain = [a_match(a_fact(), 0.9, question=0.9, coverage=1.0), *matches]
    vetoed = [a_match(a_fact(), 0.9, ("Taiwan",), question=0.9, coverage=1.0), *matches]
    assert confidence(vetoed) < min(confidence(plain), FOUND_AT)


@given(MATCHES)
def test_a_veto_stands_above_any_score(base, matches):
    answer = decide(NOTHING, matches, base)
    if matches and matches[0].vetoes:
        assert not isinstance(answer, Found)
    assert answer.ranking == tuple(matches)
    assert answer.confidence == confidence(matches)


@pytest.mark.parametrize(("sure", "kind"), [(FOUND_AT, Found), (CLOSEST_AT, Closest)])
def test_an_answer_begins_at_its_threshold_and_not_before(base, sure, kind):
    least = likeness(sure)
    assert isinstance(decide(NOTHING, [a_match(score=0, question=least + 0.001)], base), kind)
    assert not isinstance(decide(NOTHING, [a_match(score=0, question=least - 0.001)], base), kind)


def test_exactly_the_threshold_is_enough(base):
    match = a_match(score=0, question=round(likeness(FOUND_AT), 12))
    assert confidence([match]) == FOUND_AT
    assert isinstance(decide(NOTHING, [match], base), Found)


def test_facts_of_one_claim_do_not_compete_for_the_lead():
    def sure(claim):
        rival = a_match(a_fact(id_="rival", claim=claim), 0.7)
        return confidence([a_match(a_fact(claim="one"), 0.7, coverage=0.7, around=0.7), rival])

    alone = confidence([a_match(a_fact(claim="one"), 0.7, coverage=0.7, around=0.7)])
    assert sure("one") == alone
    assert sure("two") < alone
    assert sure("") < alone


def test_two_facts_without_a_claim_compete():
    first, rival = a_match(a_fact(), 0.7, around=0.7), a_match(a_fact(id_="rival"), 0.7)
    assert confidence([first, rival]) < confidence([first])


@pytest.mark.parametrize(
    ("id_", "now"),
    [
        ("first", "fact-3"),  # superseded, superseded again, published
        ("second", "fact-3"),
        ("to-retracted", None),
        ("alone", None),
        ("round-a", None),
        ("to-draft", None),  # a draft is not in the base
    ],
)
def test_a_withdrawn_fact_is_answered_with_what_stands_at_the_end_of_its_replacements(base, id_, now):
    answer = decide(NOTHING, [a_match(base.fact(id_), question=1.0)], base)
    assert isinstance(answer, Withdrawn)
    assert answer.match.fact.id == id_
    assert (answer.replacement and answer.replacement.id) == now


def test_a_withdrawn_fact_whose_replacement_is_itself_ends(base):
    answer = settled(a_match(a_withdrawn(id_="itself", replaced_by="itself")), (), base)
    assert answer == Withdrawn(confidence=1.0, match=answer.match, replacement=None)


def test_drafts_and_withdrawn_facts_are_never_near(base):
    near = likeness(0.5)
    kinds = [a_fact(id_=f"is-{status}", status=status) for status in Status]
    answer = decide(NOTHING, [a_match(fact, question=near) for fact in kinds], base)
    assert isinstance(answer, Closest)
    assert [match.fact.id for match in answer.matches] == ["is-published"]


def test_at_most_three_are_near_the_best_first(base):
    facts = [a_fact(id_=f"near-{n}") for n in range(5)]
    answer = decide(NOTHING, [a_match(fact, question=likeness(0.5)) for fact in facts], base)
    assert [match.fact.id for match in answer.matches] == ["near-0", "near-1", "near-2"]
    assert len(answer.ranking) == 5


def test_a_vetoed_match_is_near_and_what_all_lack_is_missing(base):
    matches = [a_match(vetoes=("Taiwan", "50000"), question=1.0), a_match(vetoes=("Taiwan",), question=1.0)]
    answer = decide(NOTHING, matches, base)
    assert isinstance(answer, Closest)
    assert answer.missing == ("Taiwan",)


def test_without_matches_all_names_and_suspects_are_missing(base):
    asked = Asked(terms={}, repaired={}, names=("Taiwan",), suspects=tuple(words("Pence")), numbers=())
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


def test_a_passage_that_hears_less_than_half_of_the_question_does_not_answer(base):
    heard = a_match(score=0.9, coverage=1.0, around=1.0, focus=1.0, heard=HEARD_AT)
    assert confidence([heard]) >= FOUND_AT
    assert confidence([a_match(score=0.9, coverage=1.0, around=1.0, focus=1.0, heard=HEARD_AT - 0.01)]) < FOUND_AT


def test_who_asks_too_little_is_answered_only_by_a_question_that_is_known():
    little = {"coverage": 1.0, "around": 1.0, "focus": 1.0, "asked": 0.0}
    assert confidence([a_match(score=0.9, **little, question=SAME_QUESTION - 0.01)]) < FOUND_AT
    assert confidence([a_match(score=0.9, **little, question=SAME_QUESTION)]) >= FOUND_AT
