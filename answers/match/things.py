"""The thing that a question asks for by its noun: "how many warships", "which airport", "what type of missiles".

A passage that speaks of no such thing cannot tell how many there are. A few words of war news that mean the same are
known here; an editor's known questions bring in others.
"""

from collections.abc import Sequence
from functools import cache

from answers.text.normalise import STOP_WORDS, Word, stem

_ASKING = frozenset({"many", "much", "which", "what", "whose"})
_OF = frozenset({"type", "types", "kind", "kinds", "sort", "sorts", "number", "amount", "of", "other", "more", "extra"})
_OPEN = frozenset(
    """country countries nation nations place places state states region regions part parts people person persons man
    men official officials reason reasons purpose day date time year month week thing things else happened did does do
    is are was were has have will would can the a an medical way role mission plan job move step help support side
    outlet outlets media source sources paper newspaper spokesman spokesperson leader leaders president minister
    say said about sort form action actions measure measures words word promise""".split()
)
"""Nouns that a passage may answer without holding them."""

_SAME = tuple(
    frozenset(map(stem, words.split()))
    for words in (
        "troop troops soldier soldiers forces force servicemen personnel serviceman military army boys units unit gi gis",
        "weapon weapons arms armament armaments weaponry",
        "equipment gear kit supplies material materiel package items stuff",
        "talks talk negotiations negotiation diplomacy diplomatic dialogue",
        "allies ally partners partner members member",
        "ministry ministries department departments",
        "trainers trainer instructors instructor training",
        "deployment deployments deploy moves movement movements reinforcements reinforcement",
    )
)


def thing_of(words: Sequence[Word]) -> Word | None:
    """The noun that is asked for, by the word that stands for it; None where none is, or any passage may hold it."""
    for at, word in enumerate(words):
        if word.form in _ASKING and not (word.form == "much" and at == 0):
            return _noun(words[at + 1 : at + 6])
    return None


def _noun(words: Sequence[Word]) -> Word | None:
    """The last word of the noun phrase that begins here, as far as plain words tell: up to the first verb or article."""
    found = None
    for word in words:
        if word.form in _OF:
            continue
        if word.form in _OPEN or word.form in STOP_WORDS or word.number:
            return found
        if word.capital:
            return found
        found = word
        if word.form.endswith("s"):
            return found
    return found


@cache
def synonyms(term: str) -> frozenset[str]:
    """Stems that mean the same as one, itself among them."""
    return next((group for group in _SAME if term in group), frozenset({term}))
