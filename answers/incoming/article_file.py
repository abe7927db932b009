"""An article on its way in to the bytes and the name of its file in `articles/`. It writes no file.

What is not known stays as a note for the editor who opens the file. Read back (`answers.articles`), the text is the very
text, and every field what it was.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date

from answers.articles import FENCE
from answers.errors import Problem, Refused
from answers.fields import LARGEST_FILE
from answers.incoming.safe import safe
from answers.incoming.values import Incoming

LONGEST_ID = 80
_TITLE_WORDS = 8
_NOT_KNOWN = "not known: find out; what is not known blocks publishing"
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def written(incoming: Incoming, *, retrieved: date, same_as: str = "") -> bytes:
    """The bytes of the article's file. Raises `Refused` if it is larger than a data folder takes."""
    text, _ = safe(incoming.text)
    data = f"{FENCE}\n{_front(incoming, retrieved, same_as)}{FENCE}\n{text}".encode()
    if len(data) > LARGEST_FILE:
        message = f"has more than {LARGEST_FILE:,} bytes of text"
        raise Refused([Problem(path=incoming.title or "the article", line=0, message=message, hint="no article has")])
    return data


def id_of(incoming: Incoming) -> str:
    """An id that tells an editor what it is of: 2022-02-02-example-news-troops-move-east, or undated-…"""
    day = incoming.published.isoformat() if incoming.published else "undated"
    title = "-".join(_slug(incoming.title or incoming.text[incoming.begin :][:200]).split("-")[:_TITLE_WORDS])
    outlet = _slug(incoming.outlet or incoming.outlet_hint.removeprefix("www."))[:24].strip("-")
    return "-".join(filter(None, (day, outlet, title or "article")))[:LONGEST_ID].strip("-")


def free(id_: str, taken: Callable[[str], bool]) -> str:
    """The id itself if no other article has it, else the first of id-2, id-3 … that is free."""
    number, found = 1, id_
    while taken(found):
        number += 1
        found = f"{id_[: LONGEST_ID - 1 - len(str(number))].rstrip('-')}-{number}"
    return found


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", "".join(one for one in plain if not unicodedata.combining(one))).strip("-")


def _front(incoming: Incoming, retrieved: date, same_as: str) -> str:
    day, outlet = incoming.published, incoming.outlet
    lines = [
        _text("outlet", outlet) if outlet else _missing("outlet", '""', incoming.outlet_hint),
        _text("outlet_known", incoming.outlet_known) if outlet else "",
        _text("title", incoming.title) + ("" if incoming.title else "   # not on the copy; do not guess it"),
        f"authors = {_toml(list(dict.fromkeys(incoming.authors)))}",
        f"published = {day.isoformat()}" if day else _missing("published", "YYYY-MM-DD", incoming.published_hint),
        _text("url", incoming.url),
        _text("found_at", incoming.found_at) if incoming.found_at else "",
        _text("language", incoming.language or "en"),
        # A day of publication may be tomorrow's already, in another time zone.
        f"retrieved = {max(retrieved, day or retrieved).isoformat()}",
        _text("same_as", same_as) if same_as else "",
        *(f"# {note}" for note in map(_note, incoming.notes)),
    ]
    return "".join(f"{line}\n" for line in lines if line)


def _missing(key: str, form: str, hint: str) -> str:
    seen = f" (the source suggests {_note(hint)})" if hint else ""
    return f"# {key} = {form}   # {_NOT_KNOWN}{seen}"


def _note(text: str) -> str:
    """A text as it may stand in a comment: on one line."""
    return safe(" ".join(text.split()))[0].strip()


def _text(key: str, value: str) -> str:
    return f"{key} = {_toml(value)}"


def _toml(value: str | list[str]) -> str:
    """JSON's escapes are TOML's, too; the one character that is not (U+007F) is a control character, which none holds."""
    cleaned = [_note(one) for one in value] if isinstance(value, list) else _note(value)
    return json.dumps(cleaned, ensure_ascii=False)
