"""`export`: the fact base into a folder, whole or not at all."""

import shutil
import tempfile
from pathlib import Path

from answers import export
from answers.desk import Shelf
from answers.errors import Problem, Refused
from answers.factbase import FactBase

FACTS, TABLES, METADATA = "facts.jsonl", "record.sqlite", "metadata.yaml"


def run(data: Path, compiled: Path, into: Path) -> tuple[str, int]:
    """Write the three files of an export; gives the revision and how many facts it has.

    Raises `Refused` when the data has problems or the folder cannot be written; then what was there before stays.
    """
    base = Shelf(folder=compiled).build(data).base
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=into, prefix=".export-") as draft:
            count = _write(Path(draft), base)
            for name in (FACTS, TABLES, METADATA):
                shutil.move(Path(draft) / name, into / name)
    except OSError as error:
        message, hint = f"cannot be written: {error.strerror}", "name another folder with --to"
        raise Refused([Problem(path=str(into), line=0, message=message, hint=hint)]) from None
    finally:
        base.close()
    return base.revision, count


def _write(folder: Path, base: FactBase) -> int:
    with (folder / FACTS).open("w", encoding="utf-8") as file:
        count = sum(bool(file.write(line + "\n")) for line in export.lines(base.facts()))
    export.write(folder / TABLES, base.facts(), base.articles(), base.corrections())
    (folder / METADATA).write_text(export.metadata(base.revision), encoding="utf-8")
    return count
