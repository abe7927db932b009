"""What was finished and what waits: known again after the process, and no text that is needed no more."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.intake.ledger import KEPT_FOR, MOST, Ledger
from bot.intake.ram import SHARED_MEMORY, folder
from tests.bot.harness import Clock


def body(number: int, text: str = "x") -> tuple[int, dict]:
    return number, {"update_id": number, "message": {"text": text}}


def test_what_is_finished_is_not_begun_again_even_in_another_life(tmp_path: Path, moment: Clock) -> None:
    ledger = Ledger(tmp_path / "l", moment)
    assert ledger.known([1, 2, 3]) == set()
    ledger.begin([1, 2, 2, 3])
    ledger.finish([2])
    ledger.park([body(3)])
    assert ledger.known([1, 2, 3, 4]) == {2, 3}
    ledger.close()
    again = Ledger(tmp_path / "l", moment)
    assert again.known([1, 2, 3, 4]) == {2, 3}
    assert again.parked() == [(3, moment.now, body(3)[1])]
    again.finish([3])
    assert again.parked() == []
    again.close()


def test_of_what_is_finished_no_byte_of_text_is_kept(tmp_path: Path, moment: Clock) -> None:
    ledger = Ledger(tmp_path / "l", moment)
    ledger.begin(range(50))
    ledger.park([body(number, "zebra-canary") for number in range(50)])
    assert b"zebra-canary" in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    ledger.finish(range(50))
    ledger.forget()
    assert b"zebra-canary" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    ledger.close()


def test_numbers_are_forgotten_after_two_days_and_when_they_are_too_many(tmp_path: Path, moment: Clock) -> None:
    ledger = Ledger(None, moment)
    ledger.finish(range(MOST))
    moment.forward(seconds=1)
    ledger.finish([MOST, MOST + 1])
    ledger.forget()
    assert len(ledger.known([0, 1, 2, MOST, MOST + 1])) == 3
    moment.now += KEPT_FOR + timedelta(seconds=2)
    ledger.forget()
    assert ledger.known([MOST]) == set()
    ledger.close()


def test_what_was_begun_and_never_came_again_is_forgotten_and_what_waits_is_not(moment: Clock) -> None:
    ledger = Ledger(None, moment)
    ledger.begin([1, 2])
    ledger.park([body(2)])
    ledger.wake(crashed=True)
    moment.now += KEPT_FOR - timedelta(seconds=1)
    ledger.forget()
    assert ledger.crashes() == {1: 1, 2: 1}
    moment.forward(seconds=2)
    ledger.forget()
    assert ledger.crashes() == {2: 1}
    assert [number for number, _, _ in ledger.parked()] == [2]
    ledger.close()


def test_a_damaged_file_is_begun_anew(tmp_path: Path, moment: Clock) -> None:
    (tmp_path / "l").write_bytes(b"nonsense, and no database at all" * 200)
    ledger = Ledger(tmp_path / "l", moment)
    ledger.finish([1])
    assert ledger.known([1]) == {1}
    ledger.close()


def test_a_crash_accuses_what_was_in_hand_and_a_kill_nobody(moment: Clock) -> None:
    ledger = Ledger(None, moment)
    ledger.begin([1, 2, 3])
    ledger.finish([2])
    ledger.take(3, hand=False)
    ledger.wake(crashed=True)
    assert ledger.crashes() == {1: 1}
    ledger.wake(crashed=True)
    assert ledger.crashes() == {1: 1}
    ledger.take(1, hand=True)
    ledger.wake(crashed=False)
    assert ledger.crashes() == {1: 1}
    ledger.begin([1])
    ledger.wake(crashed=True)
    assert ledger.crashes() == {1: 2}
    ledger.finish([1])
    assert ledger.crashes() == {}
    ledger.close()


def test_a_transaction_that_fails_leaves_nothing(moment: Clock) -> None:
    ledger = Ledger(None, moment)
    with pytest.raises(TypeError):
        ledger.park([(1, {"a": object()})])
    with pytest.raises(OverflowError):
        ledger.finish([1, 2**70])
    assert ledger.known([1]) == set()
    ledger.close()


def test_when_its_memory_is_full_it_goes_on_without_and_says_so(tmp_path: Path, moment: Clock) -> None:
    told: list[str] = []
    ledger = Ledger(tmp_path / "l", moment, told.append)
    ledger.begin([1, 2])
    ledger.finish([1])
    # The one look inside: a file system that is full, for this file alone.
    ledger._db.execute("pragma max_page_count = 1").fetchall()
    ledger.begin(range(10_000, 20_000))
    assert told == ["OperationalError"]
    assert not ledger.outlives
    assert ledger.known([1, 2]) == {1}
    assert not ledger.park([body(2)])
    ledger.finish([2])
    ledger.close()


def test_a_kill_loses_nothing_that_was_written(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\nfrom bot.intake.ledger import Ledger\n"
        "ledger = Ledger(Path(sys.argv[1]), lambda: datetime(2026, 1, 1, tzinfo=UTC))\n"
        "ledger.begin(range(100)); ledger.park([(5, {'update_id': 5})]); ledger.finish([7])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "l")], check=False)
    assert done.returncode == -9
    ledger = Ledger(tmp_path / "l", Clock())
    assert ledger.known(range(100)) == {5, 7}
    assert [number for number, _, _ in ledger.parked()] == [5]
    ledger.close()


class TestWhereItIs:
    def test_each_state_has_its_own_and_it_is_ours_alone(self, tmp_path: Path) -> None:
        named = folder(tmp_path, tmp_path / "run")
        assert named == tmp_path / "run"
        assert named.stat().st_mode & 0o777 == 0o700
        assert folder(tmp_path, None, tmp_path / "given") == tmp_path / "given"

    def test_shared_memory_is_taken_where_nothing_is_named(self, tmp_path: Path) -> None:
        first, second = folder(tmp_path / "a", None), folder(tmp_path / "b", None)
        if first is None or second is None:
            pytest.skip("there is no shared memory here")
        assert first != second
        assert first.parent == SHARED_MEMORY
        first.rmdir()
        second.rmdir()

    def test_a_folder_that_others_can_read_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "run").mkdir(mode=0o755)
        with pytest.raises(PermissionError, match="OTR_RUNTIME"):
            folder(tmp_path, tmp_path / "run")

    def test_so_is_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir(mode=0o700)
        (tmp_path / "run").symlink_to(tmp_path / "real")
        with pytest.raises(PermissionError):
            folder(tmp_path, tmp_path / "run")
