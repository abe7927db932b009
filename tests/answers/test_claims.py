"""Facts of one claim: who stands beside whom."""

from datetime import date

import pytest

from answers.claims import beside, gather
from answers.model import Article, Claim, Fact, Quote, Status


def fact(id_, outlet="CNN", day=2, claim="a-claim", status=Status.PUBLISHED):
    published = date(2022, 2, day) if day else None
    article = Article(id=f"article-{id_}", outlet=outlet, published=published, text="Words.")
    return Fact(id=id_, quote=Quote(article=article, start=0, stop=6), claim=claim, status=status)


def test_a_claim_holds_its_facts_in_the_order_of_publication():
    late, early, same = fact("late", day=9), fact("early", day=1), fact("a-same", day=9)
    assert gather("a-claim", [late, early, same]).facts == (early, same, late)


def test_facts_without_a_day_come_last():
    undated, dated = fact("a", day=0), fact("b", day=9)
    assert gather("a-claim", [undated, dated]).facts == (dated, undated)


def test_facts_of_other_claims_are_left_out():
    assert gather("a-claim", [fact("one", claim="other"), fact("two", claim="")]).facts == ()


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PUBLISHED])
def test_only_published_facts_speak_to_a_claim(status):
    assert gather("a-claim", [fact("one", status=status)]).facts == ()


def test_a_claim_names_each_outlet_once():
    facts = (fact("one", "CNN", 1), fact("two", "CBC News", 2), fact("three", "CNN", 3))
    assert gather("a-claim", facts).outlets == ("CNN", "CBC News")


def test_beside_a_fact_stands_one_fact_of_each_other_outlet():
    own, again = fact("own", "CNN", 1), fact("again", "CNN", 2)
    first, second = fact("first", "CBC News", 3), fact("second", "CBC News", 4)
    claim = gather("a-claim", [own, again, first, second])
    assert beside(own, claim) == (first,)
    assert beside(second, claim) == (own,)


def test_no_more_facts_stand_beside_one_than_were_asked_for():
    claim = gather("a-claim", [fact(outlet.lower(), outlet) for outlet in ("A1", "B2", "C3", "D4")])
    assert [len(beside(claim.facts[0], claim, most)) for most in (0, 1, 2, 3, 9)] == [0, 1, 2, 3, 3]


def test_a_claim_without_facts_has_nothing_beside_a_fact():
    assert beside(fact("one"), Claim(key="", facts=())) == ()
