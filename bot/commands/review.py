"""`review`: an article's drafts, one at a time, in the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from answers.errors import Refused
from answers.model import Fact, Known
from bot.commands.options import data_option, read_settings, refusing

if TYPE_CHECKING:
    from bot.pages import ReviewPage
    from bot.reviewing import Review

_NAMES = {
    "p": "publish",
    "s": "speaker",
    "c": "claim",
    "a": "questions",
    "r": "reject",
    "k": "skip",
    "x": "stop",
}
_ASK = {
    "speaker": "Who is on record for it? Name, role (Enter for nobody)",
    "claim": "What does it say, in few words? (Enter for no claim)",
    "questions": "Which questions does it answer? Between them a |, before each a + to add (Enter for none)",
}


@click.command()
@click.argument("article", required=False)
@data_option
@refusing
def review(article: str | None, *, data: Path | None) -> None:
    """Look at an article's drafts one at a time, the worst doubts first; without one, list what waits."""
    from answers.render import Renderer
    from bot import reviewing

    settings = read_settings()
    folder, renderer = data or settings.data, Renderer(settings.templates)
    if article is None:
        _list(reviewing.to_review(folder))
        return
    session = reviewing.begin(folder, article)
    while page := session.next():
        click.echo("\n" + renderer.render(page.template, page=page).text + "\n")
        if not _decide(session, page):
            break
    else:
        click.echo("Nothing is left to review here. Next: python -m bot check, then /reload in the chat.")


def _list(waiting: dict[str, int]) -> None:
    for stem, count in waiting.items():
        click.echo(f"{count:5} draft{'s' if count > 1 else ' '}  {stem}")
    if not waiting:
        click.echo("Nothing waits for review. Draw an article first: python -m bot draft ARTICLE")


def _decide(session: "Review", page: "ReviewPage") -> bool:
    """One decision on the draft that is shown; False to stop. What is refused is said, and the draft comes again."""
    asked = " ".join(f"[{key}]{_NAMES[key]}" for key in _NAMES)
    key = click.prompt(asked, type=click.Choice(list(_NAMES)), show_choices=False)
    try:
        return _do(session, page, _NAMES[key])
    except Refused as refused:
        click.echo(str(refused), err=True)
        return True


def _do(session: "Review", page: "ReviewPage", what: str) -> bool:
    fact = page.fact
    match what:
        case "stop":
            return False
        case "skip":
            session.skip(fact.id)
        case "reject":
            session.reject(fact.id)
        case "publish":
            session.publish(fact.id, confirmed=fact.speaker if _sure(fact) else "")
        case _:
            typed = click.prompt(_ASK[what], default="", show_default=False)
            session.edit(fact.id, what, typed.replace("|", "\n"))
    return True


def _sure(fact: Fact) -> bool:
    """Whether the editor says that the speaker is right where he does not stand beside the words."""
    beside = fact.known not in {Known.INHERITED, Known.INFERRED}
    return beside or click.confirm(f"Is {fact.speaker} on record for it?")
