"""What finds passages by their terms: the base's own full text while it is small, a tantivy index beside it beyond that.

The index is made from the compiled file and holds nothing that the file does not: when it is missing, damaged or of
another version it is made anew, in memory where the disk refuses. It knows terms and numbers, no question.
"""

import hashlib
import json
import logging
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Protocol

import tantivy

from answers.factbase import WEIGHTS, FactBase
from answers.revisions import beside, delete, file_hash

_SEAL = "seal.json"
_HEAP = 50_000_000
_log = logging.getLogger(__name__)


class Lexical(Protocol):
    """Numbers of facts that share a term, best first, each with its score; a searchable `FactBase` is one."""

    def ranked(self, terms: Iterable[str], *, limit: int, as_of: date | None = None) -> list[tuple[int, float]]:
        """At most `limit`; `as_of` leaves out what was published after that day, or nobody knows when."""
        ...


def lexical_of(base: FactBase) -> Lexical:
    """What a base is searched with; a missing or damaged index is made first, which takes a while for a large base."""
    return base if base.searchable else Inverted.open(base)


class Inverted:
    """A tantivy index, open: it skips blocks of facts that cannot be among the best. Safe to use from several threads."""

    def __init__(self, index: tantivy.Index) -> None:
        index.config_reader("Manual")  # no thread that watches the folder
        index.reload()
        self._schema, self._searcher = index.schema, index.searcher()

    @classmethod
    def open(cls, base: FactBase) -> "Inverted":
        folder = beside(base.file, "tantivy")
        try:
            if wrong := _wrong(folder):
                _log.info("%s %s: it is made from the compiled file", folder.name, wrong)
                _make(base, folder)
            return cls(tantivy.Index.open(str(folder)))
        except (OSError, ValueError) as error:
            _log.warning("%s cannot be kept (%s): the index is made in memory", folder.name, error)
            return cls(_filled(tantivy.Index(_schema()), base))

    def ranked(self, terms: Iterable[str], *, limit: int, as_of: date | None = None) -> list[tuple[int, float]]:
        query = self._query(terms)
        if as_of:
            until = tantivy.Query.range_query(
                self._schema, "day", tantivy.FieldType.Integer, upper_bound=as_of.toordinal()
            )
            both = [query, tantivy.Query.const_score_query(until, 0.0)]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in both])
        hits = self._searcher.search(query, limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        found = [(int(number or 0), float(score)) for number, (score, _) in zip(numbers, hits, strict=True)]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def _query(self, terms: Iterable[str]) -> tantivy.Query:
        """Any of the terms in any of the fields. A term is never parsed, so whatever it is made of, it is one."""
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, term, "freq"), weight),
                )
                for term in dict.fromkeys(terms)
                for field, weight in WEIGHTS.items()
            ]
        )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("number", fast=True)
    builder.add_integer_field("day", fast=True)
    return builder.build()


def _make(base: FactBase, folder: Path) -> None:
    """The index in its folder, moved there whole. What stood there is moved away: an index that is still open may write in it."""
    draft, old = (folder.with_name(f".{folder.name}{part}.{os.getpid()}.building") for part in ("", ".old"))
    try:
        for left in (draft, old):
            delete(left)
        draft.mkdir()
        _filled(tantivy.Index(_schema(), str(draft)), base)
        (draft / _SEAL).write_text(json.dumps(_sealed(draft)), encoding="utf-8")
        with suppress(FileNotFoundError):
            folder.rename(old)
        draft.rename(folder)
    finally:
        for left in (draft, old):
            delete(left)


def _filled(index: tantivy.Index, base: FactBase) -> tantivy.Index:
    writer = index.writer(_HEAP, 1)
    for number, day, texts in base.searched():
        known = {"day": day.toordinal()} if day else {}
        writer.add_document(tantivy.Document(number=number, **known, **texts))
    writer.commit()
    writer.wait_merging_threads()
    return index


def _sealed(folder: Path) -> dict[str, object]:
    """What the index is made by and of."""
    files = sorted(file for file in folder.iterdir() if file.name != _SEAL and not file.name.endswith(".lock"))
    return {"made_by": _maker(), "files": {file.name: file_hash(file) for file in files}}


def _maker() -> str:
    source = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return f"{metadata.version('tantivy')} {source}"


def _wrong(folder: Path) -> str:
    """Why the index in a folder cannot be opened; empty when it can: tantivy is never given a file that was changed."""
    if not folder.exists():
        return "is not there yet"
    try:
        sealed = json.loads((folder / _SEAL).read_bytes())
        return "" if sealed == _sealed(folder) else "is damaged or of another version"
    except (OSError, ValueError) as error:
        return f"cannot be read ({error})"
