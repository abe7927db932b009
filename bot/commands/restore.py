"""`restore`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.commands.options import EXIT_BUSY, EXIT_PROBLEMS, read_settings
from bot.settings import Settings


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--identity",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The private key's file.",
)
@click.option("--keep", is_flag=True, help="Keep what is replaced, as state.sqlite.before-restore.")
@click.option("--old", is_flag=True, help="Take a backup of more than 28 days ago.")
def restore(file: Path, identity: Path, *, keep: bool, old: bool) -> None:
    """Put a backup in the place of the state, while the bot is stopped. Whoever was forgotten since stays forgotten,
    and nothing that was under way goes on.
    """
    from bot.backup import BackupRefused
    from bot.singleton import AlreadyRunning, only_one

    settings = read_settings()
    try:
        with only_one(settings.state):
            _restore(settings, file, identity, keep=keep, old=old)
    except AlreadyRunning as busy:
        click.echo(str(busy), err=True)
        sys.exit(EXIT_BUSY)
    except BackupRefused as why:
        click.echo(str(why), err=True)
        sys.exit(EXIT_PROBLEMS)


def _restore(settings: Settings, file: Path, identity: Path, *, keep: bool, old: bool) -> None:
    from bot.backup import put_back

    state = settings.state_file
    before = state.with_name(f"{state.name}.before-restore") if keep and state.exists() else None
    done = put_back(file, identity, state, settings.key, datetime.now(UTC), keep=before, old=old)
    click.echo(f"{state} is now as it was at {done.copied_at:%Y-%m-%d %H:%M} UTC, with {done.subscribers} subscribers.")
    click.echo(f"Forgotten again: {done.forgotten}. Runs that were under way and are ended: {done.ended}.")
    click.echo(
        "No digest of before now is sent by itself, and the facts that were live then are live again: see /status."
    )
    click.echo(f"What stood there is kept as {before}." if before else "What stood there is gone.")
