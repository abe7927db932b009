"""Ranked matches to an answer. Every threshold of a probability stands here, with where it was chosen.

Rule: a veto stands above any score. A passage that does not speak of the country, person, outlet or number
that was asked about may be near, but it does not answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from answers.errors import NoSuchFact
from answers.factbase import FactBase
from answers.match.asked import Asked
from answers.match.vetoes import WORDLESS
from answers.model import Answer, Aside, Closest, Fact, Found, Match, Status, Suggestion, Unknown, Unread, Withdrawn
from answers.text.normalise import stem
from answers.text.reading import read

FOUND_AT = 0.5
"""Confidence from which the first match is the answer (chosen as DESIGN.md, "Where the line is drawn", tells)."""

CLOSEST_AT = 0.12
"""Probability from which a match is worth showing as near, veto or not."""

MOST_CLOSEST = 3
MOST_SUGGESTIONS = 3


def decide(asked: Asked, matches: Sequence[Match], base: FactBase) -> Answer:
    """The answer to what was asked, from its matches, best first."""
    ranking = tuple(matches)
    sure = confidence(ranking)
    if ranking and sure >= FOUND_AT and not ranking[0].vetoes:
        return settled(ranking[0], ranking, base, sure)
    near = _near(ranking) if _hears(asked) else ()
    missing = _missing(asked, near or ranking, base)
    if near:
        return Closest(confidence=sure, matches=near, missing=missing, gap=asked.gap, ranking=ranking)
    return Unknown(
        confidence=sure,
        coverage=base.coverage,
        suggestions=suggestions(ranking, base),
        missing=missing,
        gap=asked.gap,
        ranking=ranking,
    )


def unread(reason: Unread, base: FactBase) -> Unknown:
    """The answer to what could not be read as a question."""
    return Unknown(confidence=0.0, coverage=base.coverage, suggestions=suggestions((), base), unread=reason)


def aside(kind: Aside, base: FactBase) -> Unknown:
    """The answer to a message that no passage can answer: a greeting, a question on the asker's own case, a cry for help.

    Whoever is afraid or in danger is offered no questions about the news.
    """
    offered = () if kind in {Aside.DISTRESS, Aside.SAFETY, Aside.ABUSE} else suggestions((), base)
    return Unknown(confidence=0.0, coverage=base.coverage, suggestions=offered, aside=kind)


def confidence(matches: Sequence[Match]) -> float:
    """Estimated probability, in [0, 1], that the first match answers; what forbids it has been weighed."""
    return round(matches[0].probability, 4) if matches else 0.0


def _hears(asked: Asked) -> bool:
    """Whether any word of an English question is known to the base, the names or the language: nothing is near to noise."""
    unheard = {stem(word.form) for word in asked.suspects}
    return not unheard or bool(asked.terms.keys() - unheard)


def _near(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The matches that stand and are worth showing: the first if it is likely enough, and what is not much less likely.

    A draft comes here only from an outlet whose drafts may answer.
    """
    stand = {Status.PUBLISHED, Status.DRAFT}
    likely = [match for match in matches if match.fact.status in stand and match.probability >= CLOSEST_AT]
    return tuple(likely[:MOST_CLOSEST])


def together(answers: Sequence[tuple[str, Answer]], whole: Answer) -> Answer:
    """One answer of the answers to the parts of a question, in order, and of the one to the whole of it.

    What was found for each part is shown, what was not is named. With nothing found for any part, what was withdrawn
    stands for all, else the whole is answered: a text that only looks like several questions is then none the worse.
    """
    found = [answer for _, answer in answers if isinstance(answer, Found)]
    if not found:
        return next((answer for _, answer in answers if isinstance(answer, Withdrawn)), whole)
    first, *rest = found
    further = {one.match.fact.id: one.match for one in rest if one.match.fact.id != first.match.fact.id}
    ranking = {match.fact.id: match for match in (*(one.match for one in found), *whole.ranking)}
    return replace(
        first,
        further=tuple(further.values()),
        open=tuple(part for part, answer in answers if not isinstance(answer, Found)),
        confidence=min(one.confidence for one in found),
        ranking=tuple(ranking.values()),
    )


def compared(answer: Answer, by_outlet: Sequence[Answer]) -> Answer:
    """One passage from each outlet that has one; the answer itself where fewer than two have."""
    found = {one.match.fact.article.outlet: one for one in by_outlet if isinstance(one, Found)}
    if len(found) < 2:
        return answer
    first, *rest = sorted(found.values(), key=lambda one: -one.confidence)
    return replace(first, further=tuple(one.match for one in rest))


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


def _missing(asked: Asked, matches: Iterable[Match], base: FactBase) -> tuple[str, ...]:
    """What the question names and none of these passages speaks of."""
    lacks = [set(match.vetoes) - _spoken(match.fact, base) for match in matches]
    everywhere = set.intersection(*lacks) if lacks else {*asked.names, *(word.surface for word in asked.suspects)}
    return tuple(sorted(everywhere - WORDLESS))


def _spoken(fact: Fact, base: FactBase) -> set[str]:
    """The names that a passage speaks of, which may yet play another part in it than was asked."""
    return {*fact.names, *read(fact.quote.text, base.gazetteer).names}


def suggestions(matches: Sequence[Match], base: FactBase) -> tuple[Suggestion, ...]:
    """Questions that the base can answer: those of the nearest facts, or of its topics when nothing is near."""
    near = (match.fact for match in matches)
    found: dict[str, Suggestion] = {}
    for fact in (*near, *base.foremost):
        if fact.questions and fact.status is Status.PUBLISHED and fact.id not in {s.fact for s in found.values()}:
            found.setdefault(
                fact.questions[0], Suggestion(text=fact.questions[0], fact=fact.id, code=fact.code, number=0)
            )
    return tuple(found.values())[:MOST_SUGGESTIONS]
