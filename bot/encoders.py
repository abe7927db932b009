"""The encoder that the settings name, opened; or why there is none. A missing model never stops the bot."""

import sys
from pathlib import Path

from answers.encode import Encoder
from answers.errors import EncoderDamaged
from bot.settings import Settings

CORES = 2
"""Texts that are encoded at the same time when a fact base is compiled: what a small machine has."""


def packaged() -> Path:
    """Where `make setup` writes the packaged encoder: in the environment that this process runs in."""
    return Path(sys.prefix) / "share" / "on-the-record" / "multilingual-e5-small"


def open_encoder(settings: Settings) -> tuple[Encoder | None, str]:
    """The encoder, or None and why; the words are empty when the settings ask for none."""
    return open_named(settings.encoder)


def open_named(named: str | Path) -> tuple[Encoder | None, str]:
    """The same, of the value of that setting alone."""
    if named == "lexical":
        return None, ""
    # Imported here: by words only, neither onnxruntime nor its 60 MB are wanted.
    from answers.encode.onnx import OnnxEncoder

    try:
        return OnnxEncoder.open(packaged() if named == "e5" else Path(named), CORES), ""
    except EncoderDamaged as why:
        return None, str(why)
