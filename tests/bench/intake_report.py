"""The table "Intake and delivery": updates answered by ours and by what one would use instead, and what a crisis does to ours."""

from collections.abc import Iterable, Mapping

from rich.table import Table

from tests.bench.asking import Told
from tests.bench.rates import OURS
from tests.bench.tables import table_of

LATENCIES = {"rates-0": "0 ms", "rates-40": "40 ms"}
HEAVY = {
    "backlog": "100,000 updates waiting",
    "flood": "one user writes 100,000 in a minute",
    "million": "1,000,000 recipients of a run",
}

INTAKE_NOTES = (
    (
        "Updates a second of one core: the bot has one to itself, the Bot API of the run the other. cpu is that of all threads of"
        " the bot for one update; p50 and p99 are from the update's making to the arrival of its answer, at 100 updates a second (20 questions). 1 / cpu is what the core could do if it did nothing else: what the rate comes to on a quiet machine."
    ),
    "Ours is durable: an update is confirmed to Telegram when it is finished. The others confirm what they have not handled.",
    (
        "Medians of ROUNDS=3 rounds, in each of which every bot is measured once; lost and doubled are of all rounds."
        " ONLY='ours;aiogram' chooses, FLOOD=10000 makes the heavy rows smaller, PARTS=intake leaves the questions out."
    ),
)


def intake_tables(rows: Mapping[str, Told]) -> Iterable[Table]:
    yield _rates({LATENCIES[name]: told for name, told in rows.items() if name in LATENCIES})
    heavy = {name: told for name, told in rows.items() if name in HEAVY}
    if heavy:
        yield _heavy(heavy)


def _rates(by_latency: Mapping[str, Mapping[str, Told]]) -> Table:
    columns = "updates/s; cpu ms; 1 / cpu; p50 ms; p99 ms; lost; doubled; peak MB; rate, ours / its; cpu, its / ours"
    table = table_of("Intake and delivery: an update answered", "latency; who", columns)
    for latency, bots in by_latency.items():
        for who, told in bots.items():
            rates = (f"{told['rate']:,.0f}", f"{told['cpu ms']:.2f}", f"{1000 / told['cpu ms']:,.0f}")
            figures = (*rates, *(f"{told[name]:,.1f}" for name in ("p50 ms", "p99 ms")))
            counts = (f"{told[name]:,.0f}" for name in ("lost", "doubled", "peak MB"))
            table.add_row(latency, who, *figures, *counts, *_ratios(bots, who))
    return table


def _ratios(bots: Mapping[str, Told], who: str) -> tuple[str, str]:
    """How many times ours is ahead of it, both answering with an echo."""
    if OURS not in bots or who.startswith("ours"):
        return "-", "-"
    ours, its = bots[OURS], bots[who]
    return f"{ours['rate'] / its['rate']:.2f}", f"{its['cpu ms'] / ours['cpu ms']:.2f}"


def _heavy(rows: Mapping[str, Told]) -> Table:
    table = table_of("Intake and delivery: the whole bot in a crisis, at 40 ms", "what; measure", "figure")
    for name, told in rows.items():
        for at, (measure, figure) in enumerate(told.items()):
            table.add_row(
                "" if at else HEAVY[name], measure, f"{figure:,.2f}" if isinstance(figure, float) else f"{figure:,}"
            )
    return table
