"""The figures of `evaluate` as a table, as Markdown and as a picture, all drawn from its JSON object.

So a saved object gives the same table and picture again. It runs nothing and knows no desk.
"""

import importlib.util
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Report = Mapping[str, Any]
"""The object that `bot.evaluating.report` makes."""

WIDE = 150

COLUMNS = (
    "set",
    "asked",
    "answerable",
    "top-1 (95 %)",
    "top-5",
    "MRR",
    "AUROC",
    "answered at\n90 % right",
    "found",
    "right\nof found",
    "unanswerable\nfound",
    "ms p50 / p99",
)


def _row(name: str, one: Report) -> tuple[str, ...]:
    low, high = one["top_1_interval"] or (None, None)
    between = f" ({_share(low, 2)}-{_share(high, 2)})" if low is not None else ""
    return (
        name,
        f"{one['asked']:,}",
        f"{one['answerable']:,}",
        _share(one["top_1"]) + between,
        *(_share(one[key]) for key in ("top_5", "mrr", "auroc", "answered_at_90")),
        *(_share(one[key]) for key in ("found_share", "found_precision", "found_unanswerable")),
        f"{one['p50_ms']:.1f} / {one['p99_ms']:.1f}",
    )


def named(one: Report) -> str:
    """A set's name, with what was done to its questions."""
    slips = one["typos"]
    return f"{one['set']}, {slips} slip{'s' if slips > 1 else ''}" if slips else str(one["set"])


def _share(share: float | None, digits: int = 3) -> str:
    """A share as the field writes it, .xyz; a dash where there was nothing to divide by."""
    return "-" if share is None else f"{share:.{digits}f}".removeprefix("0")


def rows(result: Report, *, by: bool = False) -> list[tuple[str, ...]]:
    """A row for each set, and with `by` for each of its kinds and languages below it."""
    out = []
    for one in result["sets"]:
        out.append(_row(named(one), one))
        groups = [*one["kinds"].items(), *one["languages"].items()] if by else []
        out += [_row(f"· {name}", group) for name, group in groups]
    return out


def _foot(result: Report) -> str:
    half = {one["half"] for one in result["sets"]} - {"all"}
    asked = f"Reported on the {half.pop()} half of each set. " if len(half) == 1 else ""
    memory = f", most memory held {result['peak_memory_mb']:,.0f} MB" if result["peak_memory_mb"] else ""
    return f"{asked}Milliseconds to one answer{memory}: of this run, on this machine."


def readme_table(result: Report, *, by: bool = False) -> str:
    """The table in Markdown, with the line below it."""
    heads = tuple(name.replace("\n", " ") for name in COLUMNS)
    lines = [heads, ("---", *("---:" for _ in COLUMNS[1:])), *rows(result, by=by)]
    table = "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
    return f"{table}\n\n{_foot(result)}\n"


def show(result: Report, *, by: bool, as_json: bool, markdown: bool) -> None:
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))
    elif markdown:
        click.echo(readme_table(result, by=by), nl=False)
    else:
        _print_table(result, by=by)


def _print_table(result: Report, *, by: bool) -> None:
    table = Table(caption=_foot(result), caption_justify="left")
    for name in COLUMNS:
        table.add_column(name, justify="left" if name == "set" else "right", no_wrap=name in {"set", "top-1 (95 %)"})
    for row in rows(result, by=by):
        table.add_row(*map(Text, row), style="dim" if row[0].startswith("·") else None)
    # A file or a pipe has no width of its own.
    Console(highlight=False, width=None if sys.stdout.isatty() else WIDE).print(table)


# Okabe and Ito's colours, which people with any colour vision tell apart; the dashes help in print.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_DASHES = ("-", "--", "-.", ":")


def need_matplotlib() -> None:
    if importlib.util.find_spec("matplotlib") is None:
        raise click.UsageError("--plot needs matplotlib, which the extra `plot` brings: pip install '.[plot]'")


def draw(result: Report, file: Path) -> None:
    """The risk-coverage curve of each set that has answerable questions, the shipped threshold marked, as a PNG."""
    need_matplotlib()
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 5), dpi=150, layout="constrained")
    axes = figure.subplots()
    # Where nothing is answerable every answer is wrong: that line says nothing.
    for number, one in enumerate(one for one in result["sets"] if one["answerable"]):
        _curve(axes, one, _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)])
    axes.plot([], [], "o", color="#555555", label="the shipped threshold")
    _label(axes)
    figure.legend(loc="outside lower center", ncols=3, frameon=False)
    figure.savefig(file, format="png", metadata={"Software": None})


def _curve(axes: "Axes", one: Report, colour: str, dashes: str) -> None:
    coverage, risk = [point["coverage"] for point in one["curve"]], [point["risk"] for point in one["curve"]]
    axes.plot(coverage, risk, linestyle=dashes, color=colour, label=named(one), linewidth=1.8)
    if one["shipped"]["risk"] is not None:
        axes.plot(one["shipped"]["coverage"], one["shipped"]["risk"], "o", color=colour, markersize=8)


def _label(axes: "Axes") -> None:
    from matplotlib.ticker import PercentFormatter

    axes.set(xlabel="Coverage: share of all questions answered", ylabel="Risk: share of those answers that are wrong")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(color="#DDDDDD", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
