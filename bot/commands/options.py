"""What the commands share: the options that many of them have, the settings, and how a refusal ends a process."""

import sys
from collections.abc import Callable
from datetime import date
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


DAY = _Day()


def data_option(command: Callable[P, R]) -> Callable[P, R]:
    return click.option("--data", type=click.Path(path_type=Path), help="A data folder, or a .jsonl file of passages.")(
        command
    )


def today_option(command: Callable[P, R]) -> Callable[P, R]:
    return click.option("--today", type=DAY, help="The day that answers are judged against; the clock's by default.")(
        command
    )


def read_settings() -> Settings:
    """The settings of the environment and of `.env`. Ends the process with exit 2 when there are bad ones."""
    try:
        return Settings.read(console.environment())
    except SettingsRefused as refused:
        for problem in refused.problems:
            click.echo(problem, err=True)
        sys.exit(EXIT_USAGE)


def refusing(command: Callable[P, R]) -> Callable[P, R]:
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
