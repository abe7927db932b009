"""Compiling: the same inputs give the same file, any other byte another, and a failed build leaves nothing."""

import json
import os
import stat
from pathlib import Path

import pytest

from answers.compile import compile_into, revision_of
from answers.errors import FactBaseDamaged, Refused
from answers.factbase import FactBase
from answers.revisions import beside, manifest_of, prune, revisions
from answers.sources import read

ARTICLE = '+++\noutlet = "CNN"\npublished = 2022-02-02\n+++\nOne thing. Another thing.\n'
FACT = '[[fact]]\nid = "one-thing"\nquote = "One thing."\n'


@pytest.fixture
def folder(tmp_path, write_folder):
    return write_folder(tmp_path / "data", articles={"aaa": ARTICLE}, facts={"aaa": FACT})


@pytest.fixture
def built(tmp_path):
    """The folder that compiled files go to."""
    return tmp_path / "built"


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_same_inputs_give_the_same_name_and_are_built_once(folder, built):
    done = []
    first = compile_into(built, read(folder), done.append)
    inode = first.stat().st_ino
    os.utime(first, (1, 1))
    assert compile_into(built, read(folder), done.append) == first
    assert (first.stat().st_ino, done) == (inode, [1])
    assert first.stat().st_mtime > 1
    assert first.stem == revision_of(read(folder))


def test_a_changed_byte_gives_another_name(folder, built, write_folder):
    before = compile_into(built, read(folder))
    after = compile_into(built, read(write_folder(folder, facts={"aaa": FACT + "\n"})))
    assert before != after
    assert set(revisions(built)) == {before, after}


def test_a_gap_more_gives_another_name_and_the_same_facts(folder, built, write_folder):
    before = compile_into(built, read(folder))
    gaps = '[[gap]]\nabout = "Weather"\nquestions = ["Is it cold?"]\n'
    base = FactBase.open(compile_into(built, read(write_folder(folder, gaps=gaps))))
    assert base.file != before
    assert [fact.id for fact in base.facts()] == ["one-thing"]
    assert [one.about for one in base.open_questions()] == ["Weather"]
    base.close()


def test_a_compiled_file_is_read_only_and_its_manifest_says_of_what(folder, built):
    file = compile_into(built, read(folder))
    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    manifest = json.loads(manifest_of(file).read_bytes())
    assert manifest["revision"] == file.stem
    assert manifest["source"] == str(folder.resolve())
    assert names_in(built) == sorted([file.name, manifest_of(file).name])


def test_a_base_of_many_facts_has_no_full_text_and_is_otherwise_the_same(tmp_path, folder, built):
    small = FactBase.open(compile_into(built, read(folder)))
    large = FactBase.open(compile_into(tmp_path / "large", read(folder), few=0))
    assert (small.searchable, large.searchable) == (True, False)
    assert list(small.facts()) == list(large.facts())
    assert small.entries_of({1: 0.5}) == large.entries_of({1: 0.5}) != []
    assert (small.revision, small.count, dict(small.spellings())) == (large.revision, 1, dict(large.spellings()))
    small.close()
    large.close()


def test_progress_is_told_after_every_batch(tmp_path, built, write_passages):
    lines = [{"id": f"p{n}", "outlet": "CNN", "text": f"Words {n}.", "article_id": str(n % 2)} for n in range(2_500)]
    done = []
    compile_into(built, read(write_passages(tmp_path / "p.jsonl", lines)), done.append)
    assert done == [1_000, 2_000, 2_500]


def test_an_article_that_ends_with_a_batch_is_written_once(tmp_path, open_base, write_passages):
    lines = [{"id": f"p{n}", "outlet": "CNN", "text": f"Words {n}.", "article_id": str(n // 500)} for n in range(1_500)]
    base = open_base(write_passages(tmp_path / "p.jsonl", lines))
    assert [fact.id for fact in base.facts()] == [line["id"] for line in lines]


def test_a_build_that_is_refused_leaves_nothing(tmp_path, built, write_passages):
    lines = [{"id": "one", "outlet": "CNN", "text": "Words.", "article_id": "x"}]
    lines += [{"id": "two", "outlet": "BBC", "text": "Words.", "article_id": "x"}]
    with pytest.raises(Refused):
        compile_into(built, read(write_passages(tmp_path / "p.jsonl", lines)))
    assert names_in(built) == []


def test_a_build_that_is_broken_off_leaves_nothing(folder, built):
    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compile_into(built, read(folder), stop)
    assert names_in(built) == []


def test_what_a_killed_build_left_is_no_revision_and_is_in_nobodys_way(folder, built):
    built.mkdir()
    (built / f".{revision_of(read(folder))}.1.building").write_bytes(b"half")
    (built / f"{revision_of(read(folder))}.sqlite").write_bytes(b"moved, but its manifest was not")
    assert list(revisions(built)) == []
    base = FactBase.open(compile_into(built, read(folder)))
    assert [fact.id for fact in base.facts()] == ["one-thing"]
    base.close()


def test_a_leftover_of_a_killed_build_with_the_same_process_id_does_not_stop_the_next(folder, built):
    built.mkdir()
    (built / f".{revision_of(read(folder))}.{os.getpid()}.building").write_bytes(b"half")
    file = compile_into(built, read(folder))
    assert names_in(built) == sorted([file.name, manifest_of(file).name])


def test_a_passage_with_a_very_long_number_is_compiled(tmp_path, open_base, write_passages):
    lines = [{"id": "long", "outlet": "CNN", "text": "Pi has " + "3" * 400 + " digits."}]
    assert open_base(write_passages(tmp_path / "p.jsonl", lines)).fact("long").quote.text == lines[0]["text"]


# Damage -----------------------------------------------------------------------------------------------------------


def without_manifest(file):
    manifest_of(file).unlink()


def with_one_byte_changed(file):
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(data)


def without_its_end(file):
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1])


def without_the_file(file):
    file.unlink()


def manifest_with(**changed):
    def change(file):
        manifest = manifest_of(file)
        manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | changed))

    return change


def with_a_manifest_of(data):
    def change(file):
        manifest_of(file).write_bytes(data)

    return change


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (without_manifest, "cannot be read"),
        (without_the_file, "cannot be read"),
        (with_one_byte_changed, "is not the file that was built"),
        (without_its_end, "is not the file that was built"),
        (manifest_with(layout="older"), "was built by another version"),
        (manifest_with(sha256="0" * 64), "is not the file that was built"),
        (with_a_manifest_of(b"{"), "cannot be read"),
        (with_a_manifest_of(b"[]"), "cannot be read"),
        (with_a_manifest_of(b"{}"), "cannot be read"),
    ],
)
def test_a_file_that_is_not_what_was_built_is_not_opened(folder, built, damage, said):
    file = compile_into(built, read(folder))
    damage(file)
    with pytest.raises(FactBaseDamaged, match=said) as damaged:
        FactBase.open(file)
    assert "build it again" in str(damaged.value)


# Pruning ----------------------------------------------------------------------------------------------------------


def aged(built, sources, seconds):
    file = compile_into(built, sources)
    os.utime(file, (seconds, seconds))
    return file


@pytest.fixture
def history(folder, built, write_folder, tmp_path):
    """Four revisions of one folder, oldest first, and one of another folder that is older than all."""
    other = write_folder(tmp_path / "other", articles={"zzz": ARTICLE})
    elsewhere = aged(built, read(other), 1)
    mine = [aged(built, read(write_folder(folder, facts={"aaa": FACT + "\n" * day})), 1_000 + day) for day in range(4)]
    return mine, elsewhere


def test_revisions_come_newest_first(history, built):
    mine, elsewhere = history
    assert list(revisions(built)) == [*reversed(mine), elsewhere]


def test_pruning_keeps_the_newest_of_one_source_what_is_in_use_and_all_of_others(history, built, folder):
    (oldest, second, third, newest), elsewhere = history
    gone = prune(built, folder, keep=2, also=frozenset({oldest.stem}))
    assert gone == [second.stem]
    assert set(revisions(built)) == {oldest, third, newest, elsewhere}
    assert not second.exists()
    assert not manifest_of(second).exists()


def test_what_stands_beside_a_pruned_revision_goes_with_it_and_what_stands_beside_others_stays(history, built, folder):
    (oldest, *_, newest), elsewhere = history
    kinds = ("some-encoder.vectors", "some-encoder.hnsw")
    for file in (oldest, newest, elsewhere):
        beside(file, "tantivy").mkdir()
        (beside(file, "tantivy") / "meta.json").write_text("{}", encoding="utf-8")
        for kind in kinds:
            beside(file, kind).write_bytes(b"")
            beside(file, kind).chmod(0o444)
    (built / f".{oldest.stem}.some-encoder.vectors.1.building").write_bytes(b"half")
    prune(built, folder, keep=1, also=frozenset())
    assert [name for name in names_in(built) if oldest.stem in name] == []
    for file in (newest, elsewhere):
        assert all(beside(file, kind).exists() for kind in ("tantivy", *kinds))


def test_pruning_finds_its_source_under_any_spelling_of_its_path(history, built, folder):
    assert len(prune(built, Path(f"{folder}/../{folder.name}"), keep=1, also=frozenset())) == 3


def test_pruning_with_nothing_to_prune_deletes_nothing(history, built, folder):
    assert prune(built, folder, keep=4, also=frozenset()) == []
    assert len(list(revisions(built))) == 5


def test_a_manifest_that_cannot_be_read_does_not_stop_the_pruning_of_the_others(history, built, folder):
    (oldest, second, third, newest), _ = history
    manifest_of(third).write_text("{", encoding="utf-8")
    assert set(prune(built, folder, keep=1, also=frozenset())) >= {oldest.stem, second.stem}
    assert newest.exists()
