"""The command line: what it prints, where, and with which exit code."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.settings import CHECKOUT
from bot.singleton import only_one

FIGHT = "are US troops going to fight in Ukraine?"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    shutil.copytree(CHECKOUT / "data", tmp_path / "data")
    return {"OTR_STATE": str(tmp_path / "state"), "OTR_DATA": str(tmp_path / "data"), "OTR_ENCODER": "lexical"}


@pytest.fixture
def otr(environment: dict[str, str]) -> Iterator["Cli"]:
    return Cli(environment)


class Cli:
    """The command line in this process, with an environment of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def __call__(self, *words: str, given: str | bytes | None = None, **more: str) -> Result:
        return CliRunner().invoke(main, words, env={**self.environment, **more}, input=given)


def otr_process(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_ask_prints_the_answer_that_a_user_would_get(otr: Cli) -> None:
    said = otr("ask", FIGHT, "--today", "2022-02-03")
    assert said.exit_code == 0
    assert "These forces are not going to fight in Ukraine" in said.output
    assert "CNN · reported 2 Feb 2022, 1 day ago" in said.output
    assert "CBC News" in said.output


def test_ask_as_json_is_the_object_of_the_contract(otr: Cli, tmp_path: Path) -> None:
    answer = json.loads(otr("ask", FIGHT, "--json").output)
    assert set(answer) == {
        "id",
        "question",
        "language",
        "outcome",
        "confidence",
        "facts",
        "ranking",
        "text",
        "revision",
        "elapsed_ms",
    }
    assert (answer["outcome"], answer["language"]) == ("found", "en")
    assert [fact["outlet"] for fact in answer["facts"]] == ["CNN", "CBC News"]
    for fact in answer["facts"]:
        assert set(fact) == {
            "id",
            "passage",
            "outlet",
            "published",
            "title",
            "url",
            "article",
            "start",
            "end",
            "speaker",
            "status",
            "claim",
            "score",
        }
        text = (
            (tmp_path / "data" / "articles" / f"{fact['article']}.md").read_text(encoding="utf-8").split("+++\n", 2)[2]
        )
        assert text[fact["start"] : fact["end"]] == fact["passage"]
        assert "These forces are not going to fight in Ukraine" in fact["passage"]
    assert len(answer["ranking"]) <= 10
    assert 0 <= answer["confidence"] <= 1


@pytest.mark.parametrize("place", ["Taiwan", "Moldova", "Finland", "Venezuela"])
def test_a_country_that_no_article_names_is_not_found(otr: Cli, place: str) -> None:
    answer = json.loads(otr("ask", f"are US troops going to fight in {place}?", "--json").output)
    assert answer["outcome"] in {"unknown", "closest"}


def test_a_batch_gives_a_line_for_each_line_in_order_and_goes_on_after_bad_ones(otr: Cli, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 1, "question": FIGHT, "today": "2022-02-03"}),
        "not json",
        json.dumps({"id": 3, "question": 7}),
        json.dumps({"id": 4, "question": FIGHT, "as_of": "2022-02-01"}),
        json.dumps({"id": 5, "question": FIGHT, "today": "tomorrow"}),
        json.dumps({"id": 6, "question": FIGHT, "history": "x"}),
        '{"id": 7, "question": "\\ud800 troops"}',
        json.dumps({"id": 8, "question": "x" * 4096}),
        json.dumps([1]),
        "",
        '{"id": NaN, "question": "troops"}',
        '{"id": 1e999, "question": "troops"}',
    ]
    (tmp_path / "b.jsonl").write_text("\n".join(lines), encoding="utf-8-sig")
    said = otr("ask", "--batch", str(tmp_path / "b.jsonl"), "--json")
    answers = [json.loads(line) for line in said.output.splitlines()]
    assert said.exit_code == 1
    assert [answer["id"] for answer in answers] == [1, None, 3, 4, 5, 6, 7, 8, None, None, None, None]
    assert [answer.get("outcome", "bad") for answer in answers[:6]] == ["found", "bad", "bad", "unknown", "bad", "bad"]
    assert answers[6]["outcome"] in {"closest", "unknown"}
    assert answers[7]["outcome"] == "unknown"
    assert answers[2]["error"] == "question must be text"


def test_a_good_batch_exits_with_nought(otr: Cli) -> None:
    said = otr("ask", "--batch", "-", "--json", given=json.dumps({"question": FIGHT}) + "\n")
    assert said.exit_code == 0
    assert json.loads(said.output)["outcome"] == "found"


def test_a_batch_goes_with_json_and_without_a_question(otr: Cli, tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").touch()
    assert otr("ask", "--batch", str(tmp_path / "b.jsonl")).exit_code == 2
    assert otr("ask", FIGHT, "--json", "--batch", str(tmp_path / "b.jsonl")).exit_code == 2


def test_without_a_question_each_line_of_the_input_is_one(otr: Cli) -> None:
    said = otr("ask", given=f"{FIGHT}\nwhat is operation unifier?\n")
    assert said.exit_code == 0
    assert "fight in Ukraine" in said.output
    assert "Operation Unifier" in said.output


def test_passages_of_a_jsonl_file_are_asked_in_the_same_way(otr: Cli, tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl"
    file.write_text(
        json.dumps({"id": "x/1", "outlet": "Gazette", "date": "2026-11", "text": "The ferry to Odesa is cancelled."})
        + "\n"
        + json.dumps({"id": "x/2", "outlet": "Gazette", "date": "", "text": "Rain fell on the harbour."})
    )
    answer = json.loads(otr("ask", "is the ferry to Odesa cancelled?", "--json", "--data", str(file)).output)
    assert answer["ranking"][0][0] == "x/1"
    assert answer["facts"][0]["published"] == "2026-11"
    assert "reported Nov 2026" in answer["text"] or "dated Nov 2026" in answer["text"]


def test_ask_never_imports_telegram(environment: dict[str, str]) -> None:
    code = (
        "import sys\nfrom bot.__main__ import main\ntry:\n    main(['ask', 'will troops fight?'], standalone_mode=False)\n"
        "finally:\n    print([name for name in sys.modules if name.split('.')[0] in ('telegram', 'httpx', 'starlette')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_check_says_that_all_is_well(otr: Cli) -> None:
    said = otr("check")
    assert said.exit_code == 0
    assert said.output == "All is well: 29 facts of 2 articles by 2 outlets.\n"


def test_check_names_every_problem_with_file_and_line_and_exits_with_one(otr: Cli, tmp_path: Path) -> None:
    facts = next((tmp_path / "data" / "facts").glob("*cnn*"))
    facts.write_text(facts.read_text(encoding="utf-8").replace("not permanents", "not permanent"), encoding="utf-8")
    (tmp_path / "data" / "articles" / "2022-02-03-broken.md").write_text("no front matter", encoding="utf-8")
    templates = shutil.copytree(CHECKOUT / "templates", tmp_path / "templates")
    (templates / "found.html.j2").write_text("{{ view.card.passage|safe }}", encoding="utf-8")
    (templates / "closest.txt.j2").write_text("{% if %}", encoding="utf-8")
    said = otr("check", OTR_TEMPLATES=str(templates))
    assert said.exit_code == 1
    assert f"facts/{facts.name}:" in said.output
    assert "articles/2022-02-03-broken.md:1: does not begin with +++" in said.output
    assert "templates/found.html.j2:1: the filter safe is a way around escaping" in said.output
    assert "templates/closest.txt.j2:1: is no template" in said.output
    assert "4 problems. Nothing was changed." in said.output


def test_build_prints_revision_and_counts(otr: Cli) -> None:
    said = otr("build")
    revision, counts = said.output.strip().split("  ")
    assert len(revision) == 64
    assert counts == "29 facts, 2 articles, 2 outlets"


def test_broken_data_is_named_and_exits_with_one(otr: Cli, tmp_path: Path) -> None:
    (tmp_path / "data" / "names.toml").write_text("[place", encoding="utf-8")
    said = otr("ask", FIGHT)
    assert said.exit_code == 1
    assert "names.toml:1: is not TOML" in said.output


def test_settings_are_printed_with_their_help_and_without_secrets(otr: Cli) -> None:
    said = otr("settings", OTR_TELEGRAM_TOKEN="123456:" + "A" * 35)
    assert "OTR_TELEGRAM_TOKEN=set" in said.output
    assert "A" * 35 not in said.output
    assert "# whose day it is, and where digests begin: a zone, as Europe/Kyiv (default UTC)" in said.output


def test_bad_settings_are_one_message_and_exit_with_two(otr: Cli) -> None:
    said = otr("build", OTR_ADMINS="bob", OTR_TIMEZONE="Mars")
    assert said.exit_code == 2
    assert "OTR_ADMINS" in said.output
    assert "OTR_TIMEZONE" in said.output


def test_claims_tells_what_agrees_and_what_may_belong_together(otr: Cli) -> None:
    said = otr("claims").output
    assert said.startswith("5 claims of several facts, 0 conflicts.\n")
    assert "one source: The Pentagon" in said
    assert "    agree: about 2,000 troops – roughly 2,000 troops" in said
    assert "These may say the same; an editor decides:" in said
    assert "share a key" not in said


def test_claims_as_json_names_a_planted_conflict_first(otr: Cli, tmp_path: Path) -> None:
    facts = next((tmp_path / "data" / "facts").glob("*cnn*"))
    whole = facts.read_text(encoding="utf-8")
    facts.write_text(
        whole.replace('text = "8,500 troops"\nvalue = 8500', 'text = "8,500 troops"\nvalue = 5500'), encoding="utf-8"
    )
    told = json.loads(otr("claims", "--json").output)
    assert set(told) == {"claims", "suggestions", "doubted"}
    first = told["claims"][0]
    assert (first["claim"], first["agreement"]) == ("8500-us-troops-on-alert", "conflict")
    assert first["relations"] == [
        {
            "facts": ["cbc-8500-on-alert", "cnn-8500-on-alert"],
            "agreement": "conflict",
            "origin": {"shared": "unknown", "name": ""},
            "figures": [
                {
                    "agreement": "conflict",
                    "texts": ["about 8,500 U.S.-based troops", "8,500 troops"],
                    "finer": None,
                    "days_apart": 0,
                }
            ],
        }
    ]
    assert "1 conflict." in otr("claims").output
    assert all(pair["score"] >= 0.3 for pair in told["suggestions"])


@pytest.mark.parametrize("words", [("ask", "x", "--today", "soon"), ("frobnicate",), ("digest",)])
def test_wrong_usage_exits_with_two(otr: Cli, words: tuple[str, ...]) -> None:
    assert otr(*words).exit_code == 2


def test_digest_without_state_says_that_nobody_has_subscribed(otr: Cli) -> None:
    assert "Nobody has subscribed" in otr("digest", "--dry-run").output


def test_a_second_instance_on_the_same_state_exits_with_75(environment: dict[str, str]) -> None:
    with only_one(Path(environment["OTR_STATE"])):
        done = otr_process(environment, "run")
    assert done.returncode == 75
    assert "another On the Record holds the state folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_token_of_the_wrong_shape_exits_with_two_in_one_line(environment: dict[str, str]) -> None:
    done = otr_process({**environment, "OTR_TELEGRAM_TOKEN": "nonsense"}, "run")
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["OTR_TELEGRAM_TOKEN: its value is not 123456:ABC…, as BotFather gives it"]


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A set of questions with facts of its own, each answered by one of them."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    passage = {"id": "ferry", "outlet": "Gazette", "date": "2022-02-01", "text": "The ferry to Odesa is cancelled."}
    questions = [
        {"id": "q0", "question": "is the ferry to Odesa cancelled?", "context_ids": ["ferry"]},
        {"id": "q1", "question": "who won the chess championship?", "answerable": False},
    ]
    (folder / "facts.jsonl").write_text(json.dumps(passage), encoding="utf-8")
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    return folder


def test_evaluate_gives_the_figures_of_a_set(otr: Cli, harbour: Path) -> None:
    told = json.loads(otr("evaluate", str(harbour), "--half", "all", "--json", "--gate").stdout)
    assert [(one["set"], one["asked"], one["answerable"]) for one in told["sets"]] == [("harbour", 2, 1)]


def test_the_gate_of_evaluate_is_shut_by_what_must_be_declined_and_was_found(otr: Cli, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"question": FIGHT, "answerable": False}), encoding="utf-8")
    assert otr("evaluate", str(questions)).exit_code == 0
    assert otr("evaluate", str(questions), "--gate").exit_code == 1
    questions.write_text(json.dumps({"question": "who won the chess championship?", "answerable": False}))
    assert otr("evaluate", str(questions), "--gate").exit_code == 0


def test_evaluate_does_not_report_on_what_it_fits_to(otr: Cli, harbour: Path) -> None:
    weights = CHECKOUT / "answers" / "match" / "weights.json"
    before = weights.read_bytes()
    said = otr("evaluate", str(harbour), "--fit", "--half", "all")
    assert said.exit_code == 2
    assert "--half first or second" in said.output
    assert weights.read_bytes() == before


def test_evaluate_without_a_set_or_with_one_that_is_not_there_is_refused(otr: Cli, tmp_path: Path) -> None:
    assert otr("evaluate").exit_code == 2
    said = otr("evaluate", str(tmp_path / "nowhere"))
    assert said.exit_code == 1
    assert "cannot be read" in said.output
