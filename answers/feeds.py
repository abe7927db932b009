"""The file of feeds: where new articles are looked for, as editors have written it down. It fetches nothing."""

from dataclasses import dataclass
from pathlib import Path

from answers.articles import is_address
from answers.blocks import Blocks
from answers.errors import Problem, Refused
from answers.fields import Fields, decoded, toml

FEEDS = "feeds.toml"
LONGEST_OUTLET = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed of an outlet. `outlet` is an editor's word: it stands beside every passage of its articles."""

    url: str
    outlet: str


def listed(root: Path) -> tuple[Feed, ...]:
    """The feeds of a data folder; none if it has no such file. Raises `Refused`."""
    file = root / FEEDS
    try:
        return parse(file.read_bytes(), FEEDS) if file.exists() else ()
    except OSError as error:
        raise Refused([Problem(path=FEEDS, line=0, message=f"cannot be read: {error.strerror}")]) from None


def parse(data: bytes, path: str) -> tuple[Feed, ...]:
    """The feeds of a file, in its order.

    Total: any bytes give feeds or raise `Refused` with every problem named, and nothing else.
    """
    text = decoded(data, path)
    problems: list[Problem] = []
    whole = Fields(toml(text, path), path=path, line_of=lambda _: 0, problems=problems)
    blocks = Blocks(text, "feed")
    feeds: list[Feed] = []
    for number, table in enumerate(whole.tables("feed")):
        fields = Fields(table, path=path, line_of=blocks.finder(number), problems=problems)
        feeds.append(_feed(fields, {feed.url for feed in feeds}))
    whole.no_more()
    if problems:
        raise Refused(problems)
    return tuple(feeds)


def _feed(fields: Fields, earlier: set[str]) -> Feed:
    url = fields.text("url", required=True)
    if url and not (is_address(url) and url.startswith("https://")):
        fields.refuse("url", "url must be a plain https address", "https://…, without a user name in it")
    if url and url in earlier:
        fields.refuse("url", "url stands here twice", "keep one of both")
    outlet = fields.text("outlet", required=True, longest=LONGEST_OUTLET).strip()
    fields.no_more()
    return Feed(url=url, outlet=outlet)
