"""What is logged: our own events with their words; of other libraries only who, how bad and where.

A library's message can hold a token or what a reader asked, so its words never reach a handler. Nor does any traceback:
the text of an error is whatever was in hand when it happened. A line is a line, whatever stands in it.
"""

import asyncio
import faulthandler
import logging
import re
import resource
import sys
import threading
import traceback
from typing import Any

OURS = ("bot", "answers", "__main__")
log = logging.getLogger(__name__)


class Discreet(logging.Formatter):
    """Our records as they are, without tracebacks; of others the logger, the place and the kind of error."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record, '%H:%M:%S')} {record.levelname.lower():7} {record.name}"
        if record.name.partition(".")[0] in OURS:
            return f"{head}: {_one_line(record.getMessage())}"
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "event"
        return f"{head}: {kind} at {record.filename}:{record.lineno}"


def _one_line(words: str) -> str:
    """Words without what would begin another line, or make a terminal do something."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", words)


def to_stderr(level: int = logging.INFO) -> None:
    """Send the log to standard error: our events from `level` on, those of libraries from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    # A record that cannot be written would be printed with its words.
    logging.raiseExceptions = False


def described(error: BaseException) -> str:
    """The kind of an error and where it was raised: all that may be told of one. Its text is for nobody."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def only_kinds() -> None:
    """From here on no part of Python prints the text of an error or the memory of this process: kinds and places only."""
    sys.excepthook = lambda _kind, error, _where: _told("stopped", error)
    threading.excepthook = lambda told: _told("a thread ended", told.exc_value)
    sys.unraisablehook = lambda told: _told("an error in tidying up", told.exc_value)
    logging.captureWarnings(capture=True)
    # Of a crash of the interpreter it shows files and lines, no values; a core would hold every question in memory.
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def of_the_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What an event loop calls for an error that nobody awaits: its own words would hold the task, and so its arguments."""
    _told("an error that nobody waited for", context.get("exception"))


def _told(what: str, error: BaseException | None) -> None:
    log.error("%s: %s", what, described(error) if error else "no more is known")
