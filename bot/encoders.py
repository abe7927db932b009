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
    if settings.encoder == "lexical":
        return None, ""
    # Imported here: by words only, neither onnxruntime nor its 60 MB are wanted.
    from answers.encode.onnx import OnnxEncoder

    try:
        return OnnxEncoder.open(packaged() if settings.encoder == "e5" else Path(settings.encoder), CORES), ""
    except EncoderDamaged as why:
        return None, str(why)
