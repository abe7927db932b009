"""Did the process before this one end by a crash of its own? A library's segmentation fault ends us without a word.

An update may be the reason; if it were taken up again with the others, none would ever be answered. A kill from outside is
no crash: it leaves no trace here, and accuses nobody.
"""

import faulthandler
from pathlib import Path

MOST = 3
"""Crashes with an update in hand, the later ones with nothing else, after which it is set aside."""


class Watch:
    """Watches over this process, with a trace in a file. The trace has places in our code and not a word of an update."""

    def __init__(self, file: Path) -> None:
        self.crashed = file.exists() and file.stat().st_size > 0
        """Whether the process before ended by a crash."""
        self._file = file.open("wb")
        faulthandler.enable(self._file, all_threads=False)

    def close(self) -> None:
        faulthandler.disable()
        self._file.close()
