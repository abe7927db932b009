"""A fact file being edited: what is changed changes, every other byte stays, comments and order with it.

The text is cut at its `[[fact]]` lines and each block at its `[[fact.figure]]` and `[[fact.date]]` lines; TOML is read and
written with tomlkit, one piece at a time, so an edit of one fact cannot touch another. It knows where facts stand and what
a field is, not what a fact means: whoever writes the outcome to a file parses it with `answers.facts` first.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from answers.errors import NoSuchFact, Problem, Refused

Value = str | bool | int | float | date | Sequence[str] | Mapping[str, str]
"""What a field of a fact or of its figures and dates may be."""

_FACT = re.compile(r"^[ \t]*\[\[\s*fact\s*\]\]", re.MULTILINE)
_INNER = re.compile(r"^[ \t]*\[\[\s*fact\.(\w+)\s*\]\]", re.MULTILINE)
_WIDE = 100


class FactFile:
    """The text of a fact file as its blocks. Raises `Refused` for a text that cannot be cut into them."""

    def __init__(self, text: str, path: str) -> None:
        starts = [match.start() for match in _FACT.finditer(text)]
        self._opening = text[: starts[0] if starts else len(text)]
        self._blocks = [text[start:stop] for start, stop in pairwise([*starts, len(text)])]
        self._path = path
        self._ids = [self._id(block) for block in self._blocks]

    def _id(self, block: str) -> str:
        """The id of a block: it is read with what is below it, for a line `[[fact]]` may stand in a quotation."""
        try:
            return str(tomllib.loads(block)["fact"][0].get("id", ""))
        except (RecursionError, ValueError) as error:  # tomllib's own is a ValueError
            raise _unreadable(self._path, error) from None

    def __str__(self) -> str:
        return self._opening + "".join(self._blocks)

    @property
    def ids(self) -> tuple[str, ...]:
        """In the order of the file."""
        return tuple(self._ids)

    def fields(self, id_: str) -> dict[str, object]:
        """What a fact's table holds, its figures and dates as lists of tables. Raises `NoSuchFact`."""
        return dict(tomllib.loads(self._blocks[self._at(id_)])["fact"][0])

    def put(self, id_: str, fields: Mapping[str, Value | None]) -> None:
        """Set fields of a fact; None takes one away. Raises `NoSuchFact`."""
        at = self._at(id_)
        head, inner = _cut(self._blocks[at])
        self._blocks[at] = self._with(head, fields) + inner
        self._ids[at] = self._id(self._blocks[at])

    def put_tables(self, id_: str, key: str, tables: Iterable[Mapping[str, Value]]) -> None:
        """Give a fact these figures or dates (`key`) instead of those that it has. Raises `NoSuchFact`."""
        at = self._at(id_)
        head, inner = _cut(self._blocks[at])
        kept = "".join(piece for kind, piece in _pieces(inner) if kind != key)
        self._blocks[at] = _ended(head + kept) + "".join(f"[[fact.{key}]]\n{_rows(table)}\n" for table in tables)

    def add(self, fields: Mapping[str, Value], *, after: str = "") -> None:
        """A new fact with an `id`, behind the fact `after` or before all others. Raises `NoSuchFact`."""
        at = self._at(after) + 1 if after else 0
        if at:
            self._blocks[at - 1] = _ended(self._blocks[at - 1])
        else:
            self._opening = _ended(self._opening) if self._opening.strip() else ""
        self._blocks.insert(at, f"[[fact]]\n{_rows(fields)}\n")
        self._ids.insert(at, str(fields["id"]))

    def _with(self, head: str, fields: Mapping[str, Value | None]) -> str:
        """A fact's own fields changed; new ones come last, before the blank lines that end it."""
        body = head.rstrip()
        try:
            document = tomlkit.parse(body + "\n")
        except TOMLKitError as error:  # a line [[fact.figure]] in a quotation
            raise _unreadable(self._path, error) from None
        table = document["fact"][0]
        for key, value in fields.items():
            if value is None:
                table.pop(key, None)
            elif key not in table or table[key] != value:
                table[key] = written(value)
        return document.as_string().rstrip("\n") + (head[len(body) :] or "\n")

    def _at(self, id_: str) -> int:
        if id_ not in self._ids:
            raise NoSuchFact(f"{self._path} has no fact {id_}")
        return self._ids.index(id_)


def _unreadable(path: str, error: Exception) -> Refused:
    message, hint = f"is not TOML that can be edited: {error}", "mend it by hand; check names the line"
    return Refused([Problem(path=path, line=0, message=message, hint=hint)])


def written(value: Value) -> Item:
    """A value as an editor would write it: passages between ''' marks, long lists one item a line."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    if isinstance(value, Sequence):
        items = [_text(item) if "'" in item and len(item) > _WIDE else tomlkit.string(item) for item in value]
        many = tomlkit.array()
        many.extend(items)
        many.multiline(sum(map(len, value)) > _WIDE)
        return many
    return tomlkit.item(value)


def _text(value: str) -> Item:
    """A long text or one with quotation marks stands as it is, so that editors can read it; the rest between " marks."""
    plain = (
        not re.search(r"'''|[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f]", value) and not value.endswith("'") and "\r" not in value
    )
    literal = (
        plain and bool(value) and (len(value) > _WIDE or '"' in value or "\\" in value) and not value.startswith("\n")
    )
    return tomlkit.string(value, literal=literal, multiline=literal)


def _rows(fields: Mapping[str, Value]) -> str:
    return "".join(f"{key} = {written(value).as_string()}\n" for key, value in fields.items())


def _cut(block: str) -> tuple[str, str]:
    """A fact's own fields, and its figures and dates with the comments right above them."""
    inner = _INNER.search(block)
    if inner is None:
        return block, ""
    head = block[: inner.start()]
    bare = re.search(r"(?:^[ \t]*(?:#[^\n]*)?\n)*\Z", head, re.MULTILINE)
    at = bare.start() if bare else inner.start()
    return block[:at], block[at:]


def _pieces(inner: str) -> Iterator[tuple[str, str]]:
    """The figures and dates of a fact, each with its kind; what stands before the first belongs to none."""
    found = list(_INNER.finditer(inner))
    starts = [match.start() for match in found]
    yield "", inner[: starts[0] if starts else len(inner)]
    for match, (start, stop) in zip(found, pairwise([*starts, len(inner)]), strict=True):
        yield match[1], inner[start:stop]


def _ended(text: str) -> str:
    """A text that another table can follow: with one blank line at its end."""
    return text.rstrip("\n") + "\n\n"
