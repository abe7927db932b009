"""The short tier of the fault kit: every measure on the bot as it is, and on one that is known to fail.

No bound on time is held here: the machine may be busy. `make faults` holds those.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.faults import intake
from tests.faults.__main__ import main
from tests.faults.killer import Bot
from tests.faults.leaks import MARK, SECRET, _searched
from tests.faults.matrix import Cell
from tests.faults.measures import MEASURES, Measure
from tests.faults.processes import Forked
from tests.faults.rows import Row, table
from tests.faults.suites import suite
from tests.faults.telegram import TooLong, until


@pytest.mark.parametrize("name", [name for name, measure in MEASURES.items() if measure.short is not list])
def test_every_measure_holds(name: str) -> None:
    rows = MEASURES[name].short()
    assert rows
    assert all(row.passed for row in rows), table(rows)


def test_the_usual_bot_does_not_hold() -> None:
    """A measure that everybody passes would prove nothing."""
    row = intake.kills("stock", times=2, each=60, slow=0.02)
    assert not row.passed
    assert " 0 lost" not in f" {row.found}"


def test_a_mark_is_found_however_it_is_written(tmp_path: Path) -> None:
    subject = Bot(begin=Forked, environment={}, folder=tmp_path / "a", runtime=tmp_path / "b")
    for place in (subject.folder, subject.runtime):
        place.mkdir()
    subject.log.write_text("nothing here")
    assert _searched(subject)[1] == []
    subject.log.write_bytes(f"GET /bot1:{SECRET}/getMe".encode())
    (subject.runtime / "inbox").write_bytes(MARK.encode("utf-16-le"))
    assert _searched(subject)[1] == ["a question in inbox", "the token in log"]


@pytest.mark.parametrize(
    ("struck", "healed", "held"), [(1, 0.5, True), (6, 29.0, True), (7, 0.5, False), (0, 0.5, False), (2, None, False)]
)
def test_a_cell_holds_without_a_storm_and_with_an_answer(struck: int, healed: float | None, held: bool) -> None:
    assert Cell(kind="502", method="getUpdates", struck=struck, seconds=1.0, healed=healed).held is held


def away() -> list[Row]:
    raise TooLong("waited 3 s for an answer\nwith what the log says")


def test_the_scoreboard_is_a_table_and_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = Row(name="n", tried="t", found="f", bound="b", passed=True)
    measures = {"fine": Measure(short=lambda: [good], long=lambda: [good]), "away": Measure(short=away, long=away)}
    file = tmp_path / "scoreboard.json"
    assert main(["--short", "--json", str(file), "fine"], measures) == 0
    assert capsys.readouterr().out == f"{table([good])}\n"
    assert main(["--json", str(file)], measures) == 1
    assert "| away |  | waited 3 s for an answer |  | **no** |" in capsys.readouterr().out
    assert [row["passed"] for row in json.loads(file.read_text("utf-8"))] == [True, False]
    with pytest.raises(SystemExit):
        main(["nonsense"], measures)


def test_a_suite_is_a_row_where_it_is_there() -> None:
    assert suite("n", "t", ["tests/nowhere.py"]) == []
    (row,) = suite("n", "t", ["tests/bot/local/test_local_ledger.py"], PYTEST_ADDOPTS="-k busiest")
    assert (row.passed, row.found) == (True, "1 tests passed")
    (row,) = suite("n", "t", ["tests/bot/test_slots.py"], PYTEST_ADDOPTS="-k 'jumps or six'", SIMULATED_DAYS="20")
    assert row.passed
    assert re.fullmatch(r"\d+ slots, 0 missed, 0 doubled, 3 tests passed", row.found)


def test_waiting_has_an_end() -> None:
    assert until(lambda: True, 1, "nothing") < 1
    with pytest.raises(TooLong, match="for ever"):
        until(lambda: False, 0.01, "for ever")
