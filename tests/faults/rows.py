"""One line of the scoreboard: what was tried, what came of it, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    tried: str
    found: str
    bound: str
    passed: bool


def table(rows: Sequence[Row]) -> str:
    """The scoreboard in Markdown."""
    lines = ["| measure | tried | found | bound | held |", "|---|---|---|---|---|"]
    lines += [f"| {r.name} | {r.tried} | {r.found} | {r.bound} | {'yes' if r.passed else '**no**'} |" for r in rows]
    return "\n".join(lines)
