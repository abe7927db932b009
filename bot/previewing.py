"""`digest --dry-run`: what would go out now, and to how many. It reads the state and writes nothing."""

import asyncio
from collections import Counter
from datetime import date
from pathlib import Path

import click

from answers.desk import Desk, Shelf
from answers.render import Renderer
from bot import console
from bot.digests import missed
from bot.settings import Settings
from bot.store.sqlite import SqliteStore


def show(settings: Settings, today: date, data: Path | None = None) -> None:
    """Print each digest with how many would get it now, whatever their hour; as if `data` were live, if it is given."""
    if not settings.state_file.exists():
        click.echo("Nobody has subscribed: there is no state yet.")
        return
    revisions, live = asyncio.run(_state(settings))
    if not revisions or live is None:
        click.echo("Nobody has subscribed.")
        return
    desk = (
        console.desk(settings, data)
        if data
        else Desk(Shelf(folder=settings.fact_bases).open(live), Renderer(settings.templates))
    )
    for revision, readers in revisions.most_common():
        shown = missed(desk, settings.fact_bases, revision, today).shown
        click.echo(f"To {readers} of {revisions.total()}, who saw {revision[:12]} last:")
        click.echo(shown.rendered.text if shown else "nothing new, so nothing is sent")


async def _state(settings: Settings) -> tuple[Counter[str], str | None]:
    """How many subscribers saw each revision last, and which one is live."""
    store = SqliteStore.open(settings.state_file, read_only=True)
    try:
        seen = Counter(await store.revisions())
        history = await store.publications()
        return seen, history[0].revision if history else None
    finally:
        await store.close()
