"""What an editor should look at among all claims: conflicts, facts that may say the same, facts that may not.

It suggests and joins nothing; what it says of a pair is what `relation` says of it on an answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from answers.claims import gather, relation
from answers.claims.alike import Likeness, Sketch, sketch_of
from answers.model import Agreement, Claim, Fact, Relation, Status
from answers.text.names import Gazetteer

SUGGESTED = 0.3
"""Likeness from which a pair is worth a look. Chosen on pairs of news sentences that are not of this project: above it
lie 99 % of the paraphrases, and 6 of 10 pairs above it tell of one event (DESIGN.md).
"""
UNLIKE = 0.1
"""Likeness below which a shared key is doubted: of 1,147 paraphrases among the same sentences none lies below it."""
_ORDER = (Agreement.CONFLICT, Agreement.PRECISION, Agreement.AGREE, Agreement.UNCOMPARED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A claim of several facts, and how each two of these stand; conflicts first."""

    claim: Claim
    relations: tuple[Relation, ...]

    @property
    def agreement(self) -> Agreement:
        """The worst that its figures say."""
        return self.relations[0].agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two facts and how much they seem to say the same, in [0, 1]."""

    one: Fact
    other: Fact
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """`joined` are the claims of several published facts, conflicts first; `apart` are pairs of different outlets that
    may say the same under other keys, the likest first; `unlike` share a key and hardly a word, the least alike first.
    """

    joined: tuple[Joined, ...]
    apart: tuple[Pair, ...]
    unlike: tuple[Pair, ...]

    @property
    def conflicts(self) -> tuple[Joined, ...]:
        return tuple(one for one in self.joined if one.agreement is Agreement.CONFLICT)


def survey(facts: Iterable[Fact], gazetteer: Gazetteer, *, most: int = 20) -> Survey:
    """All that is worth a look; at most `most` pairs in `apart`. Drafts are suggested, too, but never compared."""
    held = [fact for fact in facts if fact.status in {Status.PUBLISHED, Status.DRAFT}]
    sketches = [sketch_of(fact, gazetteer) for fact in held]
    likeness = Likeness(sketches)
    by_key = _by_key(held)
    return Survey(
        joined=_joined(held, by_key, gazetteer),
        apart=_apart(held, sketches, likeness, most),
        unlike=_unlike(held, sketches, likeness, by_key),
    )


def _by_key(held: Sequence[Fact]) -> dict[str, list[int]]:
    """The places of the facts that each key joins; a key of one fact joins none."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, fact in enumerate(held):
        if fact.claim:
            found[fact.claim].append(at)
    return {key: places for key, places in found.items() if len(places) > 1}


def _joined(held: Sequence[Fact], by_key: dict[str, list[int]], gazetteer: Gazetteer) -> tuple[Joined, ...]:
    claims = [gather(key, [held[at] for at in places]) for key, places in by_key.items()]
    found = [Joined(claim=claim, relations=_relations(claim, gazetteer)) for claim in claims if len(claim.facts) > 1]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.agreement), one.claim.key)))


def _relations(claim: Claim, gazetteer: Gazetteer) -> tuple[Relation, ...]:
    found = [relation(one, other, gazetteer) for one, other in combinations(claim.facts, 2)]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.agreement)))


def _apart(held: Sequence[Fact], sketches: Sequence[Sketch], likeness: Likeness, most: int) -> tuple[Pair, ...]:
    found = {
        (min(at, other), max(at, other)): score
        for at, one in enumerate(sketches)
        for other, score in likeness.like(one, above=SUGGESTED)
        if _may_be_joined(held[at], held[other])
    }
    best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    return tuple(_pair(held, one, other, score) for (one, other), score in best)


def _may_be_joined(one: Fact, other: Fact) -> bool:
    return one.article.outlet != other.article.outlet and (not one.claim or one.claim != other.claim)


def _unlike(
    held: Sequence[Fact], sketches: Sequence[Sketch], likeness: Likeness, by_key: dict[str, list[int]]
) -> tuple[Pair, ...]:
    def doubted() -> Iterator[Pair]:
        for one, other in (pair for places in by_key.values() for pair in combinations(places, 2)):
            if (score := likeness.score(sketches[one], sketches[other])) < UNLIKE:
                yield _pair(held, one, other, score)

    return tuple(sorted(doubted(), key=lambda pair: (pair.score, pair.one.id, pair.other.id)))


def _pair(held: Sequence[Fact], one: int, other: int, score: float) -> Pair:
    return Pair(one=held[one], other=held[other], score=round(score, 3))
