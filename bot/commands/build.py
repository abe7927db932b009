"""`build`."""

from pathlib import Path

import click

from bot import console
from bot.commands.options import data_option, read_settings, refusing


@click.command()
@data_option
@refusing
def build(data: Path | None) -> None:
    """Compile the fact base; print its revision and counts."""
    settings = read_settings()
    base = console.desk(settings, data).snapshot.base
    covered = base.coverage
    click.echo(f"{base.revision}  {covered.facts} facts, {covered.articles} articles, {len(covered.outlets)} outlets")
