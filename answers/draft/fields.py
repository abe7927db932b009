"""A candidate as the fields of a fact file, and the fingerprints by which a field that an editor changed is known.

It knows what a fact file holds, not where in the file it stands.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date

from answers.draft.values import Candidate, FoundDate, FoundFigure
from answers.draft.wire import number
from answers.factfile import Value
from answers.model import Status
from answers.text.normalise import STOP_WORDS, words

LONGEST_ID = 40
TABLES = ("figure", "date")
"""The fields of a fact that are tables of their own."""

STATUS: Mapping[str, Value] = {"status": str(Status.DRAFT)}
"""What every drawn fact begins with."""

OWN = ("speaker", "role", "known", "names", "topics", "claim", "questions", "doubts")
"""The fields that drawing fills, and may fill anew as long as nobody else has changed them."""


def of(candidate: Candidate) -> dict[str, Value]:
    """The fields of a candidate, beside its id and the words that never change."""
    said = candidate.attribution
    return {
        "speaker": said.speaker,
        "role": said.role,
        "known": str(said.known),
        "names": candidate.names,
        "topics": candidate.topics,
        "claim": candidate.claim,
        "questions": candidate.questions,
        "doubts": candidate.doubts,
    }


def tables(candidate: Candidate) -> dict[str, list[Mapping[str, Value]]]:
    """Its figures and dates."""
    return {"figure": [*map(_figure, candidate.figures)], "date": [*map(_date, candidate.dates)]}


def _figure(found: FoundFigure) -> Mapping[str, Value]:
    value: dict[str, Value] = (
        {"value": number(found.low)}
        if found.low == found.high
        else {"low": number(found.low), "high": number(found.high)}
    )
    vague: dict[str, Value] = {"vague": True} if found.vague else {}
    told: dict[str, Value] = {"hedge": found.hedge, "unit": found.unit, "counts": found.counts, "role": str(found.part)}
    return {"text": found.text, **value, **vague, **told}


def _date(found: FoundDate) -> Mapping[str, Value]:
    granularity = str(found.granularity)
    return {"text": found.text, "iso": found.iso, "granularity": granularity, "from": found.first, "to": found.last}


def fingerprint(value: object) -> str:
    """Eight characters that stand for what a field held."""
    plain = json.dumps(value, default=_json, sort_keys=True)
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()[:8]


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


def new_id(candidate: Candidate, outlet: str, taken: Collection[str]) -> str:
    """An id that no fact has: the outlet and the first words of the passage that say something."""
    first = outlet.split(maxsplit=1)[0] if outlet.split() else "draft"
    telling = [word.form for word in words(candidate.passage) if word.form not in STOP_WORDS]
    slug = ""
    for part in [*map(_slug, [first, *telling])]:
        longer = f"{slug}-{part}".strip("-")
        slug = longer if len(longer) <= LONGEST_ID - 4 else slug
    return _free(slug if len(slug) >= 3 else f"{slug}-fact".strip("-"), taken)


def _slug(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isascii() and c.isalnum())


def _free(slug: str, taken: Collection[str]) -> str:
    free = (f"{slug}-{number}" if number > 1 else slug for number in range(1, len(taken) + 2))
    return next(one for one in free if one not in taken)
