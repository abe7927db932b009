"""`run`."""

import sys
from typing import TYPE_CHECKING

import click

from bot import console
from bot.commands.options import EXIT_BUSY, EXIT_PROBLEMS, EXIT_USAGE, read_settings, refusing

if TYPE_CHECKING:
    from bot.settings import Settings


@click.command()
@refusing
def run() -> None:
    """Run the bot: on Telegram when a token is set, else in a local chat, whose address is printed."""
    from answers.errors import OnTheRecordError
    from bot.app import CannotStart
    from bot.logs import described, only_kinds, to_stderr
    from bot.singleton import AlreadyRunning

    settings = read_settings()
    to_stderr()
    only_kinds()
    try:
        _run(settings)
    except AlreadyRunning as busy:
        click.echo(str(busy), err=True)
        sys.exit(EXIT_BUSY)
    except CannotStart as why:
        click.echo(str(why), err=True)
        sys.exit(EXIT_USAGE)
    except OnTheRecordError:
        raise
    except Exception as error:  # noqa: BLE001 - a traceback would print its text, and with that what a reader wrote
        click.echo(f"Stopped by an error of its own: {described(error)}", err=True)
        sys.exit(EXIT_PROBLEMS)


def _run(settings: "Settings") -> None:
    """The bot, until it is told to stop, alone on its state folder."""
    import asyncio

    from bot.app import run as run_bot
    from bot.logs import of_the_loop
    from bot.singleton import only_one

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(of_the_loop)
        await run_bot(settings, console.say)

    with only_one(settings.state):
        asyncio.run(main())
