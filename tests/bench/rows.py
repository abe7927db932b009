"""The rows of the application itself: built, opened and asked as the bot does it, each call its own process."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from answers.compile import compile_into
from answers.desk import Desk, Shelf
from answers.encode import Encoder
from answers.factbase import FactBase
from answers.match.preparing import prepare
from answers.questions import Gold
from answers.render import Renderer
from answers.revisions import revisions
from answers.sources import read
from bot.encoders import CORES, packaged
from tests.bench.asking import ALSO_UNDATED, Find, Told, Watch, ask_all, memory
from tests.bench.pool import ROOT, SEED_QUESTIONS, TODAY, facts_of, questions_of, write_pool
from tests.bench.vectors import StandIn, encode_really

_NO_GRAPH = 10**9


def the_encoder(threads: int = 1) -> Encoder:
    from answers.encode.onnx import OnnxEncoder

    return OnnxEncoder.open(packaged(), threads)


def shelf_of(folder: Path) -> Path:
    return folder / "shelf"


def true_of(folder: Path) -> Path:
    """Where the true vectors stand: beside the folders of all sizes."""
    return folder.parent / "true.npz"


def row_pool(folder: Path, sets: Path | None) -> Told:
    watch = Watch()
    write_pool(sets, folder, int(folder.name))
    return {"s": watch.lap()}


def row_encode(folder: Path, sets: Path) -> Told:
    """True vectors of the sets and the first variants, and how like them the synthetic ones are."""
    watch = Watch()
    encoder = the_encoder(CORES)
    calibration = encode_really(encoder, facts_of(sets), questions_of(sets), true_of(folder))
    with np.load(true_of(folder)) as true:
        return {"s": watch.lap(), "texts": len(true["keys"]), "calibration": calibration}


def row_build_words(folder: Path, sets: Path | None) -> Told:
    """Compiling, and the index of terms that is made when the file is opened for the first time."""
    watch, shelf = Watch(), shelf_of(folder)
    file = compile_into(shelf, read(folder / "pool.jsonl"))
    told = {"compile": watch.lap()}
    Shelf(folder=shelf).open(file.stem)
    return {"stages": {**told, "index of terms": watch.lap()}, "disk MB": size_mb(shelf), **memory()}


def row_build_meaning(folder: Path, sets: Path) -> Told:
    """Vectors by the stand-in, whose time is not the encoder's, and the graph where there are many."""
    encoder = StandIn(true_of(folder), folder / "origins.npz")
    shelf, watch = shelf_of(folder), Watch()
    base = FactBase.open(_revision(shelf))
    told = {"hash": watch.lap()}
    prepare(base, encoder, shelf, exact=_NO_GRAPH)
    told["vectors (stand-in)"] = watch.lap()
    prepare(base, encoder, shelf)
    return {"stages": {**told, "graph": watch.lap()}, "disk MB": size_mb(shelf), **memory()}


def row_ask_words(folder: Path, sets: Path | None) -> Told:
    return _asked(Shelf(folder=shelf_of(folder)), questions_of(sets))


def row_ask_meaning(folder: Path, sets: Path | None) -> Told:
    return _asked(Shelf(folder=shelf_of(folder), encoder=the_encoder()), questions_of(sets))


def _asked(shelf: Shelf, questions: list[Gold]) -> Told:
    """Opening what was built, and asking the whole desk: matching, deciding, composing, rendering."""
    watch = Watch()
    snapshot = shelf.open(_revision(shelf.folder).stem)
    opened = watch.lap()
    assert not snapshot.why_lexical, snapshot.why_lexical
    told = ask_all(finder(Desk(snapshot, Renderer(ROOT / "templates"))), questions, ALSO_UNDATED)
    return {"open s": opened, **told}


def finder(desk: Desk) -> Find:
    def find(question: Gold) -> list[str]:
        reply = desk.ask(question.text, today=question.day or TODAY)
        return [match.fact.id for match in reply.answer.ranking]

    return find


def row_first_answer(folder: Path, sets: Path | None) -> Told:
    """A whole process from its start to its first answer, when the seed base is compiled."""
    command = [sys.executable, "-m", "bot", "ask", SEED_QUESTIONS[0]]
    for _ in range(2):
        watch = Watch()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return {"s": watch.lap()}


def row_seed_words(folder: Path, sets: Path | None) -> Told:
    return _seed(Shelf(folder=folder / "seed"))


def row_seed_meaning(folder: Path, sets: Path | None) -> Told:
    return _seed(Shelf(folder=folder / "seed", encoder=the_encoder()))


def _seed(shelf: Shelf) -> Told:
    desk = Desk(shelf.build(ROOT / "data"), Renderer(ROOT / "templates"))
    return ask_all(finder(desk), questions_of(None) * 100)


def _revision(shelf: Path) -> Path:
    """The compiled file of a shelf, which has one."""
    return next(revisions(shelf))


def size_mb(place: Path) -> float:
    files = place.rglob("*") if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6
