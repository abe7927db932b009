"""A bot as a process that is started, killed, told to stop, and started again; what it wrote is kept."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import variables
from tests.faults.processes import Begin, Forked, Process, program
from tests.faults.telegram import TOKEN, Telegram, TooLong, until

ADMINS = "1000,1001"
SHARED = Path("/dev/shm")
STOPPED = 0.2
"""Of the lives that `strike` ends, how many by SIGTERM."""
STOPS_WITHIN = 15.0
BOTS: dict[str, Begin] = {
    "run": program("bot", "run"),
    "quick": program("tests.faults.quick"),
    "echo": Forked,
    "stock": program("tests.faults.stock"),
}


@dataclass(slots=True, kw_only=True)
class Bot:
    """One bot: how it is begun, its folders, and the process if it runs.

    `kills` and `stops` count those that hit a live process, `late` the stops after which it did not end, or not with 0.
    """

    begin: Begin
    environment: dict[str, str]
    folder: Path
    runtime: Path
    process: Process | None = None
    kills: int = 0
    stops: int = 0
    late: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(0))

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def code(self) -> int | None:
        return None if self.process is None else self.process.poll()

    def start(self, sim: Telegram | None = None, *, seconds: float = 60) -> None:
        """Start it; with a Bot API given, wait until it polls there."""
        before = sim.polls if sim else 0
        self.process = self.begin(self.environment, self.log)
        if sim:
            until(lambda: sim.polls > before or not self.alive, seconds, "the bot to poll")
            if not self.alive:
                raise TooLong(f"the bot ended with {self.code}:\n{self.said()[-2000:]}")

    def kill(self) -> None:
        """kill -9, without a word."""
        if self.process is not None:
            self.kills += self.alive
            with_group(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def strike(self) -> None:
        """End it as chance has it: by kill -9, or now and then by SIGTERM, and SIGTERM again while it ends."""
        if self.chance.random() > STOPPED or not self.alive:
            self.kill()
            return
        self.stops += 1
        self.terminate()
        time.sleep(self.chance.uniform(0, 0.5))
        self.terminate()
        self.late += self.ended(STOPS_WITHIN) is None or self.code != 0

    def terminate(self) -> None:
        if self.process is not None and self.alive:
            self.process.terminate()

    def ended(self, seconds: float) -> float | None:
        """The seconds until it ends by itself; None, and it is killed, when it does not."""
        assert self.process
        began = time.monotonic()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None
        return time.monotonic() - began

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def files(self) -> Iterator[Path]:
        """Everything that it left behind: state, log, what waits in memory, and what it may have put beside."""
        for place in (self.folder, self.runtime):
            yield from (path for path in place.rglob("*") if path.is_file())


def with_group(leader: int, number: int) -> None:
    """Signal a process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(leader, number)


@contextmanager
def bot(sim: Telegram, kind: str = "run", *, seed: int = 0, **more: str) -> Iterator[Bot]:
    """A bot of a kind on this Bot API, not yet started, with folders of its own; whatever happens, it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="otr-faults-"))
    runtime = Path(tempfile.mkdtemp(prefix="otr-faults-", dir=SHARED if SHARED.is_dir() else None))
    made = Bot(
        begin=BOTS[kind],
        environment=_environment(sim, folder, runtime, more),
        folder=folder,
        runtime=runtime,
        chance=random.Random(seed),
    )
    try:
        yield made
    finally:
        made.kill()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(runtime, ignore_errors=True)


def _environment(sim: Telegram, folder: Path, runtime: Path, more: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OTR_")}
    ours = {
        "OTR_TELEGRAM_API": sim.address,
        "OTR_TELEGRAM_TOKEN": TOKEN,
        "OTR_ADMINS": ADMINS,
        "OTR_ENCODER": "lexical",
        "OTR_STATE": str(folder / "state"),
        "OTR_GOLDEN": str(folder / "golden"),
        "OTR_RUNTIME": str(runtime),
        **more,
    }
    known = {name: value for name, value in ours.items() if name in variables()}
    return {**kept, **known, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1", "PTB_TIMEDELTA": "1"}
