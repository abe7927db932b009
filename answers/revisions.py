"""The folder of compiled fact bases: one file a revision, and a manifest beside it without which it is none.

What a revision is searched with (an index, vectors) stands beside it under the same name and can always be made anew.
It knows files and their names, not what is in them.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def manifest_of(file: Path) -> Path:
    """The manifest of a compiled file: its layout, its revision, the source it was made from, and its hash."""
    return file.with_suffix(".json")


def beside(file: Path, kind: str) -> Path:
    """What stands beside a compiled file and goes with it: `<revision>.<kind>`."""
    return file.with_name(f"{file.stem}.{kind}")


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
    told = draft.with_name(draft.name + ".json")
    told.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    for file, name in ((draft, final), (told, manifest_of(final))):
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
        for pattern in (f"{file.stem}.*", f".{file.stem}.*.building"):  # and what a killed process left of it
            for left in list(folder.glob(pattern)):
                delete(left)
    return [file.stem for file in old]


def delete(path: Path) -> None:
    """Delete a file, or a folder with all that is in it; one that is gone already is no problem."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _source_of(file: Path) -> str | None:
    """The source of a compiled file; None when its manifest cannot be read, for then it is nobody's to delete."""
    try:
        manifest = json.loads(manifest_of(file).read_bytes())
        return str(manifest["source"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
