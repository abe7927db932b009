"""The nouns of the project. If one of these values exists, it is valid: nothing inside checks it again.

Rule 1: standard library only, no input or output.
Rule 2: every value is frozen; what changes is replaced.
Rule 3: a `Quote` is a pair of offsets into an article, never a string of its own, so the words shown
are the article's words and cannot be anything else.
"""

from answers.model.answering import (
    LONGEST_QUESTION,
    Answer,
    Aside,
    Closest,
    Coverage,
    Found,
    Match,
    Question,
    Suggestion,
    Unknown,
    Unread,
    Withdrawn,
)
from answers.model.changing import (
    Beside,
    Change,
    Digest,
    Radius,
    Reload,
    Shift,
)
from answers.model.comparing import (
    Agreement,
    Comparison,
    Origin,
    Relation,
    Shared,
)
from answers.model.record import (
    Article,
    Claim,
    Correction,
    Fact,
    Figure,
    Gap,
    Granularity,
    Known,
    Part,
    Quote,
    ResolvedDate,
    Status,
)

__all__ = [
    "LONGEST_QUESTION",
    "Agreement",
    "Answer",
    "Article",
    "Aside",
    "Beside",
    "Change",
    "Claim",
    "Closest",
    "Comparison",
    "Correction",
    "Coverage",
    "Digest",
    "Fact",
    "Figure",
    "Found",
    "Gap",
    "Granularity",
    "Known",
    "Match",
    "Origin",
    "Part",
    "Question",
    "Quote",
    "Radius",
    "Relation",
    "Reload",
    "ResolvedDate",
    "Shared",
    "Shift",
    "Status",
    "Suggestion",
    "Unknown",
    "Unread",
    "Withdrawn",
]
