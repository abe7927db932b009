"""The lines above a saved text, to what they say: only outlets and days that stand there plainly. A stand-in for now."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    title: str = ""
    outlet: str = ""
    outlet_known: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str = ""
    stop: int = 0


def read(text: str) -> Header:  # noqa: ARG001 - a stand-in
    """What the header of a saved text says."""
    return Header()
