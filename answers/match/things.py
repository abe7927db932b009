"""The thing that a question asks for by its noun: "how many warships", "which airport", "are there any missiles".

A passage that speaks of no such thing cannot tell how many there are. A few words of war news that mean the same are
known here; an editor's known questions bring in others.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import dropwhile

from answers.match.limits import CALENDAR
from answers.text.names import Kind, Mention
from answers.text.normalise import STOP_WORDS, Word, numbers, stem
from answers.text.reading import Reading

_ASKING = frozenset({"many", "much", "which", "what", "whose", "any"})
_BE = frozenset({"is", "are", "was", "were"})
"""Before "there" they ask whether such a thing is."""

_ARTICLES = frozenset({"a", "an", "any", "some", "no"})
_SORTS = frozenset({"type", "types", "kind", "kinds", "sort", "sorts"})
_OF = _SORTS | {"number", "amount", "of", "other", "more", "extra"}
_OPEN = frozenset(
    """country countries nation nations place places state states region regions part parts people ppl person persons man
    men official officials reason reasons purpose day date time year month week thing things else happened did does do
    is are was were has have will would can the a an medical way role mission plan job move step help support side
    outlet outlets media news channel channels source sources paper newspaper spokesman spokesperson leader leaders president minister
    say said about sort form action actions measure measures words word promise""".split()
)
"""Nouns that a passage may answer without holding them."""

_TITLES = 2
"""Words before a person's name that may be part of it: "Lt.-Col."."""
_PLACES = frozenset(
    map(stem, "city town village capital airport port base fort camp street square island river border".split())
)

_BODIES = frozenset(
    map(
        stem,
        """company companies firm brand airline chain store bank agency ministry department office organisation organization
        group party team club band union network platform paper newspaper university church court body institution""".split(),
    )
)
_UNITS = frozenset(map(stem, "regiment brigade division battalion squadron corps".split()))
"""They have numbers and nicknames, not names of their own."""

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
    return next((_noun(words[at + 1 : at + 6]) for at in range(len(words)) if _asks(words, at)), None)


def _asks(words: Sequence[Word], at: int) -> bool:
    before, form = words[at - 1].form if at else "", words[at].form
    if form == "there":
        return before in _BE
    return form in _ASKING and not (form == "much" and at == 0)


def _noun(words: Sequence[Word]) -> Word | None:
    """The last word of the noun phrase that begins here, as far as plain words tell: up to the first verb or article."""
    found = None
    for word in dropwhile(lambda word: word.form in _ARTICLES, words):
        if word.form in _OF or word.form.endswith("ly") or numbers([word.form])[0][0].isdecimal():
            continue
        if word.form in _OPEN or word.form in STOP_WORDS:
            return found
        if word.capital:
            return found
        found = word
        if word.form.endswith("s"):
            return found
    return found


def known_thing(term: str) -> bool:
    """Whether a stem is one of those that have others of the same meaning here: "GIs" are no strangers."""
    return len(synonyms(term)) > 1


@cache
def synonyms(term: str) -> frozenset[str]:
    """Stems that mean the same as one, itself among them."""
    return next((group for group in _SAME if term in group), frozenset({term}))


def instances(thing: AbstractSet[str], told: Reading, asked: Reading, wide: AbstractSet[str]) -> bool:
    """Whether a text names what may be one of a kind that is asked for, and that the question does not name itself.

    A name of a place may be a city or an airport, that of a body an airline or a company, one that nobody listed anything.
    `wide` are the places that hold others: no city is called Ukraine.
    """
    if thing & _UNITS or any(word.form in _SORTS for word in asked.words):
        return False
    places = [mention for mention in told.mentions if mention.name.kind is Kind.PLACE]
    if thing & _PLACES:
        return any(mention.name.canonical not in {*asked.names, *wide} for mention in places)
    if thing & _BODIES and any(
        _is_body(mention) and mention.name.canonical not in asked.names for mention in told.mentions
    ):
        return True
    people = [mention for mention in told.mentions if mention.name.kind is Kind.PERSON]
    listed = [mention for mention in told.mentions if mention.name.kind is Kind.PLACE or _is_body(mention)]
    passed = {at for mention in listed for at in range(mention.first, mention.stop)} | {0}
    passed |= {at for mention in people for at in range(mention.first - _TITLES, mention.stop)}
    known = {word.form for word in asked.words} | STOP_WORDS | CALENDAR
    others = (word for at, word in enumerate(told.words) if at not in passed)
    return any(word.capital and not word.number and word.form not in known for word in others)


def _is_body(mention: Mention) -> bool:
    return mention.name.kind in {Kind.ORGANISATION, Kind.OUTLET}
