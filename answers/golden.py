"""Golden questions asked of two revisions: which of them get another answer. Pure: whoever asks says when time is up.

It judges no answer: whether a change is for the better an admin sees.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from answers import asking
from answers.desk import Snapshot
from answers.evaluate import judged
from answers.model import Radius, Shift, Unknown
from answers.questions import Gold, read_questions

MOST = 500
"""Questions that are asked: two answers each take 14 s with the encoder on a small machine, which an admin will wait."""


def questions_at(path: Path) -> tuple[Gold, ...]:
    """The questions of a `.jsonl` file, or of all those of a folder; none when there is none. Raises `Refused`."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path] if path.is_file() else []
    return tuple(question for file in files for question in read_questions(file))


def some(questions: Sequence[Gold], most: int = MOST) -> list[Gold]:
    """At most so many of the questions, from everywhere in their order: files stand one after another."""
    step = max(1.0, len(questions) / most)
    return [questions[int(at * step)] for at in range(min(len(questions), most))]


def shifts(
    questions: Sequence[Gold], before: Snapshot, after: Snapshot, today: date, enough: Callable[[], bool]
) -> Radius:
    """The questions whose outcome or first fact differs, asked as on their own day or on `today`, until `enough`."""
    asked, found = 0, list[Shift]()
    for question in _spread(some(questions)):
        if enough():
            break
        asked += 1
        was, now = (_first(question, snapshot, today) for snapshot in (before, after))
        if was != now:
            found.append(Shift(question=question.text, before=was, after=now))
    return Radius(golden=len(questions), asked=asked, shifts=tuple(found))


def _spread(questions: Sequence[Gold]) -> Iterator[Gold]:
    """Every seventh, then the others: what is asked before time is up is of all kinds."""
    for first in range(7):
        yield from questions[first::7]


def _first(question: Gold, snapshot: Snapshot, today: date) -> tuple[str, str]:
    day = question.day or today
    answer = asking.answer(snapshot.base, snapshot.matcher, question.text, today=day, earlier=question.earlier)
    told = judged(question, answer, 0.0)
    # Of an unknown answer nothing is shown, so it does not matter what came nearest.
    return told.outcome, "" if isinstance(answer, Unknown) else told.first
