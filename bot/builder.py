"""The child process of a reload: a data folder parsed, compiled, encoded and tried out, under limits. `python -m bot.builder`.

One order as a line of JSON comes in, one answer as JSON goes out. It knows no Telegram, no token and nothing that the
bot remembers: whatever a file does to a parser, it is done to this process. When its parent goes, it goes.
"""

import errno
import json
import logging
import os
import resource
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread
from typing import IO, Any

from answers import golden
from answers.desk import Desk, Shelf, Snapshot
from answers.errors import FactBaseDamaged, Problem, Refused
from answers.model import Radius
from answers.render import Renderer
from bot.encoders import open_named

MOST_PROBLEMS = 2_000
"""Problems that are told: whoever reads them mends the first, and a hostile file must not fill the bot with them."""

GOLDEN_SECONDS = 45
"""For the golden questions: at 500 of them twice what they take on a small machine with the encoder."""

NO_MEMORY = errno.ENOMEM
"""The exit of a child that has not even the memory left to say so."""

_BORN = time.monotonic()
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to build, and with how much: paths, the encoder as the settings name it, the revision that is live, an ISO day.

    `memory` is in bytes, of what the process writes to; `processor` in seconds of all its threads together, `seconds` by
    the clock. With `ready` only the vectors of that revision are made.
    """

    data: str
    templates: str
    folder: str
    encoder: str
    golden: str
    live: str
    today: str
    memory: int
    processor: int
    seconds: int
    ready: str = ""


def main() -> None:
    out = _output()
    order = Order(**json.loads(_line(0)))
    Thread(target=_end_with_parent, daemon=True).start()
    _limit(order)
    with out:
        json.dump(answer(order), out)


def answer(order: Order) -> dict[str, Any]:
    """The revision, compiled and ready to be opened, with what it does to the golden questions; or what is wrong."""
    try:
        return _built(order)
    except Refused as refused:
        return {"problems": _told(refused.problems)}
    except MemoryError:
        return {"failed": "memory"}
    except Exception as error:  # noqa: BLE001 - whatever it was, the parent must be able to say it
        return {"failed": "memory" if for_want_of_memory(error) else f"{type(error).__name__}: {error}"}


def for_want_of_memory(error: Exception) -> bool:
    """Python has a MemoryError for its own; what the C library cannot get, for a folder to be listed say, is an OSError."""
    return isinstance(error, OSError) and error.errno == errno.ENOMEM


def _built(order: Order) -> dict[str, Any]:
    encoder, why = open_named(order.encoder)
    shelf = Shelf(folder=Path(order.folder), encoder=encoder, why_not=why)
    if order.ready:
        shelf.ready(order.ready)
        return {"revision": order.ready, "radius": asdict(Radius())}
    data = Path(order.data)
    snapshot = shelf.build(data)
    today = date.fromisoformat(order.today)
    if problems := Desk(snapshot, Renderer(Path(order.templates))).refusals(snapshot, data, today):
        raise Refused(problems)
    return {"revision": snapshot.base.revision, "radius": asdict(_radius(order, shelf, snapshot))}


def _radius(order: Order, shelf: Shelf, coming: Snapshot) -> Radius:
    """What the golden questions say to both revisions. That they cannot be asked stops no publication."""
    until = min(time.monotonic() + GOLDEN_SECONDS, _BORN + 0.9 * order.seconds)
    try:
        questions = golden.questions_at(Path(order.golden)) if coming.base.revision != order.live else ()
        if not questions:
            return Radius()
        live = shelf.open(order.live)
    except (Refused, FactBaseDamaged) as error:
        return Radius(unasked=str(error).partition("\n")[0])
    return golden.shifts(questions, live, coming, date.fromisoformat(order.today), lambda: time.monotonic() > until)


def _told(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    left = len(problems) - MOST_PROBLEMS
    more = [Problem(path="…", line=0, message=f"and {left:,} more problems")] if left > 0 else []
    return [asdict(problem) for problem in (*problems[:MOST_PROBLEMS], *more)]


def _output() -> IO[str]:
    """Standard output for the answer alone: what a library prints goes where errors go."""
    mine = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(mine, "w", encoding="utf-8")


def _line(descriptor: int) -> bytes:
    """A line of a pipe, read without a buffer: a thread that waits in one cannot be ended with the process."""
    return b"".join(iter(partial(os.read, descriptor, 1), b"\n"))


def _end_with_parent() -> None:
    """Wait for the end of standard input, which the parent holds open as long as it lives and wants an answer."""
    while os.read(0, 4096):
        pass
    os._exit(1)


def _limit(order: Order) -> None:
    """Limits that the system keeps; one that it does not know leaves the parent's clock.

    Of memory what is written to is limited, not what is mapped: vectors and fact bases are files, read where they lie.
    """
    processor = (order.processor, order.processor + 5)
    for kind, limits in (
        (resource.RLIMIT_DATA, (order.memory, order.memory)),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_CORE, (0, 0)),
    ):
        try:
            resource.setrlimit(kind, limits)
        except (ValueError, OSError) as error:
            log.warning("a limit could not be set: %s", error)
    # Where memory runs out all the same, this process is to be ended and not the bot.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    try:
        main()
    except MemoryError:
        os._exit(NO_MEMORY)
