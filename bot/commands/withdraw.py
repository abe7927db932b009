"""`correct`, `supersede` and `retract`: what ends the life of a published fact, shown before it is written."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from answers.life import Order
from answers.model import Status
from bot.commands.options import EXIT_PROBLEMS, P, R, data_option, read_settings, refusing, today_option

_reason_option = click.option("--reason", required=True, help="Why; readers will see it, at most 500 characters.")
_yes_option = click.option("--yes", is_flag=True, help="Do it without asking.")
_by_option = click.option(
    "--by", required=True, metavar="OTHER", help="The fact that stands in its place; a draft is published."
)


def _shared(command: Callable[P, R]) -> Callable[P, R]:
    for wrap in (refusing, today_option, data_option, _yes_option, _reason_option, click.argument("fact")):
        command = wrap(command)
    return command


@click.command()
@_by_option
@_shared
def correct(fact: str, *, by: str, reason: str, yes: bool, data: Path | None, today: date | None) -> None:
    """Say that a FACT was wrong, and what is right: another fact."""
    _withdraw(Status.CORRECTED, fact, by, reason, yes=yes, data=data, today=today)


@click.command()
@_by_option
@_shared
def supersede(fact: str, *, by: str, reason: str, yes: bool, data: Path | None, today: date | None) -> None:
    """Say that a FACT was right, but something newer holds: another fact."""
    _withdraw(Status.SUPERSEDED, fact, by, reason, yes=yes, data=data, today=today)


@click.command()
@_shared
def retract(fact: str, *, reason: str, yes: bool, data: Path | None, today: date | None) -> None:
    """Take a FACT back, with nothing in its place."""
    _withdraw(Status.RETRACTED, fact, "", reason, yes=yes, data=data, today=today)


def _withdraw(
    act: Status, fact: str, by: str, reason: str, *, yes: bool, data: Path | None, today: date | None
) -> None:
    """Show what would change, ask, and write it. Without a terminal nobody can be asked: then --yes is needed."""
    from answers.render import Renderer
    from bot.withdrawing import carry_out, plan, previews

    settings = read_settings()
    day = today or datetime.now(settings.timezone).date()
    order = Order(act=act, fact=fact, by=by, reason=reason, on=day)
    seen = plan(data or settings.data, order)
    page = next(previews(seen))
    click.echo(Renderer(settings.templates).render(page.template, page=page).text)
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("nobody can be asked here: look at it, then give --yes")
    if not yes and not click.confirm("\nDo this?"):
        click.echo("Nothing was changed.")
        sys.exit(EXIT_PROBLEMS)
    carry_out(data or settings.data, seen)
    click.echo("\nWritten into the data folder and its correction log. Publish it: send /reload to the bot.")
