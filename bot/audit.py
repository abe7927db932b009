"""The audit trail: who did what to what is live, when. Entries in a chain, each with the hash of the one before it.

Whoever changes, takes out, puts in or swaps an entry breaks the chain at that place, and `verify` says where. What a
chain cannot show is an end that was cut off, or a chain written anew from some place on: for that the hash of the last
entry, its head, has to be noted elsewhere (`/status` shows it) and held against it. Pure: no file, no clock.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

BEGINNING = "0" * 64
LONGEST_DETAIL = 1_000


class What(StrEnum):
    """What is noted. Others may note in words of their own: the trail holds any text."""

    START = "start"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    SECOND = "second confirm"
    PUBLISH = "publish"
    ROLLBACK = "rollback"
    CANCEL = "cancel"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that was done: when, by which admin (0: by the program), to which revision, and in words what else."""

    at: datetime
    admin: int
    act: str
    revision: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An act in its place in the chain: numbered from 1, every field as it is stored."""

    number: int
    at: str
    admin: int
    act: str
    revision: str
    detail: str
    previous: str
    hash: str

    def sealed(self) -> str:
        """The hash that the entry must have: SHA-256 of all else as canonical JSON, the hash before it included."""
        told = {name: value for name, value in asdict(self).items() if name != "hash"}
        return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def chained(act: Act, last: Entry | None) -> Entry:
    """The entry of an act after the last one of a chain (None: it is the first)."""
    entry = Entry(
        number=last.number + 1 if last else 1,
        at=act.at.isoformat(),
        admin=act.admin,
        act=_storable(act.act),
        revision=_storable(act.revision),
        detail=_storable(act.detail)[:LONGEST_DETAIL],
        previous=last.hash if last else BEGINNING,
        hash="",
    )
    return Entry(**{**asdict(entry), "hash": entry.sealed()})


def _storable(text: str) -> str:
    """What a database holds as it is: a lone surrogate or a NUL is none of it."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where a chain is broken: the place in it, from 1, and what is wrong there."""

    place: int
    why: str


def verify(entries: Sequence[Entry], head: str = "") -> Break | None:
    """The first place where a chain is broken; None when it is whole.

    `head` is the beginning of a hash that an admin noted once: a chain that holds no such entry was cut or written anew.
    """
    previous = BEGINNING
    for place, entry in enumerate(entries, start=1):
        if why := _wrong(entry, place, previous):
            return Break(place=place, why=why)
        previous = entry.hash
    if head and not any(entry.hash.startswith(head.lower()) for entry in entries):
        return Break(
            place=len(entries) + 1, why="no entry has the noted head: the end was cut off, or all written anew"
        )
    return None


def _wrong(entry: Entry, place: int, previous: str) -> str:
    if entry.number != place:
        return f"entry {entry.number} stands in the place of entry {place}: some were taken out, put in or swapped"
    if entry.previous != previous:
        return "it does not follow the entry before it"
    return "" if entry.hash == entry.sealed() else "it is not what was written"
