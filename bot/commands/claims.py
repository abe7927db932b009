"""`claims`."""

import json
from pathlib import Path

import click

from bot import console
from bot.commands.options import data_option, read_settings, refusing


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
@data_option
@refusing
def claims(*, as_json: bool, data: Path | None) -> None:
    """Show where facts of one claim agree, differ or share a source, and which may belong together."""
    from bot import claiming

    found = claiming.surveyed(console.desk(read_settings(), data).snapshot.base)
    if as_json:
        click.echo(json.dumps(claiming.as_object(found), ensure_ascii=False))
        return
    for line in claiming.lines(found):
        click.echo(line)
