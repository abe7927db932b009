"""`ask`."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from bot import console
from bot.commands.options import EXIT_PROBLEMS, data_option, read_settings, refusing, today_option


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Answer each line of a .jsonl file; - is standard input.",
)
@data_option
@today_option
@refusing
def ask(question: str | None, *, as_json: bool, batch: Path | None, data: Path | None, today: date | None) -> None:
    """Answer a question as the bot would, from the data folder as it is; without one, ask for questions."""
    from bot import asking

    settings = read_settings()
    if batch and (question or not as_json):
        raise click.UsageError("--batch goes with --json, and without a question")
    day = today or datetime.now(settings.timezone).date()
    desk = console.desk(settings, data)
    if batch:
        with click.open_file(str(batch), "r", encoding="utf-8", errors="surrogateescape") as lines:
            sys.exit(EXIT_PROBLEMS if asking.batch(desk, lines, day, sys.stdout) else 0)
    if question is None:
        asking.prompt(desk, day, as_json=as_json)
    else:
        asking.one(desk, question, day, as_json=as_json)
