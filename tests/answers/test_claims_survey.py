"""What an editor should look at among all claims."""

import itertools

import pytest

from answers.claims.alike import Likeness, sketch_of
from answers.claims.survey import survey
from answers.model import Agreement, Figure, Known, Status
from answers.sources import read
from answers.text.names import Gazetteer, outlets, world
from tests.answers.builders import DATA, a_fact, an_article


@pytest.fixture(scope="module")
def names():
    return Gazetteer([*read(DATA).names, *world(), *outlets({"CNN", "CBC News"})])


def says(words, id_, outlet="CNN", *, count=None, **given):
    figures = (Figure(text=str(count), low=count, high=count, unit="people"),) if count else ()
    article = an_article(words, f"of-{id_}", outlet=outlet)
    return a_fact(words, id_, of=article, figures=figures, **given)


FACTS = (
    says("There were 12 people on the ferry.", "cnn-ferry", count=12, claim="ferry"),
    says("The ferry had 30 people on board.", "bbc-ferry", "BBC", count=30, claim="ferry"),
    says("There are 12 people on the bus.", "cnn-bus", count=12, claim="bus"),
    says("The bus has 12 people.", "bbc-bus", "BBC", count=12, claim="bus"),
    says("Parliament voted for the budget of the year.", "cnn-budget"),
    says("The budget of the year was voted by parliament.", "bbc-budget", "BBC", claim="budget"),
    says("The budget of the year passed parliament.", "afp-budget", "AFP", status=Status.DRAFT),
    says("Parliament voted the budget of the year.", "dpa-budget", "DPA", status=Status.REJECTED),
    says("Farmers expect a poor harvest.", "cnn-farms", claim="odd"),
    says("Trains run as usual.", "bbc-trains", "BBC", claim="odd"),
    says("Nothing else is like this.", "cnn-lonely", claim="lonely"),
)


def test_conflicts_stand_first_and_a_claim_of_one_fact_is_left_out(names):
    found = survey(FACTS, names)
    assert [(one.claim.key, one.agreement) for one in found.joined] == [
        ("ferry", Agreement.CONFLICT),
        ("bus", Agreement.AGREE),
        ("odd", Agreement.UNCOMPARED),
    ]
    assert [one.claim.key for one in found.conflicts] == ["ferry"]


def test_what_may_say_the_same_is_suggested_across_outlets_drafts_too(names):
    found = survey(FACTS, names)
    pairs = {frozenset((pair.one.id, pair.other.id)) for pair in found.apart}
    assert {frozenset(pair) for pair in itertools.combinations(("cnn-budget", "bbc-budget", "afp-budget"), 2)} <= pairs
    assert not any("dpa-budget" in pair for pair in pairs)
    assert not any({"cnn-ferry", "bbc-ferry"} == pair for pair in pairs)
    scores = [pair.score for pair in found.apart]
    assert scores == sorted(scores, reverse=True)


def test_no_more_pairs_are_suggested_than_were_asked_for(names):
    assert len(survey(FACTS, names, most=1).apart) == 1


def test_what_shares_a_key_and_hardly_a_word_is_doubted(names):
    assert [(pair.one.id, pair.other.id) for pair in survey(FACTS, names).unlike] == [("cnn-farms", "bbc-trains")]


def test_a_withdrawn_fact_is_neither_compared_nor_suggested(names):
    gone = says(
        "The ferry had 99 people on board.", "afp-ferry", "AFP", count=99, claim="ferry", status=Status.RETRACTED
    )
    found = survey([FACTS[0], gone], names)
    assert (found.joined, found.apart, found.unlike) == ((), (), ())


def test_nothing_is_said_of_a_base_without_facts(names):
    found = survey((), names)
    assert (found.joined, found.apart, found.unlike) == ((), (), ())


SAME = {
    # Pairs of the seed articles that say the same, at least in part, by reading; those that share a key come beside them.
    ("cbc-2000-to-poland-and-germany", "cnn-1000-germany-to-romania"),
    ("cbc-2000-to-poland-and-germany", "cnn-biden-approves-deployments"),
    ("cbc-coming-days-not-permanent", "cnn-2000-to-poland-and-germany"),
    ("cbc-coming-days-not-permanent", "cnn-not-going-to-fight"),
    ("cbc-8500-on-alert", "cnn-separate-from-8500"),
}


def test_of_the_ten_likest_pairs_of_the_seed_articles_at_least_eight_say_the_same(names):
    facts = [fact for _, facts in read(DATA).articles for fact in facts]
    sketches = [sketch_of(fact, names) for fact in facts]
    likeness = Likeness(sketches)
    pairs = [
        (likeness.score(sketches[one], sketches[other]), facts[one], facts[other])
        for one, other in itertools.combinations(range(len(facts)), 2)
        if facts[one].article.outlet != facts[other].article.outlet
    ]
    best = sorted(pairs, key=lambda pair: -pair[0])[:10]
    right = [(one.id, other.id) in SAME or one.claim == other.claim for _, one, other in best]
    assert sum(right) >= 8
    assert all(right[:8])


def test_the_claims_of_the_seed_articles_hold_no_conflict_and_nothing_doubtful(names):
    facts = [fact for _, facts in read(DATA).articles for fact in facts]
    found = survey(facts, names)
    assert not found.conflicts
    assert not found.unlike
    assert len(found.joined) == 5


def test_the_kind_of_known_speakers_is_no_matter(names):
    one = says("There were 12 people.", "one", count=12, claim="x", speaker="Ann", known=Known.CUE)
    other = says("There were 12 people.", "two", "BBC", count=12, claim="x")
    (joined,) = survey([one, other], names).joined
    assert joined.agreement is Agreement.AGREE
