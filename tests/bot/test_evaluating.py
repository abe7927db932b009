"""`evaluate`: which facts a set is asked of, what is printed and drawn, and what is refused."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest

from answers.errors import Refused
from bot.evaluating import evaluate, halves, question_set
from bot.figures import COLUMNS, draw, readme_table, rows
from bot.settings import CHECKOUT, Settings
from tests.bot.harness import settings_for

DAY = date(2022, 2, 10)
PASSAGES = (
    {"id": "ferry", "outlet": "Gazette", "date": "2022-02-01", "text": "The ferry to Odesa is cancelled until Monday."},
    {"id": "rain", "outlet": "Gazette", "date": "2022-02-02", "text": "Rain fell on the harbour of Constanta."},
)
QUESTIONS = (
    {"id": "q0", "question": "is the ferry to Odesa cancelled?", "context_ids": ["ferry"], "variant": "clean"},
    {
        "id": "q1",
        "question": "did rain fall on the harbour?",
        "context_ids": ["rain"],
        "variant": "clean",
        "lang": "en",
    },
    {"id": "q2", "question": "who won the chess championship?", "answerable": False, "variant": "far"},
    {"id": "q3", "question": "is the ferry " * 60, "context_ids": ["ferry"], "variant": "long"},
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path)


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A set with facts of its own."""
    return write(tmp_path / "harbour", questions=QUESTIONS, facts=PASSAGES)


def write(folder: Path, **files: object) -> Path:
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


def figures_of(settings: Settings, capsys: pytest.CaptureFixture[str], *sets: object, **given) -> dict:
    evaluate(settings, list(map(str, sets)), today=DAY, as_json=True, **given)
    return json.loads(capsys.readouterr().out)


def test_a_set_is_asked_of_its_own_facts_or_of_those_that_are_told(harbour: Path, tmp_path: Path) -> None:
    default, given = tmp_path / "data", tmp_path / "given"
    bare = write(tmp_path / "bare", questions=QUESTIONS)
    golden = write(tmp_path / "golden", near=QUESTIONS, facts=PASSAGES) / "near.jsonl"
    assert question_set(str(harbour), None, default).facts == harbour / "facts.jsonl"
    assert question_set(str(harbour / "questions.jsonl"), None, default).facts == harbour / "facts.jsonl"
    assert question_set(str(harbour), given, default).facts == given
    assert question_set(f"{harbour}={bare}", given, default).facts == bare
    assert question_set(str(bare), None, default).facts == default
    assert question_set(str(bare), given, default).facts == given
    assert question_set(str(golden), None, default).facts == default
    assert (question_set(str(golden), None, default).name, question_set(str(bare), None, default).name) == (
        "near",
        "bare",
    )


def test_a_folder_with_a_sign_of_equality_in_its_name_is_a_folder(tmp_path: Path) -> None:
    odd = write(tmp_path / "a=b", questions=QUESTIONS)
    assert question_set(str(odd), None, tmp_path).name == "a=b"
    assert question_set(f"{odd}={tmp_path}", None, CHECKOUT).facts == tmp_path


@pytest.mark.parametrize("length", range(6))
def test_the_halves_are_the_whole(length: int) -> None:
    whole = list(range(length))
    first, second = halves(whole, "first")
    assert [*first, *second] == whole
    assert len(first) == length // 2
    assert halves(whole, "second") == (second, first)
    assert halves(whole, "all") == (whole, ())


def test_the_figures_as_json(settings: Settings, harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = figures_of(settings, capsys, harbour, half="all")
    [one] = told["sets"]
    assert (told["today"], one["set"], one["half"], one["typos"]) == ("2022-02-10", "harbour", "all", 0)
    assert (one["asked"], one["answerable"], one["too_long"]) == (4, 3, 1)
    assert one["top_1"] == one["top_5"] == pytest.approx(2 / 3, abs=1e-4)
    assert sum(one["outcomes"].values()) == 4
    assert list(one["kinds"]) == ["clean", "far", "long"]
    assert list(one["languages"]) == ["en"]
    assert one["kinds"]["clean"]["top_1"] == 1.0
    assert one["found_unanswerable_ids"] == []
    assert [point["coverage"] for point in one["curve"]] == sorted(point["coverage"] for point in one["curve"])
    assert one["p50_ms"] > 0
    assert told["peak_memory_mb"] > 1


def test_the_second_half_is_reported_by_default(
    settings: Settings, harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [one] = figures_of(settings, capsys, harbour)["sets"]
    assert (one["half"], one["asked"], list(one["kinds"])) == ("second", 2, ["far", "long"])


def test_the_same_questions_give_the_same_figures(
    settings: Settings, harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (figures_of(settings, capsys, harbour, half="all", typos=2)["sets"][0] for _ in range(2))
    timed = {"p50_ms", "p99_ms", "kinds", "languages"}
    assert {key: first[key] for key in first.keys() - timed} == {key: second[key] for key in second.keys() - timed}
    assert first["typos"] == 2


def test_a_golden_file_is_asked_of_the_data_folder_and_found_near_misses_are_counted(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fight = "are US troops going to fight in Ukraine?"
    golden = tmp_path / "golden.jsonl"
    golden.write_text(json.dumps({"question": fight, "outcome": "unknown"}), encoding="utf-8")
    assert evaluate(settings, [str(golden)], today=DAY, half="all", as_json=True) == 1
    [one] = json.loads(capsys.readouterr().out)["sets"]
    assert one["found_unanswerable_ids"] == one["outcome_not_as_told_ids"] == ["1"]
    assert (one["found_unanswerable"], one["outcomes_as_told"], one["top_1"]) == (1.0, 0.0, None)


def test_the_table_has_a_row_a_set_and_with_by_a_row_a_group(
    settings: Settings, harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate(settings, [str(harbour)], today=DAY, half="all", by=True)
    said = capsys.readouterr().out
    for words in ("harbour", "· clean", "· far", "· en", "top-1 (95 %)", "of this run"):
        assert words in said
    evaluate(settings, [str(harbour)], today=DAY, half="all")
    assert "· clean" not in capsys.readouterr().out


def test_the_table_in_markdown_is_that_of_the_json(
    settings: Settings, harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = figures_of(settings, capsys, harbour, half="all", typos=1)
    head, rule, row, empty, foot = readme_table(told).splitlines()
    assert head.count("|") == rule.count("|") == row.count("|") == len(COLUMNS) + 1
    assert row.startswith("| harbour, 1 slip | 4 | 3 | ")
    assert (empty, foot[-9:]) == ("", " machine.")
    assert len(rows(told, by=True)) == 5
    evaluate(settings, [str(harbour)], today=DAY, markdown=True)
    assert "Reported on the second half of each set." in capsys.readouterr().out


def test_a_name_cannot_break_out_of_its_cell(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = write(tmp_path / "a|[bold]b", questions=QUESTIONS, facts=PASSAGES)
    told = figures_of(settings, capsys, odd)
    assert "| a\\|[bold]b |" in readme_table(told)
    evaluate(settings, [str(odd)], today=DAY)
    assert "a|[bold]b" in capsys.readouterr().out


def test_the_curve_is_drawn_as_a_png_that_is_the_same_again(
    settings: Settings, harbour: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate(settings, [str(harbour)], today=DAY, half="all", as_json=True, plot=tmp_path / "curve.png")
    drawn = (tmp_path / "curve.png").read_bytes()
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    draw(json.loads(capsys.readouterr().out), tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == drawn


def test_without_matplotlib_the_extra_is_named_before_anything_is_asked(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from pathlib import Path; from datetime import date; from bot.evaluating import evaluate\n"
        "evaluate(None, [], today=date(2022, 2, 2), plot=Path('curve.png'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, env=os.environ, capture_output=True, text=True, check=False
    )
    assert "UsageError: --plot needs matplotlib, which the extra `plot` brings" in done.stderr


def test_what_fits_is_given_the_half_that_is_not_reported(
    settings: Settings, harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = []

    def fit(sets, today) -> str:
        assert today == DAY
        given.extend(question.id for _, desk, questions in sets for question in questions if desk.snapshot)
        return "fitted"

    evaluate(settings, [str(harbour)], today=DAY, fit=fit)
    assert given == ["q0", "q1"]
    assert capsys.readouterr().err == "fitted\n"
    with pytest.raises(click.UsageError, match="--half first or second"):
        evaluate(settings, [str(harbour)], today=DAY, fit=fit, half="all")


def test_a_set_to_learn_from_is_fitted_to_whole_and_not_reported_on(
    settings: Settings, harbour: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = write(tmp_path / "beside", questions=QUESTIONS, facts=PASSAGES)
    told = []

    def fit(sets, today) -> str:
        told.extend((name, len(questions)) for name, _, questions in sets)
        return "fitted"

    evaluate(settings, [str(harbour)], today=DAY, fit=fit, learn=[str(beside)], as_json=True)
    assert told == [(harbour.name, 2), ("beside", len(QUESTIONS))]
    assert [one["set"] for one in json.loads(capsys.readouterr().out)["sets"]] == [harbour.name]


def test_a_question_whose_fact_is_not_there_is_refused(settings: Settings, tmp_path: Path) -> None:
    odd = write(tmp_path / "odd", questions=QUESTIONS, facts=PASSAGES[:1])
    with pytest.raises(Refused, match="odd:2: no fact 'rain' in"):
        evaluate(settings, [str(odd)], today=DAY)


def test_a_set_that_is_not_there_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        evaluate(settings, [str(tmp_path / "nowhere")], today=DAY)
