"""`check`."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from bot.commands.options import EXIT_PROBLEMS, data_option, read_settings, refusing, today_option


@click.command()
@data_option
@today_option
@refusing
def check(*, data: Path | None, today: date | None) -> None:
    """Check everything under data/ and templates/; name every problem with its file and line."""
    from bot import checking

    settings = read_settings()
    day = today or datetime.now(settings.timezone).date()
    problems, covered = checking.check(data or settings.data, settings.templates, settings.fact_bases, day)
    for problem in problems:
        click.echo(str(problem))
    if problems or covered is None:
        click.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}. Nothing was changed.", err=True)
        sys.exit(EXIT_PROBLEMS)
    click.echo(f"All is well: {covered.facts} facts of {covered.articles} articles by {len(covered.outlets)} outlets.")
