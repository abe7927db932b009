"""`evaluate`."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from bot.commands.options import EXIT_PROBLEMS, data_option, read_settings, refusing, today_option


@click.command()
@click.argument("sets", nargs=-1, required=True, metavar="SET...")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--markdown", is_flag=True, help="Print the table as the README has it.")
@click.option("--by", is_flag=True, help="Give each kind and language of question a row.")
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), help="Draw risk against coverage into a PNG.")
@click.option(
    "--half",
    type=click.Choice(["first", "second", "all"]),
    default="second",
    show_default=True,
    help="The questions to report on, in file order.",
)
@click.option("--typos", type=click.IntRange(min=0), default=0, help="Slips of the keyboard in each question.")
@click.option("--gate", is_flag=True, help="Exit 1 if a question that must be declined is found.")
@click.option("--fit", is_flag=True, help="Learn the weights anew, on the other half, and write them.")
@click.option(
    "--learn", multiple=True, metavar="SET", help="With --fit: a set to learn from, whole, and not to report on."
)
@data_option
@today_option
@refusing
def evaluate(
    sets: tuple[str, ...],
    *,
    as_json: bool,
    markdown: bool,
    by: bool,
    plot: Path | None,
    half: str,
    typos: int,
    gate: bool,
    fit: bool,
    learn: tuple[str, ...],
    data: Path | None,
    today: date | None,
) -> None:
    """Score question sets: a folder with questions.jsonl, a .jsonl file, or either with =FACTS."""
    from bot import evaluating, learning

    settings = read_settings()
    found = evaluating.evaluate(
        settings,
        sets,
        today=today or datetime.now(settings.timezone).date(),
        data=data,
        half=half,
        typos=typos,
        by=by,
        as_json=as_json,
        markdown=markdown,
        plot=plot,
        fit=learning.learn if fit else None,
        learn=learn,
    )
    if gate and found:
        sys.exit(EXIT_PROBLEMS)
