"""What the rules ask of a parser, if there is one. `answers.draft.nlp` has it from a model; none is needed."""

from collections.abc import Sequence
from typing import Protocol

from answers.draft.values import Span


class Clause(Protocol):
    """What a parser says of a verb: where it and its subject stand in the text that was parsed."""

    @property
    def verb(self) -> Span: ...
    @property
    def subject(self) -> Span | None: ...


class Parser(Protocol):
    """Finds the verbs of a paragraph and their subjects."""

    def __call__(self, text: str, /) -> Sequence[Clause]: ...
