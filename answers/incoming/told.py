"""What a page says of itself: in JSON-LD, in meta elements, in microdata. Nothing is worked out from its text.

A wrong day or outlet would stand beside every passage, so only what is said outright counts: a page of many articles,
or one that gives two days, gives none.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from answers.incoming.days import day_of
from answers.incoming.safe import line

_LARGEST_SCRIPT = 1_000_000
_ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|AnalysisNewsArticle)$")
_NOT = re.compile(r"[^\w]+")

_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_OUTLETS = ("og:site_name", "dc.publisher", "article:publisher", "publisher", "application-name")
_AUTHORS = ("author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author")
_PROGRAMS = frozenset("blogger wordpress wordpress.com medium tumblr drupal joomla wix substack".split())
"""What a site was made with, which some put in the place of its name."""

_DAYS = ("article:published_time", "article:published", "og:article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publishdate",
         "publish-date", "publication_date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "date")  # fmt: skip
_MARKED = ("span", "div", "a", "p", "address", "section", "li", "b", "strong")
"""Elements that carry microdata of people and outlets; meta elements are read beside the others of their kind."""

_LANGUAGES = ("og:locale", "content-language", "dc.language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said outright, on one line each; empty or None where nothing was.

    `days` are all that the page says it was published on, the weightiest first; `mentioned` is one that it shows and does
    not say that of, as ISO. `addresses` are as they stand there, to be judged; the first counts most.
    """

    title: str
    outlets: tuple[str, ...]
    authors: tuple[str, ...]
    published: date | None
    days: tuple[date, ...]
    mentioned: str
    language: str
    addresses: tuple[str, ...]


def told(root: Any) -> Told:
    """What the page of this root element says of itself."""
    metas, titles = _metas(root), _titles(root)
    title = line(_first(metas, _TITLES) or "")
    article = _article(root, title or (titles[0] if titles else ""))
    days = _published(article, metas, root)
    return Told(
        title=line(_text(article.get("headline"))) or title or (titles[0] if titles else ""),
        outlets=_outlets(article, metas, root),
        authors=tuple(_authors(article, metas, root)),
        published=days[0] if days else None,
        days=days,
        mentioned=next((day.isoformat() for day in _days(_shown(root))), ""),
        language=line(_text(article.get("inLanguage")) or root.get("lang") or _first(metas, _LANGUAGES) or "", 20),
        addresses=tuple(_addresses(article, metas, root)),
    )


def _metas(root: Any) -> Mapping[str, list[str]]:
    """Name, property or itemprop of each meta element, in lower case, to what it says."""
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = (meta.get("content") or "").strip()
        names = (meta.get(kind) for kind in ("property", "name", "itemprop", "http-equiv"))
        for name in {name for given in names if given and content for name in given.casefold().split()}:
            found.setdefault(name, []).append(content)
    return found


def _all(metas: Mapping[str, list[str]], names: Sequence[str]) -> Iterator[str]:
    return (content for name in names for content in metas.get(name, ()))


def _first(metas: Mapping[str, list[str]], names: Sequence[str]) -> str | None:
    return next(_all(metas, names), None)


def _titles(root: Any) -> list[str]:
    """The heading of the page if it has one, and the title of its window."""
    heads = [found for head in root.iter("h1") if (found := line(head.text_content()))]
    windows = [found for head in root.iter("title") if (found := line(head.text_content()))]
    return (heads if len(heads) == 1 else []) + windows[:1]


def _article(root: Any, title: str) -> Mapping[str, Any]:
    """The one article that the JSON-LD of the page describes; of several of different days the one of the page's title, or none."""
    nodes = [node for script in root.iter("script") for node in _nodes(script) if _is_article(node)]
    named = [node for node in nodes if _same(line(_text(node.get("headline"))), title)]
    one = named or (nodes if len({_text(node.get("datePublished")) for node in nodes}) == 1 else [])
    return one[0] if one else {}


def _nodes(script: Any) -> Iterator[Mapping[str, Any]]:
    """The nodes of a JSON-LD script that stand by themselves: not those of a list of other articles."""
    source = script.text or ""
    if (script.get("type") or "").split(";")[0].strip().casefold() != "application/ld+json" or len(
        source
    ) > _LARGEST_SCRIPT:
        return
    try:
        # Strict would refuse the raw line breaks that many pages have in a description.
        whole = json.loads(_unwrapped(source), strict=False)
    except (ValueError, RecursionError):
        return
    for top in whole if isinstance(whole, list) else [whole]:
        graph = top.get("@graph") if isinstance(top, dict) else None
        for node in graph if isinstance(graph, list) else [top]:
            if isinstance(node, dict):
                yield node
                if isinstance(main := node.get("mainEntity"), dict):
                    yield main


def _unwrapped(source: str) -> str:
    """JSON without the comment or CDATA marks that it was put between."""
    source = source.replace("<![CDATA[", "").replace("]]>", "")
    begin, stop = re.search(r"[\[{]", source), max(source.rfind("}"), source.rfind("]"))
    return source[begin.start() : stop + 1] if begin else source


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _same(one: str, other: str) -> bool:
    """Whether one title begins with the other, but for marks: the window's has the outlet behind it."""
    first, second = (_NOT.sub(" ", text.casefold()).strip() for text in (one, other))
    return bool(first and second) and (first.startswith(second) or second.startswith(first))


def _text(value: Any) -> str:
    """A text that JSON-LD gives: itself, the first of a list, or the name of a thing."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value"))
    # Many programs write entities into JSON, where they mean nothing.
    return html.unescape(value) if isinstance(value, str) else ""


def _outlets(article: Mapping[str, Any], metas: Mapping[str, list[str]], root: Any) -> tuple[str, ...]:
    """The names of the outlet. The site's own comes first: the publisher of a wire's report is often the wire."""
    given = [
        *_all(metas, _OUTLETS[:1]),
        _text(article.get("publisher")),
        *_all(metas, _OUTLETS[1:]),
        *_marked(root, "publisher"),
    ]
    # A site has what it is about behind its name: "Example News | Politics | Weather".
    found = (line(name.partition(" | ")[0].partition(" - ")[0].removeprefix("@"), 80) for name in given)
    return tuple(dict.fromkeys(one for one in found if one and "://" not in one and one.casefold() not in _PROGRAMS))


def _authors(article: Mapping[str, Any], metas: Mapping[str, list[str]], root: Any) -> list[str]:
    """The names of authors as they stand there: of the first place that names any."""
    given = article.get("author") or article.get("creator") or []
    listed = [_text(one) for one in (given if isinstance(given, list) else [given])]
    for names in (listed, [*_all(metas, _AUTHORS[:1])], [*_all(metas, _AUTHORS[1:])], [*_marked(root, "author")]):
        found = [one for name in names if (one := line(name)) and "://" not in one]
        if found:
            return list(dict.fromkeys(found))
    return [one for link in root.iter("a") if link.get("rel") == "author" and (one := line(link.text_content(), 80))]


def _marked(root: Any, prop: str) -> Iterator[str]:
    """What microdata gives for a property: the name within it if there is one."""
    for element in root.iter(*_MARKED):
        if prop in (element.get("itemprop") or "").split():
            named = next((one for one in element.iter() if one.get("itemprop") == "name"), element)
            yield named.get("content") or named.text_content()


def _days(values: Sequence[Any] | Iterator[str]) -> Iterator[date]:
    return (day for value in values if (day := day_of(_text(value))))


def _published(article: Mapping[str, Any], metas: Mapping[str, list[str]], root: Any) -> tuple[date, ...]:
    """The days of publication; those in the body count only if they are one, for a page shows other articles beside its own."""
    said = [*_days([article.get("datePublished")]), *_days(_all(metas, _DAYS[:1])), *_days(_all(metas, _DAYS[1:]))]
    marked = {*_days(_shown(root, "datePublished"))}
    return tuple(dict.fromkeys(said)) or (tuple(marked) if len(marked) == 1 else ())


def _shown(root: Any, prop: str = "") -> Iterator[str]:
    """The days that elements of the body give: all, or those that are marked as this property."""
    for element in root.iter(*(("time", "span", "abbr", "p", "div") if prop else ("time",))):
        marks = (element.get("itemprop") or "").split() + (
            ["datePublished"] if element.get("pubdate") is not None else []
        )
        if not prop or prop in marks:
            yield element.get("datetime") or element.get("content") or element.text_content().strip()


def _addresses(article: Mapping[str, Any], metas: Mapping[str, list[str]], root: Any) -> Iterator[str]:
    yield from (
        link.get("href") or ""
        for link in root.iter("link")
        if "canonical" in (link.get("rel") or "").casefold().split()
    )
    yield from _all(metas, ("og:url",))
    main = article.get("mainEntityOfPage")
    yield from filter(None, (_text(article.get("url")), main.get("@id") if isinstance(main, dict) else _text(main)))
