"""The whole bot as `python -m bot run` has it, but it looks for what is due ten times a second, and shows no digest to admins first.

A kill costs as long as it takes until messages leave again, and that is half a minute of waiting otherwise.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta

from bot.app import running
from bot.logs import to_stderr
from bot.settings import Settings
from bot.stopping import heard

LOOK_EVERY = timedelta(seconds=0.1)


async def main() -> None:
    settings = Settings.read({name: value for name, value in os.environ.items() if name.startswith("OTR_")})
    async with running(settings, token=settings.token, api=settings.telegram_api, look_every=LOOK_EVERY):
        with heard() as stop:
            await stop.wait()


if __name__ == "__main__":
    to_stderr()
    sys.exit(asyncio.run(main()))
