"""The forty facts that are worth a closer look: whatever shares words, names or known questions, best BM25 first."""

from datetime import date

from answers.factbase import Entry, FactBase
from answers.match.asked import Asked

MOST = 40


def candidates(asked: Asked, base: FactBase, as_of: date | None = None) -> list[Entry]:
    """At most `MOST` entries; none when the question has no term. A repaired word is looked for beside the original."""
    return base.entries([*asked.terms, *asked.repaired.values()], limit=MOST, as_of=as_of)
