"""What a fact base is compiled from: a data folder of articles, facts and names, or a `.jsonl` file of passages.

Both come out as articles with their facts, one article at a time.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from answers import folder, passages
from answers.errors import Problem, Refused
from answers.model import Article, Correction, Fact, Gap
from answers.text.names import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Names, gaps, and articles with their facts in order. `revision` is the hash of every byte that went in.

    `trusted` are the outlets of which a draft may answer before an editor has looked at it.
    `corrections` are all that was withdrawn, the newest first.
    """

    path: Path
    names: tuple[Name, ...]
    revision: str
    articles: Iterable[tuple[Article, tuple[Fact, ...]]]
    gaps: tuple[Gap, ...] = ()
    trusted: frozenset[str] = frozenset()
    corrections: tuple[Correction, ...] = ()


def read(path: Path) -> Sources:
    """The sources at a path. Raises `Refused` when it holds problems; those of a `.jsonl` come while it is read."""
    if path.is_dir():
        held = folder.read(path)
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in held.files.items()}
        return Sources(
            path=path,
            names=held.names,
            revision=_together(hashes),
            articles=held.articles,
            gaps=held.gaps,
            trusted=held.trusted,
            corrections=held.corrections,
        )
    if path.is_file() and path.suffix == ".jsonl":
        digest = _hashed(path)
        articles = passages.articles_of(path, digest)
        return Sources(path=path, names=(), revision=_together({"": digest}), articles=articles)
    hint = "name a folder that holds articles/, facts/ and names.toml"
    message = "is neither a data folder nor a .jsonl file of passages"
    raise Refused([Problem(path=str(path), line=0, message=message, hint=hint)])


def fingerprint(path: Path) -> str:
    """The hash of every byte that would go in, as `Sources.revision` has it, without parsing any; "" when some cannot be read.

    It is what may be asked of files that nobody has looked at yet.
    """
    try:
        if path.is_dir():
            return _together({name: _hashed(file) for name, file in folder.paths(path) if _small(file)})
        return _together({"": _hashed(path)}) if path.is_file() else ""
    except OSError:
        return ""


def _small(file: Path) -> bool:
    if not file.is_file() or file.stat().st_size > folder.LARGEST:
        raise OSError(f"{file.name} is not read")
    return True


def _hashed(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _together(hashes: Mapping[str, str]) -> str:
    lines = "".join(f"{name}\0{digest}\n" for name, digest in hashes.items())
    return hashlib.sha256(lines.encode()).hexdigest()
