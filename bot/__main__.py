"""The command line. A command imports what it needs when it runs, so that `ask` never meets Telegram."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from bot import console
from bot.settings import Settings, SettingsRefused

P = ParamSpec("P")
R = TypeVar("R")

EXIT_PROBLEMS, EXIT_USAGE, EXIT_BUSY = 1, 2, 75


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2022-02-02", param, ctx)


def _data(command: Callable[P, R]) -> Callable[P, R]:
    return click.option("--data", type=click.Path(path_type=Path), help="A data folder, or a .jsonl file of passages.")(
        command
    )


def _today(command: Callable[P, R]) -> Callable[P, R]:
    return click.option(
        "--today", type=_Day(), help="The day that answers are judged against; the clock's by default."
    )(command)


def _settings() -> Settings:
    """The settings of the environment and of `.env`. Ends the process with exit 2 when there are bad ones."""
    try:
        return Settings.read(console.environment())
    except SettingsRefused as refused:
        for problem in refused.problems:
            click.echo(problem, err=True)
        sys.exit(EXIT_USAGE)


def _refusing(command: Callable[P, R]) -> Callable[P, R]:
    """Name every problem of the input, one a line, and exit 1."""
    from answers.errors import OnTheRecordError

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except OnTheRecordError as refused:
            click.echo(str(refused), err=True)
            sys.exit(EXIT_PROBLEMS)

    return guarded


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """On the Record answers questions about a crisis with what is on the record, word for word."""


@main.command()
@_refusing
def run() -> None:
    """Run the bot: on Telegram when a token is set, else in a local chat, whose address is printed."""
    import asyncio

    from bot.app import CannotStart
    from bot.app import run as run_bot
    from bot.logs import to_stderr
    from bot.singleton import AlreadyRunning, only_one

    settings = _settings()
    to_stderr()
    try:
        with only_one(settings.state):
            asyncio.run(run_bot(settings, console.say))
    except AlreadyRunning as busy:
        click.echo(str(busy), err=True)
        sys.exit(EXIT_BUSY)
    except CannotStart as why:
        click.echo(str(why), err=True)
        sys.exit(EXIT_USAGE)


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Answer each line of a .jsonl file; - is standard input.",
)
@_data
@_today
@_refusing
def ask(question: str | None, *, as_json: bool, batch: Path | None, data: Path | None, today: date | None) -> None:
    """Answer a question as the bot would, from the data folder as it is; without one, ask for questions."""
    from bot import asking

    settings = _settings()
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


@main.command()
@_data
@_refusing
def check(data: Path | None) -> None:
    """Check everything under data/ and templates/; name every problem with its file and line."""
    from bot import checking

    settings = _settings()
    problems, covered = checking.check(data or settings.data, settings.templates, settings.fact_bases)
    for problem in problems:
        click.echo(str(problem))
    if problems or covered is None:
        click.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}. Nothing was changed.", err=True)
        sys.exit(EXIT_PROBLEMS)
    click.echo(f"All is well: {covered.facts} facts of {covered.articles} articles by {len(covered.outlets)} outlets.")


@main.command()
@_data
@_refusing
def build(data: Path | None) -> None:
    """Compile the fact base; print its revision and counts."""
    settings = _settings()
    base = console.desk(settings, data).snapshot.base
    covered = base.coverage
    click.echo(f"{base.revision}  {covered.facts} facts, {covered.articles} articles, {len(covered.outlets)} outlets")


@main.command()
@click.option("--dry-run", is_flag=True, required=True, help="Show it; send nothing.")
@_data
@_today
@_refusing
def digest(*, dry_run: bool, data: Path | None, today: date | None) -> None:  # noqa: ARG001 - the flag is a promise, not a choice
    """Show the digest that would go out now, and to how many; with --data, if that were published."""
    from bot import previewing

    settings = _settings()
    previewing.show(settings, today or datetime.now(settings.timezone).date(), data)


@main.command()
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
@_data
@_today
@_refusing
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

    settings = _settings()
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


@main.command()
def settings() -> None:
    """Print the settings with their meaning and present value; secrets are hidden."""
    console.settings_list(_settings())


if __name__ == "__main__":
    main(prog_name="python -m bot")
