"""The figures of two facts of one claim, side by side where they count the same thing."""

from collections.abc import Sequence

from answers.claims.slots import Slot, alike, slot
from answers.claims.weighing import weigh
from answers.model import Agreement, Comparison, Fact, Figure
from answers.text.names import Gazetteer

_ORDER = (Agreement.CONFLICT, Agreement.PRECISION, Agreement.AGREE)


def compare(one: Fact, other: Fact, gazetteer: Gazetteer) -> tuple[Comparison, ...]:
    """Every pair of figures, one of each fact, that count the same thing; what differs first.

    A figure that agrees with one of the other's does not differ from the next: a sentence may give several of one kind.
    The same from both sides, but for the order of a comparison's two halves.
    """
    if not (one.figures and other.figures):
        return ()
    ours, theirs = _slots(one, gazetteer), _slots(other, gazetteer)
    dated = [_dated(one, other, figure, beside) for figure, _ in ours for beside, _ in theirs]
    pairs = [(ours_, theirs_) for ours_ in ours for theirs_ in theirs]
    found = (_weighed(one, other, *pair, gazetteer) for pair, same in zip(pairs, dated, strict=True) if same)
    return _settled(list(filter(None, found)))


def _slots(fact: Fact, gazetteer: Gazetteer) -> list[tuple[Figure, Slot]]:
    return [(figure, slot(fact.quote.text, fact.figures, figure, gazetteer)) for figure in fact.figures]


def _weighed(
    one: Fact, other: Fact, ours: tuple[Figure, Slot], theirs: tuple[Figure, Slot], gazetteer: Gazetteer
) -> Comparison | None:
    if not alike(ours[1], theirs[1], gazetteer):
        return None
    agreement, finer = weigh(ours[0], theirs[0])
    if agreement is Agreement.UNCOMPARED or (
        agreement is Agreement.CONFLICT and not _opposed(one, other, ours, theirs)
    ):
        return None
    return Comparison(
        agreement=agreement,
        one=one,
        figure=ours[0],
        other=other,
        beside=theirs[0],
        finer={-1: one, 1: other}.get(finer),
    )


def _opposed(one: Fact, other: Fact, ours: tuple[Figure, Slot], theirs: tuple[Figure, Slot]) -> bool:
    """Whether other numbers are a contradiction: of the same side, or, where none is told, in facts of the same names."""
    first, second = ours[1].side, theirs[1].side
    if first and second:
        return first == second
    shared = set(one.names) & set(other.names)
    return 2 * len(shared) >= min(len(set(one.names)), len(set(other.names)))


def _dated(one: Fact, other: Fact, figure: Figure, beside: Figure) -> bool:
    """Whether two figures may be of one day: they are not when both name days in what they count, and other ones."""
    first, second = _days(one, figure), _days(other, beside)
    return not (first and second) or any(a[0] <= b[1] and b[0] <= a[1] for a in first for b in second)


def _days(fact: Fact, figure: Figure) -> list[tuple[int, int]]:
    told = (day for day in fact.dates if day.text in figure.counts or day.text in figure.text)
    return [(day.first.toordinal(), day.last.toordinal()) for day in told]


def _settled(found: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """What is left when each figure has been put beside the one that it suits best.

    Those that are left over differ only where there is one of them on either side: of two prices in a sentence nobody
    can tell which is the other's.
    """
    kept: list[Comparison] = []
    for agreement in (Agreement.AGREE, Agreement.PRECISION, Agreement.CONFLICT):
        taken = {id(figure) for comparison in kept for figure in (comparison.figure, comparison.beside)}
        left = [one for one in found if one.agreement is agreement and not {id(one.figure), id(one.beside)} & taken]
        kept += [one for one in left if agreement is not Agreement.CONFLICT or _alone(one, left)]
    return tuple(sorted(kept, key=lambda comparison: _ORDER.index(comparison.agreement)))


def _alone(one: Comparison, among: Sequence[Comparison]) -> bool:
    """Whether neither of its figures is set against another one."""
    return not any(other is not one and (other.figure is one.figure or other.beside is one.beside) for other in among)
