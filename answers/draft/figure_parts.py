"""What a figure is of: all, more of it, what is there already, or what may yet come. Read from the words of its clause.

Where the clause says nothing, a figure is the total: an editor corrects a total more easily than a guess.
"""

from collections.abc import Sequence

from answers.draft.hedges import ADDING
from answers.draft.tokens import Token, form
from answers.model import Part

_REACH = 14
"""Tokens before a figure in which a word still speaks of it."""

_CUTS = frozenset(
    {";", ":", ".", "?", "!", "that", "which", "who", "whom", "but", "while", "because", "after", "before", "although"}
)
_HAS = frozenset(
    "has have had keeps keep maintains maintain stations hosts host employs employ holds hold operates operate is are".split()
)
_STILL = frozenset({"already", "currently", "presently"})
_MODAL = frozenset({"could", "may", "might"})
_MAYBE = frozenset(
    """considering weighing mulling contemplating discussing discussed option options possibility possible potential
    potentially proposal proposes proposed proposing discussions negotiations""".split()
)
_GOING = frozenset("follow join come go leave arrive".split())
_AS_OPTION = (
    ("on", "the", "table"),
    ("under", "consideration"),
    ("under", "discussion"),
    ("being", "considered"),
    ("is", "possible"),
    ("are", "possible"),
)


def part_of(text: Sequence[Token], first: int, stop: int) -> Part:
    """The part of the figure that stands at the tokens `first` to `stop` (exclusive)."""
    if _may_come(text, first, stop):
        return Part.OPTION
    if _is_there(text, first, stop):
        return Part.EXISTING
    return Part.ADDITIONAL if _adds(text, first, stop) else Part.TOTAL


def _clause(text: Sequence[Token], first: int) -> list[str]:
    """The words before a figure in its clause, the nearest first."""
    words: list[str] = []
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if text[at].form in _CUTS:
            break
        words.append(text[at].form)
    return words


def _may_come(text: Sequence[Token], first: int, stop: int) -> bool:
    led = _clause(text, first)
    for step, word in enumerate(led):
        meant = word in _MODAL and not (step > 0 and led[step - 1] == "have")
        if meant or word in _MAYBE:
            return True
    behind = [form(text, at) for at in range(stop, stop + 12)]
    if behind[0] in _MODAL and (behind[1] in _GOING or (behind[1] == "be" and behind[2].endswith(("ed", "sent")))):
        return True
    window = behind[: next((step for step, word in enumerate(behind) if word in _CUTS or word == ","), len(behind))]
    return any(tuple(window[step : step + len(one)]) == one for one in _AS_OPTION for step in range(len(window)))


def _is_there(text: Sequence[Token], first: int, stop: int) -> bool:
    if "already" in {form(text, stop - 1), form(text, stop)} or _inner(text, first, stop, "already"):
        return True
    led = _clause(text, first)[:4]
    if any(word in _STILL for word in led) and any(word in _HAS for word in led):
        return True
    behind = [form(text, at) for at in range(stop, stop + 6)]
    return bool(led) and led[0] in {"has", "have"} and "stationed" in behind


def _inner(text: Sequence[Token], first: int, stop: int, word: str) -> bool:
    return any(form(text, at) == word for at in range(first, stop))


def _adds(text: Sequence[Token], first: int, stop: int) -> bool:
    inside = [form(text, at) for at in range(first, stop)]
    if ADDING & set(inside):
        return True
    more = [step for step, word in enumerate(inside) if word == "more"]
    return any(form(text, first + step + 1) != "than" and inside[step - 1] != "or" for step in more) or (
        form(text, stop) == "more" and form(text, stop + 1) != "than"
    )
