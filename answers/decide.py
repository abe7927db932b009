"""Ranked matches to an answer. Every threshold of the project stands here, with where it was chosen.

Rule: a veto stands above any score. A passage that does not speak of the country, person, outlet or number
that was asked about may be near, but it does not answer.
"""

import math
from collections.abc import Iterable, Sequence

from answers.errors import NoSuchFact
from answers.factbase import FactBase
from answers.match.asked import Asked
from answers.model import Answer, Closest, Fact, Found, Match, Status, Suggestion, Unknown, Unread, Withdrawn

FOUND_AT = 0.62
"""Score from which the first match is given as the answer."""

CLOSEST_AT = 0.30
"""Score from which a match is worth showing as near."""

SLOPE, MIDDLE = 8.0, 0.62
"""The logistic curve from a score to P(the first passage answers)."""

MOST_CLOSEST = 3
MOST_SUGGESTIONS = 3


def decide(asked: Asked, matches: Sequence[Match], base: FactBase) -> Answer:
    """The answer to what was asked, from its matches, best first."""
    if matches and not matches[0].vetoes and matches[0].score >= FOUND_AT:
        return settled(matches[0], matches, base)
    near = tuple(match for match in matches if match.score >= CLOSEST_AT and match.fact.status is Status.PUBLISHED)
    missing = _missing(asked, near or matches)
    if near:
        return Closest(
            confidence=confidence(near[0]), matches=near[:MOST_CLOSEST], missing=missing, ranking=tuple(matches)
        )
    sure = confidence(matches[0]) if matches else 0.0
    return Unknown(
        confidence=sure,
        coverage=base.coverage,
        suggestions=suggestions(matches, base),
        missing=missing,
        ranking=tuple(matches),
    )


def unread(reason: Unread, base: FactBase) -> Unknown:
    """The answer to what could not be read as a question."""
    return Unknown(confidence=0.0, coverage=base.coverage, suggestions=suggestions((), base), unread=reason)


def confidence(match: Match) -> float:
    """Estimated probability, in [0, 1], that this match answers; a veto leaves a tenth of it."""
    curve = 1 / (1 + math.exp(-SLOPE * (match.score - MIDDLE)))
    return round(curve * (0.1 if match.vetoes else 1.0), 4)


def settled(first: Match, ranking: Sequence[Match], base: FactBase) -> Found | Withdrawn:
    """The answer that this match gives: itself, or that it was withdrawn and what stands in its place."""
    if not first.fact.status.withdrawn:
        return Found(confidence=confidence(first), match=first, ranking=tuple(ranking))
    return Withdrawn(
        confidence=confidence(first), match=first, replacement=_replacement(first.fact, base), ranking=tuple(ranking)
    )


def _replacement(fact: Fact, base: FactBase) -> Fact | None:
    """What stands in a fact's place now: the end of the chain of replacements, if that is published."""
    seen = {fact.id}
    while fact.replaced_by and fact.replaced_by not in seen:
        seen.add(fact.replaced_by)
        try:
            fact = base.fact(fact.replaced_by)
        except NoSuchFact:
            return None
    return fact if fact.status is Status.PUBLISHED else None


def _missing(asked: Asked, matches: Iterable[Match]) -> tuple[str, ...]:
    """What the question names and none of these passages speaks of."""
    lacks = [set(match.vetoes) for match in matches]
    everywhere = set.intersection(*lacks) if lacks else {*asked.names, *(word.surface for word in asked.suspects)}
    return tuple(sorted(everywhere))


def suggestions(matches: Sequence[Match], base: FactBase) -> tuple[Suggestion, ...]:
    """Questions that the base can answer: those of the nearest facts, or of its topics when nothing is near."""
    near = (match.fact for match in matches)
    general = (facts[0] for topic in base.coverage.topics[:10] if (facts := base.topic(topic)))
    found: dict[str, Suggestion] = {}
    for fact in (*near, *general):
        if fact.questions and fact.status is Status.PUBLISHED and fact.id not in {s.fact for s in found.values()}:
            found.setdefault(
                fact.questions[0], Suggestion(text=fact.questions[0], fact=fact.id, code=fact.code, number=0)
            )
    return tuple(found.values())[:MOST_SUGGESTIONS]
