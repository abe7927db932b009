"""What some questions ask for in any of a few words: a reaction, who leads, what it costs, who was hurt.

A passage on the same matter holds the names and nouns of such a question; if it holds no word of the concept, it tells
nothing of it. Rule: a concept is asked for by the kind of question, so that "does NATO lead them?" asks what is so, not
who leads. Read in English.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from answers.match.manner import Kind
from answers.text.normalise import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """The kinds of questions and the words that ask for it, and further words that tell of it."""

    kinds: frozenset[Kind]
    asked: frozenset[str]
    told: frozenset[str]


def _concept(kinds: AbstractSet[Kind], asked: str, told: str = "") -> Concept:
    return Concept(kinds=frozenset(kinds), asked=frozenset(asked.split()), told=frozenset(told.split()))


_CONCEPTS = (
    _concept(
        {Kind.HOW, Kind.WHAT},
        "react reacts reacted reaction reactions respond responds responded reply replies replied answer answers answered",
        """response responses reject rejects rejected condemn condemns condemned criticise criticised criticize criticized
        dismiss dismisses dismissed welcome welcomes welcomed praise praised protest protested denounce denounced""",
    ),
    _concept(
        {Kind.WHO},
        "command commands commanded commanding commander lead leads led leading head heads headed heading charge runs boss",
        "leader leaders leadership chief general under command",
    ),
    _concept(
        {Kind.WHO, Kind.WHAT, Kind.HOW_MANY},
        "cost costs price budget pay pays paid paying fund funds funded funding expensive",
        "dollar dollars euro euros pound pounds money spend spent spending spends worth billion",
    ),
    _concept(
        {Kind.WHO, Kind.HOW_MANY, Kind.WHICH, Kind.WHERE},
        "killed wounded injured hurt died dead casualties deaths victims",
        "kill kills death dies casualty wounds injuries victim",
    ),
)


def concept_of(kind: Kind, words: Sequence[Word]) -> Concept | None:
    """The concept that a question of a kind asks for, by the words of it that are no part of a name."""
    forms = {word.form for word in words}
    return next((one for one in _CONCEPTS if kind in one.kinds and forms & one.asked), None)


def told_of(concept: Concept, words: Sequence[Word]) -> bool:
    """Whether a passage, by its words that are no part of a name, tells of it."""
    return any(word.form in concept.asked or word.form in concept.told for word in words)
