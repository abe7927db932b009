"""A saved or fetched page to an article: its text by trafilatura, and what it says of itself.

Bytes in, a value out: trafilatura's downloader is never called. Precision is asked for, because a missing paragraph is
seen by an editor and a line of a menu between two paragraphs is not. Tables and comments are left out.
"""

from datetime import date, timedelta
from typing import Any

from answers.errors import Problem, Refused
from answers.incoming.address import day_in, host, key, plain
from answers.incoming.authors import names
from answers.incoming.days import day_of
from answers.incoming.languages import language_in
from answers.incoming.markup import LARGEST_PAGE, text_of, tree_of
from answers.incoming.safe import UNSEEN, left_out, safe
from answers.incoming.told import Told, told
from answers.incoming.values import Incoming

LOOSELY = "the text was found by looser rules than usual: compare it with the page"


SHORTEST = 80
"""Characters: a line of a menu is shorter, no report is."""


def read(data: bytes, path: str, *, url: str = "", charset: str = "") -> Incoming:
    """The article of a page. `path` names it in problems; `url` is where it came from, `charset` what it was sent as.

    Total: any bytes give an article or raise `Refused`.
    """
    if len(data) > LARGEST_PAGE:
        raise Refused([Problem(path=path, line=0, message=f"is larger than {LARGEST_PAGE:,} bytes", hint=_AS_TEXT)])
    source = text_of(data, charset)
    root = tree_of(source, path)
    said = told(root)
    text, notes = _text(root, path)
    return _joined(said, text, url=plain(url) or _saved_from(source), fetched=plain(url), notes=notes)


_AS_TEXT = "save the text of the article as .txt and add that"


def _joined(said: Told, text: str, *, url: str, fetched: str, notes: list[str]) -> Incoming:
    address = _address(said, url)
    outlets = [name for name in said.outlets if _is_name(name, address or url)]
    outlet = outlets[0] if outlets else ""
    if len(said.days) > 1 and (said.days[0] - said.days[1]).days:
        notes.append(f"the page gives two days of publication, {said.days[0]} and {said.days[1]}: the first was taken")
    if len(outlets) > 1 and not _alike(*outlets[:2]):
        notes.append(f"the page names two outlets, {outlets[0]} and {outlets[1]}: the first was taken")
    published = _local(said.published, address or url, notes)
    return Incoming(
        text=text,
        title=_without(said.title, said.outlets),
        outlet=outlet,
        outlet_known="page" if outlet else "",
        authors=names(said.authors, outlet),
        published=published,
        language=language_in(text, said.language),
        url=address,
        found_at=fetched if key(fetched) != key(address) else "",
        outlet_hint="" if outlet else next(iter(said.outlets), host(address or url)),
        published_hint="" if said.published else day_in(address or url) or said.mentioned,
        notes=tuple(notes),
    )


def _text(root: Any, path: str) -> tuple[str, list[str]]:
    """The text of the article, a paragraph a line with an empty one between, and what an editor should know of it."""
    precise = _extracted(root, precision=True)
    lines = precise or _extracted(root, precision=False)
    if sum(map(len, lines)) < SHORTEST:
        raise Refused(
            [Problem(path=path, line=0, message="holds no text of an article that can be told", hint=_AS_TEXT)]
        )
    text, _ = safe("\n\n".join(lines))
    notes = [*([] if precise else [LOOSELY]), *left_out(_unseen(root))]
    if unread := text.count("\ufffd"):
        notes.append(f"{unread} character{'s' if unread > 1 else ''} of the text could not be read (\ufffd)")
    return text, notes


def _unseen(root: Any) -> int:
    """How many unseen characters the page shows; trafilatura leaves them out itself, and does not say so."""
    shown = (element for element in root.find(".//body").iter() if element.tag not in {"script", "style"})
    return sum(len(UNSEEN.findall(f"{one.text or ''}{one.tail or ''}")) for one in shown)


def _extracted(root: Any, *, precision: bool) -> list[str]:
    from trafilatura import bare_extraction  # two thirds of a second, which nobody else should wait for

    found = bare_extraction(
        root, favor_precision=precision, include_comments=False, include_tables=False, with_metadata=False
    )
    lines = (getattr(found, "text", None) or "").split("\n")
    return [stripped for one in lines if (stripped := one.strip())]


def _address(said: Told, url: str) -> str:
    """The page's own word for its address, if that is of the host that it came from; else where it came from."""
    for told_ in said.addresses:
        address = plain(told_, url)
        if address and (not url or (host(address) == host(url) and not _is_front(address, url))):
            return address
    return url


def _is_front(address: str, url: str) -> bool:
    """Whether a page calls itself the front page of its host: a slip that many sites make."""
    return key(address) == f"{host(address)}?" != key(url)


def _saved_from(source: str) -> str:
    """The address that a browser wrote down while it saved the page."""
    _, mark, rest = source[:2000].partition("<!-- saved from url=(")
    return plain(rest.partition(")")[2].partition(" ")[0]) if mark else ""


def _is_name(outlet: str, url: str) -> bool:
    """Whether it is more than the bare host: "example.org" names a machine."""
    bare = outlet.casefold().removeprefix("www.")
    return bool(outlet) and bare != host(url) and not ("." in bare and " " not in bare and outlet == outlet.lower())


def _local(day: date | None, address: str, notes: list[str]) -> date | None:
    """The outlet's own day. Many pages tell theirs in Greenwich's time, hours after the one that stands in their address."""
    other = day_of(day_in(address))
    if day is None or other is None or abs(day - other) != timedelta(days=1):
        return day
    notes.append(f"the page was published on {day}, says the page, and on {other}, says its address, which was taken")
    return other


def _alike(one: str, other: str) -> bool:
    """Whether two names may be one outlet's: "CBC" and "CBC News"."""
    first, second = ("".join(filter(str.isalnum, name.casefold())) for name in (one, other))
    return first in second or second in first


def _without(title: str, outlets: tuple[str, ...]) -> str:
    """The title without the outlet that windows have behind it: "Troops move | Example News"."""
    for mark in (" | ", " - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(mark)
        if found and any(tail.casefold() == outlet.casefold() for outlet in outlets):
            return head
    return title
