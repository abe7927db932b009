"""`python -m tests.bench.timebank FOLDER`: how well dates are found and resolved, on news with dates marked by hand.

FOLDER holds TimeML files (`*.tml`) of the TempEval-3 corpora in folders AQUAINT and TimeBank; no word of them is part of this
project. The rules were built reading the errors of AQUAINT and of every other file of TimeBank ("read"); the figures that
count are those of the rest ("held out"). `--errors` names what went wrong in the part that may be read, and in no other.

By class: right is the same value, or ours cut to the width of theirs, or either end of our range, as they mark each end. What
is not found is not right. End to end a
date must be found, overlapping, and have the right value. Only what has a place in the calendar is counted; "with vague"
also counts what has none ("now", "recently": PRESENT_REF …), which we never find.
"""

import re
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from answers.draft.dates import find
from answers.draft.values import FoundDate

_SEASONS = {"SP": "03", "SU": "06", "FA": "09", "WI": "12"}
_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<![ap]\.m\.)(?<!Mr\.|Dr\.|Lt\.)(?<!Mrs\.|Gen\.|Sen\.|Rep\.|Gov\.)[\"'’”]*\s+(?=[\"'‘“`]*[A-Z])|\n\s*\n"
)
_CLASSES = (
    ("bare weekday", r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"),
    ("last or next weekday", r"(?:last|next) \w+day"),
    ("weekday with its part", r".*(?:mon|tues|wednes|thurs|fri|satur|sun)day.*"),
    ("today, yesterday", r"(?:today|yesterday|tomorrow|tonight)"),
    ("last, this, next", r".*\b(?:last|this|next) (?:week|month|year|quarter|weekend|spring|summer|fall|winter)s?"),
    ("with its year", r".*[a-z].*\b[12]\d{3}"),
    ("month or day, no year", r".*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*"),
    ("year alone", r"[12]\d{3}"),
    ("quarter", r".*quarter"),
    ("ago, earlier", r".*(?:ago|earlier)\b.*"),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A date marked by hand."""

    start: int
    stop: int
    text: str
    value: str

    @property
    def vague(self) -> bool:
        return re.match(r"\d{3}", self.value) is None

    @property
    def kind(self) -> str:
        return next((name for name, form in _CLASSES if re.fullmatch(form, self.text.lower())), "other")


@dataclass(frozen=True, slots=True)
class Document:
    published: date
    text: str
    marked: tuple[Marked, ...]


def read(file: Path) -> Document:
    root = ET.parse(file).getroot()
    made = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    assert made is not None
    assert body is not None
    parts: list[str] = []
    marked: list[Marked] = []
    _walk(body, parts, marked)
    return Document(date.fromisoformat(made.attrib["value"][:10]), "".join(parts), tuple(marked))


def _walk(element: ET.Element, parts: list[str], marked: list[Marked]) -> None:
    start = sum(map(len, parts))
    parts.append(element.text or "")
    for child in element:
        _walk(child, parts, marked)
        parts.append(child.tail or "")
    if element.tag == "TIMEX3" and element.attrib["type"] in {"DATE", "TIME"}:
        text = "".join(parts)[start:]
        marked.append(Marked(start, start + len(text), " ".join(text.split()), element.attrib["value"]))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for gap in _SENTENCE.finditer(text):
        yield start, text[start : gap.start()]
        start = gap.end()
    yield start, text[start:]


def found_in(document: Document) -> list[FoundDate]:
    return [
        one.moved(start) for start, sentence in sentences(document.text) for one in find(sentence, document.published)
    ]


def right(value: str, found: FoundDate) -> bool:
    """Whether ours, cut to their width, is theirs."""
    value = re.sub(r"T.*", "", value)
    if "-W" in value and "-WI" not in value:
        return _right_week(value, found)
    if season := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return found.iso.startswith(f"{season[1]}-{_SEASONS[season[2]]}/")
    if re.fullmatch(r"\d{3}X?", value):
        return found.iso == f"{value[:3]}0/{value[:3]}9"
    value = value.replace("-XX", "")
    if "/" in found.iso:
        return value in found.iso.split("/")
    return found.iso[: len(value)] == value and "W" not in found.iso


def _right_week(value: str, found: FoundDate) -> bool:
    year, week = value.removesuffix("-WE").split("-W")
    ours = found.first.isocalendar()
    if week == "XX":
        return "W" in found.iso and ours.year == int(year)
    return (ours.year, ours.week) == (int(year), int(week)) and (found.last - found.first).days < 7


def _overlap(one: Marked, other: FoundDate) -> bool:
    return one.start < other.stop and other.start < one.stop


def _table(documents: list[Document], *, errors: bool) -> None:
    count: Counter[str] = Counter()
    good: Counter[str] = Counter()
    found_all = hits = found_any = 0
    seconds = 0.0
    for document in documents:
        begun = time.process_time()
        found = found_in(document)
        seconds += time.process_time() - begun
        found_all += len(found)
        used: set[int] = set()
        for one in document.marked:
            ours = [other for other in found if _overlap(one, other)]
            is_right = any(right(one.value, other) for other in ours)
            used |= {other.start for other in ours}
            found_any += bool(ours) and not one.vague
            kind = "vague" if one.vague else one.kind
            count[kind] += 1
            good[kind] += is_right
            hits += is_right
            if errors and not one.vague and not is_right:
                _show(
                    document,
                    one.start,
                    one.stop,
                    "WRONG" if ours else "MISSED",
                    f"{one.value} ours {[o.iso for o in ours]}",
                )
        for other in found if errors else ():
            if other.start not in used:
                _show(document, other.start, other.stop, "EXTRA", other.iso)
    for kind in sorted(count, key=lambda name: -count[name]):
        _say(f"{kind:25}{count[kind]:6}{good[kind]:6}  {good[kind] / count[kind]:.3f}")
    sharp = sum(count.values()) - count["vague"]
    _score("found", found_any, found_all, sharp)
    _score("found and right", hits, found_all, sharp)
    _score("found and right, with vague", hits, found_all, sum(count.values()))
    size = sum(len(document.text) for document in documents)
    _say(f"{len(documents)} documents, {size} characters, {1000 * seconds / size * 4500:.2f} ms for 4,500 characters")


def _score(name: str, hits: int, found: int, marked: int) -> None:
    precision, recall = hits / max(found, 1), hits / max(marked, 1)
    _say(f"{name:30} P {precision:.3f}  R {recall:.3f}  F {2 * precision * recall / max(precision + recall, 1e-9):.3f}")


def _show(document: Document, start: int, stop: int, what: str, value: str) -> None:
    text = document.text
    near = f"{text[max(0, start - 80) : start]}[{text[start:stop]}]{text[stop : stop + 50]}"
    _say(f"{what}\t{document.published}\t{value}\t{' '.join(near.split())}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*.tml") if not file.name.startswith("."))


def main() -> None:
    folder, errors = Path(sys.argv[1]), "--errors" in sys.argv
    timebank, aquaint = _files(folder / "TimeBank"), _files(folder / "AQUAINT")
    for name, files in (("read", aquaint + timebank[::2]), ("held out", timebank[1::2])):
        _say(f"\n{name}")
        _table([read(file) for file in files], errors=errors and name == "read")


if __name__ == "__main__":
    main()
