"""What is drawn, as the JSON objects that `draft --json` prints; their fields are fixed, for others read them."""

from typing import Any

from answers.draft.values import Candidate, FoundDate, FoundFigure, FoundPlace, Junk, Quoted
from answers.model import Article, Known

_ATTRIBUTION = {Known.CUE: "explicit", Known.INHERITED: "inherited", Known.INFERRED: "inferred", Known.NONE: "none"}


def line_of(one: Candidate | Junk, article: Article) -> dict[str, Any]:
    """A candidate or a piece of junk; offsets count code points of the article's text."""
    if isinstance(one, Junk):
        return {"article": article.id, "junk": True, "passage": one.of(article.text), **_place(one), "why": one.why}
    said = one.attribution
    return {
        "article": article.id,
        "passage": one.passage,
        **_place(one),
        "speaker": said.speaker,
        "speaker_role": said.role,
        "attribution": _ATTRIBUTION[said.known],
        "cue": said.cue,
        "quotes": [_quote(quote, article.text) for quote in one.quotes],
        "figures": [*map(_figure, one.figures)],
        "dates": [*map(_date, one.dates)],
        "places": [*map(_named, one.places)],
        "names": list(one.names),
        "topics": list(one.topics),
        "claim": one.claim,
        "questions": list(one.questions),
        "doubts": list(one.doubts),
    }


def _place(span: Candidate | Junk | Quoted | FoundFigure | FoundDate | FoundPlace) -> dict[str, int]:
    return {"start": span.start, "end": span.stop}


def _quote(quote: Quoted, text: str) -> dict[str, Any]:
    return {"text": quote.of(text), **_place(quote), "speaker": quote.attribution.speaker}


def _figure(figure: FoundFigure) -> dict[str, Any]:
    low, high = number(figure.low), number(figure.high)
    value = {"value": low} if low == high else {"low": low, "high": high}
    told = {"unit": figure.unit, "counts": figure.counts, "hedge": figure.hedge, "role": str(figure.part)}
    return {"text": figure.text, **value, "vague": figure.vague, **told, **_place(figure)}


def number(value: float) -> int | float:
    """A number without a point where it needs none."""
    return int(value) if value == int(value) else value


def _date(found: FoundDate) -> dict[str, Any]:
    days = {"from": found.first.isoformat(), "to": found.last.isoformat()}
    return {"text": found.text, "iso": found.iso, "granularity": str(found.granularity), **days, **_place(found)}


def _named(found: FoundPlace) -> dict[str, Any]:
    return {"text": found.text, "canonical": found.canonical, "country": found.country, **_place(found)}
