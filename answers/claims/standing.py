"""What is said of a fact and the facts shown beside it: who goes back to one source, which figures agree or differ.

Values for a template; the words are there. Only what is shown is spoken of.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from answers.model import Agreement, Comparison, Fact, Figure, Origin, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure as one fact gives it."""

    fact: Fact
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Figures that agree, or differ. Of those that differ in precision only the more exact one, where there is one.

    `apart`: they were published more than a day apart, or nobody knows when, so that their days must be told, too: what
    differs may have changed.
    """

    agreement: Agreement
    told: tuple[Told, ...]
    apart: bool = False

    @property
    def finest(self) -> Told | None:
        return self.told[0] if len(self.told) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBy:
    """Outlets, at least two, that go back to one source."""

    outlets: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What differs stands first. False when there is nothing to say."""

    shared: tuple[SharedBy, ...] = ()
    lines: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.shared or self.lines)


def standing(relations: Sequence[Relation]) -> Standing:
    """What to say of one fact and others; each relation begins with the same fact."""
    compared = [comparison for relation in relations for comparison in relation.comparisons]
    lines = (line for agreement in Agreement for line in _lines(agreement, compared))
    order = (Agreement.CONFLICT, Agreement.PRECISION, Agreement.AGREE)
    return Standing(
        shared=tuple(_shared(relations)), lines=tuple(sorted(lines, key=lambda line: order.index(line.agreement)))
    )


def _shared(relations: Sequence[Relation]) -> Iterator[SharedBy]:
    known = sorted((one for one in relations if one.origin.known), key=lambda one: (one.origin.shared, one.origin.name))
    for origin, some in groupby(known, key=lambda one: one.origin):
        facts = [fact for relation in some for fact in (relation.one, relation.other)]
        outlets = tuple(dict.fromkeys(fact.article.outlet for fact in facts))
        if len(outlets) > 1:
            yield SharedBy(outlets=outlets, origin=origin)


def _lines(agreement: Agreement, compared: Iterable[Comparison]) -> Iterator[Line]:
    """One line for each figure of the first fact and all that stand so to it."""
    alike = [comparison for comparison in compared if comparison.agreement is agreement]
    for figure in dict.fromkeys(comparison.figure for comparison in alike):
        some = [comparison for comparison in alike if comparison.figure == figure]
        yield from dict.fromkeys(map(_finer, some)) if agreement is Agreement.PRECISION else [_line(agreement, some)]


def _line(agreement: Agreement, some: Sequence[Comparison]) -> Line:
    told = (Told(fact=some[0].one, figure=some[0].figure), *(Told(fact=one.other, figure=one.beside) for one in some))
    return Line(agreement=agreement, told=told, apart=any(one.days is None or one.days > 1 for one in some))


def _finer(one: Comparison) -> Line:
    if one.finer is None:
        return _line(one.agreement, [one])
    figure = one.figure if one.finer is one.one else one.beside
    return Line(agreement=one.agreement, told=(Told(fact=one.finer, figure=figure),))
