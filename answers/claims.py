"""Facts that say the same thing, brought together under their claim's key.

First form: an editor's key joins facts; who agrees, differs or shares one origin comes on top of this.
"""

from collections.abc import Iterable
from datetime import date

from answers.model import Claim, Fact, Status


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
