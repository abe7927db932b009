"""How a bot is begun: as a program, or forked from a process that has its libraries read, for which a start is milliseconds."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.settings import CHECKOUT

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.faults.echo"])


class Process(Protocol):
    """What a measure does with a process, in the words of `subprocess.Popen`."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def terminate(self) -> None: ...


Begin = Callable[[Mapping[str, str], Path], Process]
"""Begin a bot with these variables, what it says written to the end of this file."""


def program(module: str, *arguments: str) -> Begin:
    """`python -m` a module."""
    return partial(_begun, [sys.executable, "-m", module, *arguments])


def _begun(command: list[str], environment: Mapping[str, str], log: Path) -> Process:
    with log.open("ab") as out:
        return subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=out, stderr=out, start_new_session=True)


class Forked:
    """The echo, forked: a process of its own group like the others, and killed like them."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._process = _SERVER.Process(target=_life, args=(dict(environment), str(log)))
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code. Raises `subprocess.TimeoutExpired`."""
        self._process.join(timeout)
        if (code := self.poll()) is None:
            raise subprocess.TimeoutExpired("echo", timeout or 0)
        return code

    def terminate(self) -> None:
        self._process.terminate()


def _life(environment: Mapping[str, str], log: str) -> None:
    from tests.faults import echo

    os.setsid()
    with Path(log).open("ab") as out:
        os.dup2(out.fileno(), sys.stdout.fileno())
        os.dup2(out.fileno(), sys.stderr.fileno())
    os.environ.clear()
    os.environ.update(environment)
    random.seed()  # or every life would throw the same dice
    asyncio.run(echo.main())
