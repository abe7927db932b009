"""`claims`: how the facts of each claim stand to each other, and which claims an editor should look at.

It writes and changes nothing: keys are set in the fact files.
"""

from collections.abc import Iterator

from answers.claims.survey import Joined, Pair, Survey, survey
from answers.factbase import FactBase
from answers.model import Comparison, Fact, Relation


def surveyed(base: FactBase) -> Survey:
    """The survey of all facts of a base."""
    return survey(base.facts(), base.gazetteer)


def as_object(found: Survey) -> dict[str, object]:
    """The survey for `--json`: facts by their ids, figures in their own words."""
    return {
        "claims": [
            {
                "claim": one.claim.key,
                "agreement": one.agreement.value,
                "relations": [_relation(relation) for relation in one.relations],
            }
            for one in found.joined
        ],
        "suggestions": [_pair(pair) for pair in found.apart],
        "doubted": [_pair(pair) for pair in found.unlike],
    }


def _relation(one: Relation) -> dict[str, object]:
    return {
        "facts": [one.one.id, one.other.id],
        "agreement": one.agreement.value,
        "origin": {"shared": one.origin.shared.value, "name": one.origin.name},
        "figures": [_comparison(comparison) for comparison in one.comparisons],
    }


def _comparison(one: Comparison) -> dict[str, object]:
    return {
        "agreement": one.agreement.value,
        "texts": [one.figure.text, one.beside.text],
        "finer": one.finer.id if one.finer else None,
        "days_apart": one.days,
    }


def _pair(one: Pair) -> dict[str, object]:
    return {"facts": [one.one.id, one.other.id], "claims": [one.one.claim, one.other.claim], "score": one.score}


def lines(found: Survey) -> Iterator[str]:
    """The survey in plain words, one line after another; conflicts first."""
    yield f"{_count(len(found.joined), 'claim')} of several facts, {_count(len(found.conflicts), 'conflict')}."
    for one in found.joined:
        yield ""
        yield from _told(one)
    yield from _pairs("These may say the same; an editor decides:", found.apart)
    yield from _pairs("These share a key and hardly a word:", found.unlike)


def _told(one: Joined) -> Iterator[str]:
    yield f"{one.claim.key}: {one.agreement}"
    for relation in one.relations:
        origin = relation.origin
        source = f"one source: {origin.name or f'the same {origin.shared}'}" if origin.known else "source not known"
        yield f"  {_fact(relation.one)} – {_fact(relation.other)}: {source}"
        for comparison in relation.comparisons:
            yield f"    {comparison.agreement}: {comparison.figure.text} – {comparison.beside.text}"


def _fact(fact: Fact) -> str:
    return f"{fact.id} ({fact.article.outlet}, {fact.article.published_iso or 'no date'})"


def _pairs(heading: str, pairs: tuple[Pair, ...]) -> Iterator[str]:
    if pairs:
        yield ""
        yield heading
    for pair in pairs:
        yield f"  {pair.score:.2f} {pair.one.id} – {pair.other.id}"
        yield from (f"       {fact.quote.text}" for fact in (pair.one, pair.other))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
