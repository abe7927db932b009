"""`python -m tests.bench [EVAL]`: all rows, each in a process of its own, then the tables; see the package's own words."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.bench.asking import Told
from tests.bench.report import Results, show

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = (10_000, 100_000, 1_000_000)
SMALL = SIZES[:2]
"""Without question sets: speed alone is told, and ten times as many passages tell little more of it."""

ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "RAYON", "VECLIB")}

MEANING, WORDS = "ours, with the encoder", "ours, by words only"
OTHERS = {"fts5": "SQLite FTS5", "tantivy": "tantivy", "rapidfuzz": "rapidfuzz scan", "e5": "e5 alone, scan"}

INTAKE = {"rates-0": "rates", "rates-40": "rates", "backlog": "floods", "flood": "floods", "million": "million"}
"""Rows of updates in and messages out, and the modules that they stand in."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs rows in a folder, with or without sets. What builds something is run once and its figures kept beside it."""

    folder: Path
    sets: Path | None

    def row(self, name: str, size: int = 0, *, once: bool = False) -> Told:
        place = self.folder / str(size)
        place.mkdir(parents=True, exist_ok=True)
        kept = place / f"{name}.json"
        if once and kept.exists():
            return dict(json.loads(kept.read_text(encoding="utf-8")))
        told = self._measured(name, place)
        kept.write_text(json.dumps(told), encoding="utf-8")
        return told

    def _measured(self, name: str, place: Path) -> Told:
        sys.stderr.write(f"{name} {place.name}\n")
        command = [sys.executable, "-m", "tests.bench", "--row", name, str(place), str(self.sets or "")]
        done = subprocess.run(
            command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | ONE_THREAD
        )
        return dict(json.loads(done.stdout.splitlines()[-1]))


def row(name: str, place: str, sets: str) -> None:
    """One row, in this process: imported here, for what measures must be small (a child's peak begins with its parent's)."""
    called = f"row_{name.replace('-', '_')}"
    homes = (
        import_module(f"tests.bench.{home}") for home in ([INTAKE[name]] if name in INTAKE else ["rows", "others"])
    )
    measure: Callable[[Path, Path | None], Told] = next(
        getattr(home, called) for home in homes if hasattr(home, called)
    )
    sys.stdout.write("\n" + json.dumps(measure(Path(place), Path(sets) if sets else None)))


def asked(run: Runner, sizes: tuple[int, ...], results: Results) -> None:
    """Questions: quality, speed and memory."""
    encoder = results.encoder
    meaning = encoder and run.sets is not None
    results.seed["start to first answer"] = run.row("first-answer")
    results.seed["one question, by words only"] = run.row("seed-words")
    if encoder:
        results.seed["one question, with the encoder"] = run.row("seed-meaning")
    if meaning:
        results.encoding = run.row("encode", once=True)
    for size in sizes:
        _size(run, size, results, meaning=meaning)


def taken_in(run: Runner, results: Results) -> None:
    """Updates in and messages out."""
    for name in INTAKE:
        results.intake[name] = run.row(name)


def _size(run: Runner, size: int, results: Results, *, meaning: bool) -> None:
    run.row("pool", size, once=True)
    results.built[size, WORDS] = run.row("build-words", size, once=True)
    if meaning:
        results.built[size, MEANING] = run.row("build-meaning", size, once=True)
        results.asked[size, MEANING] = run.row("ask-meaning", size)
    results.asked[size, WORDS] = run.row("ask-words", size)
    for name, title in OTHERS.items():
        if name in {"fts5", "tantivy"}:
            results.built[size, title] = run.row(f"build-{name}", size, once=True)
        if name != "e5" or meaning:
            results.asked[size, title] = run.row(f"ask-{name}", size)


@contextmanager
def workshop() -> Iterator[Path]:
    """The folder of BENCH_FOLDER, emptied when what would be built there is built otherwise now; else a passing one."""
    if not (named := os.environ.get("BENCH_FOLDER")):
        with tempfile.TemporaryDirectory() as passing:
            yield Path(passing)
        return
    folder = Path(named).resolve()
    seal = folder / "made_by"
    if folder.exists() and not (seal.exists() and seal.read_text(encoding="utf-8") == _made_by()):
        if any(folder.iterdir()) and not seal.exists():
            sys.exit(f"BENCH_FOLDER={folder} holds other things: name an empty folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    seal.write_text(_made_by(), encoding="utf-8")
    yield folder


def _made_by() -> str:
    """A fingerprint of all code that decides what is built, and of which sets."""
    own = (ROOT / "tests" / "bench" / f"{name}.py" for name in ("pool", "variants", "vectors", "rows", "others"))
    parts = [*sorted((ROOT / "answers").rglob("*.py")), *own]
    digest = hashlib.sha256("\n".join(sys.argv[1:]).encode())
    for file in parts:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def main() -> None:
    from bot.encoders import packaged

    sets = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    sizes = tuple(map(int, os.environ.get("SIZES", "").split())) or (SIZES if sets else SMALL)
    results = Results(sets=sets is not None, encoder=(packaged() / "manifest.json").exists())
    parts = os.environ.get("PARTS", "questions intake").split()
    with workshop() as folder:
        if "questions" in parts:
            asked(Runner(folder, sets), sizes, results)
        if "intake" in parts:
            taken_in(Runner(folder, sets), results)
        show(results)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--row"]:
        row(*sys.argv[2:])
    else:
        main()
