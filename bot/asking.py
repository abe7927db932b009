"""`ask`: one question, a prompt, or a file of them; as words or as the JSON object that measuring scripts rely on."""

import json
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TextIO

import click

from answers.desk import Desk, Reply
from answers.match.language import language_of
from answers.model import Fact


def one(desk: Desk, question: str, today: date, *, as_json: bool) -> None:
    """Print the answer to one question."""
    if as_json:
        click.echo(json.dumps(answered(desk, {"question": question}, today), ensure_ascii=False))
    else:
        click.echo(_sayable(desk.ask(question, today=today).shown.rendered.text))


def prompt(desk: Desk, today: date, *, as_json: bool) -> None:
    """Ask for questions until the end of input; only a terminal is shown the prompt."""
    if sys.stdin.isatty():
        click.echo("Ask a question; Ctrl-D ends.", err=True)
    while True:
        try:
            question = input("\n> " if sys.stdin.isatty() else "")
        except (EOFError, KeyboardInterrupt):
            return
        one(desk, question, today, as_json=as_json)


def batch(desk: Desk, lines: Iterable[str], today: date, out: TextIO) -> int:
    """Answer each line of a batch in order, one JSON line each; returns how many lines were bad."""
    bad = 0
    for line in lines:
        asked: dict[str, Any] = {}
        try:
            asked = _asked(line, asked)
            said = answered(desk, asked, today)
        except _BadLine as error:
            bad += 1
            said = {"id": asked.get("id"), "error": str(error)}
        out.write(_sayable(json.dumps(said, ensure_ascii=False)) + "\n")
        out.flush()
    return bad


class _BadLine(Exception):
    """A line of a batch that is no question."""


def _asked(line: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The object of a line; `asked` gets it even when it is bad, for its id."""
    try:
        value = json.loads(line.removeprefix("\ufeff"))
        json.dumps(value, allow_nan=False)  # Python reads NaN and Infinity, which are not JSON
    except (ValueError, RecursionError) as error:
        raise _BadLine(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise _BadLine("not an object")
    asked.update(value)
    if not isinstance(value.get("question"), str):
        raise _BadLine("question must be text")
    history = value.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
        raise _BadLine("history must be a list of texts")
    return asked


def _day(asked: Mapping[str, Any], key: str) -> date | None:
    if asked.get(key) is None:
        return None
    try:
        return date.fromisoformat(asked[key])
    except (TypeError, ValueError):
        raise _BadLine(f"{key} must be a day such as 2022-02-02") from None


def answered(desk: Desk, asked: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The answer to one object of a batch, as the contract has it. `elapsed_ms` is wall time."""
    day, as_of = _day(asked, "today") or today, _day(asked, "as_of")
    began = time.perf_counter()
    reply = desk.ask(asked["question"], today=day, as_of=as_of, earlier=asked.get("history") or ())
    elapsed = (time.perf_counter() - began) * 1000
    return {
        "id": asked.get("id"),
        "question": asked["question"],
        "language": language_of(asked["question"]),
        "outcome": type(reply.answer).__name__.lower(),
        "confidence": reply.answer.confidence,
        "facts": [_fact(fact, reply) for fact in reply.shown.facts],
        "ranking": [[match.fact.id, round(match.score, 4)] for match in reply.answer.ranking[:10]],
        "text": reply.shown.rendered.text,
        "revision": reply.shown.revision,
        "elapsed_ms": round(elapsed, 3),
    }


def _fact(fact: Fact, reply: Reply) -> dict[str, Any]:
    scores = {match.fact.id: match.score for match in reply.answer.ranking}
    article = fact.article
    return {
        "id": fact.id,
        "passage": fact.quote.text,
        "outlet": article.outlet,
        "published": article.published_iso,
        "title": article.title,
        "url": article.url,
        "article": article.id,
        "start": fact.quote.start,
        "end": fact.quote.stop,
        "speaker": fact.speaker,
        "status": fact.status,
        "claim": fact.claim,
        "score": round(scores.get(fact.id, 0.0), 4),
    }


def _sayable(text: str) -> str:
    """What a terminal can print: a lone surrogate is none of it."""
    return text.encode("utf-8", "replace").decode()
