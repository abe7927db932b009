"""A bot as a process on one core, and what it costs: CPU of all its threads, memory. It knows no bot and no Bot API."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from tests.bench.pool import ROOT

_TICK = os.sysconf("SC_CLK_TCK")
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


class Watched:
    """A running process."""

    def __init__(self, pid: int) -> None:
        self._place = Path(f"/proc/{pid}")

    def cpu(self) -> float:
        """Seconds that all its threads computed so far, in its own code and in the kernel."""
        after_name = self._place.joinpath("stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / _TICK

    def memory(self, what: str = "VmRSS") -> float:
        """Megabytes that it holds; of `VmHWM`, the most that it held."""
        status = dict(line.split(":", 1) for line in self._place.joinpath("status").read_text().splitlines())
        return int(status[what].split()[0]) * 1024 / 1e6

    def forget_peak(self) -> None:
        """The most that it held counts from now on."""
        self._place.joinpath("clear_refs").write_text("5")


@cache
def cores() -> tuple[int, int]:
    """The core that the bot has to itself, and the one for whoever measures; the same one on a machine with one.

    Looked up once: whoever measures keeps to its core from then on, and would find no other for the bot.
    """
    mine = sorted(os.sched_getaffinity(0))
    return mine[-1], mine[0]


@asynccontextmanager
async def started(module: str, *arguments: str, env: Mapping[str, str], core: int) -> AsyncIterator[Watched]:
    """`python -m module` on one core until the end of the block; then SIGTERM, and after ten seconds SIGKILL."""
    command: Sequence[str] = (sys.executable, "-m", module, *arguments)
    inherited = os.environ | ALONE | {"PTB_TIMEDELTA": "1", **env}
    # Before it runs, so that every thread that it begins inherits it.
    process = await asyncio.create_subprocess_exec(
        "taskset", "-c", str(core), *command, cwd=ROOT, env=inherited, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield Watched(process.pid)
    finally:
        await _ended(process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), 10)
    except TimeoutError:
        process.kill()
        await process.wait()
