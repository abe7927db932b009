"""Passages that are like news and answer nothing: spliced of three facts, with other names, numbers, day and outlet.

A variant is a pure function of the facts and its number. It has about half of the words of one fact and a third of another
without their names and numbers, and the names of a third fact with few of its words: the same people at something else.
So it does not answer what was asked of any. Words occur about as often as in the facts; made-up surnames let the
vocabulary grow with the number of passages, as that of news does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

Passage = dict[str, str]

FIRST_DAY, DAYS = date(2020, 1, 1), 731
APART = 20
"""Days between a variant and the facts that it is spliced of: nearness to the day of asking is a feature."""

_INVENTED, _WORDS = 0.05, 0.06
"""Shares of the names that nobody has, and of words that are no names and are changed, too."""

_CAST = 6
"""Names that a variant chooses of: a fact of one name would fill it with that name."""

_PLACES = "Harbour Northern Lakeside Capital Prairie Border Central Island Valley Coastal".split()
_PAPERS = "Gazette Courier Ledger Bulletin".split()
_CLAUSE = re.compile(r"(?<=[,;:.!?])\s+|\s+(?=(?:and|but|that|which|who|because|after|while|when|if)\s)")
_EDGES = re.compile(r"^(\W*)(.*?)((?:[’']s)?\W*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """The numbers of the facts that a variant's text and title are spliced of, the one it has most of first."""

    text: tuple[int, int, int]
    title: tuple[int, int, int]


class Splicer:
    """Variants of facts, by their numbers from 0."""

    def __init__(self, facts: Sequence[Passage]) -> None:
        self._facts = facts
        self._clauses = [[clause.split() for clause in _CLAUSE.split(fact["text"])] for fact in facts]
        self._titled = [at for at, fact in enumerate(facts) if fact["title"]]
        words = [list(map(_bare, _inner(fact["text"].split()))) for fact in facts]
        self._names_of = [list(filter(_is_name, own)) for own in words]
        self._names = [name for own in self._names_of for name in own]
        self._numbers = [bare for own in words for bare in own if _is_number(bare)]
        self._words = [bare for own in words for bare in own if bare.islower()]
        self._days = [_day(fact["date"]) for fact in facts]

    def variant(self, number: int) -> tuple[Passage, Origin]:
        """The variant of a number, and what it is of."""
        chance = Random(number)
        of = chance.sample(range(len(self._facts)), 3)
        title, title_of = self._title(of, chance)
        passage = {
            "id": f"variant:{number}",
            "title": title,
            "outlet": f"{chance.choice(_PLACES)} {chance.choice(_PAPERS)}",
            "date": self._date(of, chance).isoformat(),
            "text": self._text(of, chance),
        }
        return passage, Origin((of[0], of[1], of[2]), title_of)

    def _text(self, of: Sequence[int], chance: Random) -> str:
        names = self._cast(of[2], chance)
        parts = [
            list(self._changed(_stretch(self._clauses[at], chance.uniform(*share), chance), names, chance))
            for at, share in zip(of[:2], ((0.4, 0.55), (0.25, 0.45)), strict=True)
        ]
        parts.append(_stretch(self._clauses[of[2]], chance.uniform(0.05, 0.15), chance))
        chance.shuffle(parts)
        return _sentence([word for part in parts for word in part])

    def _title(self, of: Sequence[int], chance: Random) -> tuple[str, tuple[int, int, int]]:
        """The half of a title that the first fact has, and the half of another; none where the first has none."""
        if not self._facts[of[0]]["title"]:
            return "", (0, 0, 0)
        other = chance.choice(self._titled)
        first, second = self._facts[of[0]]["title"].split(), self._facts[other]["title"].split()
        words = [*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]]
        return _sentence(list(self._changed(words, self._cast(of[2], chance), chance)))[:400], (of[0], other, other)

    def _changed(self, words: Sequence[str], names: Sequence[str], chance: Random) -> Iterator[str]:
        """The words with every name and number, and a few others, in another's place."""
        for word in words:
            before, bare, after = _EDGES.match(word).groups()  # type: ignore[union-attr]
            if _is_number(bare):
                bare = chance.choice(self._numbers)
            elif _is_name(bare):
                bare = self._name(names, chance)
            elif chance.random() < _WORDS and bare:
                bare = chance.choice(self._words)
            yield before + bare + after

    def _cast(self, fact: int, chance: Random) -> list[str]:
        names = self._names_of[fact]
        return [*names, *(chance.choice(self._names) for _ in range(_CAST - len(names)))]

    def _name(self, names: Sequence[str], chance: Random) -> str:
        name = chance.choice(names)
        return _surname(name, chance.choice(self._names)) if chance.random() < _INVENTED else name

    def _date(self, of: Sequence[int], chance: Random) -> date:
        while True:
            day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
            if all(own is None or abs((day - own).days) >= APART for own in (self._days[at] for at in of)):
                return day


def _stretch(clauses: Sequence[Sequence[str]], share: float, chance: Random) -> list[str]:
    """About that share of the words: clauses that follow one another, the last one cut where it would be too many."""
    most = max(3, round(share * sum(map(len, clauses))))
    words = [word for clause in clauses[chance.randrange((len(clauses) + 1) // 2) :] for word in clause]
    return words[:most]


def _sentence(words: list[str]) -> str:
    text = " ".join(words).strip(" ,;:-–—")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!", "”", '"')) else ".")


def _surname(one: str, other: str) -> str:
    """A name that nobody has: the beginning of one and the end of another."""
    return (one[: len(one) // 2 + 1] + other[len(other) // 2 :].lower()).capitalize()


def _inner(words: Sequence[str]) -> Sequence[str]:
    """The words that do not begin a sentence, where a capital tells nothing."""
    return [now for before, now in pairwise(words) if not before.endswith((".", "?", "!"))]


def _bare(word: str) -> str:
    return _EDGES.match(word).group(2)  # type: ignore[union-attr]


def _is_name(bare: str) -> bool:
    return len(bare) > 2 and bare[0].isupper()


def _is_number(bare: str) -> bool:
    return bare[:1].isdecimal()


def _day(iso: str) -> date | None:
    """The day of a date; of a month its middle, as far as three weeks can tell."""
    return date.fromisoformat(iso if len(iso) > 7 else f"{iso}-15") if iso else None
