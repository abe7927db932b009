"""Telling the service manager that the bot is ready, and again and again that it lives (systemd: sd_notify, WatchdogSec).

A bot whose event loop stands still is ended with SIGABRT, which leaves a trace (`bot.intake.crashes`), and begun again.
"""

import asyncio
import os
import socket
from collections.abc import Mapping

OFTEN = 10.0
"""Seconds between two signs of life: a third of what the unit allows."""


class Manager:
    """The service manager that an environment names; where none is named nothing is told."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # Linux: a name that is no file begins with a NUL, written as @ (sd_notify(3)).
        self._address = "\0" + address[1:] if address.startswith("@") else address

    def tell(self, words: str) -> None:
        """Tell it something. That it does not listen is no reason to stop."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as teller:
                teller.settimeout(0)
                teller.sendto(words.encode(), self._address)
        except OSError:
            return


async def living(manager: Manager) -> None:
    """Say that we are ready, then that we live, for as long as the event loop turns."""
    manager.tell("READY=1")
    while True:
        manager.tell("WATCHDOG=1")
        await asyncio.sleep(OFTEN)
