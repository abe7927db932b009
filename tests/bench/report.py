"""The tables of a run: small rows, building, quality, speed and memory, and last the ratios of what others do to ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from tests.bench.asking import PLAIN, TYPED, UNDATED, Told
from tests.bench.figures import both, gains, middle_and_worst, ratios, top
from tests.bench.intake_report import INTAKE_NOTES, intake_tables
from tests.bench.tables import table_of

Key = tuple[int, str]
OURS = "ours"


@dataclass(slots=True)
class Results:
    """What the rows handed back, by number of passages and by whose row it is."""

    sets: bool
    encoder: bool
    seed: dict[str, Told] = field(default_factory=dict)
    encoding: Told = field(default_factory=dict)
    built: dict[Key, Told] = field(default_factory=dict)
    asked: dict[Key, Told] = field(default_factory=dict)
    intake: dict[str, Told] = field(default_factory=dict)
    """Of rows of updates in and messages out, by the row's name."""


def show(results: Results) -> None:
    console = Console(width=160, highlight=False)
    for table in _tables(results):
        console.print(table)
        console.print()
    for note in (*(_notes(results) if results.seed else ()), *(INTAKE_NOTES if results.intake else ())):
        console.print(note, markup=False)


def _tables(results: Results) -> Iterable[Table]:
    if results.seed:
        yield from _questions(results)
    if results.intake:
        yield from intake_tables(results.intake)


def _questions(results: Results) -> Iterable[Table]:
    yield _seed(results.seed)
    if results.encoding:
        yield _calibration(results.encoding)
    yield _building(results.built)
    if results.sets:
        yield _quality(results.asked)
    yield _speed(results.asked)
    yield _ratios(results)


def _seed(seed: dict[str, Told]) -> Table:
    table = table_of("Seed base", "what", "s; p50 ms; p99 ms; peak MB")
    for what, told in seed.items():
        if "passes" in told:
            table.add_row(what, "-", *_ms(told["passes"][PLAIN]["ms"]), *_whole(told, "peak MB"))
        else:
            table.add_row(what, f"{told['s']:.2f}", "-", "-", "-")
    return table


def _calibration(encoding: Told) -> Table:
    figures = "true mean; true sd; stand-in mean; stand-in sd"
    table = table_of("Cosines of variants that nothing was fitted on, true beside synthetic", "of; to", figures)
    for row in encoding["calibration"]:
        table.add_row(row["of"], row["cosine to"], *(f"{row[name]:.4f}" for name in figures.split("; ")))
    return table


def _building(built: dict[Key, Told]) -> Table:
    table = table_of("Building", "passages; what; seconds by stage", "seconds; peak MB; own MB; disk MB")
    for (size, who), told in built.items():
        what = "… and its vectors" if "encoder" in who else who
        stages = ", ".join(f"{name} {seconds:,.1f}" for name, seconds in told["stages"].items())
        figures = (f"{sum(told['stages'].values()):,.1f}", *_whole(told, "peak MB", "own MB", "disk MB"))
        table.add_row(f"{size:,}", what, stages, *figures)
    return table


def _quality(asked: dict[Key, Told]) -> Table:
    columns = "asked; top-1; top-5; news 1; news 5; crisis 1; crisis 5; slips 1; slips 5; no day 1; no day 5"
    table = table_of("Quality: share of questions with a right fact first, or among five", "passages; who", columns)
    for (size, who), told in asked.items():
        passes = told["passes"]
        plain = passes[PLAIN]
        cells = [*_tops(plain), *_tops(plain, "news"), *_tops(plain, "crisis"), *_tops(passes[TYPED])]
        undated = _tops(passes[UNDATED]) if UNDATED in passes else ["-", "-"]
        table.add_row(f"{size:,}", who, str(len(plain["ms"])), *cells, *undated)
    return table


def _speed(asked: dict[Key, Told]) -> Table:
    columns = "p50 ms; p99 ms; slips p50; slips p99; cpu p50; cpu p99; open s; first ms; peak MB; own MB"
    table = table_of("Speed and memory of a question", "passages; who", columns)
    most = max(len(told["passes"][PLAIN]["ms"]) for told in asked.values())
    for (size, who), told in asked.items():
        plain, typed = (told["passes"][name] for name in (PLAIN, TYPED))
        fewer = f" ({len(plain['ms'])} asked)" if len(plain["ms"]) < most else ""
        once = (f"{told['open s']:,.2f}", f"{told['first ms']:,.1f}")
        figures = (*_ms(plain["ms"]), *_ms(typed["ms"]), *_ms(plain["cpu ms"]), *once)
        table.add_row(f"{size:,}", who + fewer, *figures, *_whole(told, "peak MB", "own MB"))
    return table


def _ratios(results: Results) -> Table:
    columns = "asked; p50; p99; slips p50; slips p99; cpu p50; cpu p99; top-1, ours less theirs; the same, slips"
    table = table_of("Theirs / ours", "passages; ours; theirs", columns)
    for (size, mine), ours in results.asked.items():
        for (other, who), theirs in results.asked.items():
            if mine.startswith(OURS) and size == other and not who.startswith(OURS):
                better = [f"{one:+.3f}" if results.sets else "-" for one in gains(ours, theirs)]
                count = str(len(both(ours, theirs, PLAIN)[0]["ms"]))
                times = (f"{one:,.2f}" for one in ratios(ours, theirs))
                table.add_row(f"{size:,}", mine.removeprefix("ours, "), who, count, *times, *better)
    return table


def _ms(values: Sequence[float]) -> list[str]:
    return [f"{one:,.1f}" for one in middle_and_worst(values)]


def _tops(told: Told, kind: str = "") -> list[str]:
    return [f"{top(told, deep, kind):.3f}" for deep in (1, 5)]


def _whole(told: Told, *names: str) -> list[str]:
    return [f"{told[name]:,.0f}" if name in told else "-" for name in names]


_ALWAYS = (
    "cpu is what the process computed for a question as it was asked, without waiting for a machine that others use, too.",
    "Peak is the most memory of the process with what it read of mapped files; own is what it held at the end without them.",
    "Who takes more than a minute and a half for all is asked the first questions only; ratios are of those that both were asked.",
)
_NO_SETS = (
    "Quality, the encoder at these sizes and e5 alone are left out: they need question sets (make bench EVAL=folder)."
)
_NO_ENCODER = "Rows with the encoder are left out: it is not installed (make setup)."
_DAYS = (
    "Ours is told the day on which a question is asked and weighs it; the others are not: compare them with no day, too."
    " Variants are at least 20 days from the facts that they are spliced of."
)
_SYNTHETIC = (
    "Vectors of all variants but the first 2,500 are synthetic (mixtures of true ones with noise, above); questions and facts"
    " of the sets are really encoded. Truly encoding took {ms:.1f} ms a text on this machine with two threads: a million"
    " would take {hours:.1f} hours, which no figure above includes."
)


def _notes(results: Results) -> Iterable[str]:
    yield from _ALWAYS
    if not results.encoder:
        yield _NO_ENCODER
    if not results.sets:
        yield _NO_SETS
    else:
        yield _DAYS
    if results.encoding:
        ms = results.encoding["s"] * 1000 / results.encoding["texts"]
        yield _SYNTHETIC.format(ms=ms, hours=ms / 3.6)
