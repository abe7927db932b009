"""`add`."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from bot.commands.options import DAY, data_option, read_settings, refusing


@click.command()
@click.argument("source", metavar="URL|FILE")
@click.option("--outlet", default="", help="Who published it.")
@click.option("--published", type=DAY, help="The day it came out.")
@click.option("--title", default="", help="Its headline.")
@data_option
@refusing
def add(source: str, *, outlet: str, published: date | None, title: str, data: Path | None) -> None:
    """Bring an article in: an https address, a saved page (.html), a text (.txt, .md), or - for standard input."""
    import asyncio

    from bot import adding
    from bot.fetching import Fetcher
    from bot.filing import Filing

    settings = read_settings()
    today = datetime.now(settings.timezone).date()
    if published and published > today:
        raise click.UsageError(f"--published: {published} is yet to come")
    filing = Filing(data or settings.data)
    incoming = asyncio.run(adding.fetched(Fetcher(), source)) if "://" in source else adding.saved(source)
    known = adding.Known(outlet=outlet, title=title, published=published)
    asked = _ask if sys.stdin.isatty() and sys.stdout.isatty() and source != "-" else None
    adding.add(filing, adding.completed(incoming, known, asked), today, click.echo)


def _ask(question: str, suggested: str) -> str:
    hint = f" - the source suggests {suggested}" if suggested else ""
    return str(click.prompt(f"{question}? (Enter: not known{hint})", default="", show_default=False)).strip()
