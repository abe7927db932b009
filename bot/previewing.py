"""`digest --dry-run`: what would go out now, and to how many. It reads the state and writes nothing."""

import asyncio
from collections import Counter
from datetime import date

import click

from answers.desk import Desk, Shown, Snapshot
from answers.errors import FactBaseDamaged
from answers.factbase import FactBase
from answers.render import Renderer
from bot.settings import Settings
from bot.store.sqlite import SqliteStore


def show(settings: Settings, today: date) -> None:
    """Print each digest with how many would get it now, whatever their hour."""
    if not settings.state_file.exists():
        click.echo("Nobody has subscribed: there is no state yet.")
        return
    revisions, live = asyncio.run(_state(settings))
    if not revisions or live is None:
        click.echo("Nobody has subscribed.")
        return
    desk = Desk(Snapshot.open(settings.fact_bases / f"{live}.sqlite"), Renderer(settings.templates))
    for revision, readers in revisions.most_common():
        shown = _since(settings, desk, revision, today)
        click.echo(f"To {readers} of {revisions.total()}, who saw {revision[:12]} last:")
        click.echo(shown.rendered.text if shown else "nothing new, so nothing is sent", nl=True)


async def _state(settings: Settings) -> tuple[Counter[str], str | None]:
    """How many subscribers saw each revision last, and which one is live."""
    store = SqliteStore.open(settings.state_file)
    try:
        seen = Counter(subscriber.revision for subscriber in await store.subscribers())
        history = await store.publications()
        return seen, history[0].revision if history else None
    finally:
        await store.close()


def _since(settings: Settings, desk: Desk, revision: str, today: date) -> Shown | None:
    try:
        since = FactBase.open(settings.fact_bases / f"{revision}.sqlite")
    except FactBaseDamaged as error:
        click.echo(f"cannot tell what changed: {error}", err=True)
        return None
    digest, shown = desk.digest(since, today=today)
    since.close()
    return shown if digest else None
