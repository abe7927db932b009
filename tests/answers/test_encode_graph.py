"""The graph that is written from weights computes what a BERT encoder (Devlin et al. 2019) computes with them."""

import math

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers.encode.graph import encoder
from tests.answers import tiny

erf = np.vectorize(math.erf)


def normal(state, scale, shift):
    centred = state - state.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + tiny.EPSILON) * scale + shift


def forward(floats, ids):
    """One text through post-norm BERT in float64, head by head, as the paper has it."""
    told = {name: array.astype(np.float64) for name, array in floats.items()}
    state = told["emb.word"][ids] + told["emb.pos"][: len(ids)] + told["emb.type"][0]
    state = normal(state, told["emb.ln.w"], told["emb.ln.b"])
    size = tiny.HIDDEN // tiny.HEADS
    for layer in range(tiny.LAYERS):

        def linear(given, part, at=layer):
            return given @ told[f"l{at}.{part}.w"].T + told[f"l{at}.{part}.b"]

        query, key, value = (linear(state, part) for part in "qkv")
        heard = []
        for first in range(0, tiny.HIDDEN, size):
            own = slice(first, first + size)
            odds = np.exp(query[:, own] @ key[:, own].T / math.sqrt(size))
            heard.append(odds / odds.sum(-1, keepdims=True) @ value[:, own])
        state = normal(state + linear(np.hstack(heard), "ao"), told[f"l{layer}.aln.w"], told[f"l{layer}.aln.b"])
        inner = linear(state, "fi")
        inner = inner / 2 * (1 + erf(inner / math.sqrt(2)))
        state = normal(state + linear(inner, "fo"), told[f"l{layer}.oln.w"], told[f"l{layer}.oln.b"])
    return state


@pytest.fixture(scope="module")
def run():
    """`run(ids, mask)` through onnxruntime on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    graph = encoder(tiny.weights()).SerializeToString()
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    return lambda ids, mask: session.run(None, {"input_ids": ids, "attention_mask": mask})[0]


def test_the_graph_is_valid_onnx():
    onnx.checker.check_model(encoder(tiny.weights()), full_check=True)


def likeness(one, other):
    """The cosine of two tables of numbers."""
    return float((one * other).sum() / np.linalg.norm(one) / np.linalg.norm(other))


ROUNDING = 0.999
"""What 8 bits may cost (0.9999 was the least seen); one matrix turned over costs more, as the last test says."""

texts = st.lists(st.integers(0, tiny.VOCABULARY - 1), min_size=1, max_size=tiny.POSITIONS)


@given(texts)
@settings(max_examples=40)
def test_a_text_is_what_numpy_says_but_for_rounding(run, ids):
    found = run(np.array([ids]), np.ones((1, len(ids)), np.int64))
    assert found.dtype == np.float32
    assert found.shape == (1, len(ids), tiny.HIDDEN)
    assert likeness(found[0], forward(tiny.tensors()[0], ids)) > ROUNDING


@given(texts, st.integers(0, 12))
@settings(max_examples=40)
def test_what_the_mask_hides_is_not_heard(run, ids, more):
    more = min(more, tiny.POSITIONS - len(ids))
    mask = np.array([[1] * len(ids) + [0] * more])
    found = run(np.array([ids + [7] * more]), mask)[0, : len(ids)]
    assert likeness(found, forward(tiny.tensors()[0], ids)) > ROUNDING


def test_words_are_looked_up_without_loss():
    """The first thing that the graph computes, cut out of it: rows of the packed table, exactly."""
    model = encoder(tiny.weights())
    looked_up = next(node for node in model.graph.node if "Gather" in node.op_type)
    del model.graph.node[list(model.graph.node).index(looked_up) + 1 :]
    shape = ["batch", "tokens", tiny.HIDDEN]
    del model.graph.output[:]
    model.graph.output.append(onnx.helper.make_tensor_value_info(looked_up.output[0], onnx.TensorProto.FLOAT, shape))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    ids = np.arange(tiny.VOCABULARY)[None]
    found = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
    np.testing.assert_array_equal(found[0], tiny.tensors()[0]["emb.word"])


def test_the_comparison_would_notice_other_weights(run):
    ids = list(range(20))
    found = run(np.array([ids]), np.ones((1, len(ids)), np.int64))[0]
    floats = tiny.tensors()[0]
    for name in ("l0.q.w", "l1.q.w", "l0.k.w", "l1.k.w", "l1.v.w", "l0.ao.w"):
        assert likeness(found, forward(floats | {name: floats[name].T}, ids)) < ROUNDING
