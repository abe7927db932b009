"""A text to an answer: what it is, whom it leans on, its parts, and what the record has on each.

It shows nothing and holds nothing; the desk hands it the fact base and the matcher of one snapshot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from answers import decide
from answers.factbase import FactBase
from answers.match.aside import aside_of
from answers.match.asked import Asked
from answers.match.foreground import foreground
from answers.match.matcher import Matcher, Scored
from answers.match.parts import parts_of
from answers.match.turns import resolve
from answers.model import LONGEST_QUESTION, Answer, Aside, Question, Unread

MOST_OUTLETS = 4
"""Outlets that are set side by side when a question compares them without naming any."""


def answer(
    base: FactBase,
    matcher: Matcher,
    text: str,
    *,
    today: date,
    as_of: date | None = None,
    earlier: Sequence[str] = (),
) -> Answer:
    """The answer to any text, judged as on `today`."""
    question = Question.read(text, tuple(earlier))
    if isinstance(question, Unread):
        return decide.unread(question, base)
    asked_before = [turn for turn in question.earlier if not _aside(turn)]
    whole = resolve(question.text, asked_before, base.gazetteer)[:LONGEST_QUESTION]
    one = _One(base, matcher, today, as_of)
    if kind := _aside(question.text):
        # Never a passage; what is near is still ranked, for whoever measures.
        return replace(decide.aside(kind, base), ranking=one.answer(whole).ranking)
    parts = parts_of(whole, base.gazetteer)
    if len(parts) < 2:
        return one.answer(whole)
    return decide.together([(part.said, one.answer(part.text)) for part in parts], one.answer(whole))


def _aside(text: str) -> Aside | None:
    """As `aside_of`, but a reader may tell of himself and ask of the record: "My son is in Riga. Who goes there?"."""
    kind = aside_of(text)
    return aside_of(foreground(text)) if kind is Aside.PERSONAL else kind


@dataclass(frozen=True, slots=True)
class _One:
    """Answers single questions from one base on one day."""

    base: FactBase
    matcher: Matcher
    today: date
    as_of: date | None

    def answer(self, text: str) -> Answer:
        asked, scored = self.matcher.weigh(Question(text=text), self.today, self.as_of)
        held = [outlet for outlet in asked.limits.outlets if outlet in self.base.coverage.outlets]
        if held and not asked.comparing:
            return self._of(asked, scored, held[0])
        answer = self._of(asked, scored)
        return self._compared(asked, scored, answer) if asked.comparing else answer

    def _of(self, asked: Asked, scored: Sequence[Scored], outlet: str = "") -> Answer:
        """The answer from what one outlet published, or all did."""
        return decide.decide(asked, self.matcher.matches(asked, scored, self.today, outlet), self.base)

    def _compared(self, asked: Asked, scored: Sequence[Scored], answer: Answer) -> Answer:
        held = self.base.coverage.outlets
        named = [outlet for outlet in asked.outlets if outlet in held] or held
        return decide.compared(answer, [self._of(asked, scored, outlet) for outlet in named[:MOST_OUTLETS]])
