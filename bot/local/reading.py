"""Reads JSON of which every value can be written again.

Python also reads NaN and halves of surrogate pairs, which no JSON answer may hold. Must not know
what is read.
"""

from __future__ import annotations

import json
from typing import Any

from bot.local.values import is_well_formed


class HalfSurrogate(ValueError):
    """A string holds half a surrogate pair."""


def read_json(text: str | bytes) -> Any:
    """The value, or a ValueError."""
    try:
        value = json.loads(text, parse_constant=_refuse)
        escaped = "\\u" in text if isinstance(text, str) else b"\\u" in text
        if escaped and not is_well_formed(json.dumps(value, ensure_ascii=False)):
            raise HalfSurrogate("a string holds half a surrogate pair")
    except RecursionError:
        raise ValueError("the value is nested too deeply") from None
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
