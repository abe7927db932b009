"""The rows of what one would use instead, on the same passages and questions: each as its own guide shows it."""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import tantivy
from rapidfuzz import fuzz, process, utils

from answers.encode import Kind
from answers.factbase import FactBase
from answers.match.vectorfile import file_of, mapped
from answers.questions import Gold
from answers.revisions import revisions
from tests.bench.asking import Told, Watch, ask_all, memory
from tests.bench.pool import encoded_text, questions_of
from tests.bench.rows import shelf_of, size_mb, the_encoder

MOST = 5


def _passages(folder: Path) -> Iterator[dict[str, str]]:
    with (folder / "pool.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def row_build_fts5(folder: Path, sets: Path | None) -> Told:
    watch, file = Watch(), folder / "fts5.sqlite"
    file.unlink(missing_ok=True)
    db = sqlite3.connect(file)
    db.execute("create virtual table search using fts5 (id unindexed, title, text, tokenize = 'porter unicode61')")
    rows = ((row["id"], row["title"], row["text"]) for row in _passages(folder))
    db.executemany("insert into search values (?, ?, ?)", rows)
    db.execute("insert into search (search) values ('optimize')")
    db.commit()
    db.close()
    return {"stages": {"index": watch.lap()}, "disk MB": size_mb(file), **memory()}


def row_ask_fts5(folder: Path, sets: Path | None) -> Told:
    """Any of the question's words, best bm25 of title and text first."""
    watch, db = Watch(), sqlite3.connect(folder / "fts5.sqlite")
    best = "select id from search where search match ? order by bm25(search, 0, 1, 1) limit ?"

    def find(question: Gold) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question.text))
        return [id_ for (id_,) in db.execute(best, [words, MOST])]

    return {"open s": watch.lap(), **ask_all(find, questions_of(sets))}


def row_build_tantivy(folder: Path, sets: Path | None) -> Told:
    watch, place = Watch(), folder / "tantivy"
    place.mkdir(exist_ok=True)
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("title", "text"):
        schema = schema.add_text_field(field, tokenizer_name="en_stem")
    writer = (index := tantivy.Index(schema.build(), str(place))).writer(50_000_000, 1)
    writer.delete_all_documents()
    for row in _passages(folder):
        writer.add_document(tantivy.Document(id=row["id"], title=row["title"], text=row["text"]))
    writer.commit()
    writer.wait_merging_threads()
    del index
    return {"stages": {"index": watch.lap()}, "disk MB": size_mb(place), **memory()}


def row_ask_tantivy(folder: Path, sets: Path | None) -> Told:
    """Any of the question's words, stemmed as the fields are, in title or text."""
    watch, index = Watch(), tantivy.Index.open(str(folder / "tantivy"))
    searcher, schema, english = index.searcher(), index.schema, _english()

    def find(question: Gold) -> list[str]:
        terms = dict.fromkeys(english.analyze(question.text))
        wanted = [tantivy.Query.term_query(schema, field, term) for term in terms for field in ("title", "text")]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in wanted])
        hits = searcher.search(query, MOST, count=False).hits
        return [str(searcher.doc(address)["id"][0]) for _, address in hits]

    return {"open s": watch.lap(), **ask_all(find, questions_of(sets))}


def _english() -> tantivy.TextAnalyzer:
    """What tantivy's own `en_stem` does to a text: a query of terms does not."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for one in (tantivy.Filter.remove_long(40), tantivy.Filter.lowercase(), tantivy.Filter.stemmer("english")):
        builder = builder.filter(one)
    return builder.build()


def row_ask_rapidfuzz(folder: Path, sets: Path | None) -> Told:
    """What a first try would do: token_set_ratio with all passages, one after another."""
    watch = Watch()
    ids, texts = zip(*((row["id"], utils.default_process(encoded_text(row))) for row in _passages(folder)), strict=True)

    def find(question: Gold) -> list[str]:
        asked = utils.default_process(question.text)
        return [ids[at] for *_, at in process.extract(asked, texts, scorer=fuzz.token_set_ratio, limit=MOST)]

    return {"open s": watch.lap(), **ask_all(find, questions_of(sets))}


def row_ask_e5(folder: Path, sets: Path | None) -> Told:
    """The encoder alone: the question beside the vector of every passage, in floats."""
    watch, encoder = Watch(), the_encoder()
    base = FactBase.open(next(revisions(shelf_of(folder))))
    layout, whole = mapped(file_of(base, encoder), encoder.name)
    vectors = layout.parts(whole)[1][: base.count].astype(np.float32)
    vectors /= np.sqrt(np.einsum("nd,nd->n", vectors, vectors))[:, None]
    ids = list(base.prints("shown"))

    def find(question: Gold) -> list[str]:
        cosines = vectors @ encoder.encode([question.text], Kind.QUESTION)[0]
        best = np.argpartition(-cosines, MOST)[:MOST]
        return [ids[at] for at in best[np.argsort(-cosines[best])]]

    return {"open s": watch.lap(), **ask_all(find, questions_of(sets))}
