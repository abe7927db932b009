"""Everything that can go wrong inside, as one small tree.

    OnTheRecordError
    ├── Refused              the input has problems; carries every one of them
    ├── NotInArticle         words that were to be cut from an article do not stand in it
    ├── FactBaseDamaged      a compiled fact base is missing, incomplete or not what was built
    ├── EncoderDamaged       the model that reads meaning is missing, incomplete or not what was written
    ├── VectorsDamaged       the vectors of a fact base are missing, incomplete or of another base or encoder
    ├── NothingToLearn       no question to learn from names a fact that could have been found
    └── NoSuchFact           a fact was asked for by an id that the base does not hold

What a person reads says what happened, why, and what to do. A question that cannot be answered is
not an error: it is an answer (`answers.model.Unknown`).
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing wrong in one file: where, what, and how to mend it. `line` counts from 1; 0 is the whole file."""

    path: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class OnTheRecordError(Exception):
    """The root: catch it to catch everything that this package raises on purpose."""


class Refused(OnTheRecordError):
    """The input has problems, all of them named; nothing of it was taken."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class NotInArticle(OnTheRecordError):
    """The words do not stand in the article; `nearest` is the passage most like them, or empty."""

    def __init__(self, words: str, nearest: str) -> None:
        self.words, self.nearest = words, nearest
        super().__init__("these words do not stand in the article")


class FactBaseDamaged(OnTheRecordError):
    """The compiled file is not the one that was built: build it again from the data folder."""


class EncoderDamaged(OnTheRecordError):
    """The model cannot be used; the bot goes by words alone until it is made anew."""


class NoSuchFact(OnTheRecordError):
    """No fact has this id in this revision."""
