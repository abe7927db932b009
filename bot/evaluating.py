"""`evaluate`: sets of questions through the desk, and the JSON object of their figures.

What a figure means stands in `answers/evaluate.py`, how it is shown in `bot/figures.py`.
"""

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track

from answers.desk import Desk
from answers.errors import NoSuchFact, Problem
from answers.evaluate import Judged, figures, grouped, risk_coverage, run
from answers.questions import Gold, mistyped, read_questions, refuse
from bot import console
from bot.figures import Report, draw, need_matplotlib, show
from bot.settings import Settings

Fit = Callable[[Sequence[tuple[str, Desk, Sequence[Gold]]], date], str]
"""What fits weights to sets (name, desk, questions), undated ones asked on a day; it says in words what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """A set's name, its questions, and where the facts are that they are asked of."""

    name: str
    questions: tuple[Gold, ...]
    facts: Path


def question_set(word: str, data: Path | None, default: Path) -> QuestionSet:
    """The set that a word names: a folder with `questions.jsonl`, a `.jsonl` file, or either with `=FACTS`.

    Facts that are not named so are those of `data`, else the `facts.jsonl` beside `questions.jsonl`, else the default.
    """
    place, told, facts = word.rpartition("=")
    if not told or Path(word).exists():
        place, facts = word, ""
    path = Path(place)
    file = path / "questions.jsonl" if path.is_dir() else path
    own = file.with_name("facts.jsonl")
    beside = own if file.name == "questions.jsonl" and own.exists() else default
    return QuestionSet(
        name=path.name if path.is_dir() else path.stem,
        questions=read_questions(file),
        facts=Path(facts) if facts else data or beside,
    )


def halves(questions: Sequence[Gold], half: str) -> tuple[Sequence[Gold], Sequence[Gold]]:
    """The questions to report on, and the others, in file order: the first half is the smaller one."""
    middle = len(questions) // 2
    first, second = questions[:middle], questions[middle:]
    return {"first": (first, second), "second": (second, first), "all": (questions, ())}[half]


def evaluate(
    settings: Settings,
    sets: Sequence[str],
    *,
    today: date,
    data: Path | None = None,
    half: str = "second",
    typos: int = 0,
    by: bool = False,
    as_json: bool = False,
    markdown: bool = False,
    plot: Path | None = None,
    fit: Fit | None = None,
    learn: Sequence[str] = (),
) -> int:
    """The command. `learn` are sets that are fitted to, whole, and not reported on.

    Returns how many questions that must be declined were found, for a gate. Raises `Refused`.
    """
    if fit and half == "all":
        raise click.UsageError("--fit needs a half to report on that it was not fitted on: --half first or second")
    if plot:
        need_matplotlib()
    chosen, whole = ([question_set(word, data, settings.data) for word in named] for named in (sets, learn))
    desks = _desks(settings, [*chosen, *whole])
    if fit:
        parts = [(one, halves(one.questions, half)[1]) for one in chosen] + [(one, one.questions) for one in whole]
        click.echo(fit([(one.name, desks[one.facts], questions) for one, questions in parts], today), err=True)
    result = report(chosen, desks, today=today, half=half, typos=typos)
    show(result, by=by, as_json=as_json, markdown=markdown)
    if plot:
        draw(result, plot)
    return sum(len(one["found_unanswerable_ids"]) for one in result["sets"])


def _desks(settings: Settings, sets: Iterable[QuestionSet]) -> dict[Path, Desk]:
    """A desk for each place of facts. Raises `Refused` when a question names a fact that is not there."""
    desks: dict[Path, Desk] = {}
    for one in sets:
        desk = desks.get(one.facts) or desks.setdefault(one.facts, console.desk(settings, one.facts))
        refuse(
            Problem(
                path=one.name,
                line=question.line,
                message=f"no fact {id_!r} in {one.facts}",
                hint="other facts: SET=FACTS or --data",
            )
            for question in one.questions
            for id_ in sorted(question.facts)
            if not _holds(desk, id_)
        )
    return desks


def _holds(desk: Desk, id_: str) -> bool:
    try:
        desk.snapshot.base.fact(id_)
    except NoSuchFact:
        return False
    return True


def report(
    sets: Iterable[QuestionSet], desks: Mapping[Path, Desk], *, today: date, half: str, typos: int = 0
) -> Report:
    """The JSON object: a list of sets, and the most memory that this process has held. Sets without questions are left out."""
    told = []
    for one in sets:
        questions = [mistyped(question, typos) for question in halves(one.questions, half)[0]]
        desk = desks[one.facts]
        list(run(desk, questions[:1], today, time.perf_counter))  # what is loaded once is no one question's time
        if judged := list(run(desk, _watched(questions, one.name), today, time.perf_counter)):
            head = {"set": one.name, "half": half, "typos": typos, "revision": desk.snapshot.base.revision}
            told.append({**head, **_told(judged)})
    return {"today": today.isoformat(), "sets": told, "peak_memory_mb": _peak_memory()}


def _watched(questions: Sequence[Gold], name: str) -> Iterable[Gold]:
    """The questions, with a bar that shows how far it is when someone looks."""
    return track(questions, name, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())


def _told(judged: Sequence[Judged]) -> dict[str, Any]:
    whole = figures(judged)
    wrongly = [one for one in judged if one.outcome == "found" and not one.right]
    curve = [
        {"threshold": point.threshold, "coverage": round(point.coverage, 4), "risk": round(point.risk, 4)}
        for point in risk_coverage(judged)
    ]
    kinds, languages = grouped(judged, lambda asked: asked.kind), grouped(judged, lambda asked: asked.language)
    return {
        **_rounded(asdict(whole)),
        "kinds": {name: _rounded(asdict(group)) for name, group in kinds.items()},
        "languages": {name: _rounded(asdict(group)) for name, group in languages.items()},
        "shipped": {"coverage": round(whole.found_share, 4), "risk": _rounded(whole.false_answer_rate)},
        "curve": curve,
        "found_wrong_ids": [one.question.id for one in wrongly if one.question.answerable],
        "found_unanswerable_ids": [one.question.id for one in wrongly if not one.question.answerable],
        "outcome_not_as_told_ids": [one.question.id for one in judged if one.question.outcome not in {"", one.outcome}],
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, (list, tuple)) else value


def _peak_memory() -> float | None:
    """The most memory that this process has held so far, in MB; None where the system does not tell."""
    if importlib.util.find_spec("resource") is None:
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)
