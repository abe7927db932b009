"""What the commands share: the environment, a desk built with a progress bar, tables and plain words."""

import os
import sys
from pathlib import Path

from dotenv import dotenv_values
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from answers.desk import Desk, Shelf
from answers.render import Renderer
from bot.encoders import open_encoder
from bot.settings import CHECKOUT, Settings, table


def environment() -> dict[str, str]:
    """The process's variables over those of `.env` in the checkout."""
    return {**{key: value or "" for key, value in dotenv_values(CHECKOUT / ".env").items()}, **os.environ}


def say(words: str) -> None:
    """A line for whoever started the command; at once, so that it is seen before what comes after."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def desk(settings: Settings, data: Path | None = None) -> Desk:
    """A desk on a data folder or `.jsonl`, compiled if need be, with progress on a terminal. Raises `Refused`."""
    columns = (
        SpinnerColumn(),
        TextColumn("compiling the fact base"),
        BarColumn(),
        TextColumn("{task.completed:,} facts"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("", total=None)
        encoder, why_not = open_encoder(settings)
        shelf = Shelf(folder=settings.fact_bases, encoder=encoder, why_not=why_not)
        snapshot = shelf.build(data or settings.data, lambda done: progress.update(task, completed=done))
    if snapshot.why_lexical:
        sys.stderr.write(f"Questions are matched by words only: {snapshot.why_lexical}\n")
    return Desk(snapshot, Renderer(settings.templates))


def settings_list(settings: Settings) -> None:
    """Every setting as a line that could stand in `.env`, below what it means; secrets are hidden."""
    console = Console(highlight=False, soft_wrap=True)
    for name, meaning, default, now in table(settings):
        console.print(f"# {meaning}" + (f" (default {default})" if default else ""), style="dim", markup=False)
        console.print(f"{name}={now}\n", markup=False)
