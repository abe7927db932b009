"""`run`."""

import sys

import click

from bot import console
from bot.commands.options import EXIT_BUSY, EXIT_USAGE, read_settings, refusing


@click.command()
@refusing
def run() -> None:
    """Run the bot: on Telegram when a token is set, else in a local chat, whose address is printed."""
    import asyncio

    from bot.app import CannotStart, Superseded
    from bot.app import run as run_bot
    from bot.logs import to_stderr
    from bot.singleton import AlreadyRunning, only_one

    settings = read_settings()
    to_stderr()
    try:
        with only_one(settings.state):
            asyncio.run(run_bot(settings, console.say))
    except AlreadyRunning as busy:
        click.echo(str(busy), err=True)
        sys.exit(EXIT_BUSY)
    except Superseded:
        click.echo("another On the Record polls with the same token: stop it, then start this one again", err=True)
        sys.exit(EXIT_BUSY)
    except CannotStart as why:
        click.echo(str(why), err=True)
        sys.exit(EXIT_USAGE)
