"""`add`: one article from an address, a file or standard input, to a file of the data folder, with what only an editor knows."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from answers.errors import Problem, Refused
from answers.incoming import page, plain
from answers.incoming.markup import LARGEST_PAGE
from answers.incoming.safe import line
from answers.incoming.values import Incoming
from answers.model import Article
from bot.fetching import PAGE, Fetched, Fetcher
from bot.filing import Filed, Filing

Ask = Callable[[str, str], str]
"""Ask a person: what for, and what the source suggests, to what was typed; empty where nothing is known."""

_PAGES, _TEXTS = {".html", ".htm", ".xhtml"}, {".txt", ".md", ".markdown", ".text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an editor knows and has given beside the source; empty or None where he has not."""

    outlet: str = ""
    title: str = ""
    published: date | None = None


async def fetched(fetcher: Fetcher, url: str) -> Incoming:
    """The article at an address. Raises `CannotFetch` or `Refused`."""
    return read_fetched(await fetcher.get(url, PAGE))


def read_fetched(got: Fetched) -> Incoming:
    """The article of what was fetched."""
    if got.kind in {"text/html", "application/xhtml+xml"}:
        return page.read(got.data, got.url, url=got.url, charset=got.charset)
    return replace(plain.read(got.data, got.url), url=got.url)


def saved(source: str) -> Incoming:
    """The article of a file, or of standard input for "-". Raises `Refused`."""
    path = Path(source)
    if source != "-" and path.suffix.lower() not in _PAGES | _TEXTS:
        hint = f"known are {', '.join(sorted(_PAGES | _TEXTS))}; save the page as HTML, or its text as .txt"
        raise Refused([Problem(path=source, line=0, message=_no_kind(path), hint=hint)])
    data = _bytes(source, path)
    if why := plain.no_text(data):
        raise Refused([Problem(path=source, line=0, message=why, hint="save the page as HTML, or its text as .txt")])
    as_page = path.suffix.lower() in _PAGES or (source == "-" and data.lstrip()[:1] == b"<")
    return page.read(data, source) if as_page else plain.read(data, source)


def _no_kind(path: Path) -> str:
    return f"is a {path.suffix} file, of which no article can be read" if path.suffix else "does not tell what it holds"


def _bytes(source: str, path: Path) -> bytes:
    """What stands there, but no more than is read of anything."""
    try:
        if source == "-":
            return sys.stdin.buffer.read(LARGEST_PAGE + 1)
        with path.open("rb") as file:
            return file.read(LARGEST_PAGE + 1)
    except OSError as error:
        raise Refused([Problem(path=source, line=0, message=f"cannot be read: {error.strerror}")]) from None


def completed(incoming: Incoming, known: Known, ask: Ask | None) -> Incoming:
    """With what the editor has given, and with what he answers about the rest if there is anyone to ask."""
    incoming = replace(
        _of_outlet(incoming, known.outlet),
        title=line(known.title) or incoming.title,
        published=known.published or incoming.published,
    )
    if ask is None:
        return incoming
    if not incoming.outlet:
        incoming = _of_outlet(incoming, ask("Who published it", incoming.outlet_hint))
    return incoming if incoming.published else replace(incoming, published=_asked_day(ask, incoming.published_hint))


def _of_outlet(incoming: Incoming, outlet: str) -> Incoming:
    name = line(outlet)
    return replace(incoming, outlet=name, outlet_known="editor") if name else incoming


def _asked_day(ask: Ask, hint: str) -> date | None:
    while typed := ask("On which day (YYYY-MM-DD)", hint).strip():
        try:
            return date.fromisoformat(typed)
        except ValueError:
            continue
    return None


def add(filing: Filing, incoming: Incoming, today: date, say: Callable[[str], None]) -> None:
    """File it, and say where it is, what is not known of it and what comes next."""
    filed = filing.file(incoming, today)
    if not filed.new:
        say(f"Already here as {filed.article.id}. Nothing was written.")
        return
    say(f"Added {filed.path}")
    for words in (*_told(filed.article), *incoming.notes, *about_copy(filed)):
        say(f"  {words}")
    if filed.article.unknown:
        say(
            f"Not known: {' and '.join(filed.article.unknown)}. Fill it in at the top of the file; until then nothing of it is published."
        )
    say(f"Next: python -m bot draft {filed.article.id}")


def _told(article: Article) -> list[str]:
    pairs = {
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published_iso,
        "authors": ", ".join(article.authors),
        "language": article.language,
        "address": article.url,
    }
    return [f"{name + ':':<11}{value or 'not known'}" for name, value in pairs.items()]


def about_copy(filed: Filed) -> list[str]:
    """What an editor should know about an article that has the words of another one."""
    if filed.copy is None:
        return []
    share = f"{filed.copy.share:.0%} of the words are those of {filed.copy.nearest}"
    if filed.copy.original:
        return [f"{share}: linked as a copy of {filed.copy.original} (same_as)"]
    return [f'{share}, which came out later: write same_as = "{filed.article.id}" there if it is a copy']
