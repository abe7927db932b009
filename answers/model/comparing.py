"""How two facts of one claim stand to each other: their figures, and the source that they go back to."""

from dataclasses import dataclass, replace
from enum import StrEnum

from answers.model.record import Fact, Figure


class Agreement(StrEnum):
    """How two figures for the same thing stand to each other.

    `PRECISION`: both can be true, one says it more exactly. `CONFLICT`: they cannot both be true of one moment.
    `UNCOMPARED`: they do not count the same thing, or nobody can tell whether they do.
    """

    AGREE = "agree"
    PRECISION = "differ in precision"
    CONFLICT = "conflict"
    UNCOMPARED = "uncompared"


class Shared(StrEnum):
    """What two facts have in common as their source. `UNKNOWN` never means independent: nothing proves that."""

    SPEAKER = "speaker"
    BODY = "body"
    OUTLET = "outlet"
    REPORT = "report"
    WORDS = "words"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One source behind several facts. `name` is who or what it is, as shown to readers.

    A speaker, a body and an outlet have a name; words that are quoted alike and a report that was copied need none.
    """

    shared: Shared = Shared.UNKNOWN
    name: str = ""

    def __post_init__(self) -> None:
        if (self.shared in {Shared.SPEAKER, Shared.BODY, Shared.OUTLET}) != bool(self.name):
            raise ValueError(f"an origin by {self.shared} and the name {self.name!r} do not go together")

    @property
    def known(self) -> bool:
        return self.shared is not Shared.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A figure of one fact beside a figure of another. `finer` is the fact that says it more exactly, if one does."""

    agreement: Agreement
    one: Fact
    figure: Figure
    other: Fact
    beside: Figure
    finer: Fact | None = None

    @property
    def days(self) -> int | None:
        """Days between the two publications; None where one of them has no day."""
        first, second = self.one.article.published, self.other.article.published
        return abs((first - second).days) if first and second else None

    @property
    def swapped(self) -> "Comparison":
        """The same, told from the other side."""
        return replace(self, one=self.other, figure=self.beside, other=self.one, beside=self.figure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Two facts of one claim. `comparisons` are of figures that count the same thing, what differs first."""

    one: Fact
    other: Fact
    comparisons: tuple[Comparison, ...] = ()
    origin: Origin = Origin()

    @property
    def agreement(self) -> Agreement:
        """The worst that their figures say; `UNCOMPARED` when none can be compared."""
        said = {comparison.agreement for comparison in self.comparisons}
        worst = (Agreement.CONFLICT, Agreement.PRECISION, Agreement.AGREE)
        return next((agreement for agreement in worst if agreement in said), Agreement.UNCOMPARED)
