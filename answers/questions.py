"""Files of questions whose right answers are known, read for measuring; and slips of the keyboard, to measure typing.

It knows nothing of matching, of scores or of where a set lies: a file in, questions out, or every problem named.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from answers.errors import Problem, Refused

MOST_PROBLEMS = 20
OUTCOMES = ("found", "closest", "unknown", "withdrawn")
_SETTLED = {"found", "withdrawn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A question with what is known of its answer: the ids of the facts that answer it, none when nothing does.

    `outcome` is what the answer must be, where the file says so; `day` is the day on which it was asked.
    """

    id: str
    text: str
    line: int = 0
    facts: frozenset[str] = frozenset()
    outcome: str = ""
    kind: str = ""
    language: str = ""
    day: date | None = None
    earlier: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        return bool(self.facts)


def read_questions(path: Path) -> tuple[Gold, ...]:
    """The questions of a `.jsonl` file, in its order. Raises `Refused` with every problem."""
    questions: list[Gold] = []
    problems: list[Problem] = []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            questions.append(_gold(line, number))
        except ValueError as wrong:
            problems.append(Problem(path=path.name, line=number, message=str(wrong)))
    if not questions and not problems:
        problems.append(Problem(path=path.name, line=0, message="holds no question"))
    refuse(problems)
    return tuple(questions)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise `Refused` if there are problems, with the first of them and the number of the others."""
    told = sorted(problems)
    named, left = told[:MOST_PROBLEMS], len(told) - MOST_PROBLEMS
    if left > 0:
        named.append(Problem(path=named[-1].path, line=named[-1].line, message=f"… and {left} more"))
    if named:
        raise Refused(named)


def _lines(path: Path) -> list[str]:
    try:
        # Only a line feed ends a line: JSON may hold the other characters that splitlines() cuts at.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeError) as error:
        raise Refused([Problem(path=str(path), line=0, message=f"cannot be read: {error}")]) from None


def _gold(line: str, number: int) -> Gold:
    """The question of a line. Raises `ValueError`, which says what is wrong with it."""
    try:
        told = json.loads(line)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    if not isinstance(told, dict):
        raise ValueError("is not an object")  # noqa: TRY004 - one kind of error for all that a line can hold
    return Gold(
        id=str(told.get("id") or number),
        text=_text(told, "question"),
        line=number,
        facts=_facts(told),
        outcome=_outcome(told),
        kind=_word(told, "variant", "kind"),
        language=_word(told, "lang", "language"),
        day=_day(told.get("date")),
        earlier=_texts(told, "history"),
    )


def _facts(told: Mapping[str, Any]) -> frozenset[str]:
    """The facts that answer; none for a question that must be declined, whatever else its line names."""
    one = told.get("context_id")
    named = _texts(told, "facts") or _texts(told, "context_ids") or ((one,) if isinstance(one, str) and one else ())
    outcome = _outcome(told)
    answerable = told.get("answerable", outcome in _SETTLED if outcome else bool(named))
    if not isinstance(answerable, bool):
        raise ValueError("answerable must be true or false")  # noqa: TRY004 - as above
    if answerable and not named:
        raise ValueError("is answerable and names no fact (give facts or context_ids)")
    return frozenset(named) if answerable else frozenset()


def _outcome(told: Mapping[str, Any]) -> str:
    outcome = told.get("outcome") or ""
    if outcome and outcome not in OUTCOMES:
        raise ValueError(f"outcome must be one of {', '.join(OUTCOMES)}")
    return str(outcome)


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} must be text")  # noqa: TRY004 - as above
    return value


def _word(told: Mapping[str, Any], *keys: str) -> str:
    """The first of these that is there, as text."""
    return next((str(told[key]) for key in keys if told.get(key)), "")


def _texts(told: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = told.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{key} must be a list of texts")
    return tuple(value)


def _day(value: object) -> date | None:
    if value is None or not value:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("date must be a day such as 2022-02-02") from None


_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _keys_beside() -> dict[str, str]:
    """Each key with those that touch it: left and right, and in the rows above and below, which stand half a key off."""
    at = {key: (2 * column + row, row) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)}
    return {
        key: "".join(other for other, (x2, y2) in at.items() if (abs(x - x2), abs(y - y2)) in {(2, 0), (1, 1)})
        for key, (x, y) in at.items()
    }


_BESIDE = _keys_beside()


def mistyped(question: Gold, slips: int) -> Gold:
    """The question with so many slips of the keyboard, the same ones every time.

    A slip swaps two letters, drops one, doubles one or hits the key beside it, in a word of four letters and more. No word
    gets two, so a question of few long words may get fewer. The turns before it are left as they are.
    """
    chance = Random(f"{question.id}\n{question.text}")  # noqa: S311 - repeatable, not secret
    text = question.text
    words = [word.span() for word in _LONG_WORD.finditer(text)]
    for start, stop in sorted(chance.sample(words, min(slips, len(words))), reverse=True):
        text = text[:start] + _slip(text[start:stop], chance) + text[stop:]
    return replace(question, text=text)


def _slip(word: str, chance: Random) -> str:
    """The word with one slip in it."""
    at = chance.randrange(len(word))
    letter, left, right = word[at], word[:at], word[at + 1 :]
    slips = [left + right, left + letter + letter + right]
    if right and right[0] != letter:
        slips.append(left + right[0] + letter + right[1:])
    if beside := _BESIDE.get(letter.lower()):
        hit = chance.choice(beside)
        slips.append(left + (hit.upper() if letter.isupper() else hit) + right)
    return chance.choice(slips)
