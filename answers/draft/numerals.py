"""The numbers of English prose: digits and words, scales, ranges of vague words, fractions, and the money sign before.

It reads a number and nothing around it: what it counts, and whether it counts at all, is for `answers.draft.figures`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answers.draft.tokens import Token, form, touching

MOST_DIGITS = 15
"""No count is longer, and a float tells no more apart."""

UNITS = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12, "trn": 1e12}
_VAGUE = {
    "dozens": (24.0, 100.0),
    "tens": (20.0, 100.0),
    "scores": (40.0, 100.0),
    "hundreds": (200.0, 1e3),
    "thousands": (2e3, 1e4),
    "millions": (2e6, 1e7),
    "billions": (2e9, 1e10),
    "trillions": (2e12, 1e13),
}
_OF_SCALE = {"thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}
_SEVERAL = frozenset({"several", "few", "many", "couple"})
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
}
SIGNS = {
    "us$": "$",
    "usd": "$",
    "eur": "€",
    "gbp": "£",
    "au$": "A$",
    "ca$": "C$",
    "jpy": "¥",
    "inr": "Rs",
    "uah": "₴",
} | {
    sign.lower(): sign
    for sign in ("$", "€", "£", "¥", "₹", "₽", "₴", "₺", "₪", "₩", "A$", "C$", "NZ$", "HK$", "S$", "R$", "Rs", "CHF")
}
"""The ways to write a currency before a number, in small letters, and the one that stands for it."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """The tokens `first` to `stop` (exclusive) as a number. `sign` is the currency before it, "%" for a fraction.

    `scale` is what its last scale word multiplied by (1 without), so that "98-117 thousand" can give it to both.
    """

    first: int
    stop: int
    low: float
    high: float
    vague: bool = False
    sign: str = ""
    scale: float = 1
    digits: bool = False


def numeral_at(text: Sequence[Token], at: int) -> Numeral | None:
    """The number that begins at a token, the longest that can be read, or None."""
    return _vague(text, at) or _share(text, at) or _fraction(text, at) or _plain(text, at)


def _plain(text: Sequence[Token], at: int) -> Numeral | None:
    sign = SIGNS.get(text[at].form, "")
    if sign and text[at].form == "rs" and form(text, at + 1) == ".":
        found = _digits(text, at + 2)
    else:
        found = _digits(text, at + 1) if sign else _digits(text, at) or _worded(text, at)
    return replace(found, first=at, sign=sign) if found else None


def _digits(text: Sequence[Token], at: int) -> Numeral | None:
    if at >= len(text) or not text[at].digits or len(text[at].surface) > MOST_DIGITS:
        return None
    value = float(re.sub(r"[,\s]", "", text[at].surface))
    stop, scale = _scaled(text, at + 1)
    return Numeral(at, stop, round(value * scale, 6), round(value * scale, 6), scale=scale, digits=True)


def _scaled(text: Sequence[Token], at: int) -> tuple[int, float]:
    """Where the scale behind a number ends, and what it multiplies by: "bn", " million", "-billion", " lakh crore"."""
    if form(text, at) in SHORT_SCALES and (touching(text, at) or len(text[at].form) > 1):
        return at + 1, SHORT_SCALES[text[at].form]
    return _word_scale(text, at)


def _worded(text: Sequence[Token], at: int) -> Numeral | None:
    """A number in words: "twenty-one", "two hundred and fifty", "a dozen", "half a million", "two and a half"."""
    if text[at].form in {"a", "half"}:
        return _of_one(text, at)
    if text[at].form in SCALES and form(text, at - 1) == "another":
        stop, scale = _word_scale(text, at)
        return Numeral(at, stop, scale, scale, scale=scale)
    total, scale, stop = _summed(text, at)
    if stop == at:
        return None
    if scale == 1 and [form(text, stop + step) for step in range(3)] == ["and", "a", "half"]:
        stop, scale = _scaled(text, stop + 3)
        total = (total + 0.5) * scale
    return Numeral(at, stop, total, total, scale=scale)


def _summed(text: Sequence[Token], at: int) -> tuple[float, float, int]:
    """The sum of a row of number words, its last scale, and where it ends: at its beginning if there is none."""
    total, part, scale, stop = 0.0, 0.0, 1.0, at
    while (value := _small(text, stop)) is not None:
        part += value[0]
        stop, scale = _word_scale(text, value[1])
        part *= scale
        if scale >= SCALES["thousand"]:
            total, part = total + part, 0.0
        stop, more = _goes_on(text, stop, scale)
        if not more:
            break
    return total + part, scale, stop


def _goes_on(text: Sequence[Token], at: int, scale: float) -> tuple[int, bool]:
    """Past the "and" of "two hundred and fifty", and whether smaller words follow."""
    if scale in {1, SCALES["dozen"]}:
        return at, False
    after = at + (form(text, at) == "and")
    follows = form(text, after) in UNITS or form(text, after) in TENS
    return (after, True) if follows else (at, False)


def _small(text: Sequence[Token], at: int) -> tuple[int, int] | None:
    """A number word below a hundred, and where it ends."""
    word = form(text, at)
    if word in UNITS:
        return UNITS[word], at + 1
    if word not in TENS:
        return None
    after = at + 1 + (form(text, at + 1) in {"-", "‑"})
    unit = UNITS.get(form(text, after), 0)
    return (TENS[word] + unit, after + 1) if 0 < unit < 10 else (TENS[word], at + 1)


def _word_scale(text: Sequence[Token], at: int) -> tuple[int, float]:
    """As `_scaled`, for scales that are words; two of them at most, so that no text makes it endless."""
    scale = 1.0
    word = at + (form(text, at) == "-" and form(text, at + 1) in SCALES)
    for _ in range(2):
        if form(text, word) in SCALES:
            scale *= SCALES[text[word].form]
            at = word = word + 1
    return at, scale


def _of_one(text: Sequence[Token], at: int) -> Numeral | None:
    """As in "a hundred", "a half-dozen", "half a million"."""
    half = text[at].form == "half" or form(text, at + 1) == "half"
    word = at + 1
    while form(text, word) in {"a", "an", "half", "-"} and word < at + 4:
        word += 1
    stop, scale = _word_scale(text, word)
    if scale == 1 and text[at].form == "half" and form(text, at + 1) in {"a", "an"}:
        return Numeral(at, at + 2, 0.5, 0.5)  # "half an hour"
    if scale == 1:
        return None
    value = scale / 2 if half else scale
    return Numeral(at, stop, value, value, scale=scale)


def _vague(text: Sequence[Token], at: int) -> Numeral | None:
    """As in "tens of thousands", "hundreds", "a few hundred", "several dozen"."""
    word = at + (text[at].form == "a")
    if form(text, word) in _SEVERAL:
        scale_at = word + 1 + (form(text, word + 1) == "of")
        scale = SCALES.get(form(text, scale_at))
        top = 100.0 if scale == SCALES["dozen"] else 10 * (scale or 0)
        return Numeral(at, scale_at + 1, 2 * scale, top - 1, vague=True, scale=scale) if scale else None
    if word != at or text[at].form not in _VAGUE:
        return None
    low, top = _VAGUE[text[at].form]
    if form(text, at + 1) == "of" and form(text, at + 2) in _OF_SCALE and low < SCALES["thousand"]:
        scale = _OF_SCALE[text[at + 2].form]
        return Numeral(at, at + 3, low * scale, top * scale - 1, vague=True, scale=scale)
    return Numeral(at, at + 1, low, top - 1, vague=True)


def _share(text: Sequence[Token], at: int) -> Numeral | None:
    """As in "one in eight" and "nine out of 10", as a percentage."""
    few = _count(text, at)
    if few is None:
        return None
    after = at + 1
    between = [form(text, here) for here in range(after, after + 3)]
    step = 1 if between[0] == "in" else 2 if between[:2] == ["out", "of"] else 0
    step += step > 0 and between[step] == "every"
    many = _count(text, after + step) if step else None
    if many is None or not 0 < few < many <= 1000:
        return None
    return Numeral(at, after + step + 1, _percent(few, many), _percent(few, many), sign="%")


def _count(text: Sequence[Token], at: int) -> int | None:
    word = form(text, at)
    if word in UNITS or word in TENS:
        return UNITS.get(word) or TENS.get(word)
    return int(word) if word.isdecimal() and len(word) <= 4 else None


def _fraction(text: Sequence[Token], at: int) -> Numeral | None:
    """As in "half", "a third", "two-thirds", "three quarters", as a percentage."""
    if text[at].form == "half":
        return Numeral(at, at + 1, 50, 50, sign="%") if _is_share(text, at) else None
    few = 1 if text[at].form == "a" else UNITS.get(text[at].form, 0)
    word = at + 1 + (form(text, at + 1) == "-")
    many = _PARTS.get(form(text, word).removesuffix("s")) if few else None
    if (
        not many
        or few >= many
        or form(text, word).endswith("s") != (few > 1)
        or not _is_part(text, at, word)
        or form(text, word + 1) == "-"
    ):
        return None
    if form(text, word + 1) == "of" and form(text, word + 2) in {"a", "an"}:
        stop, scale = _word_scale(text, word + 3)  # "a quarter of a million", "three quarters of an hour"
        return Numeral(at, stop, scale * few / many, scale * few / many, scale=scale)
    return Numeral(at, word + 1, _percent(few, many), _percent(few, many), sign="%")


def _is_part(text: Sequence[Token], at: int, word: int) -> bool:
    """Whether "a third" is a part and no rank, "two quarters" no half of a year."""
    led = form(text, at - 1) in {"by", "than", "nearly", "almost", "about", "over", "roughly", "around"}
    return (
        led
        or form(text, word + 1) == "of"
        or form(text, word - 1) == "-"
        or ("third" in text[word].form and word > at + 1)
    )


def _is_share(text: Sequence[Token], at: int) -> bool:
    """Whether "half" is of something: "half of them", "half the city", "by half"; "the second half" is not."""
    if form(text, at + 1) in {"a", "an", "-", "dozen"}:
        return False
    led = form(text, at - 1) in {"by", "than", "nearly", "almost", "about", "over", "roughly", "around"}
    return led or form(text, at + 1) in {"of", "the", "its", "their", "his", "her", "our", "all", "those", "these"}


def _percent(few: int, many: int) -> float:
    return round(100 * few / many, 2)
