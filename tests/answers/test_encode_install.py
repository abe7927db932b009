"""Making the packaged encoder: whole or not at all, once, and with a reason when it cannot be made."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from answers.encode import Kind
from answers.encode.export import MANIFEST
from answers.encode.install import install, main, write
from answers.encode.onnx import OnnxEncoder
from answers.errors import EncoderDamaged
from tests.answers import tiny


def content(folder):
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_what_is_written_can_be_opened(tmp_path):
    write(tmp_path / "tiny", tiny.weights(), "recipe")
    row = OnnxEncoder.open(tmp_path / "tiny").encode(["troops in Kyiv"], Kind.PASSAGE)
    assert row.shape == (1, tiny.HIDDEN)
    np.testing.assert_allclose(np.linalg.norm(row), 1, atol=1e-5)


def test_the_manifest_vouches_for_every_other_file(tmp_path):
    write(tmp_path / "tiny", tiny.weights(), "recipe")
    told = json.loads((tmp_path / "tiny" / MANIFEST).read_text())
    assert told["recipe"] == "recipe"
    assert {Path(name) for name in told["sha256"]} == content(tmp_path / "tiny").keys() - {Path(MANIFEST)}


def test_the_same_weights_give_the_same_files(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, tiny.weights(), "recipe")
    assert content(tmp_path / "one") == content(tmp_path / "two")


@pytest.mark.parametrize("missing", ["emb.word", "emb.type", "l0.q.w", "l1.oln.b"])
def test_weights_that_lack_something_make_no_export(tmp_path, missing):
    data = tiny.packed().replace(missing.encode(), missing[:-1].encode() + b"X")
    with pytest.raises(EncoderDamaged, match=missing):
        write(tmp_path / "tiny", tiny.parse(data), "recipe")
    assert not (tmp_path / "tiny" / MANIFEST).exists()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The packaged encoder, made where an older one lay."""
    folder = tmp_path_factory.mktemp("made") / "multilingual-e5-small"
    folder.mkdir()
    (folder / "left over").write_text("of an older one")
    assert install(folder) == folder
    return folder


def test_the_new_folder_takes_the_place_of_the_old_and_nothing_else_is_left(made):
    assert not (made / "left over").exists()
    assert list(made.parent.iterdir()) == [made]
    assert (made / "onnx" / "model_qint8.onnx").stat().st_size < 90_000_000


def test_what_is_there_already_is_left_alone(made):
    before = (made / MANIFEST).stat()
    install(made)
    after = (made / MANIFEST).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_was_damaged_is_made_again(made):
    tokenizer = made / "tokenizer.json"
    before = content(made)
    tokenizer.write_bytes(tokenizer.read_bytes()[:-1])
    install(made)
    assert content(made) == before


def test_the_command_says_why_it_could_not(tmp_path):
    (tmp_path / "file").write_text("")
    assert "words only" in main([str(tmp_path / "file" / "encoder")])
    assert "FOLDER" in main([])


def test_the_command_exits_by_whether_it_could(made, tmp_path):
    (tmp_path / "file").write_text("")
    root = Path(__file__).parents[2]
    for folder, code in ((made, 0), (tmp_path / "file" / "encoder", 1)):
        command = [sys.executable, "-m", "answers.encode.install", str(folder)]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (code, "")
        assert bool(done.stderr) is bool(code)
        assert "Traceback" not in done.stderr
