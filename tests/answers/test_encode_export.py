"""What an export says of itself is followed, and what cannot be followed here is refused rather than left out."""

import contextlib
import json
from pathlib import Path

import pytest

from answers.encode import Kind
from answers.encode.export import MOST_TOKENS, Export
from answers.errors import EncoderDamaged
from tests.answers import tiny


@pytest.fixture
def folder(tmp_path):
    return tiny.export(tmp_path / "tiny")


def say(folder, name, told):
    (folder / name).write_text(json.dumps(told))
    return Export.read(folder)


def test_what_it_says_is_read(folder):
    export = Export.read(folder)
    assert export.prompts == {Kind.QUESTION: "query: ", Kind.PASSAGE: "passage: "}
    assert (export.tokens, export.lower_case, export.first_token) == (tiny.POSITIONS, False, False)
    assert export.graph == folder / "onnx" / "model.onnx"


def test_without_the_small_files_it_is_the_mean_of_plain_text(folder):
    for name in ("config_sentence_transformers.json", "sentence_bert_config.json", "1_Pooling/config.json"):
        (folder / name).unlink()
    export = Export.read(folder)
    assert set(export.prompts.values()) == {""}
    assert (export.tokens, export.lower_case, export.first_token) == (MOST_TOKENS, False, False)


def test_no_text_is_longer_than_our_bound_whatever_the_export_says(folder):
    assert say(folder, "sentence_bert_config.json", {"max_seq_length": 8192}).tokens == MOST_TOKENS


def test_a_passage_may_be_called_a_document(folder):
    told = {"prompts": {"query": "q ", "document": "d "}}
    prompts = say(folder, "config_sentence_transformers.json", told).prompts
    assert prompts == {Kind.QUESTION: "q ", Kind.PASSAGE: "d "}


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, True),
        ({"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True, "include_prompt": True}, False),
        ({"pooling_mode": "cls"}, True),
        ({"pooling_mode": "mean", "include_prompt": True}, False),
    ],
)
def test_either_way_of_saying_how_tokens_are_joined_is_read(folder, told, first):
    assert say(folder, "1_Pooling/config.json", told).first_token is first


@pytest.mark.parametrize(
    "told",
    [
        {"pooling_mode_max_tokens": True},
        {"pooling_mode_lasttoken": True},
        {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True},
        {"pooling_mode": "weightedmean"},
        {"pooling_mode": ["mean", "max"]},
    ],
)
def test_another_way_of_joining_tokens_is_refused(folder, told):
    with pytest.raises(EncoderDamaged):
        say(folder, "1_Pooling/config.json", told)


def test_a_step_that_would_be_left_out_is_refused(folder):
    known = [{"type": f"sentence_transformers.models.{step}"} for step in ("Transformer", "Pooling", "Normalize")]
    assert say(folder, "modules.json", known)
    with pytest.raises(EncoderDamaged, match="Dense"):
        say(folder, "modules.json", [*known, {"type": "sentence_transformers.models.Dense"}])


def test_weights_beside_the_graph_are_part_of_what_tells_exports_apart(folder):
    prints = {Export.read(folder).fingerprint}
    for data in (b"one", b"two"):
        (folder / "onnx" / "model.onnx_data").write_bytes(data)
        prints.add(Export.read(folder).fingerprint)
    assert len(prints) == 3


@pytest.mark.parametrize("name", ["sentence_bert_config.json", "1_Pooling/config.json", "tokenizer.json"])
def test_whatever_changes_a_vector_changes_the_fingerprint(folder, name):
    before = Export.read(folder).fingerprint
    told = json.loads((folder / name).read_text())
    assert say(folder, name, told | {"max_seq_length": 9}).fingerprint != before


@pytest.mark.parametrize(
    "name", ["modules.json", "sentence_bert_config.json", "1_Pooling/config.json", "manifest.json"]
)
@pytest.mark.parametrize("text", ["7", "{", '[{"kind": "Pooling"}]', "[7]", '"ab"', '{"max_seq_length": 1e999}', "\0"])
def test_a_description_that_cannot_be_read_is_damage_and_nothing_else(folder, name, text):
    (folder / name).write_text(text)
    with contextlib.suppress(EncoderDamaged):
        Export.read(folder)


def test_a_list_of_no_steps_leaves_nothing_out(folder):
    assert say(folder, "modules.json", [])


def test_where_the_folder_lies_makes_no_difference(folder, tmp_path):
    before = Export.read(folder).fingerprint
    assert Export.read(Path(folder.rename(tmp_path / "elsewhere"))).fingerprint == before
