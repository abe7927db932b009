"""The table of "The first score" in DESIGN.md: `python -m tests.score FACTS QUESTIONS.jsonl`.

FACTS is a data folder or a `.jsonl` of passages; a question line has `question`, `context_ids` and `answerable`.
Halves are told apart, for weights and thresholds were chosen on first ones.
"""

import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from answers.decide import decide
from answers.desk import Snapshot
from answers.model import Found, Question

TODAY = date(2026, 11, 22)


def scored(snapshot: Snapshot, asked: dict[str, Any]) -> dict[str, float] | None:
    """What one question adds to the columns; None when it is longer than a question may be."""
    question = Question.read(asked["question"])
    if not isinstance(question, Question):
        return None
    right = set(asked.get("context_ids") or ()) if asked.get("answerable", True) else set()
    reading, matches = snapshot.matcher.match(question)
    ours = [match.fact.id for match in matches]
    bm25 = [entry.id for entry in snapshot.base.entries([*reading.terms, *reading.repaired.values()], limit=5)]
    found = isinstance(decide(reading, matches, snapshot.base), Found)
    return {
        "asked": 1,
        "answerable": bool(right),
        "top-1": bool(right & set(ours[:1])),
        "top-5": bool(right & set(ours[:5])),
        "BM25 top-1": bool(right & set(bm25[:1])),
        "BM25 top-5": bool(right & set(bm25)),
        "found": found,
        "found right": found and bool(right & set(ours[:1])),
    }


def main(facts: str, questions: str) -> None:
    lines = [json.loads(line) for line in Path(questions).read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Snapshot.build(Path(facts), Path(folder))
        for name, half in (("first half", lines[: len(lines) // 2]), ("second half", lines[len(lines) // 2 :])):
            rows = [row for line in half if (row := scored(snapshot, line))]
            total = {column: sum(row[column] for row in rows) for column in rows[0]}
            shares = {column: total[column] / max(1, total["answerable"]) for column in total if "top" in column}
            said = "  ".join(f"{column} {share:.3f}" for column, share in shares.items())
            precision = total["found right"] / max(1, total["found"])
            sys.stdout.write(
                f"{name}: {total['asked']} questions  {said}  found {total['found'] / total['asked']:.3f}"
                f" ({total['found']}), right {precision:.3f}\n"
            )


if __name__ == "__main__":
    main(*sys.argv[1:3])
