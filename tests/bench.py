"""What speed and memory are, beside what one would use instead: `make bench`. Nothing here asserts a time.

It makes its own passages (the seed facts with other places, numbers and words), compiles them, and asks; each row is
one process of its own, so memory is that process's peak. The machine's noise shows in the ratios least.
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)
QUESTIONS = (
    "are US troops going to fight in Ukraine?",
    "how many soldiers are going to Poland?",
    "what is operation unifier?",
    "are us trops going to fihgt in ukriane",
    "will American forces be sent to Taiwan?",
    "who won the chess championship?",
)


def passages(file: Path, count: int) -> None:
    """`count` passages made from the seed facts by changing their words: none of them is news."""
    from answers.sources import read

    seed = [fact.quote.text for _, facts in read(ROOT / "data").articles for fact in facts]
    words = sorted({word for text in seed for word in text.split()})
    chance = random.Random(1)
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            text = [word if chance.random() < 0.6 else chance.choice(words) for word in chance.choice(seed).split()]
            text.append(f"Report {number}.")
            row = {
                "id": f"p{number}",
                "article_id": f"a{number // 10}",
                "outlet": f"Outlet {number // 10 % 7}",
                "date": "2022-02-02",
                "text": " ".join(text),
            }
            out.write(json.dumps(row) + "\n")


def median_ms(call: Callable[[str], object], questions: Sequence[str], rounds: int) -> tuple[float, float]:
    """Median and 99th percentile of a call, in milliseconds, after one round that is not counted."""
    times = []
    for round_ in range(rounds + 1):
        for question in questions:
            began = time.perf_counter()
            call(question)
            if round_:
                times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), sorted(times)[int(len(times) * 0.99) - 1]


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def row_build(data: str) -> dict[str, float]:
    """Compiling a file of passages."""
    from answers.desk import Shelf

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        Shelf(folder=Path(folder)).build(Path(data))
        return {"s": time.perf_counter() - began, "peak MB": peak_mb()}


def row_ask(data: str, rounds: str = "20") -> dict[str, float]:
    """Asking the whole desk: matching, deciding, composing, rendering."""
    from answers.desk import Desk, Shelf
    from answers.render import Renderer

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Shelf(folder=Path(folder)).build(Path(data)), Renderer(ROOT / "templates"))
        middle, worst = median_ms(lambda question: desk.ask(question, today=TODAY), QUESTIONS, int(rounds))
        return {"p50 ms": middle, "p99 ms": worst, "peak MB": peak_mb()}


def row_rapidfuzz(data: str, rounds: str = "3") -> dict[str, float]:
    """What a first try would do: the best of all passages by token_set_ratio, one after another."""
    from rapidfuzz import fuzz, process

    from answers.sources import read

    texts = [fact.quote.text for _, facts in read(Path(data)).articles for fact in facts]
    middle, worst = median_ms(
        lambda question: process.extract(question, texts, scorer=fuzz.token_set_ratio, limit=5), QUESTIONS, int(rounds)
    )
    return {"p50 ms": middle, "p99 ms": worst, "peak MB": peak_mb()}


def row_first_answer() -> dict[str, float]:
    """A whole process from its start to its first answer."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", "ask", QUESTIONS[0]], cwd=ROOT, check=True, capture_output=True)
    return {"s": time.perf_counter() - began}


def measured(name: str, *words: str) -> dict[str, float]:
    """A row in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", name, *words], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout))


def main() -> None:
    shown = Table("what", "measure", "value", box=None, header_style="bold")
    with tempfile.TemporaryDirectory() as folder:
        sizes = {count: Path(folder) / f"{count}.jsonl" for count in (10_000, 100_000)}
        for count, file in sizes.items():
            passages(file, count)
        results = {
            "seed base, start to first answer": measured("first_answer"),
            "seed base, one question": measured("ask", str(ROOT / "data"), "100"),
            "compile 10,000 passages": measured("build", str(sizes[10_000])),
            "compile 100,000 passages": measured("build", str(sizes[100_000])),
            "10,000 passages, one question": measured("ask", str(sizes[10_000])),
            "10,000 passages, rapidfuzz token_set_ratio": measured("rapidfuzz", str(sizes[10_000])),
            "100,000 passages, one question": measured("ask", str(sizes[100_000]), "5"),
        }
    for what, figures in results.items():
        for measure, value in figures.items():
            shown.add_row(what, measure, f"{value:,.2f}")
    ours, theirs = (
        results[f"10,000 passages, {what}"]["p50 ms"] for what in ("one question", "rapidfuzz token_set_ratio")
    )
    shown.add_row("ratio at 10,000 passages", "rapidfuzz scan / ours", f"{theirs / ours:,.1f}")
    Console(width=110).print(shown)


if __name__ == "__main__":
    rows = {"build": row_build, "ask": row_ask, "rapidfuzz": row_rapidfuzz, "first_answer": row_first_answer}
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(rows[sys.argv[1]](*sys.argv[2:])))
    else:
        main()
