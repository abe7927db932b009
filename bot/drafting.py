"""`draft`: an article to candidate facts, printed one a line or put into the article's fact file for review."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from answers import articles, folder
from answers import facts as fact_files
from answers.draft import merging
from answers.draft.claimkey import Keys
from answers.draft.drawing import Drawer
from answers.draft.merging import Merged
from answers.draft.parser import Parser
from answers.draft.values import Drawn
from answers.draft.wire import line_of
from answers.errors import Problem, Refused
from answers.fields import did_you_mean
from answers.incoming import header
from answers.incoming.header import Header
from answers.incoming.values import Incoming
from answers.model import Article, Fact
from answers.text.names import Gazetteer, parse, world
from bot import datafiles

_LARGEST = 10_000_000
"""Bytes of a raw copy that are read: far above any article."""

_ID = re.compile(rb"""^[ \t]*id[ \t]*=[ \t]*["']([^"'\n]*)["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What drawing an article did to its fact file, and what it left out of the text."""

    article: Article
    file: Path
    drawn: Drawn
    merged: Merged


def draft(data: Path, name: str, *, parse_sentences: bool = True) -> Drafted:
    """Draw the article of a data folder into its fact file. Raises `Refused`; then nothing was written."""
    article = of_folder(data, name)
    drawn = drawer(data, without=article.id, parse_sentences=parse_sentences).draw(article)
    file = data / "facts" / f"{article.id}.toml"
    was = datafiles.read(file)
    merged = merging.merge(was, f"facts/{file.name}", article, drawn.candidates, taken_ids(data, but=file))
    fact_files.parse(merged.text.encode(), f"facts/{file.name}", article)
    if merged.text != was and drawn.candidates:
        datafiles.write(file, merged.text, was=was)
    return Drafted(article=article, file=file, drawn=drawn, merged=merged)


def lines(data: Path, name: str, *, parse_sentences: bool = True) -> Iterator[str]:
    """Every candidate and every piece of junk of an article as a line of JSON. Raises `Refused`."""
    article = of_folder(data, name) if _in_folder(data, name) else of_file(Path(name))
    drawn = drawer(data, without=article.id, parse_sentences=parse_sentences).draw(article)
    return (json.dumps(line_of(one, article), ensure_ascii=False) for one in drawn)


def drawer(data: Path, *, without: str = "", parse_sentences: bool = False) -> Drawer:
    """What articles are drawn with. Raises `Refused` when the names have problems.

    The facts of the article `without` are not compared with; nor are any while the data folder has problems.
    """
    names = parse(datafiles.read(data / folder.NAMES).encode(), folder.NAMES)
    gazetteer = Gazetteer([*names, *world()])
    keys = Keys((fact for fact in _known(data) if fact.article.id != without), gazetteer)
    return Drawer(gazetteer=gazetteer, keys=keys, parser=installed_parser() if parse_sentences else None)


def _known(data: Path) -> list[Fact]:
    try:
        return [fact for _, facts in folder.read(data).articles for fact in facts]
    except Refused:
        return []


def installed_parser() -> Parser | None:
    """The parser of the extra `[nlp]`, None where that is not installed."""
    from answers.draft.nlp import load

    try:
        return load()
    except ImportError:
        return None


def of_folder(data: Path, name: str) -> Article:
    """The article of an id, a file name or a path. Raises `Refused`, with the id that was meant if one is near."""
    file = _file(data, name)
    if not file.is_file():
        stems = [known.stem for known in (data / "articles").glob("*.md")]
        hint = did_you_mean(Path(name).stem, stems, all_of_them=False) or "bring it in first: python -m bot add FILE"
        raise Refused([Problem(path=f"articles/{file.name}", line=0, message="is no article here", hint=hint)])
    return articles.parse(file.read_bytes(), f"articles/{file.name}")


def _file(data: Path, name: str) -> Path:
    return data / "articles" / f"{Path(name).name.removesuffix('.md').removesuffix('.toml')}.md"


def _in_folder(data: Path, name: str) -> bool:
    """Whether a name is an article of the folder, rather than a file that stands elsewhere."""
    return _file(data, name).is_file() and (
        not Path(name).is_file() or Path(name).resolve() == _file(data, name).resolve()
    )


def of_file(file: Path) -> Article:
    """A raw copy that is in no data folder: its text as it is, and what its header or page tells. Raises `Refused`.

    Nothing of it is published, so characters that an article file may not hold are taken as they stand.
    """
    data = _bytes(file)
    if file.suffix.lower() in {".html", ".htm"}:
        from answers.incoming import page

        told = page.read(data, str(file))
        return _raw(file, told, told.text)
    text = _decoded(data, file)
    return (
        articles.parse(data, str(file))
        if text.startswith(f"{articles.FENCE}\n")
        else _raw(file, header.read(text), text)
    )


def _raw(file: Path, told: Header | Incoming, text: str) -> Article:
    return Article(
        id=file.name, outlet=told.outlet, title=told.title, authors=told.authors, published=told.published, text=text
    )


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        message = f"is neither an article of the data folder nor a file that can be read: {error.strerror}"
        raise Refused([Problem(path=str(file), line=0, message=message)]) from None


def _decoded(data: bytes, file: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused([Problem(path=str(file), line=line, message="is not UTF-8", hint="save it as UTF-8")]) from None


def taken_ids(data: Path, *, but: Path) -> set[str]:
    """The ids of all fact files but one."""
    files = (file for file in (data / "facts").glob("*.toml") if file != but)
    return {found.decode(errors="replace") for file in files for found in _ID.findall(file.read_bytes())}


def summary(done: Drafted) -> str:
    """What was drawn, what was left out and why, and what to do next."""
    merged, why = done.merged, Counter(junk.why for junk in done.drawn.junk)
    doubtful = sum(bool(one.doubts) for one in done.drawn.candidates)
    out = ", ".join(f"{times} {reason}" for reason, times in why.most_common()) or "nothing"
    return (
        f"{len(done.drawn.candidates)} candidates, {doubtful} of them with a doubt: {len(merged.added)} new,"
        f" {len(merged.renewed)} drawn anew, {len(merged.kept)} left as they are.\n"
        f"Left out: {out}.\n"
        f"They are drafts in {done.file}: no reader sees them. Next: python -m bot review {done.article.id}"
    )
