"""A Bot API on loopback: what the tests talk to, and what people try the bot on without a token.

    async with serving(LocalApi(), port=8081) as root:
        ...  # base_url=root + "/bot", base_file_url=root + "/file/bot", the chat page at root

Must not know the bot: nothing here imports the rest of `bot`, `answers` or `telegram`.
"""

from __future__ import annotations

from bot.local.api import LOCAL_TOKEN, LocalApi
from bot.local.errors import LocalPortInUse
from bot.local.serve import serving

__all__ = ["LOCAL_TOKEN", "LocalApi", "LocalPortInUse", "serving"]
