"""`audit`: the trail of who did what, printed and checked. It reads the state and writes nothing."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from bot.audit import Entry, verify
from bot.store.sqlite import SqliteStore


def show(file: Path, head: str = "") -> bool:
    """Print every entry of a state file and whether the chain is whole; says so."""
    if not file.exists():
        click.echo("There is no state yet, so there is no audit trail.")
        return not head
    entries = asyncio.run(_entries(file))
    for entry in entries:
        click.echo(_line(entry))
    broken = verify(entries, head)
    if broken:
        click.echo(f"The chain breaks at entry {broken.place}: {broken.why}.", err=True)
    elif entries:
        click.echo(f"The chain of {len(entries)} is whole; its head is {entries[-1].hash}.")
    else:
        click.echo("The audit trail is empty.")
    return broken is None


async def _entries(file: Path) -> Sequence[Entry]:
    store = SqliteStore.open(file, read_only=True)
    try:
        return await store.audit()
    finally:
        await store.close()


def _line(entry: Entry) -> str:
    """An entry in one line, whatever somebody wrote into it."""
    said = f"{entry.number:>5}  {entry.at}  {entry.admin:>12}  {entry.act}  {entry.revision[:12]}  {entry.detail}"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in said).rstrip()
