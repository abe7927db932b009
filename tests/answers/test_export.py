"""The record for others: every line checks against its article, and Datasette opens the tables as they are."""

import hashlib
import json
import sqlite3
import subprocess
import sys
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from answers import export
from answers.model import Correction, Figure, Granularity, Known, Part, ResolvedDate, Status
from answers.passages import articles_of
from tests.answers.builders import DAY, a_fact, a_withdrawn, an_article, any_text

ARTICLE = an_article("Kirby said 500 troops go to Poland today. It rains. It snows.", url="https://example.org/a")
FULL = a_fact(
    "Kirby said 500 troops go to Poland today.",
    "full",
    of=ARTICLE,
    speaker="John Kirby",
    known=Known.CUE,
    names=("Poland",),
    topics=("Troops",),
    questions=("How many troops go to Poland?",),
    figures=(Figure(text="500 troops", low=500, high=500, unit="troops", part=Part.ADDITIONAL),),
    dates=(ResolvedDate(text="today", iso="2022-02-02", granularity=Granularity.DAY, first=DAY, last=DAY),),
)
GONE = a_withdrawn("It rains.", "gone", of=ARTICLE, replaced_by="full")
DRAFT = a_fact("It snows.", "draft", of=ARTICLE, status=Status.DRAFT)
ACT = Correction(
    act=Status.CORRECTED, fact="gone", on=date(2022, 2, 3), reason="No.", old="It rains.", replaced_by="full"
)


@pytest.fixture
def file(tmp_path):
    export.write(tmp_path / "record.sqlite", [FULL, GONE, DRAFT], [ARTICLE], [ACT])
    return tmp_path / "record.sqlite"


def test_every_line_can_be_checked_against_the_article():
    told = [json.loads(line) for line in export.lines([FULL, GONE, DRAFT])]
    assert [one["id"] for one in told] == ["full", "gone"]
    for one in told:
        assert ARTICLE.text[one["start"] : one["end"]] == one["text"]
        assert one["article_sha256"] == ARTICLE.sha256
    assert told[0]["figures"][0] == {
        "text": "500 troops",
        "low": 500,
        "high": 500,
        "vague": False,
        "hedge": "",
        "unit": "troops",
        "counts": "",
        "part": "additional",
    }
    assert (told[1]["status"], told[1]["withdrawn"], told[1]["replaced_by"]) == ("retracted", "2022-02-10", "full")


def test_what_is_exported_reads_again_as_passages(tmp_path):
    file = tmp_path / "facts.jsonl"
    file.write_text("".join(f"{line}\n" for line in export.lines([FULL, GONE])), encoding="utf-8")
    ((article, facts),) = articles_of(file, hashlib.sha256(file.read_bytes()).hexdigest())
    assert article.id == ARTICLE.id
    assert [(fact.id, fact.quote.text) for fact in facts] == [("full", FULL.quote.text), ("gone", "It rains.")]


def test_no_article_text_and_no_draft_goes_out(file):
    held = file.read_bytes()
    assert b"It rains." in held
    assert b"It snows." not in held
    assert ARTICLE.text.encode() not in held


def test_the_tables_hold_together(file):
    db = sqlite3.connect(file)
    assert db.execute("pragma foreign_key_check").fetchall() == []
    assert {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")} >= set(
        export.DESCRIBED
    )
    citations = db.execute('select fact, article, start, "end" from citations order by start').fetchall()
    assert citations == [("full", ARTICLE.id, 0, 41), ("gone", ARTICLE.id, 42, 51)]
    assert db.execute("select act, fact, day, reason, old, replaced_by from corrections").fetchall() == [
        ("corrected", "gone", "2022-02-03", "No.", "It rains.", "full")
    ]
    db.close()


def test_datasette_opens_it_as_it_is_and_searches_it(file):
    meta = file.with_name("metadata.yaml")
    meta.write_text(export.metadata("0123456789abcdef"), encoding="utf-8")
    for query, expected in (("Poland", ["full"]), ("rain", ["gone"]), ("snow", [])):
        path = f"/record/facts.json?_search={query}&_shape=array"
        command = [sys.executable, "-m", "datasette", str(file), "--metadata", str(meta), "--get", path]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert [row["id"] for row in json.loads(done.stdout)] == expected
    command = [sys.executable, "-m", "datasette", str(file), "--metadata", str(meta), "--get", "/record/facts"]
    page = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Passages on the record, word for word" in page


def test_an_empty_record_is_one(tmp_path):
    export.write(tmp_path / "record.sqlite", [], [], [])
    assert (tmp_path / "record.sqlite").exists()


@given(words=any_text(), note=any_text())
def test_any_words_go_out_as_they_are(words, note):
    fact = a_fact(words, of=an_article(f"“{words}”"), note=note)
    (line,) = export.lines([fact])
    told = json.loads(line)
    assert (told["text"], told["note"]) == (words, note)
    assert "\n" not in line


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_metadata_is_yaml_for_any_revision(revision):
    assert set(yaml.safe_load(export.metadata(revision))["databases"]["record"]["tables"]) == set(export.DESCRIBED)
