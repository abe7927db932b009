"""Whole articles drawn: the two of the data folder against what editors made of them, and any text at all."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from answers.draft.claimkey import Keys
from answers.draft.drawing import LONGEST_JOINED, Drawer
from answers.draft.values import Candidate
from answers.draft.wire import line_of
from answers.folder import read
from answers.model import Known
from answers.text.names import Gazetteer, world
from tests.answers.builders import DATA, an_article, any_text

HELD = read(DATA)
ARTICLES = {article.outlet: (article, facts) for article, facts in HELD.articles}
DRAWER = Drawer(gazetteer=Gazetteer([*HELD.names, *world()]), keys=Keys(()))
BARE = Drawer(gazetteer=Gazetteer(world()), keys=Keys(()))


def drawn(outlet):
    article, facts = ARTICLES[outlet]
    found = {one.start: one for one in DRAWER.draw(article).candidates}
    return article, [(fact, found[fact.quote.start]) for fact in facts], found


@pytest.mark.parametrize("outlet", ARTICLES)
def test_every_sentence_that_editors_chose_is_drawn_whole_and_nothing_else(outlet):
    article, pairs, found = drawn(outlet)
    assert [one.passage for _, one in pairs] == [fact.quote.text for fact, _ in pairs]
    assert len(found) == len(pairs)
    assert all(article.text[one.start : one.stop] == one.passage for one in found.values())


@pytest.mark.parametrize("outlet", ARTICLES)
def test_every_speaker_is_the_one_that_editors_named_and_is_known_in_the_same_way(outlet):
    for fact, one in drawn(outlet)[1]:
        said = one.attribution
        assert (said.speaker, said.role, said.known) == (fact.speaker, fact.role, fact.known), fact.id


@pytest.mark.parametrize("outlet", ARTICLES)
def test_every_date_is_resolved_as_editors_did(outlet):
    for fact, one in drawn(outlet)[1]:
        expected = [(known.iso, known.granularity, known.first, known.last) for known in fact.dates]
        assert [(found.iso, found.granularity, found.first, found.last) for found in one.dates] == sorted(
            expected, key=lambda known: [found.iso for found in one.dates].index(known[0])
        ), fact.id


@pytest.mark.parametrize("outlet", ARTICLES)
def test_every_figure_is_read_as_editors_did(outlet):
    for fact, one in drawn(outlet)[1]:
        expected = {(known.text, known.low, known.high, known.hedge, known.unit, known.part) for known in fact.figures}
        assert {(x.text, x.low, x.high, x.hedge, x.unit, x.part) for x in one.figures} == expected, fact.id


@pytest.mark.parametrize("outlet", ARTICLES)
def test_no_name_is_drawn_that_editors_did_not_list(outlet):
    for fact, one in drawn(outlet)[1]:
        assert set(one.names) - {fact.article.outlet} <= {*fact.names}, fact.id


FLOOD = """By Jo Gray, River Post

Mayor Ann Lee said on Tuesday that about 300 people had left Aldery. “The water is rising. We ask everybody to leave now,” she said. \
Another 40 are in a school.

The bridge is closed.

The bridge is closed.

Read more: How to make a sandbag

Jo Gray is a reporter for the River Post.
"""


def test_a_quotation_of_several_sentences_is_one_passage_and_what_is_said_twice_is_one():
    found = BARE.draw(an_article(FLOOD))
    passages = [one.passage for one in found.candidates]
    assert "“The water is rising. We ask everybody to leave now,” she said." in passages
    assert passages.count("The bridge is closed.") == 1
    assert "said before, word for word" in {junk.why for junk in found.junk}
    assert not any("sandbag" in passage or "reporter" in passage for passage in passages)


def test_a_bare_number_leans_on_what_was_counted_before_it_in_its_paragraph():
    (another,) = [one for one in BARE.draw(an_article(FLOOD)).candidates if one.passage.startswith("Another")]
    assert [(figure.low, figure.unit) for figure in another.figures] == [(40, "people")]


def test_what_is_long_is_not_joined():
    long = "“" + "The water is rising in the town. " * 30 + "We leave,” said Mayor Ann Lee."
    assert all(len(one.passage) <= LONGEST_JOINED for one in BARE.draw(an_article(long)).candidates)


def test_no_two_passages_of_one_article_share_a_new_claim():
    twin = "The bridge over the river is closed today.\n\nThe bridge over the river is closed, today.\n"
    claims = [one.claim for one in BARE.draw(an_article(twin)).candidates]
    assert len(set(claims)) == len(claims) == 2


def test_a_claim_that_is_on_record_is_proposed_again():
    (article, facts), (other, _) = ARTICLES["CNN"], ARTICLES["CBC News"]
    drawer = replace(DRAWER, keys=Keys(facts, DRAWER.gazetteer))
    shared = {one.claim for one in drawer.draw(other).candidates} & {fact.claim for fact in facts}
    assert "2000-us-troops-to-poland-and-germany" in shared
    assert article.outlet == "CNN"


@given(any_text(max_size=400))
def test_any_text_is_drawn_and_every_word_of_a_passage_is_the_articles(text):
    article = an_article(text)
    found = BARE.draw(article)
    for one in found:
        line = json.loads(json.dumps(line_of(one, article)))
        assert text[line["start"] : line["end"]] == line["passage"]
    for one in found.candidates:
        assert bool(one.attribution.speaker) == (one.attribution.known is not Known.NONE)
        for part in (*one.quotes, *one.figures, *one.dates, *one.places):
            assert one.holds(part)
            assert getattr(part, "text", None) in {None, part.of(text)}


@pytest.mark.parametrize("times", [1, 3])
def test_candidates_and_junk_come_in_the_order_of_the_text(times):
    text = FLOOD * times
    starts = [one.start for one in BARE.draw(an_article(text))]
    assert starts == sorted(starts)
    assert sum(isinstance(one, Candidate) for one in BARE.draw(an_article(text))) == len(
        BARE.draw(an_article(text)).candidates
    )
