"""Finding by terms: a small base by its own full text, a large one by an index that can always be made anew."""

import contextlib
import os
import shutil
import threading
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answers.compile import compile_into
from answers.factbase import FactBase
from answers.match.lexical import Inverted, lexical_of
from answers.revisions import beside
from answers.sources import read
from answers.text.normalise import stem

WORDS = "zebra river soldier tank border winter ministers vote grain harbour".split()
PASSAGES = [
    {"id": f"p{at}", "outlet": "CNN", "date": f"2022-02-{at + 1:02}", "title": WORDS[at % 3], "text": text}
    for at, text in enumerate(
        f"{WORDS[at % 10]} {WORDS[at % 7]} {WORDS[at % 4]} were seen near the {WORDS[(at + 3) % 10]}."
        for at in range(20)
    )
] + [{"id": "undated", "outlet": "CNN", "text": "Zebra without a day."}]


@pytest.fixture(scope="module")
def build(tmp_path_factory, write_passages):
    """`build(passages, few)` compiles and opens a base of its own."""
    opened = []

    def make(passages=PASSAGES, few=0):
        tmp = tmp_path_factory.mktemp("lexical")
        opened.append(FactBase.open(compile_into(tmp, read(write_passages(tmp / "p.jsonl", passages)), few=few)))
        return opened[-1]

    yield make
    for base in opened:
        base.close()


@pytest.fixture(scope="module")
def base(build):
    return build()


@pytest.fixture(scope="module")
def index(base):
    return Inverted.open(base)


def numbers(ranked):
    return [number for number, _ in ranked]


def test_a_small_base_is_searched_by_its_own_full_text_and_has_no_index(build):
    base = build(few=len(PASSAGES))
    assert base.searchable
    assert lexical_of(base) is base
    assert not beside(base.file, "tantivy").exists()


def test_a_large_base_has_no_full_text_and_an_index_beside_it(build):
    base = build(few=len(PASSAGES) - 1)
    assert not base.searchable
    assert isinstance(lexical_of(base), Inverted)
    assert beside(base.file, "tantivy").is_dir()


@pytest.mark.parametrize("word", WORDS)
def test_both_find_the_same_facts_and_the_best_first(build, index, word):
    full = build(few=100).ranked([stem(word)], limit=100)
    ranked = index.ranked([stem(word)], limit=100)
    assert set(numbers(ranked)) == set(numbers(full)) != set()
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)


def test_as_many_as_asked_for_are_found_and_those_are_the_best(index):
    every = index.ranked(["zebra", "tank"], limit=100)
    assert len(index.ranked(["zebra", "tank"], limit=3)) == 3
    assert {score for _, score in index.ranked(["zebra", "tank"], limit=3)} == {score for _, score in every[:3]}


@pytest.mark.parametrize("terms", [[], [""], ["nowhere"], ['a" OR "zebra'], ["*"], ["zebra tank"], ["passage:zebra"]])
def test_terms_that_stand_nowhere_find_nothing(index, terms):
    assert index.ranked(terms, limit=10) == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5), st.dates() | st.none())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_terms_are_looked_for(index, terms, as_of):
    assert all(1 <= number <= len(PASSAGES) for number in numbers(index.ranked(terms, limit=5, as_of=as_of)))


def test_as_of_a_day_leaves_out_what_came_later_and_what_nobody_knows_the_day_of(base, index):
    until = date(2022, 2, 10)
    ranked = index.ranked(["zebra", "tank"], limit=100, as_of=until)
    days = {entry.published for entry in base.entries_of(dict(ranked))}
    assert max(days) <= until
    every = index.ranked(["zebra", "tank"], limit=100)
    assert set(numbers(ranked)) == set(base.until(until, numbers(every))) < set(numbers(every))
    undated = len(PASSAGES)
    assert undated in numbers(every)
    assert undated not in numbers(index.ranked(["zebra"], limit=100, as_of=date(9999, 12, 31)))


def test_withdrawn_facts_are_found_and_drafts_are_not(tmp_path, write_folder):
    article = '+++\noutlet = "CNN"\npublished = 2022-02-02\n+++\nZebras watched. Zebras slept.\n'
    facts = '[[fact]]\nid = "gone"\nquote = "Zebras watched."\nstatus = "retracted"\nwithdrawn = 2022-02-03\nnote = "Wrong."\n'
    facts += '[[fact]]\nid = "draft"\nquote = "Zebras slept."\nstatus = "draft"\n'
    folder = write_folder(tmp_path / "data", articles={"aaa": article}, facts={"aaa": facts})
    base = FactBase.open(compile_into(tmp_path / "built", read(folder), few=0))
    ranked = lexical_of(base).ranked(["zebra", "slept"], limit=9)
    assert [entry.id for entry in base.entries_of(dict(ranked))] == ["gone"]
    base.close()


# Damage -----------------------------------------------------------------------------------------------------------


def without_the_folder(folder):
    shutil.rmtree(folder)


def without_a_file(folder):
    next(folder.glob("*.term")).unlink()


def with_a_byte_changed(folder):
    file = max((path for path in folder.iterdir()), key=lambda path: path.stat().st_size)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(data)


def without_its_seal(folder):
    (folder / "seal.json").unlink()


def with_a_seal_that_is_none(folder):
    (folder / "seal.json").write_text("[", encoding="utf-8")


def with_a_file_in_its_place(folder):
    shutil.rmtree(folder)
    folder.write_text("no folder", encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        without_the_folder,
        without_a_file,
        with_a_byte_changed,
        without_its_seal,
        with_a_seal_that_is_none,
        with_a_file_in_its_place,
    ],
)
def test_an_index_that_is_not_what_was_made_is_made_anew(build, damage, caplog):
    base = build()
    found = Inverted.open(base).ranked(["zebra"], limit=100)
    folder = beside(base.file, "tantivy")
    damage(folder)
    caplog.set_level("INFO")
    assert Inverted.open(base).ranked(["zebra"], limit=100) == found != []
    assert folder.name in caplog.text
    caplog.clear()
    assert Inverted.open(base).ranked(["zebra"], limit=100) == found
    assert not caplog.text


def test_an_index_is_made_anew_and_kept_while_somebody_still_writes_in_the_old_one(build, caplog):
    base = build()
    found = Inverted.open(base).ranked(["zebra"], limit=100)
    folder, over = beside(base.file, "tantivy"), threading.Event()

    def write() -> None:
        while not over.is_set():
            with contextlib.suppress(FileNotFoundError):
                (folder / ".tantivy-meta.lock").touch()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with_a_seal_that_is_none(folder)
        assert Inverted.open(base).ranked(["zebra"], limit=100) == found != []
    finally:
        over.set()
        writer.join()
    assert "cannot be kept" not in caplog.text
    assert [path.name for path in folder.parent.iterdir() if path.name.endswith(".building")] == []


def test_searching_goes_on_after_the_index_is_deleted(build):
    base = build()
    index = Inverted.open(base)
    found = index.ranked(["zebra"], limit=100)
    shutil.rmtree(beside(base.file, "tantivy"))
    assert index.ranked(["zebra"], limit=100) == found


def test_what_a_killed_build_left_is_in_nobodys_way(build):
    base = build()
    folder = beside(base.file, "tantivy")
    left = folder.with_name(f".{folder.name}.{os.getpid()}.building")
    left.mkdir()
    (left / "meta.json").write_text("half", encoding="utf-8")
    assert Inverted.open(base).ranked(["zebra"], limit=1)
    assert not left.exists()
