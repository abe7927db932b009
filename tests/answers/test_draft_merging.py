"""Candidates into a fact file: nothing of an editor's is touched, nothing is proposed twice, and the file stays good."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import facts
from answers.draft import fields
from answers.draft.merging import merge
from answers.draft.values import Attribution, Candidate, FoundDate, FoundFigure
from answers.model import Granularity, Known, Part
from tests.answers.builders import an_article

SENTENCES = ("Mayor Ann Lee said 300 people left today.", "The bridge is closed.", "Nobody was hurt.")
ARTICLE = an_article(" ".join(SENTENCES), outlet="River Post")
PATH = f"facts/{ARTICLE.id}.toml"


def a_candidate(number, **given_):
    start = ARTICLE.text.index(SENTENCES[number])
    values = {"attribution": Attribution(), "passage": SENTENCES[number], **given_}
    return Candidate(start=start, stop=start + len(SENTENCES[number]), **values)


FULL = a_candidate(
    0,
    attribution=Attribution(speaker="Ann Lee", role="Mayor", known=Known.CUE, cue="said"),
    figures=(
        FoundFigure(start=18, stop=28, text="300 people", low=300, high=300, unit="people", counts="people who left"),
    ),
    dates=(
        FoundDate(
            start=34,
            stop=39,
            text="today",
            iso="2022-02-02",
            granularity=Granularity.DAY,
            first=date(2022, 2, 2),
            last=date(2022, 2, 2),
        ),
    ),
    names=("Ukraine",),
    topics=("Evacuation",),
    claim="300-people-left",
    questions=("How many people left?",),
    doubts=("names.toml does not know Ann Lee.",),
)
ALL = (FULL, a_candidate(1), a_candidate(2))


def drawn(text="", candidates=ALL, **given_):
    return merge(text, PATH, ARTICLE, candidates, **given_)


def by_id(text):
    return {fact["id"]: fact for fact in tomllib.loads(text)["fact"]}


def test_a_first_drawing_gives_a_good_file_of_drafts_in_the_order_of_the_article():
    done = drawn()
    assert done.added == ("river-mayor-ann-lee-300-people-left", "river-bridge-closed", "river-nobody-hurt")
    (first, *_) = facts.parse(done.text.encode(), PATH, ARTICLE)
    assert (first.speaker, first.role, first.known, first.claim) == ("Ann Lee", "Mayor", Known.CUE, "300-people-left")
    assert (first.figures[0].low, first.figures[0].counts) == (300, "people who left")
    assert first.dates[0].iso == "2022-02-02"
    assert first.doubts == FULL.doubts
    assert [fact["status"] for fact in by_id(done.text).values()] == ["draft"] * 3
    assert done.text.startswith(f"# Facts of articles/{ARTICLE.id}.md")


def test_drawn_again_nothing_changes():
    once = drawn()
    again = drawn(once.text)
    assert again.text == once.text
    assert again.kept == once.added


def test_what_an_editor_changed_stays_and_the_rest_is_drawn_anew():
    once = drawn().text.replace('claim = "300-people-left"', 'claim = "mine"  # by hand')
    better = replace(FULL, claim="other", questions=("How many have left?",), figures=())
    again = drawn(once, (better, *ALL[1:]))
    fact = by_id(again.text)[again.renewed[0]]
    assert (fact["claim"], fact["questions"]) == ("mine", ["How many have left?"])
    assert 'claim = "mine"  # by hand' in again.text
    assert "figure" not in fact
    assert drawn(again.text, (better, *ALL[1:])).renewed == ()


def test_a_figure_that_an_editor_mended_stays():
    once = drawn().text.replace("value = 300\n", "value = 301\n")
    again = drawn(once, (replace(FULL, figures=()), *ALL[1:]))
    assert by_id(again.text)["river-mayor-ann-lee-300-people-left"]["figure"][0]["value"] == 301


@pytest.mark.parametrize("status", ["published", "rejected"])
def test_what_was_decided_is_never_touched(status):
    once = drawn().text.replace('status = "draft"', f'status = "{status}"')
    again = drawn(once, (replace(FULL, claim="other"), *ALL[1:]))
    assert again.text == once


def test_what_an_editor_cut_otherwise_is_not_proposed_again():
    mine = '[[fact]]\nid = "mine"\nquote = "300 people left"\nstatus = "published"\n'
    done = drawn(mine)
    assert "mine" in done.kept
    assert list(by_id(done.text)) == ["mine", "river-bridge-closed", "river-nobody-hurt"]
    assert by_id(done.text)["mine"] == by_id(mine)["mine"]


def test_a_new_sentence_comes_where_it_stands_in_the_article():
    some = drawn(candidates=(ALL[0], ALL[2]))
    assert list(by_id(drawn(some.text).text)) == list(drawn().added)


def test_no_id_is_taken_twice():
    done = drawn(taken={"river-bridge-closed", "river-bridge-closed-2"})
    assert done.added[1] == "river-bridge-closed-3"


@pytest.mark.parametrize(
    ("passage", "outlet", "expected"),
    [
        ("It is.", "BBC", "bbc"),
        ("It is.", "", "draft"),
        ("Це війна.", "Суспільне", "fact"),
        ("It is.", "X", "x-fact"),
        ("One " * 30, "The Very Long Name of an Outlet", "the"),
        ("incomprehensibilities " * 3, "CNN", "cnn-incomprehensibilities"),
    ],
)
def test_an_id_is_made_of_the_outlet_and_what_the_passage_tells(passage, outlet, expected):
    candidate = Candidate(start=0, stop=len(passage), passage=passage, attribution=Attribution())
    assert fields.new_id(candidate, outlet, ()) == expected


@given(st.text(min_size=1), st.text(), st.sets(st.from_regex("[a-z]{3,5}(-[0-9])?", fullmatch=True), max_size=5))
def test_an_id_is_always_one(passage, outlet, taken):
    candidate = Candidate(start=0, stop=len(passage), passage=passage, attribution=Attribution())
    id_ = fields.new_id(candidate, outlet, taken)
    assert facts._ID.fullmatch(id_)
    assert id_ not in taken


def test_a_range_a_vague_number_and_a_broken_one_are_written_as_editors_write_them():
    given_ = {"start": 0, "stop": 1, "text": "x", "unit": "troops"}
    some = (
        FoundFigure(low=20000, high=99999, vague=True, **given_),
        FoundFigure(low=2.5, high=2.5, part=Part.OPTION, hedge="about", **given_),
    )
    first, second = fields.tables(replace(FULL, figures=some))["figure"]
    assert (first["low"], first["high"], first["vague"], "value" in first) == (20000, 99999, True, False)
    assert (second["value"], second["role"], second["hedge"]) == (2.5, "option", "about")


@given(st.lists(st.sampled_from(ALL), unique_by=lambda one: one.start), st.lists(st.sampled_from(ALL)))
def test_whatever_was_drawn_before_the_file_is_good_and_holds_each_passage_once(first, second):
    order = lambda some: sorted(some, key=lambda one: one.start)  # noqa: E731
    done = drawn(drawn(candidates=order(first)).text, order(second))
    found = facts.parse(done.text.encode(), PATH, ARTICLE)
    assert sorted(fact.quote.start for fact in found) == sorted({one.start for one in (*first, *second)})
