"""uvicorn's connections, made to end when a fault wants it.

Must not know calls: `striking.py` finds the transport of its call in the scope.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.local.faults import FaultPlane
from bot.local.striking import reset


class Connection(H11Protocol):
    faults: FaultPlane

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)
        if self.faults.strike_line():
            reset(transport)


def connections_with(faults: FaultPlane) -> type[Connection]:
    """The connections of one server: uvicorn makes them by itself, so what they must know is given to their class."""
    return type("Connection", (Connection,), {"faults": faults})
