"""Two figures for the same thing: do they agree, differ in precision, or contradict each other?

It knows numbers and the words that soften them, not what is counted: that is the business of `slots`. The rules, of
which none depends on size or order:
- what is softened ("about", "nearly", "more than") agrees within a tenth;
- "at least" and "up to" are bounds and hold to the number;
- a round number against one that rounds to it differs in precision, and so does a range or "tens of thousands"
  against what lies in it;
- what leaves no number that both could mean is a conflict.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from answers.model import Agreement, Figure

TENTH = 0.1
"""Of the larger one: within it softened values agree."""
ROUNDING = 0.025
"""Of the larger one: farther apart no round number stands for another; 2,000 is not said for 1,900. Decimals are rounded
more freely: 3 percent is said for 2.7.
"""
LOOSE = 1.25
"""How far above its words a vague number may lie: 12,000 are still "thousands", though "tens of thousands" are not."""
NEAR = 2.0
"""A bound agrees with what is less than so many times away; "more than 100" says little of 50,000."""
_EPSILON = 1e-9

_FLOOR = r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|minimum"
_CEILING = r"at most|no more than|not more than|up to|as many as|as much as|a maximum of|maximum"
_OVER = r"(?:well )?(?:more than|over|above|exceeding|in excess of|upwards? of|north of|greater than)"
_UNDER = r"(?:well )?(?:fewer than|less than|under|below)|nearly|almost|just short of"
_ABOUT = (
    r"about|around|roughly|approximately|approx\.?|some|circa|close to|an? estimated|estimated|"
    r"an estimate of|in the region of|or so|more or less|~|≈"
)
_HEDGES = [
    (kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
    for kind, words in (
        ("floor", _FLOOR),
        ("ceiling", _CEILING),
        ("over", _OVER),
        ("under", _UNDER),
        ("about", _ABOUT),
    )
]
_LEAD = re.compile(r"\D{0,60}")
"""What stands before the digits of a figure's own words: there its softening word is sought where none is given."""


_NEARLY = re.compile(r"\b(?:nearly|almost|just short of)\b", re.IGNORECASE)
"""Below it, but not far: a value, where "fewer than" is a bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The numbers that a figure may mean: `low` to `high`; `soft` if its ends are not to be taken by the letter."""

    low: float
    high: float
    soft: bool

    @property
    def point(self) -> bool:
        return self.low == self.high

    @property
    def bound(self) -> bool:
        return math.isinf(self.low) or math.isinf(self.high)

    @property
    def edge(self) -> float:
        """The number of a bound."""
        return self.high if math.isinf(self.low) else self.low

    @property
    def width(self) -> float:
        return self.high - self.low


def reach(figure: Figure) -> Reach:
    """What a figure may mean, by its number and its softening words."""
    words = figure.hedge or _lead(figure.text)
    kind, low, high = _hedge(words), figure.low, figure.high
    if kind in {"floor", "over"}:
        return Reach(low=low, high=math.inf, soft=kind == "over" or figure.vague)
    if kind == "ceiling" or (kind == "under" and not _NEARLY.search(words)):
        return Reach(low=-math.inf, high=high, soft=kind == "under" or figure.vague)
    return Reach(low=low, high=high * LOOSE if figure.vague else high, soft=bool(kind) or figure.vague)


def _lead(text: str) -> str:
    before = _LEAD.match(text)
    return before.group() if before else ""


@lru_cache(1_024)
def _hedge(words: str) -> str:
    return next((kind for kind, known in _HEDGES if known.search(words)), "")


def weigh(one: Figure, other: Figure) -> tuple[Agreement, int]:
    """How two figures for the same thing stand, and which is the more exact: -1 the first, 1 the second, 0 neither.

    Symmetric, and every figure agrees with itself. Values that are no numbers are `UNCOMPARED`.
    """
    if not all(map(math.isfinite, (one.low, one.high, other.low, other.high))):
        return Agreement.UNCOMPARED, 0
    first, second = reach(one), reach(other)
    if (first.low, first.high) == (second.low, second.high) or _equal(one, other):
        return Agreement.AGREE, 0
    if _apart(first, second):
        return _rounded(one, other) if first.point and second.point else (Agreement.CONFLICT, 0)
    if _agree(first, second):
        return Agreement.AGREE, 0
    return Agreement.PRECISION, _finer(first, second)


def _equal(one: Figure, other: Figure) -> bool:
    """The same number, under whatever softening words: "about 8,500" and "at least 8,500"."""
    return (one.low, one.high, one.vague) == (other.low, other.high, other.vague)


def _near(one: float, other: float, within: float = TENTH) -> bool:
    return abs(one - other) <= within * max(abs(one), abs(other)) * (1 + _EPSILON)


def _apart(one: Reach, other: Reach) -> bool:
    """Whether no number is meant by both, softened ends given a tenth."""
    lower, upper = (one, other) if one.high < other.low else (other, one)
    if lower.high >= upper.low:
        return False
    return not ((one.soft or other.soft) and _near(lower.high, upper.low))


def _agree(one: Reach, other: Reach) -> bool:
    """What is not apart: softened values agree, and a bound with what is near it."""
    if one.point and other.point:
        return True
    if one.bound and other.bound:
        return _near(one.edge, other.edge)
    if one.bound == other.bound or not (one.point or other.point):
        return False
    bound, point = (one, other) if one.bound else (other, one)
    smaller, larger = sorted((abs(bound.edge), abs(point.low)))
    return larger <= smaller * NEAR


def _rounded(one: Figure, other: Figure) -> tuple[Agreement, int]:
    """Two bare numbers: the rounder may stand for the other, which needs three digits, for 49 is not said for 50."""
    (digits, unit), (others, beside) = _digits(one.low), _digits(other.low)
    if unit == beside:
        return Agreement.CONFLICT, 0
    gap = abs(Decimal(str(one.low)) - Decimal(str(other.low)))
    close = max(digits, others) >= 3 and _near(one.low, other.low, ROUNDING)
    rounder = max(unit, beside)
    # Cut off or rounded: 247 billion are said for 247.7.
    if (close and gap < rounder) or (rounder <= 1 and gap * 2 <= rounder):
        return Agreement.PRECISION, -1 if unit < beside else 1
    return Agreement.CONFLICT, 0


def _digits(value: float) -> tuple[int, Decimal]:
    """How many digits a number has before its closing noughts, and what the last of them is worth: 8,500 has 2, of 100."""
    told = Decimal(str(value)).normalize().as_tuple()
    exponent = told.exponent if isinstance(told.exponent, int) else 0
    return len(told.digits), Decimal(1).scaleb(exponent)


def _finer(one: Reach, other: Reach) -> int:
    if one.width == other.width:
        return 0
    return -1 if one.width < other.width else 1
