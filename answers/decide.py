"""Ranked matches to an answer. Every threshold of the project stands here, with where it was chosen.

Rule: a veto stands above any score. A passage that does not speak of the country, person, outlet or number
that was asked about may be near, but it does not answer.
"""

import math
from collections.abc import Iterable, Sequence

from answers.errors import NoSuchFact
from answers.factbase import FactBase
from answers.match.asked import Asked
from answers.match.rank import passage_score
from answers.model import Answer, Closest, Fact, Found, Match, Status, Suggestion, Unknown, Unread, Withdrawn

FOUND_AT = 0.60
"""Confidence from which the first match is the answer. On the news quiz (`evaluate`, DESIGN.md) it was chosen where
87 of 100 answers given on the first half were right; on the second half 79 of 100 are.
"""

CLOSEST_AT = 0.30
"""Confidence, were it not for a veto, from which a match is worth showing as near."""

PASSAGE = (8.05, 11.91, -2.67)
"""Logistic weights of the passage's score, of its lead over the next claim, and the constant; fitted on the first
half of the news quiz, answerable and unanswerable questions, vetoed ones left out.
"""

QUESTION = (5.31, -1.79)
"""Logistic weight of the likeness to a known question, and the constant; fitted on the first half of the health
crisis's questions against the official questions that its answers were written for.
"""

VETOED = 0.1
"""What a veto leaves of a confidence."""

MOST_CLOSEST = 3
MOST_SUGGESTIONS = 3


def decide(asked: Asked, matches: Sequence[Match], base: FactBase) -> Answer:
    """The answer to what was asked, from its matches, best first."""
    sure = confidence(matches)
    if matches and sure >= FOUND_AT:
        return settled(matches[0], matches, base, sure)
    near = tuple(match for match in matches if match.fact.status is Status.PUBLISHED and _likely(match) >= CLOSEST_AT)
    missing = _missing(asked, near[:MOST_CLOSEST] or matches)
    if near:
        return Closest(confidence=sure, matches=near[:MOST_CLOSEST], missing=missing, ranking=tuple(matches))
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


def confidence(matches: Sequence[Match]) -> float:
    """Estimated probability, in [0, 1], that the first match answers. Facts of one claim do not compete."""
    if not matches:
        return 0.0
    first = matches[0]
    rivals = (match.score for match in matches[1:] if not first.fact.claim or match.fact.claim != first.fact.claim)
    return round(_likely(first, first.score - next(rivals, 0.0)) * (VETOED if first.vetoes else 1.0), 4)


def _likely(match: Match, lead: float = 0.0) -> float:
    """The better of two estimates: from the words of the passage, and from the questions it is known to answer."""
    score, ahead, constant = PASSAGE
    by_passage = _logistic(score * passage_score(match.features) + ahead * lead + constant)
    if not match.features["question"]:
        return by_passage
    return max(by_passage, _logistic(QUESTION[0] * match.features["question"] + QUESTION[1]))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def settled(first: Match, ranking: Sequence[Match], base: FactBase, sure: float = 1.0) -> Found | Withdrawn:
    """The answer that this match gives: itself, or that it was withdrawn and what stands in its place."""
    if not first.fact.status.withdrawn:
        return Found(confidence=sure, match=first, ranking=tuple(ranking))
    now = _replacement(first.fact, base)
    return Withdrawn(confidence=sure, match=first, replacement=now, ranking=tuple(ranking))


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
