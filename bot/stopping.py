"""The end that a signal asks for: the first SIGINT or SIGTERM is heard, and every later one changes nothing, to the last moment.

*Why not asyncio's own handlers:* they go with its loop, and a second SIGTERM while the interpreter cleaned up ended the process by
the signal, which a service manager takes for a crash.
"""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def heard() -> Iterator[asyncio.Event]:
    """An event that the first signal sets; from then on, and after the block, signals are ignored. In the main thread alone."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def first(*_: object) -> None:
        _ignore()
        loop.call_soon_threadsafe(stop.set)

    for number in SIGNALS:
        signal.signal(number, first)
    try:
        yield stop
    finally:
        _ignore()


def _ignore() -> None:
    """Python's end keeps what is ignored as it is; a handler of ours it would take away."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
