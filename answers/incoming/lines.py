"""One line of a header: a byline, a date line, an address, a labelled line, or none of these.

A line is only recognised when all of it is: "By Friday the troops had left" is prose. It must not know where the line
stands, nor what day it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_LONGEST = 300
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = re.compile(
    r"(?<![\d/-])(?:(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ ]" + _MONTH.format("m2") + r",?[ ](?P<y2>\d{4})"
    r"|" + _MONTH.format("m3") + r"[ ](?P<d3>\d{1,2})(?:st|nd|rd|th)?,?[ ](?P<y3>\d{4}))(?![\d/-])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<first>(?:first )?(?:published|posted|publication date|date published|created|issued|date)(?: on| at)?)[ ]*:?[ ]*(?:at )?\Z"
    r"|(?P<later>(?:last )?(?:updated|modified|edited)(?: on| at)?)[ ]*:?[ ]*\Z",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_ZONE = r"(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|EES?T|MSK|IST|JST|KST|HKT|SGT|AE[SD]T|Eastern|local time)"
_NOISE = re.compile(
    rf"\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?[ ]*(?:[ap]\.?m\.?)?(?:[ ]*{_ZONE}\b)?|\d{{1,2}}[ ]*[ap]\.?m\b\.?(?:[ ]*{_ZONE}\b)?|\b\d{{1,2}}[ -]min(?:ute)?s?[ ]read\b"
    rf"|\b{_WEEKDAY}\b,?|\((?:[+-]?\d{{4}}[ ]GMT|{_ZONE})\)",
    re.IGNORECASE,
)
_LABELLED_DATE = re.compile(
    r"(?:first |last )?(?:published|posted|publication date|date|updated|modified)(?: on| at)?[ ]*:[ ]*(?=[\w ,./:-]{4,40}\Z)(?=.*\d).*",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?P<key>title|headline|source|outlet|publisher|publication|news source|url|link|address|authors?|written by|byline)[ ]*:[ ]*(?P<value>\S.*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?", re.IGNORECASE)
_HEADING = re.compile(r"#{1,2}[ \t]+(\S.*)")
_PARTS = re.compile(r"[ \t]*(?:[|·•;]|\t|[ ][–—-][ ])[ \t]*")
_BY = re.compile(r"(?:by|written by|story by|from)(?:[ ]*:[ ]*|[ ]+)", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s+(?:and|&)\s+|\s*,\s*")
_OF = re.compile(r"\s+(?:for|of|at)\s+(?=(?:the )?[A-Z])|\s*[(/]\s*(?=[A-Z])")
_WHERE = re.compile(r"\s+in\s+[A-Z][\w .'’-]{2,40}\Z")
_HANDLE = re.compile(r"\s*[(<]?(?:@\w+|[\w.+-]+@[\w-]+\.[\w.-]+)[)>]?")
_ROLE = re.compile(
    r"(?:.*\s)?(?:reporter|correspondent|editor|writer|staff|columnist|producer|journalist|bureau chief|contributor|analyst|agencie|other)s?\Z",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"\b(?:News|Times|Post|Press|Reuters|AP|AFP|BBC|CNN|CBC|NPR|Guardian|Herald|Tribune|Journal|Gazette|Telegraph|Independent"
    r"|Globe|Mail|Bloomberg|Politico|POLITICO|Axios|Jazeera|Welle|Agency|Observer|Chronicle|Daily|Standard|Examiner|Radio|TV"
    r"|Television|Broadcasting|Magazine|Weekly|Agence|Interfax|Ukrinform|Pravda|DPA|dpa|ANSA|TASS|UPI|ABC|NBC|CBS|ITV|PBS|MSNBC"
    r"|VOA|RFE/RL|DW|Euronews|France 24|Kyodo|Xinhua|HuffPost|Insider|Economist|Atlantic|Newsweek|Forbes|Wikinews|Network|Wire"
    r"|Monitor|Inquirer|Courier|Bulletin|Dispatch|Today|Media)(?![\w-])"
)
_PARTICLES = frozenset("de da del van von der den la el al bin ibn du di dos le ten ter".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a line of a header tells, and what it is: "byline", "date line", "address", "source" or "headline"."""

    what: str = "byline"
    title: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str = ""


def read_line(words: str) -> Line | None:
    """What a line without blanks around it tells; None when it is no line of a header."""
    if len(words) > _LONGEST or "©" in words:
        return None
    if heading := _HEADING.fullmatch(words):
        return Line(what="headline", title=without_marks(heading[1]))
    words = without_marks(words)
    return _labelled(words) or _dated(words) or _byline(words)


def without_marks(words: str) -> str:
    """Without the emphasis of Markdown around it."""
    return words.strip("*_ \t") if words[:1] in "*_" else words


def _labelled(words: str) -> Line | None:
    if address := _ADDRESS.fullmatch(words):
        return Line(what="address", url=address[1])
    found = _LABELLED.fullmatch(words)
    if found is None:
        return None
    key, value = found["key"].casefold(), found["value"].strip()
    if key in {"url", "link", "address"} or (address := _ADDRESS.fullmatch(value)):
        address = _ADDRESS.fullmatch(value)
        return Line(what="address", url=address[1]) if address else None
    if key in {"title", "headline"}:
        return Line(what="headline", title=value)
    if key in {"author", "authors", "written by", "byline"}:
        return _names(value) or Line(what="byline")
    return Line(what="source", outlet=value) if len(value) <= 80 and not value.endswith((".", "!", "?")) else None


def _dated(words: str) -> Line | None:
    """A line of days, their labels and times, with at most a byline beside them; the day of publication wins."""
    days = list(_DAY.finditer(words))
    if not days:
        return Line(what="date line") if _LABELLED_DATE.fullmatch(words) or _stamp(words) else None
    told: dict[str, set[date]] = {"first": set(), "": set(), "later": set()}
    rest, at = [], 0
    for found in days:
        day = _read_day(found)
        if day is None:
            return None
        before = _NOISE.sub(" ", words[at : found.start()]).rstrip(" ,")
        label = _LABEL.search(before)
        told[label.lastgroup or "" if label else ""].add(day)
        rest.append(before[: label.start()] if label else before)
        at = found.end()
    rest.append(words[at:])
    byline = _remainder(rest)
    if byline is None:
        return None
    chosen = told["first"] or told[""]
    return Line(
        what="byline" if byline.authors or byline.outlet else "date line",
        outlet=byline.outlet,
        authors=byline.authors,
        published=next(iter(chosen)) if len(chosen) == 1 else None,
    )


def _remainder(rest: list[str]) -> Line | None:
    """What stands beside the days of a line: nothing, names or an outlet; None when it is anything else."""
    bare = [_bare(piece) for piece in rest]
    words = " | ".join(piece for piece in bare if piece)
    return (_byline(words) or _names(words)) if words else Line()


def _bare(piece: str) -> str:
    piece = _NOISE.sub(" ", piece)
    label = _LABEL.search(piece.rstrip(" ,"))
    piece = piece[: label.start()] if label and label["later"] else piece
    piece = re.sub(
        r"(?:last )?updated[ ]*:?[ ]*" + _MONTH.format("month") + r" \d{1,2}", " ", piece, flags=re.IGNORECASE
    )
    return piece.strip(" \t,.;:|·•–—-()/")


def _stamp(words: str) -> bool:
    """A time with its label and no day: "Updated 3:04 PM ET"."""
    return re.match(r"(?:last )?(?:updated|posted|published)\b", words, re.IGNORECASE) is not None and not re.sub(
        r"(?i)(?:last )?(?:updated|posted|published)|\bat\b|\bon\b|[ ,:|·]", "", _NOISE.sub("", words)
    )


def _read_day(found: re.Match[str]) -> date | None:
    year = found["y1"] or found["y2"] or found["y3"]
    day = found["d1"] or found["d2"] or found["d3"]
    name = found["m2"] or found["m3"]
    try:
        return date(int(year), _MONTHS.index(name[:3].casefold()) + 1 if name else int(found["m1"]), int(day))
    except ValueError:
        return None


def _byline(words: str) -> Line | None:
    """By one or more, with an outlet or without; also "Jane Doe, BBC News" and "The Associated Press | …"."""
    parts = [part for part in _PARTS.split(words) if _NOISE.sub("", part).strip()]
    if not parts:
        return None
    by = _BY.match(parts[0])
    if by:
        first = _names(parts[0][by.end() :])
        others = [_names(part) or _outlet(part) for part in parts[1:]]
        return _together([first, *others])
    found = _together([_names(part) for part in parts])
    return found if found and found.outlet else None


def _together(lines: list[Line | None]) -> Line | None:
    known = [line for line in lines if line]
    if not known or len(known) < len(lines):
        return None
    authors = tuple(dict.fromkeys(name for line in known for name in line.authors))
    return Line(outlet=next((line.outlet for line in known if line.outlet), ""), authors=authors)


def _outlet(words: str) -> Line | None:
    return Line(outlet=words) if _is_outlet(words) else None


def _names(words: str) -> Line | None:
    """Names, and the outlet behind them: None when a part of it is neither name, role nor outlet."""
    words = _HANDLE.sub("", words).strip(" ,.")
    words = _BY.sub("", words, count=1) if words[:3].casefold() == "by " else words
    authors: list[str] = []
    outlet = ""
    listed = list(_listed(words))
    for number, part in enumerate(listed):
        structural = number == len(listed) - 1 and number > 0 and _closes(words, part)
        if _is_outlet(part) or structural:
            outlet = outlet or part
        elif _is_name(part):
            authors.append(part)
        elif not (_ROLE.fullmatch(part) and authors):
            return None
    return Line(outlet=outlet, authors=tuple(authors)) if authors or outlet else None


def _listed(words: str) -> Iterator[str]:
    for part in _AND.split(words):
        name, *rest = _OF.split(_WHERE.sub("", part.strip()), maxsplit=1)
        yield name.strip()
        yield from (outlet.strip(" )/") for outlet in rest)


def _closes(words: str, part: str) -> bool:
    """Whether the last part stands behind a comma as an outlet does: in capitals, or after "A, B and C"."""
    if not re.fullmatch(r"[A-Z][\w .&'’/-]{1,39}", part) or _ROLE.fullmatch(part):
        return False
    return (part.isupper() and not _is_name(part)) or re.search(rf" and .*, {re.escape(part)}\Z", words) is not None


def _is_outlet(part: str) -> bool:
    words = part.split()
    return (
        0 < len(words) <= 6
        and _OUTLET.search(part) is not None
        and _ROLE.fullmatch(part) is None
        and all(
            word[0].isupper() or not word[0].isalpha() or word in {"of", "the", "de", "and", "dpa"} for word in words
        )
    )


def _is_name(part: str) -> bool:
    words = part.split()
    if not 2 <= len(words) <= 5 or _ROLE.fullmatch(part) or re.search(r"[^\w\s.'’-]|\d", part):
        return False
    if part[-1] == "." and len(words[-1]) > 3:
        return False
    return words[0][0].isupper() and all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
