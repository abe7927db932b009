"""`backup`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.commands.options import EXIT_PROBLEMS, EXIT_USAGE, read_settings

NO_KEY = """There is no public key to encrypt the backup to. Make a pair once, on another computer if you can:
  python -m bot backup --new-key backup.key
It prints the public key: set OTR_BACKUP_KEY to it, or give it with --to. Keep backup.key elsewhere than the state."""


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", metavar="age1…", help="The public key to encrypt it to; by default that of OTR_BACKUP_KEY.")
@click.option("--new-key", type=click.Path(path_type=Path), help="Make a key pair instead: the private key's file.")
def backup(file: Path | None, to: str | None, new_key: Path | None) -> None:
    """Write an encrypted copy of the state into FILE, also while the bot runs. The key that chat ids are sealed with
    (OTR_KEY_FILE) is not in it: keep a copy of that too, elsewhere.
    """
    from bot import backup as backups

    try:
        if new_key:
            click.echo(backups.new_key(new_key))
            return
        settings = read_settings()
        _take(file, to or settings.backup_key, settings.state_file, settings.key)
    except backups.BackupRefused as why:
        click.echo(str(why), err=True)
        sys.exit(EXIT_PROBLEMS)


def _take(file: Path | None, to: str, state: Path, key: Path) -> None:
    from bot import backup as backups

    if file is None:
        raise click.UsageError("name the FILE to write, or --new-key")
    if not to:
        click.echo(NO_KEY, err=True)
        sys.exit(EXIT_USAGE)
    size = backups.take(state, file, to, datetime.now(UTC))
    click.echo(f"{file}: {size:,} bytes, encrypted to {to}.")
    click.echo(
        f"The key that chat ids are sealed with is not in it: keep a copy of {key} too, and not beside the backup."
    )
    click.echo("Delete it within 28 days: who asks to be forgotten is in it until then.")
