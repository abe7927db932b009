"""The command line: every command of `bot.commands`, joined."""

import click

from bot.commands.add import add
from bot.commands.ask import ask
from bot.commands.audit import audit
from bot.commands.backup import backup
from bot.commands.build import build
from bot.commands.check import check
from bot.commands.claims import claims
from bot.commands.digest import digest
from bot.commands.draft import draft
from bot.commands.evaluate import evaluate
from bot.commands.export import export
from bot.commands.feeds import feeds
from bot.commands.restore import restore
from bot.commands.review import review
from bot.commands.run import run
from bot.commands.settings import settings
from bot.commands.withdraw import correct, retract, supersede


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """On the Record answers questions about a crisis with what is on the record, word for word."""


for command in (
    run,
    ask,
    add,
    feeds,
    draft,
    review,
    claims,
    correct,
    supersede,
    retract,
    check,
    build,
    digest,
    evaluate,
    audit,
    backup,
    restore,
    export,
    settings,
):
    main.add_command(command)


if __name__ == "__main__":
    main(prog_name="python -m bot")
