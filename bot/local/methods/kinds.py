"""What a method of the Bot API is, for the tables that name them.

Must not know any method.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.local.params import Params
from bot.local.world import World

Run = Callable[[World, Params], Awaitable[Any]]
Table = dict[str, Run]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    name: str  # as Telegram spells it; calls may spell it in any case
    run: Run
