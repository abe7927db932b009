"""A claim key for a candidate: that of a fact which says the same, else a new one that can be read.

A key is a suggestion in a draft until an editor lets it out. It joins more carefully than `claims.survey` suggests: what
is wrongly joined would be compared. It knows no article and no speaker.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from answers.claims.alike import Likeness, sketch
from answers.claims.slots import Slot, alike
from answers.claims.slots import slot as slot_of
from answers.draft.values import FoundFigure
from answers.model import Fact, Figure, Part
from answers.text.names import Gazetteer, world
from answers.text.normalise import STOP_WORDS, Word, numbers, words

SAME = 0.6
"""Likeness from which a key is taken over. On pairs of news sentences that are not of this project 95 % of what lies above
it tells of one event and 73 % was judged a paraphrase (DESIGN.md); an editor sees the rest.
"""
SHARED_NAMES = 0.5
"""Of all names that two passages have, the part that both must have: "in Kharkiv" is not "in Kherson"."""
LONGEST = 60
_MOST = 8
"""Words of a new key."""

_LEADING = frozenset("to from in on at for not no".split())
"""Short words that a key keeps before another that it keeps."""
_ARTICLES = frozenset("a an the its his her their our any".split())
_SAYING = frozenset(
    """according added announced asked believed confirmed expected reportedly reported says saying spokesman spokesperson
    spokeswoman stated stressed told tuesday wednesday thursday friday saturday sunday monday today yesterday tomorrow
    emphasized emphasised last about roughly approximately around nearly almost estimated another additional also currently already week
    president officials official""".split()
)
"""Words that tell who said it, when, or how sure it is, and not what is said."""


@cache
def _world() -> Gazetteer:
    return Gazetteer(world())


class Keys:
    """The claim keys of known facts, made ready for many candidates."""

    def __init__(self, known: Iterable[Fact], gazetteer: Gazetteer | None = None) -> None:
        """`gazetteer` reads whom and where figures count: the base's, else the packaged names alone."""
        self._gazetteer = gazetteer or _world()
        self._known = [fact for fact in known if fact.claim]
        self._taken = frozenset(fact.claim for fact in self._known)
        self._likeness = Likeness([sketch(fact.quote.text, fact.names, fact.figures) for fact in self._known])
        self._counted: dict[tuple[Part, str], list[tuple[Figure, Slot, str]]] = defaultdict(list)
        for fact in self._known:
            for figure, slot in self._first(fact.quote.text, fact.figures):
                self._counted[slot.part, slot.unit].append((figure, slot, fact.claim))

    def suggest(self, passage: str, names: Iterable[str], figures: Iterable[Figure | FoundFigure]) -> str:
        """The key of the known fact that says the same, else a new one: a-z, 0-9 and -, at most `LONGEST`.

        Total, and the same for the same passage as long as the known facts are.
        """
        listed, counted = frozenset(names), [_figure(figure) for figure in figures]
        found = self._joined(passage, listed, counted) or self._same_count(passage, counted)
        return found or self._new(passage, sorted(listed), counted)

    def _joined(self, passage: str, names: frozenset[str], figures: Sequence[Figure]) -> str:
        places = self._likeness.like(sketch(passage, names, figures), above=SAME)
        own = self._unlisted(passage)
        for fact in (self._known[at] for at, _ in places):
            if _share(names, frozenset(fact.names)) and _share(own, self._unlisted(fact.quote.text)):
                return fact.claim
        return ""

    def _unlisted(self, passage: str) -> frozenset[str]:
        """Words with a capital within the sentence that are part of no listed name: names that nobody listed."""
        read = words(passage)
        covered = {at for one in self._gazetteer.find(read) for at in range(one.first, one.stop)}
        rest = (word for at, word in enumerate(read) if at and at not in covered and word.capital)
        return frozenset(word.form for word in rest if word.form not in STOP_WORDS | _SAYING)

    def _same_count(self, passage: str, figures: Sequence[Figure]) -> str:
        """The key of the fact whose first figure is the same number of the same, said to be in or to go to one place."""
        for figure, slot in self._first(passage, figures):
            for known, of, key in self._counted[slot.part, slot.unit]:
                same = (figure.low, figure.high) == (known.low, known.high)
                if same and slot.place and slot.place == of.place and alike(slot, of, self._gazetteer):
                    return key
        return ""

    def _first(self, passage: str, figures: Sequence[Figure]) -> list[tuple[Figure, Slot]]:
        """What a passage mostly tells, if it counts something; no more than one."""
        return [(figure, slot_of(passage, figures, figure, self._gazetteer)) for figure in figures[:1] if figure.unit]

    def _new(self, passage: str, names: Sequence[str], figures: Sequence[Figure]) -> str:
        mark = hashlib.sha256(passage.encode("utf-8", "surrogatepass")).hexdigest()
        key = _slug(_telling(passage, figures)) or _slug([*names[:3], *(f"{figure.low:g}" for figure in figures[:1])])
        if not key:
            return f"claim-{mark[:8]}"
        # A new key that is taken would join what nobody found alike.
        return f"{_cut(key, LONGEST - 5)}-{mark[:4]}" if key in self._taken else key


def _figure(found: Figure | FoundFigure) -> Figure:
    if isinstance(found, Figure):
        return found
    copied = {
        name: getattr(found, name) for name in ("text", "low", "high", "vague", "hedge", "unit", "counts", "part")
    }
    return Figure(**copied)


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return not (one and other) or len(one & other) >= SHARED_NAMES * len(one | other)


def _telling(passage: str, figures: Sequence[Figure]) -> list[str]:
    """The words of a key: from the first figure on, else from the beginning; what does not tell is left out."""
    at = passage.find(figures[0].text) if figures else 0
    read = [word for word in words(passage) if word.start >= max(at, 0)]
    told = numbers(_kept(read))[:_MOST]
    while told and told[-1] in _LEADING:
        told.pop()
    return told


def _kept(read: Sequence[Word]) -> Iterator[str]:
    held = ""
    for word in read:
        if word.form in _LEADING:
            held = word.form
        elif word.form not in STOP_WORDS - {"us"} and word.form not in _SAYING:
            yield from filter(None, (held, word.form))
            held = ""
        elif word.form not in _ARTICLES:
            held = ""


def _slug(parts: Iterable[str]) -> str:
    plain = unicodedata.normalize("NFKD", "-".join(parts)).encode("ascii", "ignore").decode().lower()
    return _cut(re.sub(r"[^a-z0-9]+", "-", plain).strip("-"), LONGEST)


def _cut(key: str, longest: int) -> str:
    """A key without its last words, so that it fits; a word that alone is too long is cut."""
    if len(key) <= longest:
        return key
    return key[: longest + 1].rpartition("-")[0].strip("-") or key[:longest]
