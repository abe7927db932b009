"""Labelled questions to the weights of the ranker: `python -m bot evaluate --fit` calls it and writes them to a file.

Convex fits by Newton's method, each with a small L2 penalty on standardised features. The orders, one for questions in
the record's language and one for others, whose words tell little: a softmax over the candidates of a question, of
which the right ones should take all (listwise, ListNet; Cao et al. 2007). The odds that the first answers: a logistic
regression on `signs_of` the ranking, one where nothing forbids it and one where something does.

Rule 1: fitted on the first half of each set, reported on the second.
Rule 2: every answerable question is a declined one, too, with its right passages withheld: what is near is not right.
Rule 3: the day of asking is moved by up to `SHIFT` days, so that nearness in time is learned as nearness: in a quiz
that is made on the day of the news it would be identity.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from answers.errors import OnTheRecordError
from answers.match.features import NAMES
from answers.match.matcher import Matcher
from answers.match.rank import SIGNS, signs_of
from answers.model import Question

SHIFT = 7
DECLINING, WITHHELD = 3.0, 0.7
"""What a set weighs that has questions which must be declined, and one that has none, answered and withheld alike."""

ITERATIONS = 60
DENSE = frozenset({"cosine", "heading", "best_cosine", "cosine_lead", "cosine_gap"})
"""Features and signs that only an encoder gives."""

TOLD_TWICE = frozenset({"cosine", "heading"})
"""Features that the odds leave out: the better of both speaks for them, and does so whichever of them is known."""

AGAINST = frozenset(
    {"unnamed", "strange", "miscounted", "loudest", "rarest", "length", "doubt", "cosine_gap", "openness"}
)
"""Features and signs that can only speak against an answer; all others can only speak for it."""

Array = NDArray[np.float64]


class NothingToLearn(OnTheRecordError):
    """No question of the sets has a fact that answers it among its candidates."""

    def __init__(self, sets: Iterable[str]) -> None:
        super().__init__(
            f"nothing to learn from {', '.join(sets) or 'no sets'}: none of their questions has a fact that answers it"
            " among its candidates. Give sets whose questions name facts, with the facts that they name."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question with the ids of the facts that answer it (none: it must be declined) and the day it was asked."""

    text: str
    right: frozenset[str]
    asked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The candidates of one question: `table` has a row a candidate and a column a feature of `NAMES`.

    `right` and `forbidden` tell of each whether it answers, and whether something forbids it to. `declined`: no fact answers it, by its label; that none of its candidates is right is not the same. `foreign`: it is
    asked in another language than the record's; `openness` as in `Asked`.
    """

    table: Array
    right: NDArray[np.bool_]
    forbidden: NDArray[np.bool_]
    declined: bool = False
    foreign: bool = False
    openness: float = 0.0

    def withheld(self) -> "Example":
        """The same question, had the passages that answer it never been written."""
        left = ~self.right
        table, right, forbidden = self.table[left], self.right[left], self.forbidden[left]
        return replace(self, table=table, right=right, forbidden=forbidden, declined=True)


def examples(matcher: Matcher, questions: Sequence[Labelled], today: date, seed: int = 0) -> Iterator[Example]:
    """Each question's candidates under a matcher; questions that are too long are left out."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for one in questions:
        question = Question.read(one.text)
        if not isinstance(question, Question):
            continue
        day = one.asked_on + timedelta(days=chance.randint(0, SHIFT)) if one.asked_on else today
        asked, scored = matcher.weigh(question, day)
        if scored:
            right = np.array([each.candidate.entry.id in one.right for each in scored])
            table = _table([each.features for each in scored], NAMES)
            forbidden = np.array(matcher.forbidden(asked, scored, day))
            yield Example(
                table=table,
                right=right,
                forbidden=forbidden,
                declined=not one.right,
                foreign=asked.foreign,
                openness=asked.openness,
            )


def fit(sets: Mapping[str, Sequence[Example]], *, dense: bool, penalty: float = 1e-3) -> dict[str, object]:
    """The weights of both orders and of the odds, as `weights.json` holds them, from the examples of each set.

    Raises `NothingToLearn` when no set has a question with a right fact among its candidates.
    """
    everything = [(example, 1 / len(found)) for found in sets.values() for example in found if example.right.any()]
    if not everything:
        raise NothingToLearn(sets)
    # Foreign questions have a say in both orders: they keep the first from leaning on words alone.
    foreign = [one for one in everything if one[0].foreign and dense] or everything
    orders = (_order(everything, dense=dense, penalty=penalty), _order(foreign, dense=dense, penalty=penalty))
    names = [name for name in NAMES if dense or name not in DENSE]
    home, abroad = ({name: float(order[NAMES.index(name)]) for name in names} for order in orders)
    return {
        "order": {"weights": _rounded(home)},
        "foreign": {"weights": _rounded(abroad)},
        **_odds(sets, orders, dense=dense, penalty=penalty),
    }


def _order(weighed: Sequence[tuple[Example, float]], *, dense: bool, penalty: float) -> Array:
    """Weights by feature of `NAMES` that order the candidates of these questions, each with what it weighs."""
    columns = [at for at, name in enumerate(NAMES) if dense or name not in DENSE]
    order = np.zeros(len(NAMES))
    order[columns] = _listwise([(one.table[:, columns], one.right, weight) for one, weight in weighed], penalty)
    return order


def _odds(
    sets: Mapping[str, Sequence[Example]], orders: tuple[Array, Array], *, dense: bool, penalty: float
) -> dict[str, object]:
    """The odds of firsts that nothing forbids, and of those that something does."""
    names = [name for name in (*NAMES, *SIGNS) if name not in TOLD_TWICE and (dense or name not in DENSE)]
    firsts: tuple[list[_First], list[_First]] = ([], [])
    for found in sets.values():
        for example, weight in _weighed(found):
            first, signs = _first(example, orders[example.foreign])
            firsts[bool(example.forbidden[first])].append((signs, float(example.right[first]), weight))
    heads = zip(("answers", "forbidden"), firsts, strict=True)
    return {name: _head(told or [*firsts[0], *firsts[1]], names, penalty) for name, told in heads}


_First = tuple[dict[str, float], float, float]
"""The signs of a first, whether it is right (1 or 0), and what it weighs."""


def _head(firsts: Sequence[_First], names: Sequence[str], penalty: float) -> dict[str, object]:
    rows, right, weights = zip(*firsts, strict=True)
    learned, constant = _sensible(rows, names, np.array(right), np.array(weights), penalty)
    return {"weights": _rounded(learned), "constant": round(constant, 4)}


def _sensible(
    rows: Sequence[Mapping[str, float]], names: Sequence[str], right: Array, weights: Array, penalty: float
) -> tuple[dict[str, float], float]:
    """The odds' weights, without those that came out with the wrong sign, one after another.

    Where two features tell nearly the same, a fit may set one against the other; questions of another kind then find
    that hearing nothing of what they ask counts in favour of an answer.
    """
    kept = list(names)
    while True:
        found, constant = _logistic(_table(rows, kept), right, weights, penalty)
        learned = dict(zip(kept, found.tolist(), strict=True))
        wrong = {name: abs(weight) for name, weight in learned.items() if weight * (-1 if name in AGAINST else 1) < 0}
        if not wrong:
            return learned, constant
        kept.remove(max(wrong, key=lambda name: wrong[name] * _spread(rows, name)))


def _spread(rows: Sequence[Mapping[str, float]], name: str) -> float:
    return float(np.std([row[name] for row in rows]))


def _weighed(found: Sequence[Example]) -> Iterator[tuple[Example, float]]:
    """The examples of a set and what each weighs; one that people wrote to be declined teaches more than one withheld."""
    if any(example.declined for example in found):
        yield from ((example, DECLINING / len(found)) for example in found)
        return
    for example in found:
        yield example, WITHHELD / len(found)
        if example.right.any() and not example.right.all():
            yield example.withheld(), WITHHELD / len(found)


def _first(example: Example, order: Array) -> tuple[int, dict[str, float]]:
    """Which candidate comes first under these weights, and what speaks for it."""
    scores = example.table @ order
    first = int(scores.argmax())
    told = [dict(zip(NAMES, map(float, row), strict=True)) for row in example.table]
    rivals = [(float(scores[at]), told[at]) for at in range(len(told)) if at != first]
    return first, signs_of(told[first], float(scores[first]), rivals, example.openness)


def _table(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Array:
    return np.array([[row[name] for name in names] for row in rows], dtype=np.float64)


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(weight, 4) for name, weight in weights.items()}


def _listwise(groups: Sequence[tuple[Array, NDArray[np.bool_], float]], penalty: float) -> Array:
    """Weights under which the right rows of each group (rows, right, weight) get the largest share of its softmax."""
    spread = np.vstack([rows for rows, _, _ in groups]).std(axis=0) + 1e-6
    scaled = [(rows / spread, right, weight) for rows, right, weight in groups]
    learned = np.zeros(len(spread))
    loss = _loss(scaled, learned, penalty)
    for _ in range(ITERATIONS):
        step = _step(scaled, learned, penalty)
        while (after := _loss(scaled, learned - step, penalty)) > loss and np.abs(step).max() > 1e-6:
            step /= 2  # far from the end a whole step leads past it
        if loss - after < 1e-7:
            break
        learned, loss = learned - step, after
    return np.asarray(learned / spread)


def _loss(groups: Sequence[tuple[Array, NDArray[np.bool_], float]], learned: Array, penalty: float) -> float:
    lost = sum(-weight * np.log(_softmax(rows @ learned)[right].sum() + 1e-12) for rows, right, weight in groups)
    return float(lost + penalty * learned @ learned)


def _step(groups: Sequence[tuple[Array, NDArray[np.bool_], float]], learned: Array, penalty: float) -> Array:
    """The gradient over the curvature."""
    gradient, curve = 2 * penalty * learned, 2 * penalty * np.eye(len(learned))
    for rows, right, weight in groups:
        scores = rows @ learned
        shares = _softmax(scores)
        mean = shares @ rows
        gradient = gradient + weight * (mean - _softmax(scores[right]) @ rows[right])
        curve = curve + weight * ((rows.T * shares) @ rows - np.outer(mean, mean))
    return np.asarray(np.linalg.solve(curve, gradient))


def _softmax(scores: Array) -> Array:
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / odds.sum())


def _logistic(rows: Array, right: Array, weights: Array, penalty: float) -> tuple[Array, float]:
    """Weights and constant of a weighted logistic regression; the constant is not penalised."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scaled = np.hstack([(rows - middle) / spread, np.ones((len(rows), 1))])
    ridge = 2 * penalty * np.diag([*np.ones(rows.shape[1]), 0.0])
    learned = np.zeros(scaled.shape[1])
    for _ in range(ITERATIONS):
        odds = 1 / (1 + np.exp(-np.clip(scaled @ learned, -30, 30)))
        gradient = scaled.T @ (weights * (odds - right)) + ridge @ learned
        curve = (scaled.T * (weights * odds * (1 - odds))) @ scaled + ridge + 1e-9 * np.eye(len(learned))
        step = np.linalg.solve(curve, gradient)
        learned = learned - np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-6:
            break
    own = learned[:-1] / spread
    return np.asarray(own), float(learned[-1] - own @ middle)
