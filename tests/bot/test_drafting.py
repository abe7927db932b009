"""`draft` and `review` in the terminal: what they print, what they write, and what they leave alone."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.settings import CHECKOUT

STEM = "2022-03-01-river-post-flood"
TEXT = """The river rose on Tuesday. Mayor Ann Lee said 300 people had left the town of Aldery.

“We are safe. The bridge is closed,” she said.

Read more: How to make a sandbag
"""
ARTICLE = f'+++\noutlet = "River Post"\npublished = 2022-03-01\n+++\n{TEXT}'
RAW = f"The river rises\n\nBy Jo Gray, River Post\n\nPublished: 1 March 2022\n\n{TEXT}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = shutil.copytree(CHECKOUT / "data", tmp_path / "data")
    (folder / f"articles/{STEM}.md").write_text(ARTICLE, encoding="utf-8")
    return folder


def otr(data: Path, *words: str, given: str | None = None) -> Result:
    environment = {"OTR_DATA": str(data), "OTR_STATE": str(data.parent / "state"), "OTR_ENCODER": "lexical"}
    return CliRunner().invoke(main, words, env=environment, input=given, catch_exceptions=False)


def lines(said: Result) -> list[dict[str, object]]:
    assert said.exit_code == 0, said.output
    return [json.loads(line) for line in said.output.splitlines()]


def drafts(data: Path) -> dict[str, dict[str, object]]:
    text = (data / f"facts/{STEM}.toml").read_text(encoding="utf-8")
    return {str(fact["quote"]): fact for fact in tomllib.loads(text)["fact"]}


def test_every_sentence_of_an_article_is_a_draft_and_check_is_content(data: Path) -> None:
    said = otr(data, "draft", STEM)
    assert said.exit_code == 0
    assert "3 candidates" in said.output
    assert "link to another story" in said.output
    assert f"Next: python -m bot review {STEM}" in said.output
    assert {fact["status"] for fact in drafts(data).values()} == {"draft"}
    assert otr(data, "check").exit_code == 0
    before = (data / f"facts/{STEM}.toml").read_bytes()
    assert "0 new, 0 drawn anew, 3 left as they are" in otr(data, "draft", STEM).output
    assert (data / f"facts/{STEM}.toml").read_bytes() == before


@pytest.mark.parametrize("name", ["article", "text", "page"])
def test_printing_writes_nothing_and_offsets_are_the_texts(data: Path, tmp_path: Path, name: str) -> None:
    page = tmp_path / "saved.html"
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))
    page.write_text(f"<html><body><article><h1>The river rises</h1>{paragraphs * 1}</article></body></html>")
    (tmp_path / "raw.txt").write_text(RAW, encoding="utf-8")
    source = {"article": STEM, "text": str(tmp_path / "raw.txt"), "page": str(page)}[name]
    text = {"article": TEXT, "text": RAW}.get(name)
    told = lines(otr(data, "draft", source, "--json"))
    assert {one["article"] for one in told} == {STEM if name == "article" else Path(source).name}
    assert any(one["passage"] == "“We are safe. The bridge is closed,” she said." for one in told)
    assert [one["start"] for one in told] == sorted(one["start"] for one in told)
    for one in told if text else ():
        assert text[one["start"] : one["end"]] == one["passage"]
    assert not (data / f"facts/{STEM}.toml").exists()


def test_the_header_of_a_raw_text_is_junk_and_dates_count_from_its_day(data: Path, tmp_path: Path) -> None:
    (tmp_path / "raw.txt").write_text(RAW, encoding="utf-8")
    told = lines(otr(data, "draft", str(tmp_path / "raw.txt"), "--json"))
    assert [one["why"] for one in told if "why" in one][:3] == ["headline", "byline", "date line"]
    (rose,) = (one for one in told if str(one["passage"]).startswith("The river rose"))
    assert rose["dates"][0]["iso"] == "2022-03-01"
    assert rose["attribution"] == "none"


@pytest.mark.parametrize("given", ["nothing", "latin", "folder"])
def test_what_cannot_be_drawn_says_why(data: Path, tmp_path: Path, given: str) -> None:
    (tmp_path / "latin").write_bytes("\nnaïve".encode("latin-1"))
    (tmp_path / "folder").mkdir()
    said = otr(data, "draft", str(tmp_path / given), "--json")
    assert said.exit_code == 1
    assert {"nothing": "No such file", "latin": "latin:2: is not UTF-8", "folder": "Is a directory"}[
        given
    ] in said.output


def test_an_article_that_is_not_there_is_named_with_the_one_that_was_meant(data: Path) -> None:
    said = otr(data, "draft", STEM.replace("flood", "flod"))
    assert said.exit_code == 1
    assert f"did you mean {STEM}?" in said.output


def test_what_stands_in_a_raw_text_and_may_not_stand_in_an_article_is_drawn_all_the_same(
    data: Path, tmp_path: Path
) -> None:
    (tmp_path / "raw.txt").write_text(RAW.replace("bridge", "bri\u200bdge"), encoding="utf-8")
    assert any(
        "\u200b" in str(one["passage"]) for one in lines(otr(data, "draft", str(tmp_path / "raw.txt"), "--json"))
    )


def test_a_review_in_the_terminal_publishes_edits_rejects_skips_and_stops(data: Path) -> None:
    otr(data, "draft", STEM)
    assert f"3 drafts  {STEM}" in otr(data, "review").output
    # The worst doubts come first: the carried speaker; it is refused once unconfirmed, and comes again.
    said = otr(data, "review", STEM, given="p\nn\np\ny\nc\nPeople left Aldery\na\n+Did people leave?\np\nr\n")
    assert said.exit_code == 0
    assert "the speaker does not stand beside the words" in said.output
    assert "Nothing is left to review here" in said.output
    found = drafts(data)
    assert found["“We are safe. The bridge is closed,” she said."]["status"] == "published"
    left = found["Mayor Ann Lee said 300 people had left the town of Aldery."]
    assert (left["claim"], left["status"]) == ("people-left-aldery", "published")
    assert "Did people leave?" in left["questions"]
    assert found["The river rose on Tuesday."]["status"] == "rejected"
    assert "Nothing waits for review" in otr(data, "review").output


def test_a_review_can_be_left_and_taken_up(data: Path) -> None:
    otr(data, "draft", STEM)
    before = (data / f"facts/{STEM}.toml").read_bytes()
    assert otr(data, "review", STEM, given="k\nx\n").exit_code == 0
    assert (data / f"facts/{STEM}.toml").read_bytes() == before
    said = otr(data, "review", "nothing-here")
    assert said.exit_code == 1
    assert "draw its facts first" in said.output


def test_an_export_holds_what_was_published_and_says_how_to_look_at_it(data: Path, tmp_path: Path) -> None:
    said = otr(data, "export", "--to", str(tmp_path / "out"))
    assert said.exit_code == 0
    assert "29 facts of revision" in said.output
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "facts.jsonl",
        "metadata.yaml",
        "record.sqlite",
    ]
    assert otr(data, "export", "--to", str(tmp_path / "out")).exit_code == 0, (
        "an export takes the place of the one before"
    )
    (tmp_path / "file").write_text("")
    refused = otr(data, "export", "--to", str(tmp_path / "file" / "out"))
    assert refused.exit_code == 1
    assert "cannot be written" in refused.output
