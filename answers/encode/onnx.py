"""An encoder run by onnxruntime, from a folder of a sentence-transformers export. It knows no particular model."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from answers.encode import Kind
from answers.encode.export import Export, damaged
from answers.errors import EncoderDamaged

MOST_CHARACTERS = 4_000
"""Of a text; the rest is not read, so that no text takes long to be cut into tokens."""

MOST_ASKED = 128
"""Tokens of a question that are read: 300 characters have less than a hundred, but for scripts of a token a letter."""

_OUTPUTS = ("sentence_embedding", "last_hidden_state", "token_embeddings")


class OnnxEncoder:
    """An encoder from a folder. Safe to use from several threads; equal texts give equal vectors.

    Texts are encoded one by one: a quantised graph scales what it computes with by the greatest number in the batch,
    so that the vector of a text would depend on the texts beside it.
    """

    def __init__(self, export: Export, name: str, threads: int) -> None:
        self._session = _session(export.graph)
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._output = _output(self._session)
        self._tokenizer = Tokenizer.from_file(str(export.tokenizer))
        self._tokenizer.enable_truncation(export.tokens)
        self._tokenizer.no_padding()
        self._export, self._threads, self.name = export, threads, name
        self.dimension = len(self._vector("", Kind.PASSAGE))

    @classmethod
    def open(cls, folder: Path, threads: int = 1) -> "OnnxEncoder":
        """The encoder of a folder; `threads` is how many texts are encoded at the same time.

        Raises `EncoderDamaged` when a file is missing, is not the one that was written, or cannot be run.
        """
        export = Export.read(folder)
        try:
            return cls(export, f"{folder.name}-{export.fingerprint[:12]}", threads)
        except EncoderDamaged:
            raise
        except Exception as error:  # onnxruntime and tokenizers raise classes of their own, and bare ones
            raise damaged(folder, f"it does not load ({type(error).__name__}: {error})") from error

    def encode(self, texts: Sequence[str], kind: Kind) -> NDArray[np.float32]:
        """Float32 [n, dimension], each row of length 1; see `answers.encode.Encoder`."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        if len(texts) == 1 or self._threads == 1:
            return np.stack([self._vector(text, kind) for text in texts])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.stack(list(pool.map(lambda text: self._vector(text, kind), texts)))

    def _vector(self, text: str, kind: Kind) -> NDArray[np.float32]:
        ids = self._ids(text, kind)
        offered = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        given = {name: value for name, value in offered.items() if name in self._inputs}
        told = np.asarray(self._session.run([self._output], given)[0], np.float32)[0]
        if told.ndim == 2:
            told = told[0] if self._export.first_token else told.mean(axis=0)
        length = float(np.linalg.norm(told))
        if told.ndim != 1 or not np.isfinite(length) or not length:
            raise EncoderDamaged("the encoder gives no vector: its graph is not that of a sentence encoder")
        return np.asarray(told / np.float32(length), np.float32)

    def _ids(self, text: str, kind: Kind) -> NDArray[np.int64]:
        sayable = text[:MOST_CHARACTERS].encode("utf-8", "replace").decode()  # half a surrogate pair is no character
        said = self._export.prompts[kind] + (sayable.lower() if self._export.lower_case else sayable)
        ids = self._tokenizer.encode(said).ids
        if kind is Kind.QUESTION and len(ids) > MOST_ASKED:
            ids = [*ids[: MOST_ASKED - 1], ids[-1]]  # the last one ends the text
        return np.array([ids], np.int64)


def _session(graph: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _output(session: onnxruntime.InferenceSession) -> str:
    """The output that holds the sentence, else the one that holds its tokens (by name, or the first)."""
    shapes = {one.name: len(one.shape) for one in session.get_outputs()}
    known = [name for name in _OUTPUTS if name in shapes]
    return (known or [name for name, rank in shapes.items() if rank == 3] or list(shapes))[0]
