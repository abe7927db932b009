"""The ONNX graph of a BERT encoder, written from its weights: products in 8 bits, the table of words in 4.

Matrices are rounded to int8, a scale an output; what goes into them is scaled as it comes (`DynamicQuantizeMatMul`).
The table of words keeps the 4 bits that it was packed in, so nothing of it is lost and it is never unpacked. Query, key
and value are one product. The fused operators are onnxruntime's: a standard graph of the same would be fused to them
when it is opened, more slowly each time. This module knows no tokenizer and runs nothing.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from answers.encode.weights import BLOCK, Weights

OPSET, IR = 21, 10
"""The operators' version (LayerNormalization is of 17, Gelu of 20, int4 of 21) and the file's."""

_OURS = "com.microsoft"


def encoder(weights: Weights) -> onnx.ModelProto:
    """`input_ids` and `attention_mask` (int64 [batch, tokens]) to `last_hidden_state` (float32 [batch, tokens, hidden]).

    Raises `EncoderDamaged` when a tensor is missing or has another shape.
    """
    graph = _Graph()
    state = _embedded(graph, weights)
    graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    for layer in range(weights.layers):
        state = _layer(graph, weights, f"l{layer}.", state)
    graph.node("Identity", [state], "last_hidden_state")
    return graph.model(weights.hidden)


class _Graph:
    """Nodes and constants, each under a name of its own."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def node(self, kind: str, inputs: Sequence[str], output: str = "", **attributes: Any) -> str:
        name = output or f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def parts(self, state: str, count: int) -> list[str]:
        names = [f"part{part}_{len(self._nodes)}" for part in range(count)]
        self._nodes.append(helper.make_node("Split", [state], names, axis=-1, num_outputs=count))
        return names

    def tensor(self, array: NDArray[Any]) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def four_bit(self, packed: NDArray[np.uint8]) -> str:
        """A matrix of int4, two to a byte, the first in the low half."""
        name, (rows, width) = f"constant_{len(self._constants)}", packed.shape
        shape = [rows, 2 * width]
        self._constants.append(helper.make_tensor(name, TensorProto.INT4, shape, packed.tobytes(), raw=True))
        return name

    def linear(self, state: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """`weight` is [out, in], as it is stored."""
        scale = np.maximum(np.abs(weight).max(axis=1) / 127, np.finfo(np.float32).tiny)
        rounded = np.rint(weight / scale[:, None]).astype(np.int8)
        parts = (rounded.T, scale, np.zeros(len(scale), np.int8), bias)
        return self.node("DynamicQuantizeMatMul", [state, *map(self.tensor, parts)], domain=_OURS)

    def model(self, hidden: int) -> onnx.ModelProto:
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
            for name in ("input_ids", "attention_mask")
        ]
        output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", hidden])
        graph = helper.make_graph(self._nodes, "encoder", inputs, [output], self._constants)
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(_OURS, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=IR)


def _embedded(graph: _Graph, weights: Weights) -> str:
    places = weights.tensor("emb.pos", weights.positions, weights.hidden)
    places = places + weights.tensor("emb.type", weights.types, weights.hidden)[:1]
    first, last = graph.tensor(np.array([0])), graph.node("Shape", ["input_ids"], start=1, end=2)
    place = graph.node("Slice", [graph.tensor(places), first, last, first])
    return _normal(graph, weights, "emb.ln", graph.node("Add", [_words(graph, weights), place]))


def _words(graph: _Graph, weights: Weights) -> str:
    """The row of each token: the halves of the packed bytes put side by side, and their sign made ONNX's."""
    scales, bytes_ = weights.blocks("emb.word", weights.vocabulary, weights.hidden)
    even, odd = bytes_[..., 0::2], bytes_[..., 1::2]
    packed: NDArray[np.uint8] = np.concatenate([(even & 15) | (odd << 4), (even >> 4) | (odd & 240)], axis=-1)
    table = graph.four_bit((packed ^ np.uint8(0x88)).reshape(weights.vocabulary, -1))
    inputs = [table, "input_ids", graph.tensor(scales.astype(np.float32))]
    return graph.node("GatherBlockQuantized", inputs, domain=_OURS, block_size=BLOCK, gather_axis=0, quantize_axis=1)


def _normal(graph: _Graph, weights: Weights, name: str, state: str) -> str:
    scale, shift = (graph.tensor(weights.tensor(f"{name}.{part}", weights.hidden)) for part in "wb")
    return graph.node("LayerNormalization", [state, scale, shift], axis=-1, epsilon=weights.epsilon)


def _layer(graph: _Graph, weights: Weights, name: str, state: str) -> str:
    wide, narrow = weights.forward, weights.hidden
    state = _normal(graph, weights, f"{name}aln", graph.node("Add", [state, _attention(graph, weights, name, state)]))
    inner = graph.linear(state, weights.tensor(f"{name}fi.w", wide, narrow), weights.tensor(f"{name}fi.b", wide))
    outer = graph.linear(
        graph.node("Gelu", [inner]), weights.tensor(f"{name}fo.w", narrow, wide), weights.tensor(f"{name}fo.b", narrow)
    )
    return _normal(graph, weights, f"{name}oln", graph.node("Add", [state, outer]))


def _attention(graph: _Graph, weights: Weights, name: str, state: str) -> str:
    hidden = weights.hidden
    matrix = np.concatenate([weights.tensor(f"{name}{part}.w", hidden, hidden) for part in "qkv"])
    bias = np.concatenate([weights.tensor(f"{name}{part}.b", hidden) for part in "qkv"])
    query, key, value = graph.parts(graph.linear(state, matrix, bias), 3)
    mixed = graph.node("MultiHeadAttention", [query, key, value, "", "mask"], domain=_OURS, num_heads=weights.heads)
    return graph.linear(mixed, weights.tensor(f"{name}ao.w", hidden, hidden), weights.tensor(f"{name}ao.b", hidden))
