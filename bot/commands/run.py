"""`run`."""

import os
import sys
from typing import TYPE_CHECKING

import click

from bot import console
from bot.commands.options import EXIT_BUSY, EXIT_PROBLEMS, EXIT_USAGE, read_settings, refusing

if TYPE_CHECKING:
    from bot.settings import Settings

SELDOM = (20_000, 20, 50)
"""How often Python looks for rings of objects that nobody holds. As often as it does by itself, a quarter of an answer's
time went into looking through what the fact base and the libraries hold for good.
"""


@click.command()
@refusing
def run() -> None:
    """Run the bot: on Telegram when a token is set, else in a local chat, whose address is printed."""
    from answers.errors import OnTheRecordError
    from bot.logs import only_kinds, to_stderr

    settings = read_settings()
    to_stderr()
    only_kinds()
    try:
        _run(settings)
    except OnTheRecordError:
        raise  # names the problems of the data, for whoever keeps it
    except Exception as error:  # noqa: BLE001 - a traceback would print its text, and with that what a reader wrote
        words, code = _ended(error)
        click.echo(words, err=True)
        sys.exit(code)


def _ended(error: Exception) -> tuple[str, int]:
    """What is said of a run that ended by an error, in one line, and its exit code."""
    from bot.app import CannotStart, Superseded
    from bot.logs import described
    from bot.singleton import AlreadyRunning

    match error:
        case AlreadyRunning():
            return str(error), EXIT_BUSY
        case Superseded():
            return "another On the Record polls with the same token: stop it, then start this one again", EXIT_BUSY
        case CannotStart():
            return str(error), EXIT_USAGE
        case _:
            return f"stopped by an error of its own: {described(error)}", EXIT_PROBLEMS


def _run(settings: "Settings") -> None:
    """The bot, until it is told to stop, alone on its state folder."""
    import asyncio
    import gc

    from bot.app import run as run_bot
    from bot.logs import of_the_loop
    from bot.singleton import only_one

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(of_the_loop)
        await run_bot(settings, console.say)

    gc.set_threshold(*SELDOM)
    os.umask(0o077)  # whatever it keeps is nobody else's to read
    with only_one(settings.state):
        asyncio.run(main())
