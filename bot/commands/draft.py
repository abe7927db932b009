"""`draft`: candidate facts from an article."""

from pathlib import Path

import click

from bot.commands.options import data_option, read_settings, refusing


@click.command()
@click.argument("article")
@click.option("--json", "as_json", is_flag=True, help="Print the candidates one a line and write nothing.")
@click.option("--no-nlp", is_flag=True, help="Use the rules alone, also where the extra [nlp] is installed.")
@data_option
@refusing
def draft(article: str, *, as_json: bool, no_nlp: bool, data: Path | None) -> None:
    """Draw candidate facts from an article into its fact file, for review; what an editor changed stays."""
    from bot import drafting

    folder = data or read_settings().data
    if as_json:
        for line in drafting.lines(folder, article, parse_sentences=not no_nlp):
            click.echo(line)
    else:
        click.echo(drafting.summary(drafting.draft(folder, article, parse_sentences=not no_nlp)))
