"""`digest`."""

from datetime import date, datetime
from pathlib import Path

import click

from bot.commands.options import data_option, read_settings, refusing, today_option


@click.command()
@click.option("--dry-run", is_flag=True, required=True, help="Show it; send nothing.")
@data_option
@today_option
@refusing
def digest(*, dry_run: bool, data: Path | None, today: date | None) -> None:  # noqa: ARG001 - the flag is a promise, not a choice
    """Show the digest that would go out now, and to how many; with --data, if that were published."""
    from bot import previewing

    settings = read_settings()
    previewing.show(settings, today or datetime.now(settings.timezone).date(), data)
