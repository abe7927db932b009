"""Questions with known answers through a desk, and the figures that come of it: each a pure function of what was judged.

It knows no file, no clock (one is handed in) and no threshold: it sees what the desk answered, and how sure it was.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from answers.desk import Desk
from answers.model import Answer, Closest, Found, Unknown, Unread, Withdrawn
from answers.questions import OUTCOMES, Gold

PRECISION = 0.90
DEEPEST = 10
RESAMPLES = 2000
SEED = 20220202


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A question with its answer: the ids of its matches, best first, the passage shown first, and how long it took."""

    question: Gold
    outcome: str
    confidence: float
    ranking: tuple[str, ...] = ()
    first: str = ""
    too_long: bool = False
    ms: float = 0.0

    @property
    def right(self) -> bool:
        """The passage shown first answers the question; never so when nothing does."""
        return self.first in self.question.facts

    @property
    def rank(self) -> int | None:
        """The place of the first right fact among the matches, from 1."""
        return next((at for at, id_ in enumerate(self.ranking, start=1) if id_ in self.question.facts), None)


def run(desk: Desk, questions: Iterable[Gold], today: date, clock: Callable[[], float]) -> Iterator[Judged]:
    """Ask each question as on its own day, or on `today`; `clock` gives seconds."""
    for question in questions:
        began = clock()
        reply = desk.ask(question.text, today=question.day or today, earlier=question.earlier)
        yield judged(question, reply.answer, (clock() - began) * 1000)


def judged(question: Gold, answer: Answer, ms: float) -> Judged:
    """What came of a question. One over the cap is asked and not answered: it has no matches."""
    ranking = tuple(match.fact.id for match in answer.ranking[:DEEPEST])
    return Judged(
        question=question,
        outcome=type(answer).__name__.lower(),
        confidence=answer.confidence,
        ranking=ranking,
        first=_first(answer, ranking),
        too_long=isinstance(answer, Unknown) and answer.unread is Unread.TOO_LONG,
        ms=ms,
    )


def _first(answer: Answer, ranking: Sequence[str]) -> str:
    """The passage that is shown first, or that would be if the answer were surer of itself."""
    match answer:
        case Found() | Withdrawn():
            return answer.match.fact.id
        case Closest() | Unknown():
            return ranking[0] if ranking else ""


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def top(asked: Sequence[Judged], deep: int) -> float | None:
    """Share of the answerable questions with a right fact among the first `deep` matches.

    Success at k; "top-k retrieval accuracy" in Karpukhin et al., Dense Passage Retrieval (EMNLP 2020), section 5.1.
    """
    ranks = [one.rank for one in asked if one.question.answerable]
    return _share(sum(rank is not None and rank <= deep for rank in ranks), len(ranks))


def mean_reciprocal_rank(asked: Sequence[Judged]) -> float | None:
    """Mean over the answerable questions of 1 / rank of the first right fact, 0 where none is among the ten.

    Voorhees, The TREC-8 Question Answering Track Report (1999), section 3.
    """
    ranks = [one.rank for one in asked if one.question.answerable]
    return _share(sum(1 / rank for rank in ranks if rank), len(ranks))


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Probability that a positive scores above a negative, a tie counting one half; None where one class is missing.

    The Mann-Whitney statistic over the number of pairs: Hanley and McNeil, Radiology 143 (1982).
    """
    if not positives or not negatives:
        return None
    against, scores = np.sort(negatives), np.asarray(positives)
    below = np.searchsorted(against, scores, side="left") + np.searchsorted(against, scores, side="right")
    return float(below.sum()) / (2 * len(positives) * len(negatives))


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What would be answered if everything at least as sure as `threshold` were."""

    threshold: float
    answered: int
    wrong: int
    asked: int

    @property
    def coverage(self) -> float:
        return self.answered / self.asked

    @property
    def risk(self) -> float:
        return self.wrong / self.answered


def risk_coverage(asked: Sequence[Judged]) -> tuple[Point, ...]:
    """The risk-coverage curve, the surest first: a point for each distinct confidence that has a passage to show.

    Coverage is the share of ALL questions that are answered, risk the share of those answers that are wrong: another
    passage, or any passage for a question that nothing answers. El-Yaniv and Wiener, JMLR 11 (2010), section 2.
    """
    points: list[Point] = []
    wrong = 0
    able = sorted((one for one in asked if one.first), key=lambda one: -one.confidence)
    for answered, one in enumerate(able, start=1):
        wrong += not one.right
        if answered == len(able) or able[answered].confidence < one.confidence:
            points.append(Point(threshold=one.confidence, answered=answered, wrong=wrong, asked=len(asked)))
    return tuple(points)


def answered_at(points: Iterable[Point], precision: float = PRECISION) -> float:
    """The largest coverage of a curve with at least this share of answers right, 0 where there is none.

    "Coverage at accuracy" in Kamath, Jia and Liang, Selective Question Answering under Domain Shift (ACL 2020). Its
    threshold is chosen on the questions themselves: the best that a threshold could do there, not what ships.
    """
    kept = (point.coverage for point in points if (point.answered - point.wrong) / point.answered >= precision)
    return max(kept, default=0.0)


def outcomes(asked: Iterable[Judged]) -> dict[str, int]:
    """How many questions got each kind of answer."""
    counts = Counter(one.outcome for one in asked)
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def found(asked: Iterable[Judged]) -> list[Judged]:
    """The questions that were answered as the shipped threshold has it."""
    return [one for one in asked if one.outcome == "found"]


def found_precision(asked: Sequence[Judged]) -> float | None:
    """Share of the found answers that are right: precision of the positive class (van Rijsbergen 1979, chapter 7)."""
    return _share(sum(one.right for one in found(asked)), len(found(asked)))


def false_answers(asked: Sequence[Judged]) -> float | None:
    """Share of the found answers that are wrong: the risk at the shipped threshold (see `risk_coverage`)."""
    return _share(sum(not one.right for one in found(asked)), len(found(asked)))


def found_unanswerable(asked: Sequence[Judged]) -> float | None:
    """Share of the unanswerable questions that were found all the same: false positive rate (Fawcett 2006, section 2)."""
    unanswerable = [one for one in asked if not one.question.answerable]
    return _share(len(found(unanswerable)), len(unanswerable))


def outcomes_as_told(asked: Iterable[Judged]) -> float | None:
    """Share of the questions whose file names an outcome that got that outcome."""
    told = [one for one in asked if one.question.outcome]
    return _share(sum(one.outcome == one.question.outcome for one in told), len(told))


def interval(hits: Sequence[bool], seed: int = SEED) -> tuple[float, float] | None:
    """The middle 95 % of the shares that resamples of these hits have; None without any.

    The percentile bootstrap (Efron and Tibshirani 1993, chapter 13). The hits of a resample of n with replacement are
    binomial, so they are drawn as such. It takes questions as independent, which paraphrases of one question are not.
    """
    if not hits:
        return None
    shares = np.random.default_rng(seed).binomial(len(hits), sum(hits) / len(hits), RESAMPLES) / len(hits)
    low, high = np.percentile(shares, (2.5, 97.5))
    return float(low), float(high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All of the above of some questions; None where there is nothing to divide by. Milliseconds are of this run."""

    asked: int
    answerable: int
    too_long: int
    top_1: float | None
    top_1_interval: tuple[float, float] | None
    top_5: float | None
    mrr: float | None
    auroc: float | None
    answered_at_90: float
    outcomes: dict[str, int]
    found_share: float
    found_precision: float | None
    false_answer_rate: float | None
    found_unanswerable: float | None
    outcomes_as_told: float | None
    p50_ms: float
    p99_ms: float


def figures(asked: Sequence[Judged]) -> Figures:
    """The figures of at least one question."""
    answerable = [one for one in asked if one.question.answerable]
    median, slowest = np.percentile([one.ms for one in asked], (50, 99))
    return Figures(
        asked=len(asked),
        answerable=len(answerable),
        too_long=sum(one.too_long for one in asked),
        top_1=top(asked, 1),
        top_1_interval=interval([one.rank == 1 for one in answerable]),
        top_5=top(asked, 5),
        mrr=mean_reciprocal_rank(asked),
        auroc=auroc(
            [one.confidence for one in answerable], [one.confidence for one in asked if not one.question.answerable]
        ),
        answered_at_90=answered_at(risk_coverage(asked)),
        outcomes=outcomes(asked),
        found_share=len(found(asked)) / len(asked),
        found_precision=found_precision(asked),
        false_answer_rate=false_answers(asked),
        found_unanswerable=found_unanswerable(asked),
        outcomes_as_told=outcomes_as_told(asked),
        p50_ms=float(median),
        p99_ms=float(slowest),
    )


def grouped(asked: Iterable[Judged], key: Callable[[Gold], str]) -> dict[str, Figures]:
    """The figures of each kind, or language, or whatever else `key` tells; questions of which it tells nothing are left out."""
    groups: dict[str, list[Judged]] = {}
    for one in asked:
        if name := key(one.question):
            groups.setdefault(name, []).append(one)
    return {name: figures(group) for name, group in sorted(groups.items())}
