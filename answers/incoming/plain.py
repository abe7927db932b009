"""A saved text or Markdown file to an article. Nothing of its text is changed; what its first lines say is read beside it."""

from dataclasses import replace

from answers import articles
from answers.errors import Problem, Refused
from answers.fields import LARGEST_FILE
from answers.incoming import header
from answers.incoming.address import plain
from answers.incoming.authors import names
from answers.incoming.languages import language_in
from answers.incoming.markup import text_of
from answers.incoming.safe import left_out, line, safe
from answers.incoming.values import Incoming

LARGEST_TEXT = 2 * LARGEST_FILE
"""Bytes: what UTF-16 needs for the largest article file."""

_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an archive or office document"),
    (b"\x1f\x8b", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
_AS_TEXT = "save the page as HTML, or its text as .txt"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, path: str) -> Incoming:
    """The article of a text. `path` names it in problems. Total: any bytes give an article or raise `Refused`."""
    if why := no_text(data):
        raise Refused([Problem(path=path, line=0, message=why, hint=_AS_TEXT)])
    if len(data) > LARGEST_TEXT:
        message = f"is larger than {LARGEST_TEXT:,} bytes"
        raise Refused([Problem(path=path, line=0, message=message, hint="no article is: bring in its text alone")])
    if data.removeprefix(b"\xef\xbb\xbf").startswith(articles.FENCE.encode()):
        return _filed(data.removeprefix(b"\xef\xbb\xbf"), path)
    text, dropped = safe(text_of(data))
    if not text.strip():
        raise Refused([Problem(path=path, line=0, message="holds no text", hint=_AS_TEXT)])
    return _with_header(text, dropped)


def no_text(data: bytes) -> str:
    """Why these bytes are neither a text nor a page; empty when they may be one."""
    kind = next((kind for mark, kind in _KINDS if data.startswith(mark)), "")
    if kind:
        return f"is {kind}, not a text"
    return "holds zero bytes, as no text does" if b"\0" in data and not data.startswith(_UTF16) else ""


def _with_header(text: str, dropped: int) -> Incoming:
    told = header.read(text)
    outlet = line(told.outlet, 80)
    return Incoming(
        text=text,
        begin=told.stop,
        title=line(told.title),
        outlet=outlet,
        outlet_known=(told.outlet_known or "header") if outlet else "",
        authors=names(told.authors, outlet),
        published=told.published,
        language=language_in(text[told.stop :] if text[told.stop :].strip() else text),
        url=plain(told.url),
        notes=left_out(dropped),
    )


def _filed(data: bytes, path: str) -> Incoming:
    """An article file that was written elsewhere, with all that it says of itself. Raises `Refused` with its problems."""
    try:
        article = articles.parse(data, "brought-in.md")  # its name need not be an id yet
    except Refused as refused:
        raise Refused([replace(problem, path=path) for problem in refused.problems]) from None
    return Incoming(
        text=article.text,
        title=line(article.title),
        outlet=line(article.outlet),
        outlet_known=(line(article.outlet_known) or "editor") if line(article.outlet) else "",
        authors=tuple(filter(None, map(line, article.authors))),
        published=article.published,
        language=article.language,
        url=plain(article.url),
    )
