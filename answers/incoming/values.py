"""What comes in, as values. What could not be known is left out, never guessed; hints are for an editor to judge."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An article that was brought in and is not filed yet. `text` is what will be saved, exactly; at `begin` its header ends.

    `outlet_known` says who named the outlet ("page", "header", "editor"), empty with it. `found_at` is the address that it was
    fetched from, where `url` is another. The hints are what the source suggests and does not say: the host as an outlet, a day
    in an address. `notes` are sentences for the editor: what was left out of the text, what contradicts itself.
    """

    text: str
    begin: int = 0
    title: str = ""
    outlet: str = ""
    outlet_known: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str = ""
    url: str = ""
    found_at: str = ""
    outlet_hint: str = ""
    published_hint: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("an article without a text")
        if bool(self.outlet) != bool(self.outlet_known):
            raise ValueError("an outlet and how it is known go together")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry of a feed: where its article is, and what the feed says of it. `published` is None unless it is plain."""

    url: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a feed held: its items, and how many entries were left out for having no address that may be followed."""

    items: tuple[Item, ...]
    left_out: int = 0
