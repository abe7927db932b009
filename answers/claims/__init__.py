"""Facts that say the same thing, brought together under their claim's key, and how they stand to each other.

An editor's key joins facts; nothing here joins any. Figures are compared within a claim only, by rules that can be
read (`slots`, `weighing`), and what goes back to one source is named (`origins`). Independence is never claimed.
"""

from collections.abc import Iterable
from datetime import date

from answers.claims.figures import compare
from answers.claims.origins import origin
from answers.model import Claim, Fact, Relation, Status
from answers.text.names import Gazetteer


def gather(key: str, facts: Iterable[Fact]) -> Claim:
    """The claim of this key: its published facts, oldest publication first."""
    current = (fact for fact in facts if fact.claim == key and fact.status is Status.PUBLISHED)
    return Claim(key=key, facts=tuple(sorted(current, key=lambda fact: (fact.article.published or date.max, fact.id))))


def beside(fact: Fact, claim: Claim, most: int = 2) -> tuple[Fact, ...]:
    """At most `most` facts of other outlets that speak to the same claim, one an outlet."""
    others: dict[str, Fact] = {}
    for other in claim.facts:
        if other.article.outlet != fact.article.outlet:
            others.setdefault(other.article.outlet, other)
    return tuple(others.values())[:most]


def relation(one: Fact, other: Fact, gazetteer: Gazetteer) -> Relation:
    """How two facts of one claim stand to each other. Total, and the same from both sides."""
    comparisons = compare(one, other, gazetteer)
    return Relation(one=one, other=other, comparisons=comparisons, origin=origin(one, other, gazetteer))
