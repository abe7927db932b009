"""The parent's side of a reload's child process: started, limited, listened to, and ended with all that it started.

Whatever becomes of the child, the caller gets a revision that can be opened, or `Refused` with words for an admin. It
knows processes and time; what is built is for `bot.builder`.
"""

import asyncio
import json
import logging
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from answers.errors import Problem, Refused
from answers.model import Radius, Shift
from answers.revisions import delete
from bot.builder import NO_MEMORY, Order
from bot.settings import CHECKOUT, Settings

THREADS = 2
"""That compute at a time in a child, so its processor time is that many times the clock's."""

LONGEST_ANSWER = 16 * 2**20
"""Bytes of an answer that are read: all problems that a child may name, a thousand characters each, have room in it."""

LAST_SECONDS = 5
"""That a child has to end by itself once it has answered."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A revision that is ready to be opened, and the golden questions that it answers otherwise."""

    revision: str
    radius: Radius


class Building:
    """Builds the data folder of an installation in child processes. `close` ends what is running, at once."""

    def __init__(self, settings: Settings, threads: float = THREADS) -> None:
        self._settings, self._threads = settings, threads
        self._running: set[asyncio.subprocess.Process] = set()
        self._closed = False

    async def build(self, live: str, today: date) -> Built:
        """The data folder, compiled and with its vectors. Raises `Refused` with its problems, or why there is no answer."""
        return await self._done(self._order(live, today))

    async def prepare(self, revision: str) -> None:
        """Make the vectors of a revision that has none for the present encoder. Raises `Refused` when there is no answer."""
        await self._done(replace(self._order(revision, date.min), ready=revision))

    async def _done(self, order: Order) -> Built:
        self._check_open()
        process = await self._started()
        try:
            async with asyncio.timeout(self._settings.reload_seconds):
                told = await _exchanged(process, order)
        except TimeoutError:
            raise self._refused(f"was not read and built within {self._limits()}", _LARGE) from None
        finally:
            await self._end(process)
        self._check_open()
        return self._read(told, process.returncode or 0)

    async def close(self) -> None:
        """End every child, and start none any more."""
        self._closed = True
        for process in list(self._running):
            await self._end(process)

    def _check_open(self) -> None:
        if self._closed:
            raise self._refused("was not read: the bot is being stopped", "send /reload when it is back")

    async def _started(self) -> asyncio.subprocess.Process:
        """A child in a process group of its own, so that all of it can be ended; it is told no secret."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.builder",
            cwd=CHECKOUT,
            env={name: value for name, value in os.environ.items() if not name.startswith("OTR_")},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        self._running.add(process)
        return process

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        if process in self._running:
            self._running.discard(process)
            await asyncio.to_thread(_sweep, self._settings.fact_bases, process.pid)

    def _order(self, live: str, today: date) -> Order:
        settings = self._settings
        return Order(
            data=str(settings.data),
            templates=str(settings.templates),
            folder=str(settings.fact_bases),
            encoder=str(settings.encoder),
            golden=str(settings.golden),
            live=live,
            today=today.isoformat(),
            memory=settings.reload_memory * 2**20,
            processor=max(1, int(settings.reload_seconds * self._threads)),
            seconds=settings.reload_seconds,
        )

    def _read(self, told: bytes, code: int) -> Built:
        """The answer of a child that has ended. One that was torn off is none."""
        try:
            answer = json.loads(told)
            if "revision" in answer:
                return Built(revision=answer["revision"], radius=_radius(answer["radius"]))
            if "problems" in answer:
                raise Refused(Problem(**problem) for problem in answer["problems"])
            why = str(answer["failed"])
        except (ValueError, KeyError, TypeError):
            why = ""
        log.warning("the data folder was not built: %s (exit %d)", why or "no answer", code)
        if why == "memory" or code in _FOR_WANT_OF_MEMORY:
            raise self._refused(
                f"needs more memory than there is, or its process was killed ({self._limits()})", _LARGE
            )
        if code == -signal.SIGXCPU:
            raise self._refused(f"was not read and built within {self._limits()}", _LARGE)
        raise self._refused(f"could not be built: {why or f'its process ended with exit {code}'}", _SEE_LOG)

    def _limits(self) -> str:
        return f"{self._settings.reload_seconds} s and {self._settings.reload_memory} MB"

    def _refused(self, message: str, hint: str) -> Refused:
        return Refused([Problem(path=self._settings.data.name, line=0, message=message, hint=hint)])


_FOR_WANT_OF_MEMORY = {NO_MEMORY, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV}
_LARGE = (
    "look for a file that is far too large or nested too deeply; what is right and only large is built first with"
    " python -m bot build, or OTR_RELOAD_SECONDS and OTR_RELOAD_MEMORY are raised"
)
_SEE_LOG = "python -m bot check and the log may say more"


async def _exchanged(process: asyncio.subprocess.Process, order: Order) -> bytes:
    """Give a child its order and read its answer to the end. Its input stays open: it is its sign that we are here."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a child was started without its pipes")
    with suppress(ConnectionError):  # one that is dead already has nothing to tell, which its exit explains
        process.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
        await process.stdin.drain()
    told = b""
    while len(told) <= LONGEST_ANSWER and (part := await process.stdout.read(2**16)):
        told += part
    with suppress(TimeoutError):  # it has said all that it has to say: one that does not end is ended
        async with asyncio.timeout(LAST_SECONDS if len(told) <= LONGEST_ANSWER else 0):
            await process.wait()
    return told


def _radius(told: dict[str, Any]) -> Radius:
    shifts = (
        Shift(question=one["question"], before=tuple(one["before"]), after=tuple(one["after"]))
        for one in told["shifts"]
    )
    return Radius(golden=told["golden"], asked=told["asked"], unasked=told["unasked"], shifts=tuple(shifts))


def _sweep(folder: Path, pid: int) -> None:
    """Delete what a child has left half done. What it had encoded stays: the next one takes it up."""
    for left in list(folder.glob(f".*.{pid}.building*")):
        delete(left)
