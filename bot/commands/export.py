"""`export`: the record for others to check."""

from pathlib import Path

import click

from bot.commands.options import data_option, read_settings, refusing


@click.command()
@click.option("--to", "into", type=click.Path(file_okay=False, path_type=Path), help="A folder; by default var/export.")
@data_option
@refusing
def export(into: Path | None, *, data: Path | None) -> None:
    """Write the fact base as JSON lines and as a SQLite file for Datasette, with its metadata.yaml."""
    from bot import exporting

    settings = read_settings()
    folder = into or settings.state / "export"
    revision, count = exporting.run(data or settings.data, settings.fact_bases, folder)
    click.echo(f"{count} facts of revision {revision[:12]} in {folder}. Look at them:")
    click.echo(f"  datasette {folder / exporting.TABLES} --metadata {folder / exporting.METADATA}")
