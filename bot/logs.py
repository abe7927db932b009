"""What is logged: our own events with their words; of other libraries only who, how bad and where.

A library's message can hold a token or what a reader asked, so its words never reach a handler.
"""

import logging
import sys

OURS = ("bot", "answers", "__main__")


class _Discreet(logging.Formatter):
    """Our records as they are, without tracebacks; of others the logger, the place and the kind of error."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record, '%H:%M:%S')} {record.levelname.lower():7} {record.name}"
        if record.name.partition(".")[0] in OURS:
            return f"{head}: {record.getMessage()}"
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "event"
        return f"{head}: {kind} at {record.filename}:{record.lineno}"


def to_stderr(level: int = logging.INFO) -> None:
    """Send the log to standard error: our events from `level` on, those of libraries from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
