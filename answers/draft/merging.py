"""Candidates into the fact file of their article, and what an editor has made of earlier ones stays.

A candidate whose words an editor's fact already has, in part or whole, is not proposed again. Of a draft a field is drawn
anew only while it still has the fingerprint that drawing left on it (`drawn`); whatever was reviewed is never touched.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from answers.articles import whole_words
from answers.draft import fields
from answers.draft.values import Candidate
from answers.factfile import FactFile, Value
from answers.model import Article, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A fact file with candidates in it: its text, and the ids that came, were renewed, and were left as they are."""

    text: str
    added: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def merge(
    text: str, path: str, article: Article, candidates: Iterable[Candidate], taken: Collection[str] = ()
) -> Merged:
    """The fact file `text` with the candidates; `taken` are ids of other files. Raises `Refused` for a broken file."""
    file = FactFile(text or _opening(article), path)
    placed = {id_: _place(article, file.fields(id_)) for id_ in file.ids}
    told: dict[str, list[str]] = {"added": [], "renewed": [], "kept": []}
    last = ""
    for candidate in candidates:
        id_ = next((id_ for id_, place in placed.items() if _meet(place, candidate)), "")
        if not id_:
            id_ = fields.new_id(candidate, article.outlet, {*taken, *file.ids})
            file.add({"id": id_, "quote": candidate.passage, **fields.STATUS}, after=last)
            placed[id_] = (candidate.start, candidate.stop)
            _fill(file, id_, candidate, {})
            told["added"].append(id_)
        else:
            told["renewed" if _renew(file, id_, candidate) else "kept"].append(id_)
        last = id_
    return Merged(text=str(file), **{name: tuple(ids) for name, ids in told.items()})


def _opening(article: Article) -> str:
    return (
        f"# Facts of articles/{article.id}.md, drawn for review. Compare each with the article before you publish it.\n"
        "# `drawn` is how `draft` knows what it wrote itself: leave it as it is.\n"
    )


def _place(article: Article, known: Mapping[str, object]) -> tuple[int, int]:
    """Where a fact's words stand in the article; nowhere for words that do not, which `check` names."""
    words = str(known.get("quote", ""))
    start = next(whole_words(article.text, words), -1)
    return start, start + len(words)


def _meet(place: tuple[int, int], candidate: Candidate) -> bool:
    return place[0] >= 0 and place[0] < candidate.stop and candidate.start < place[1]


def _renew(file: FactFile, id_: str, candidate: Candidate) -> bool:
    """Draw the fields of a draft anew that nobody has changed; whether any differs now."""
    known = file.fields(id_)
    whole = known.get("quote") == candidate.passage
    marks = known.get("drawn")
    if known.get("status") != Status.DRAFT or not whole or not isinstance(marks, dict):
        return False
    before = str(file)
    _fill(file, id_, candidate, {key for key in (*fields.OWN, *fields.TABLES) if not _own(key, known, marks)})
    return str(file) != before


def _own(key: str, known: Mapping[str, object], marks: Mapping[str, str]) -> bool:
    """Whether a field holds what drawing wrote, as far as its mark tells."""
    return marks.get(key) == fields.fingerprint(known.get(key, []))


def _fill(file: FactFile, id_: str, candidate: Candidate, leave: Collection[str]) -> None:
    drawn = {key: value for key, value in fields.of(candidate).items() if key not in leave}
    inner = {key: value for key, value in fields.tables(candidate).items() if key not in leave}
    known = file.fields(id_)
    file.put(id_, drawn)
    for key, rows in inner.items():
        if known.get(key, []) != rows:
            file.put_tables(id_, key, rows)
    after = file.fields(id_)
    old = known.get("drawn")
    marks: dict[str, Value] = dict(old) if isinstance(old, dict) else {}
    marks |= {key: fields.fingerprint(after.get(key, [])) for key in (*drawn, *inner)}
    file.put(id_, {"drawn": {key: str(mark) for key, mark in marks.items()}})
