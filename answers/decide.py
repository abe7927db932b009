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
"""Confidence from which the first match is the answer. Chosen on the first half of the news quiz, where 5 of 100
questions are answered and 89 of 100 answers are right; on its second half 4 and 84 (`python -m tests.score`, DESIGN.md).
"""

CLOSEST_AT = 0.22
"""Confidence, were it not for a veto, from which a match is worth showing as near."""

PASSAGE = (7.68, 11.98, -2.72)
"""Logistic weights of the passage's score, of its lead over the next claim, and the constant; fitted on the first
half of the news quiz, answerable and unanswerable questions, vetoed ones left out.
"""

QUESTION = (2.10, 16.58, -1.73)
"""Logistic weights of the likeness to a known question, of the score's lead over the next claim, and the constant;
fitted on the first half of the health crisis's questions, its official questions taken as the known ones.
"""

HEARD_AT = 0.55
"""Share of the question's weight that must be spoken of near a passage for it to answer: in a small base any passage
that has a word of "What is the meaning of life?" leads by far. A choice of sense, not fitted.
"""

SAME_QUESTION = 0.9
"""Likeness from which a known question is the one that was asked: then a single name is enough. A choice of sense."""

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
    return round(_likely(first, first.score - next(rivals, 0.0)) * _limit(first), 4)


def _likely(match: Match, lead: float = 0.0) -> float:
    """The better of two estimates: from the words of the passage, and from the questions it is known to answer."""
    own, ahead, constant = PASSAGE
    by_passage = _logistic(own * passage_score(match.features) + ahead * lead + constant)
    if not match.features["question"]:
        return by_passage
    alike, ahead, constant = QUESTION
    return max(by_passage, _logistic(alike * match.features["question"] + ahead * lead + constant))


def _limit(match: Match) -> float:
    """What is left of an estimate by a veto, when much is heard of nowhere near, and when too little was asked."""
    known = match.features
    heard = 1.0 if known["heard"] >= HEARD_AT else known["heard"]
    asked = 1.0 if known["asked"] or known["question"] >= SAME_QUESTION else 0.5
    return (VETOED if match.vetoes else 1.0) * heard * asked


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
    general = (fact for topic in base.coverage.topics[:10] for fact in base.topic(topic, limit=1))
    found: dict[str, Suggestion] = {}
    for fact in (*near, *general):
        if fact.questions and fact.status is Status.PUBLISHED and fact.id not in {s.fact for s in found.values()}:
            found.setdefault(
                fact.questions[0], Suggestion(text=fact.questions[0], fact=fact.id, code=fact.code, number=0)
            )
    return tuple(found.values())[:MOST_SUGGESTIONS]
