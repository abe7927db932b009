"""Bytes to HTML as a tree, within bounds, whatever was sent: a wrong encoding, half a page, a million open tags.

It knows nothing of articles. The parser opens no connection and follows no reference.
"""

import codecs
import re
from typing import Any

from lxml import etree, html

from answers.errors import Problem, Refused

LARGEST_PAGE = 10_000_000
"""Bytes: pages that carry their pictures in them come near; the text of one never does."""

DEEPEST = 500
"""Elements within each other. News pages have 30 to 60; what reads a tree by calling itself fails at some thousand."""

MOST_ELEMENTS = 20_000
"""Elements of a page; 2,000 are usual. The reader of texts takes longer for each the more there are: for so many, seconds."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ENCODINGS = re.compile(
    r"utf-?8|utf-?16(?:-?[lb]e)?|windows-125\d|cp125\d|iso-?8859-?\d{1,2}|latin-?1|(?:us-)?ascii|koi8-[ru]|"
    r"gb2312|gbk|gb18030|big5|shift[_-]jis|euc-jp|euc-kr|iso-2022-jp|macintosh|x-mac-cyrillic|ibm866|tis-620",
)
"""What pages are written in. Python knows more, some of which takes forever on hostile bytes ("punycode")."""


def text_of(data: bytes, charset: str = "") -> str:
    """The characters of a page or text: by its byte order mark, what it was sent as, what it says, UTF-8, windows-1252.

    `charset` is what it was sent as (a header), or empty. Total: what is no character of the encoding becomes U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, "replace")
    declared = _CHARSET.search(data[:8192])
    told = [name for name in (charset, declared[1].decode("ascii", "replace") if declared else "") if _may(name)]
    for name in [*told, "utf-8"]:
        try:
            return data.decode(_python(name))
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(_python(told[0]) if told else "cp1252", "replace")


def tree_of(text: str, path: str) -> Any:
    """The root element of a page. Raises `Refused` for what is none, and for one that is too deep or too large."""
    text = _DECLARED.sub("", text.replace("\0", ""), count=1)
    try:
        if not _fits(text):
            raise Refused([Problem(path=path, line=0, message=_TOO_MUCH, hint="save its text as .txt and add that")])
        root = html.document_fromstring(text, parser=_parser(html.HTMLParser))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or root.find(".//body") is None:
        raise Refused([Problem(path=path, line=0, message="is no HTML page", hint="save the page as HTML or as text")])
    return root


_TOO_MUCH = f"holds more than {MOST_ELEMENTS:,} elements, or {DEEPEST} within each other"


def _may(name: str) -> bool:
    return _ENCODINGS.fullmatch(name.casefold()) is not None


def _python(name: str) -> str:
    """Python's name of an encoding; what calls itself Latin-1 or ASCII is windows-1252, as browsers have it."""
    if re.fullmatch(r"iso-?8859-?1|latin-?1|(us-)?ascii", name.casefold()):
        return "cp1252"
    return {"utf-16": "utf-8", "x-mac-cyrillic": "mac_cyrillic"}.get(name.casefold(), name)


def _parser(kind: Any, **more: Any) -> Any:
    return kind(remove_comments=True, remove_pis=True, no_network=True, **more)


def _fits(text: str) -> bool:
    """Whether it has no more elements, and none deeper, than is read: counted while it is parsed, before a tree stands."""
    count = _Count()
    etree.fromstring(text, parser=_parser(etree.HTMLParser, target=count, huge_tree=True))
    return count.deepest <= DEEPEST and count.elements <= MOST_ELEMENTS


class _Count:
    """What a parser calls for each element."""

    def __init__(self) -> None:
        self.elements = self.depth = self.deepest = 0

    def start(self, tag: str, attributes: Any) -> None:  # noqa: ARG002 - the parser gives both
        self.elements += 1
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)

    def end(self, tag: str) -> None:  # noqa: ARG002 - the parser gives it
        self.depth -= 1

    def data(self, text: str) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is made."""
