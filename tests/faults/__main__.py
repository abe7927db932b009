"""Run measures and print the scoreboard: python -m tests.faults [--short] [--json FILE] [measure …]"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from tests.faults.measures import MEASURES, Measure
from tests.faults.rows import Row, table
from tests.faults.telegram import TooLong


def options(arguments: list[str], measures: Mapping[str, Measure]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults", description="Kill it, cut it off, poison it, flood it."
    )
    parser.add_argument("measures", nargs="*", metavar="measure", help=f"of {', '.join(measures)}; all without one")
    parser.add_argument("--short", action="store_true", help="the short tier, of seconds")
    parser.add_argument("--json", type=Path, help="write the rows here, too")
    chosen = parser.parse_args(arguments)
    if unknown := [name for name in chosen.measures if name not in measures]:
        parser.error(f"there is no measure {', '.join(unknown)}: choose of {', '.join(measures)}")
    return chosen


def rows(names: list[str], measures: Mapping[str, Measure], *, short: bool) -> Iterator[Row]:
    """The rows of measures, as they come; one that cannot be measured is a row that did not hold."""
    for name in names or measures:
        measure = measures[name]
        try:
            yield from (measure.short if short else measure.long)()
        except TooLong as why:
            yield Row(name=name, tried="", found=str(why).partition("\n")[0], bound="", passed=False)


def main(arguments: list[str], measures: Mapping[str, Measure] = MEASURES) -> int:
    """0 when every bound held."""
    chosen = options(arguments, measures)
    found = []
    for row in rows(chosen.measures, measures, short=chosen.short):
        print(f"{'held' if row.passed else 'NOT HELD'}: {row.name}: {row.found}", file=sys.stderr, flush=True)  # noqa: T201
        found.append(row)
    print(table(found))  # noqa: T201
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(row) for row in found], ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0 if all(row.passed for row in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
