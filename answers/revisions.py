"""The folder of compiled fact bases: one file a revision, and a manifest beside it without which it is none.

It knows files and their names, not what is in them.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path


def manifest_of(file: Path) -> Path:
    """The manifest of a compiled file: its layout, its revision, the source it was made from, and its hash."""
    return file.with_suffix(".json")


def file_hash(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def publish(draft: Path, final: Path, source: Path, layout: str) -> None:
    """Move the file into place, then its manifest, each flushed to the disk before it gets its name."""
    draft.chmod(0o444)
    manifest = {
        "layout": layout,
        "revision": final.stem,
        "source": str(source.resolve()),
        "sha256": file_hash(draft),
    }
    beside = draft.with_name(draft.name + ".json")
    beside.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    for file, name in ((draft, final), (beside, manifest_of(final))):
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
        file.replace(name)
    folder = os.open(final.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def revisions(folder: Path) -> Iterator[Path]:
    """The compiled files of a folder that are whole, newest first."""
    whole = (file for file in folder.glob("*.sqlite") if manifest_of(file).exists())
    return iter(sorted(whole, key=lambda file: (-file.stat().st_mtime, file.name)))


def prune(folder: Path, source: Path, *, keep: int, also: frozenset[str]) -> list[str]:
    """Delete all but the `keep` newest revisions of one source; those of `also` stay. Returns what was deleted."""
    mine = [file for file in revisions(folder) if _source_of(file) == str(source.resolve())]
    old = [file for file in mine[keep:] if file.stem not in also]
    for file in old:
        manifest_of(file).unlink()
        file.unlink()
    return [file.stem for file in old]


def _source_of(file: Path) -> str | None:
    """The source of a compiled file; None when its manifest cannot be read, for then it is nobody's to delete."""
    try:
        manifest = json.loads(manifest_of(file).read_bytes())
        return str(manifest["source"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
