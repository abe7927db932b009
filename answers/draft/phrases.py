"""Where a phrase that can speak stands: just before a verb, over an aside between commas, or just behind one.

It must not know of the verb itself, nor whether the sentence is ruled by it.
"""

from collections.abc import Sequence
from dataclasses import replace

from answers.draft.cues import AUXILIARIES, DAYS, verbs
from answers.draft.speakers import Kind, Mention, may_hold, mention
from answers.draft.speech_nouns import BANNED, DETERMINERS, PRONOUNS, is_person_noun
from answers.draft.speech_tokens import Sort, Token, low

_LONGEST_PHRASE = 22
_LONGEST_ASIDE = 40
OPENS_CLAUSE = frozenset(
    "that and but while as because although though where when if whether what how than or so nor".split()
)
_STARTS_ASIDE = frozenset("who whose which in at on after when while for as meanwhile however too also".split())
_ENDS_NAME = frozenset("in on at to from with".split())

Place = tuple[int, Mention | None]
"""The index where a phrase begins (or ends, for one that is read forward), and the phrase."""


def before(words: Sequence[Token], stop: int) -> tuple[int, Mention | None, bool]:
    """The phrase that ends just before a word, with an aside between commas allowed; and whether "who" stood for it."""
    if low(words, stop - 1) == "who":
        first, who = _ending(words, stop - 2 if low(words, stop - 2) == "," else stop - 1)
        return first, replace(who, stop=words[stop - 1].stop) if who else None, True
    if stop and words[stop - 1].text in {",", "—", "–", ")"}:
        return (*_over_aside(words, stop - 1), False)
    return (*_ending(words, stop), False)


def plain_before(words: Sequence[Token], stop: int) -> Place:
    """A short phrase with a determiner where a clause begins: whatever it is called, it "said" something."""
    for first in range(stop - 2, max(-1, stop - 6), -1):
        if words[first].low in DETERMINERS and begins(words, first):
            return first, mention(words[first:stop], sure=True)
    return stop, None


def after(words: Sequence[Token], at: int, *, sure: bool = False) -> Place:
    """The phrase that begins at a word, as far as it goes, and where it ends."""
    stop = at
    if low(words, at) in (PRONOUNS | BANNED) - DETERMINERS:
        return at + 1, mention(words[at : at + 1])
    while stop < min(len(words), at + _LONGEST_PHRASE) and _goes_on(words, at, stop):
        stop += 1
    while stop > at:
        if who := mention(words[at:stop], sure=sure):
            return stop, who
        stop -= 1
    return at, None


def begins(words: Sequence[Token], first: int) -> bool:
    """Whether a clause may begin at a word."""
    led = words[first - 1] if first else None
    return led is None or led.sort in {Sort.MARK, Sort.QUOTE} or led.low in OPENS_CLAUSE


def _ending(words: Sequence[Token], stop: int) -> Place:
    """The longest phrase that ends before a word; behind a quotation any that has a determiner."""
    best: Place = (stop, None)
    if low(words, stop - 1) in PRONOUNS | BANNED and not _breaks(words[stop - 1]):
        return stop - 1, mention(words[stop - 1 : stop])
    first = stop
    while first > max(0, stop - _LONGEST_PHRASE) and not _breaks(words[first - 1]):
        first -= 1
        if who := mention(words[first:stop]):
            best = (first, who)
    if best[1] is None and 0 < first < stop and words[first - 1].quote and words[first].low in DETERMINERS:
        return first, mention(words[first:stop], sure=True)
    return best


def _breaks(word: Token) -> bool:
    """Whether no phrase goes over a word."""
    if word.text in "()":
        return False
    return word.low in OPENS_CLAUSE - {"and", "or", "as"} or not (word.low in PRONOUNS | BANNED or may_hold(word))


def _over_aside(words: Sequence[Token], closing: int) -> Place:
    """The subject before an aside: "Kirby, who spoke to reporters, said", "The mayor — a Liberal — said"."""
    sign = {")": "("}.get(words[closing].text, words[closing].text)
    for opening in range(closing - 1, max(0, closing - _LONGEST_ASIDE), -1):
        if words[opening].text != sign or not _is_aside(words[opening + 1 : closing]):
            continue
        first, who = _ending(words, opening)
        if who and who.kind in {Kind.NAME, Kind.DESCRIPTION} and begins(words, first):
            return first, who
    return closing, None


def _is_aside(inner: Sequence[Token]) -> bool:
    """An apposition, an age or a relative clause, not a clause of its own."""
    if not inner:
        return False
    first = inner[0]
    if first.low in _STARTS_ASIDE or first.low.endswith("ing"):
        return True
    named = first.capital or first.sort is Sort.NUMBER or first.low in DETERMINERS
    if not named and not any(is_person_noun(word.low) for word in inner[:6]):
        return False
    lows = {word.low for word in inner}
    return not lows & AUXILIARIES or bool(lows & {"who", "which"})


def _goes_on(words: Sequence[Token], first: int, at: int) -> bool:
    """Whether a phrase that began at `first` may hold the word `at`, too."""
    word = words[at]
    if at > first and not may_hold(word):
        return False
    if word.sort is Sort.MARK or word.quote or (word.low.rstrip(".") in DAYS and at > first):
        return False
    named = any(one.capital for one in words[first:at])
    if word.low in _ENDS_NAME and named and not is_person_noun(words[at - 1].low):
        return False
    return at == first or word.low not in verbs() or verbs()[word.low].noun
