"""`correct`, `supersede` and `retract` on the command line: shown, asked, written; and what is refused, with which exit code."""

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.settings import CHECKOUT

OLD, NEW = "cnn-not-going-to-fight", "cnn-bilateral-basis"
FIGHT = "are US troops going to fight in Ukraine?"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(CHECKOUT / "data", tmp_path / "data")


@pytest.fixture
def environment(tmp_path: Path, data: Path) -> dict[str, str]:
    return {"OTR_STATE": str(tmp_path / "state"), "OTR_DATA": str(data), "OTR_ENCODER": "lexical"}


def otr(environment: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(main, words, env=environment)


def test_a_fact_is_retracted_checked_and_asked_about(environment: dict[str, str], data: Path) -> None:
    said = otr(environment, "retract", OLD, "--reason", "It was denied.", "--yes", "--today", "2022-02-05")
    assert said.exit_code == 0, said.output
    assert "Retracted: it is taken back" in said.output
    assert "CNN · 2 Feb 2022" in said.output
    assert "Reason: It was denied." in said.output
    assert "send /reload" in said.output
    assert "on = 2022-02-05" in (data / "corrections.toml").read_text(encoding="utf-8")
    assert otr(environment, "check").exit_code == 0
    answer = otr(environment, "ask", FIGHT).output
    assert "was withdrawn on 5 Feb 2022" in answer
    again = otr(environment, "retract", OLD, "--reason", "It was denied.", "--yes")
    assert again.exit_code == 1
    assert "was retracted on 2022-02-05 already" in again.output


@pytest.mark.parametrize(("command", "words"), [("correct", "was corrected on"), ("supersede", "This was so when")])
def test_a_fact_is_replaced(environment: dict[str, str], command: str, words: str) -> None:
    said = otr(environment, command, OLD, "--by", NEW, "--reason", "Better.", "--yes", "--today", "2022-02-05")
    assert said.exit_code == 0, said.output
    assert "In its place" in said.output
    answer = otr(environment, "ask", FIGHT).output
    assert words in answer
    assert "What stands now" in answer


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("retract", OLD, "--reason", "x"), 2, "nobody can be asked here"),
        (("retract", OLD, "--yes"), 2, "--reason"),
        (("correct", OLD, "--reason", "x", "--yes"), 2, "--by"),
        (("retract", OLD, "--by", NEW, "--reason", "x", "--yes"), 2, "--by"),
        (("retract", "cnn-not-going-to-figth", "--reason", "x", "--yes"), 1, f"did you mean {OLD}"),
        (("retract", OLD, "--reason", "x", "--yes", "--today", "2022-01-01"), 1, "give a later day"),
        (("retract", OLD, "--reason", "x", "--yes", "--data", "nowhere.jsonl"), 1, "is no data folder"),
    ],
)
def test_what_is_refused_changes_nothing(
    environment: dict[str, str], data: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    before = {file: file.read_bytes() for file in data.rglob("*.toml")}
    done = otr(environment, *words)
    assert done.exit_code == code
    assert said in done.output
    assert {file: file.read_bytes() for file in data.rglob("*.toml")} == before


@pytest.mark.parametrize(("answer", "code", "said"), [("y", 0, "Written"), ("n", 1, "Nothing was changed.")])
def test_on_a_terminal_it_is_asked(environment: dict[str, str], data: Path, answer: str, code: int, said: str) -> None:
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{answer}\n".encode())
        done = subprocess.run(
            [sys.executable, "-m", "bot", "retract", OLD, "--reason", "It was denied."],
            cwd=CHECKOUT,
            env={**os.environ, **environment},
            stdin=theirs,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(theirs)
        os.close(ours)
    assert (done.returncode, said in done.stdout) == (code, True), done.stderr
    assert ("It was denied." in (data / "corrections.toml").read_text(encoding="utf-8")) is (code == 0)
