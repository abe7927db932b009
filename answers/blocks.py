"""Where the tables of a TOML file stand, for saying on which line a problem is.

A parsed table has lost its lines; they are found again in the text. It knows nothing of what a table holds.
"""

import re
from collections.abc import Callable
from itertools import pairwise


def line_with(text: str, words: str) -> int:
    """The number of the first line that holds these words; 0 when none does, as where they were written as escapes."""
    at = text.find(words)
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


class Blocks:
    """The `[[name]]` tables of a TOML text, each with its lines."""

    def __init__(self, text: str, name: str) -> None:
        table = re.compile(rf"^[ \t]*\[\[\s*{re.escape(name)}\s*\]\]", re.MULTILINE)
        starts = [text.count("\n", 0, match.start()) for match in table.finditer(text)]
        lines = text.split("\n")
        self._name = re.escape(name)
        self._blocks = [(start + 1, lines[start:stop]) for start, stop in pairwise([*starts, len(lines)])]

    def finder(self, number: int) -> Callable[[str], int]:
        """Where a key of the table of this number stands in the file; its first line when it has no such key."""
        first, lines = self._blocks[number] if number < len(self._blocks) else (0, [])

        def line_of(key: str) -> int:
            named = rf"\s*(\[\[\s*{self._name}\.{re.escape(key)}\s*\]\]|{re.escape(key)}\s*=)"
            return first + next((n for n, line in enumerate(lines) if re.match(named, line)), 0)

        return line_of
