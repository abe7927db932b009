"""`settings`."""

import click

from bot import console
from bot.commands.options import read_settings


@click.command()
def settings() -> None:
    """Print the settings with their meaning and present value; secrets are hidden."""
    console.settings_list(read_settings())
