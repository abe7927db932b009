"""`feeds`."""

import sys
from datetime import datetime
from pathlib import Path

import click

from bot.commands.options import EXIT_PROBLEMS, data_option, read_settings, refusing


@click.command()
@click.option(
    "--most", type=click.IntRange(min=1), default=20, show_default=True, help="New articles of each feed to fetch."
)
@data_option
@refusing
def feeds(*, most: int, data: Path | None) -> None:
    """Read the feeds of data/feeds.toml; new items become articles that await review."""
    import asyncio

    from answers.feeds import listed
    from bot.feeds import Reading
    from bot.fetching import Fetcher
    from bot.filing import Filing

    settings = read_settings()
    root = data or settings.data
    filing, found = Filing(root), listed(root)
    if not found:
        click.echo(f"No feed is listed. Add one to {root / 'feeds.toml'}: see data/README.md.")
        return
    today = datetime.now(settings.timezone).date()
    reading = Reading(filing=filing, fetcher=Fetcher(), today=today, say=click.echo, most=most)
    if not asyncio.run(reading.all(found)):
        sys.exit(EXIT_PROBLEMS)
