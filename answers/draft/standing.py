"""How a subject and its verb stand in their sentence: at the head of it, aside from it, or within a part of it.

Only those at its head and those aside of it ("…, officials said") tell who says the whole sentence.
"""

from collections.abc import Sequence

from answers.draft.cues import AUXILIARIES, DAYS, is_adverb
from answers.draft.phrases import OPENS_CLAUSE
from answers.draft.speech_tokens import Sort, Token, low

_LEADS = frozenset(
    """
    in on at as after before during last earlier meanwhile when while since for by with from under despite speaking asked
    however but and still yet also later then over amid among following until once within throughout late early
    according this that today yesterday next responding citing instead indeed nevertheless nonetheless moreover
    furthermore additionally finally separately similarly likewise overall though although because if so thus therefore
    hours days weeks months minutes moments to through unlike like about upon one two three
    perhaps besides first second third again now here there recently previously addressing referring pressed
    """.split()
)
"""How a sentence may begin before its subject."""
_HALVES = frozenset("although though because if as while when".split())
_INTO = frozenset("to in on during at of after before via about by for with from".split())
_TAIL = frozenset("later earlier again then simply recently also".split())
_GOES_ON = _INTO | _TAIL | DAYS | frozenset("last this earlier when as while and who adding citing".split())
_ASKS = frozenset("that how why whether".split())
_ENDS = frozenset(",.;:?!)-—–")
_LONGEST_LEAD = 60
_LONGEST_TOLD = 9


def standing(words: Sequence[Token], first: int, stop: int) -> tuple[bool, bool]:
    """Whether the words from subject to behind the verb head the sentence's main clause, and whether they stand aside."""
    if first == 0:
        return True, False
    fronted, led = is_fronted(words, first), words[first - 1]
    ahead = led.quote or led.text in {",", "—", "–", "-"}
    return fronted, ahead and closes(words, stop) and (led.quote or not fronted)


def is_fronted(words: Sequence[Token], first: int) -> bool:
    """Whether only an adverbial stands before a word: "On Tuesday,", "In a statement", "But", a dateline."""
    if not 0 < first <= _LONGEST_LEAD:
        return first == 0
    lead = words[:first]
    opening = lead[0].low in _LEADS or lead[0].low.endswith(("ly", "ing", "ed"))
    if any(word.quote for word in lead):
        return lead[0].low in _LEADS | DAYS and lead[-1].text in {",", "“”"}
    if len(lead) <= 2 and opening:
        return lead[-1].low not in _HALVES
    if lead[-1].text == ",":
        return opening or len(lead) == 2
    if lead[-1].text in {"—", "–", "-"}:
        return lead[0].text.isupper() and len(lead) < 12
    return opening and len(lead) <= 5 and all(word.word and word.low not in OPENS_CLAUSE | AUXILIARIES for word in lead)


def closes(words: Sequence[Token], at: int) -> bool:
    """Whether a clause ends before a word, or a few words on that tell when and where it was said."""
    if at and words[at - 1].text == ",":
        return True
    for step, word in enumerate(words[at : at + 14]):
        if word.quote or word.text in _ENDS:
            return True
        if word.low in {"that", "whether"} or (step and word.low in AUXILIARIES):
            return False
        if step == 0 and word.low not in _GOES_ON and not is_adverb(word.low):
            return False
    return at + 14 > len(words)


def behind(words: Sequence[Token], at: int) -> int:
    """Behind a verb with whom it is said to, when and where: "told CNN on Tuesday that"."""
    stop = (
        at + 2
        if low(words, at + 1) in {"out", "it"} and words[at].low in {"pointed", "points", "put", "puts"}
        else at + 1
    )
    for _ in range(3):
        stop = _told(words, stop)
    while low(words, stop) in {"that", ","}:
        stop += 1
    return stop + (low(words, stop) == ":")


def _told(words: Sequence[Token], at: int) -> int:
    """Behind one more phrase that does not say anything itself: "reporters", "on Twitter", "in a statement"."""
    first = at + 1 if low(words, at) in _INTO else at
    if low(words, at).rstrip(".") in DAYS or low(words, at) in _TAIL or is_adverb(low(words, at)):
        return at + 1
    stop = first
    while stop < min(len(words), first + _LONGEST_TOLD) and words[stop].sort in {Sort.WORD, Sort.NUMBER}:
        if words[stop].low in _ASKS | AUXILIARIES | {"if", "when"}:
            break
        stop += 1
    ends = stop >= len(words) or words[stop].quote or words[stop].text in ":,." or words[stop].low in _ASKS
    return stop if ends and stop > first else at
