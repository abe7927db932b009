"""What a question wants to know of time, where that is more than "when": a date, or how long.

"In the coming days" is a time and no date; "last week" does not tell until when. Read in English.
"""

import re
from enum import StrEnum

from answers.match.limits import CALENDAR
from answers.model import Fact
from answers.text.normalise import words


class Span(StrEnum):
    DATE = "date"
    DURATION = "duration"


_DATE = re.compile(r"\b(?:what|which) (?:exact |precise )?(?:date|calendar day|day|month|year)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"\b(?:until|till) (?:when|what|which)\b|\bhow long (?!ago\b|after\b|before\b)|\bfor how (?:many|much)\b",
    re.IGNORECASE,
)
_DATED = CALENDAR | {"today", "yesterday", "tomorrow"}
_LASTING = frozenset(
    """until till through end ends ended ending expire expires expired indefinite indefinitely permanent permanents
    permanently temporary temporarily days weeks months years decade decades hours minutes long short term""".split()
)


def span_of(question: str) -> Span | None:
    """What a question asks of time beyond "when"; None for most. Any text may be asked."""
    if _DURATION.search(question):
        return Span.DURATION
    return Span.DATE if _DATE.search(question) else None


def spans(wanted: Span, fact: Fact) -> bool:
    """Whether a passage tells it: a day that an editor has resolved, or one that its words name; how long, or until when."""
    found = words(fact.quote.text)
    year = any(word.number and len(word.form) == 4 for word in found)
    if wanted is Span.DURATION:
        return year or any(word.form in _LASTING for word in found)
    return year or bool(fact.dates) or any(word.form in _DATED for word in found)
