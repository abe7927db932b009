"""Reading a TOML table field by field, naming every problem on the way instead of stopping at the first.

It knows tables and types, not what an article or a fact is. A field that is wrong reads as its default,
so that the rest of the file is still looked at; nothing is built while a problem stands.
"""

import difflib
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from answers.errors import Problem, Refused

E = TypeVar("E", bound=StrEnum)

LARGEST_FILE = 1_000_000
"""Bytes of one article or fact file: far above any article, far below what would stall a reload."""

LONGEST_TEXT = 500
"""Characters of a field: what stands beside a passage must leave room for it."""

LONGEST_KNOWN = 200
"""Characters of a question that an editor writes down."""

BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def decoded(data: bytes, path: str) -> str:
    """The text of a UTF-8 file. Raises `Refused`, with the line, for anything that could show other than it reads."""
    if len(data) > LARGEST_FILE:
        raise Refused([Problem(path=path, line=0, message=f"is larger than {LARGEST_FILE:,} bytes", hint="split it")])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused([Problem(path=path, line=line, message="is not UTF-8", hint="save it as UTF-8")]) from None
    if problems := [_unseen(text, at, path) for at, character in enumerate(text) if deceives(character)]:
        raise Refused(problems[:20])
    return text


def deceives(character: str) -> bool:
    """Control characters, byte order marks and bidi overrides: they change what is seen, not what is said."""
    if character in "\n\r\t":
        return False
    return unicodedata.category(character) == "Cc" or character in BIDI or character == "\ufeff"


def _unseen(text: str, at: int, path: str) -> Problem:
    name = f"U+{ord(text[at]):04X}"
    return Problem(
        path=path,
        line=text.count("\n", 0, at) + 1,
        message=f"holds the unseen character {name}",
        hint="delete it; if the source has it, save the article without it",
    )


def toml(text: str, path: str, first_line: int = 1) -> dict[str, object]:
    """The table of a TOML text whose first line is line `first_line` of the file. Raises `Refused`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # tomllib says the line only in its message: "… (at line 3, column 5)" or "(at end of document)".
        said, _, place = str(error).rpartition(" (at ")
        number = "".join(filter(str.isdigit, place.partition(",")[0]))
        line = first_line - 1 + (int(number) if number else text.count("\n") + 1)
        raise Refused([Problem(path=path, line=line, message=f"is not TOML: {said or error}")]) from None
    except (RecursionError, ValueError) as error:
        # ValueError: a date such as 2022-02-30, or a number of more digits than Python will read.
        raise Refused([Problem(path=path, line=0, message=f"is not TOML that can be read: {error}")]) from None


class Fields:
    """One table being read. `line_of` tells the line of a key; `problems` is shared by all tables of a file."""

    def __init__(
        self, table: Mapping[str, object], *, path: str, line_of: Callable[[str], int], problems: list[Problem]
    ) -> None:
        self._table, self._path, self._line_of, self._problems = table, path, line_of, problems
        self._read: set[str] = set()

    def refuse(self, key: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(path=self._path, line=self._line_of(key), message=message, hint=hint))

    def within(self, table: Mapping[str, object], key: str) -> "Fields":
        """The fields of a table that stands below this one under `key`; its problems are reported at that key."""
        return Fields(table, path=self._path, line_of=lambda _: self._line_of(key), problems=self._problems)

    def text(self, key: str, *, required: bool = False, default: str = "", longest: int = LONGEST_TEXT) -> str:
        value = self._value(key, default)
        if not isinstance(value, str):
            self.refuse(key, f"{key} must be text in quotation marks")
            return default
        if any(map(deceives, value)):
            self.refuse(key, f"{key} holds an unseen character", "delete it, also where it is written as \\u…")
        if len(value) > longest:
            self.refuse(key, f"{key} is longer than {longest} characters")
        if required and not value.strip():
            self.refuse(key, f"{key} is missing or empty", "fill it in; what is not known blocks publishing")
        return value

    def texts(self, key: str, *, longest: int = LARGEST_FILE) -> tuple[str, ...]:
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.refuse(key, f"{key} must be a list of texts", f'{key} = ["one", "two"]')
            return ()
        if any(deceives(character) for item in value for character in item):
            self.refuse(key, f"{key} holds an unseen character", "delete it, also where it is written as \\u…")
        if overlong := [item for item in value if len(item) > longest]:
            self.refuse(key, f"{key} holds {overlong[0][:40]!r}…, which is longer than {longest} characters")
        if len(set(value)) < len(value):
            self.refuse(key, f"{key} names something twice")
        return tuple(value)

    def day(self, key: str, *, required: bool = False) -> date | None:
        value = self._value(key, None)
        if value is None and not required:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(key, f"{key} must be a day", f"{key} = 2022-02-02, without quotation marks")
            return None
        return value

    def number(self, key: str) -> float | None:
        value = self._value(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e18:
            self.refuse(key, f"{key} must be a number")
            return None
        return float(value)

    def flag(self, key: str) -> bool:
        value = self._value(key, default=False)
        if not isinstance(value, bool):
            self.refuse(key, f"{key} must be true or false")
            return False
        return value

    def choice(self, key: str, kind: type[E], default: E) -> E:
        value = self._value(key, default.value)
        if not isinstance(value, str) or value not in set(kind):
            hint = did_you_mean(value, list(kind)) if isinstance(value, str) else ""
            self.refuse(key, f"{key} must be one of {', '.join(kind)}", hint)
            return default
        return kind(value)

    def tables(self, key: str) -> list[Mapping[str, object]]:
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, f"{key} must be written as [[fact.{key}]]")
            return []
        return value

    def table(self, key: str) -> Mapping[str, object]:
        value = self._value(key, {})
        if not isinstance(value, dict):
            self.refuse(key, f"{key} must be a table")
            return {}
        return value

    def no_more(self) -> None:
        """Refuse the keys that nobody asked for: a misspelt key must not be lost in silence."""
        for key in self._table.keys() - self._read:
            self.refuse(key, f"unknown key {key}", did_you_mean(key, self._read))

    def _value(self, key: str, default: object) -> object:
        self._read.add(key)
        return self._table.get(key, default)


def did_you_mean(word: str, known: Collection[str], *, all_of_them: bool = True) -> str:
    """A hint that names the known word nearest to a misspelt one; when none is near, all of them, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"known are {', '.join(sorted(known))}" if all_of_them else ""
