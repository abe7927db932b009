"""Two numbers that are the ends of one range: "between 75,000 and 80,000", "98-117 thousand", "five or six"."""

from collections.abc import Sequence
from dataclasses import replace

from answers.draft.numerals import Numeral, numeral_at
from answers.draft.tokens import Token, form, touching


def ranged(text: Sequence[Token], numeral: Numeral) -> Numeral:
    """The number with the one that it makes a range with: "40 to 50", "98-117 thousand", "between 5% and 7%"."""
    at = _past_percent(text, numeral.stop)
    joint = form(text, at)
    other = (
        numeral_at(text, at + 1) if joint in {"to", "and", "or", "-", "–", "—", "‑"} and at + 1 < len(text) else None
    )
    if other is None or not _joins(text, numeral, joint, at) or not _alike(text, numeral, other, at):
        return numeral
    shared = other.scale if numeral.scale == 1 and numeral.low < other.low / other.scale else 1
    low, sign = numeral.low * shared, numeral.sign or other.sign
    tight = joint != "or" or (other.high <= 2 * low and at == numeral.stop)
    if not low < other.high or other.vague or not tight:
        return numeral
    return replace(other, first=numeral.first, low=low, sign=sign)


def _alike(text: Sequence[Token], numeral: Numeral, other: Numeral, at: int) -> bool:
    """Whether two numbers may be the ends of one range: the same money, both percentages or none."""
    percent = at > numeral.stop and _past_percent(text, other.stop) == other.stop
    return (
        not percent and "%" not in {numeral.sign, other.sign} and (not numeral.sign or other.sign in {"", numeral.sign})
    )


def _past_percent(text: Sequence[Token], at: int) -> int:
    if form(text, at) in {"%", "percent", "pc"}:
        return at + 1
    return at + 2 if (form(text, at), form(text, at + 1)) == ("per", "cent") else at


def _joins(text: Sequence[Token], numeral: Numeral, joint: str, at: int) -> bool:
    """Whether the word between two numbers makes a range of them; "from 5 to 7" is a change."""
    before = [form(text, numeral.first - step) for step in range(1, 5)]
    if joint == "and":
        return "between" in before
    if joint == "to":
        return "from" not in before[:3] or not {"range", "ranging", "ranges", "ranged", "anywhere"}.isdisjoint(before)
    return joint == "or" or (touching(text, at) and touching(text, at + 1)) or joint in {"–", "—"}
