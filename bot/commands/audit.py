"""`audit`."""

import sys

import click

from bot.commands.options import EXIT_PROBLEMS, read_settings, refusing


@click.command()
@click.option("--head", default="", metavar="HEX", help="The head that /status showed once: it must still be there.")
@refusing
def audit(head: str) -> None:
    """Print the audit trail and check its chain; exit 1 and name the entry at which it breaks."""
    from bot import auditing

    if not auditing.show(read_settings().state_file, head):
        sys.exit(EXIT_PROBLEMS)
