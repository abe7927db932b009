"""Bringing articles in: from files, standard input and the web, each once, with what only an editor knows."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from answers import articles, folder
from answers.errors import Refused
from answers.incoming.values import Incoming
from bot.__main__ import main
from bot.adding import Known, about_copy, completed, fetched, saved
from bot.filing import Filing
from bot.settings import CHECKOUT
from tests.bot.web import answer, web

TODAY = date(2026, 3, 10)
PARAGRAPHS = (
    "Night trains between Lviv and Warsaw will run again from Friday, the two railways said on Wednesday after a week of talks.",
    "“We have waited for this since the storm,” said Olha Petrenko, who leads the passenger service. “Tickets are on sale now.”",
    "About 1,200 travellers were stranded when snow closed the line on 25 February. Most of them were brought home by bus.",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
LD = {
    "@type": "NewsArticle",
    "headline": "Night trains to run again",
    "datePublished": "2026-03-04T08:00:00+02:00",
    "publisher": {"name": "Example News"},
    "author": {"name": "Maria Nowak"},
}


def html(paragraphs=PARAGRAPHS, **more):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    script = f'<script type="application/ld+json">{json.dumps({**LD, **more})}</script>'
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{script}</head><body><nav><a href=/>Home</a></nav><article>{body}</article></body></html>".encode()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CHECKOUT / "data", tmp_path / "data"))


@pytest.fixture
def otr(data: Path):
    def run(*words: str, given: str | bytes | None = None) -> Result:
        environment = {"OTR_STATE": str(data.parent / "state"), "OTR_DATA": str(data), "OTR_ENCODER": "lexical"}
        return CliRunner().invoke(main, words, env=environment, input=given)

    return run


def held(root: Path):
    return {file.name: file.read_bytes() for file in (root / "articles").iterdir()}


ID = "2026-03-04-example-news-night-trains-to-run-again"


def test_a_saved_page_becomes_an_article_file_and_all_is_said(otr, data, tmp_path):
    (tmp_path / "page.html").write_bytes(html())
    said = otr("add", str(tmp_path / "page.html"))
    assert said.exit_code == 0
    assert f"Added {data / 'articles' / ID}.md" in said.output
    assert "published: 2026-03-04\n" in said.output
    assert "outlet:    Example News\n" in said.output
    assert said.output.endswith(f"Next: python -m bot draft {ID}\n")
    article = articles.parse((data / "articles" / f"{ID}.md").read_bytes(), f"{ID}.md")
    assert (article.text, article.authors, article.outlet_known) == (TEXT, ("Maria Nowak",), "page")
    assert otr("check").output.startswith("All is well: 29 facts of 3 articles")


def test_brought_in_again_it_is_recognised(otr, data, tmp_path):
    (tmp_path / "page.html").write_bytes(html())
    otr("add", str(tmp_path / "page.html"))
    before = held(data)
    said = otr("add", str(tmp_path / "page.html"))
    assert (said.exit_code, said.output) == (0, f"Already here as {ID}. Nothing was written.\n")
    assert held(data) == before


def test_what_is_not_known_is_left_for_the_editor_and_may_be_given(otr, data, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    said = otr("add", str(tmp_path / "a.txt"))
    assert "Not known: outlet and published. Fill it in at the top of the file" in said.output
    (tmp_path / "b.md").write_text("# Buses\n\nBuses run from the square at noon.\n")
    said = otr(
        "add",
        str(tmp_path / "b.md"),
        "--outlet",
        "Example News",
        "--published",
        "2026-03-05",
        "--title",
        "Buses at noon",
    )
    assert "Not known" not in said.output
    assert (data / "articles" / "2026-03-05-example-news-buses-at-noon.md").exists()
    assert otr("check").exit_code == 0


def test_a_day_that_is_yet_to_come_is_wrong_usage(otr, data, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    assert otr("add", str(tmp_path / "a.txt"), "--published", "2999-01-01").exit_code == 2
    assert otr("add", str(tmp_path / "a.txt"), "--published", "soon").exit_code == 2
    assert len(held(data)) == 2


@pytest.mark.parametrize("given", [TEXT.encode(), html(), b"\n " + html()])
def test_standard_input_is_a_page_or_a_text(otr, data, given):
    said = otr("add", "-", "--outlet", "Gazette", given=given)
    assert said.exit_code == 0
    assert "outlet:    Gazette" in said.output


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"%PDF", "is a .pdf file, of which no article can be read"),
        ("a.zip", b"PK", "is a .zip file"),
        ("a.mhtml", b"x", "is a .mhtml file"),
        ("a", b"x", "does not tell what it holds"),
        ("a.txt", b"%PDF-1", "is a PDF, not a text"),
        ("a.html", b"\x1f\x8b\x08", "is an archive, not a text"),
        ("a.html", b"<html>\x00</html>", "holds zero bytes"),
        ("a.txt", b"", "holds no text"),
        ("a.html", b"<html>", "is no HTML page"),
        ("a.html", b"<p>" + b"x" * 10_000_000, "is larger than 10,000,000 bytes"),
        ("a.txt", b"x" * 10_000_001, "is larger than 2,000,000 bytes"),
        ("a.txt", b"x" * 1_500_000, "has more than 1,000,000 bytes of text"),
    ],
)
def test_what_is_no_article_is_refused_and_nothing_is_written(otr, data, tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    before = held(data)
    said = otr("add", str(tmp_path / name))
    assert said.exit_code == 1
    assert why in said.output
    assert held(data) == before


def test_a_file_or_folder_that_is_not_there_is_named(otr, tmp_path):
    assert "nowhere.txt: cannot be read: No such file" in otr("add", str(tmp_path / "nowhere.txt")).output
    (tmp_path / "folder.txt").mkdir()
    assert otr("add", str(tmp_path / "folder.txt")).exit_code == 1
    said = otr("add", "-", "--data", str(tmp_path / "none"), given=TEXT)
    assert (said.exit_code, "is no data folder" in said.output) == (1, True)


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://localhost/x", "http://example.org/", "ftp://example.org/", "https://[::1]/"]
)
def test_the_command_reaches_nothing_private(otr, data, url):
    before = held(data)
    said = otr("add", url)
    assert said.exit_code == 1
    assert url in said.output
    assert held(data) == before


async def test_a_fetched_page_is_the_article_that_it_holds():
    async with web() as here:
        got = await fetched(here.fetcher(), here.put("/a", answer(html())))
        assert (got.text, got.outlet, got.published) == (TEXT, "Example News", date(2026, 3, 4))
        text = await fetched(here.fetcher(), here.put("/b", answer(TEXT.encode(), kind="text/plain")))
        assert text.text == TEXT


async def test_a_page_in_an_old_encoding_comes_as_it_reads():
    async with web() as here:
        page = (
            html(("Zoë Müller said: “Trains run.”" * 5, *PARAGRAPHS))
            .decode()
            .replace("charset=utf-8", "x")
            .encode("cp1252")
        )
        got = await fetched(here.fetcher(), here.put("/a", answer(page, kind="text/html; charset=ISO-8859-1")))
        assert "Zoë Müller said: “Trains run.”" in got.text


def test_an_editor_is_asked_for_what_nobody_knows_and_may_leave_it_empty():
    asked = []

    def ask(question, suggested):
        asked.append((question, suggested))
        return answers.pop(0)

    one = Incoming(text=TEXT, outlet_hint="example.org", published_hint="2026-03-04")
    answers = ["Example News", "4 March", "2026-03-04"]
    got = completed(one, Known(), ask)
    assert (got.outlet, got.outlet_known, got.published) == ("Example News", "editor", date(2026, 3, 4))
    assert asked == [("Who published it", "example.org"), *[("On which day (YYYY-MM-DD)", "2026-03-04")] * 2]
    answers = ["", ""]
    assert completed(one, Known(), ask) == one
    assert completed(one, Known(), None) == one
    full = Known(outlet="Gazette", title="Trains", published=TODAY)
    assert completed(one, full, lambda *_: pytest.fail("asked")).outlet == "Gazette"


def test_on_a_terminal_the_command_asks(data, tmp_path):
    """Through a real terminal: a pipe is nobody to ask."""
    import pty

    (tmp_path / "a.txt").write_text(TEXT)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "add", str(tmp_path / "a.txt"), "--data", str(data)],
        cwd=CHECKOUT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "OTR_STATE": str(tmp_path / "state")},
    )
    os.close(theirs)
    os.write(ours, b"Example News\n2026-03-04\n")
    said = b""
    try:
        while piece := os.read(ours, 1024):
            said += piece
    except OSError:  # the terminal is gone with the process
        pass
    finally:
        os.close(ours)
    assert process.wait(timeout=30) == 0
    assert b"Who published it? (Enter: not known)" in said
    assert b"Not known:" not in said
    assert len(list((data / "articles").glob("2026-03-04-example-news-*.md"))) == 1


def incoming(text=TEXT, **more):
    return Incoming(
        **{
            "text": text,
            "title": "Night trains",
            "outlet": "Wire",
            "outlet_known": "editor",
            "published": date(2026, 3, 4),
            **more,
        }
    )


def test_a_copy_is_linked_to_its_original_and_a_later_original_is_told(data):
    filing = Filing(data)
    first = filing.file(incoming(), TODAY)
    copy = filing.file(
        incoming(f"LVIV (Wire) - {TEXT}Weather on page 7.\n", outlet="Gazette", published=date(2026, 3, 5)), TODAY
    )
    assert (copy.article.same_as, copy.new) == (first.article.id, True)
    assert about_copy(copy)[0].endswith(f"linked as a copy of {first.article.id} (same_as)")
    older = filing.file(incoming(f"{TEXT}By our own.\n", outlet="Early Bird", published=date(2026, 3, 1)), TODAY)
    assert older.article.same_as == ""
    assert f'write same_as = "{older.article.id}" there' in about_copy(older)[0]
    assert about_copy(first) == []
    assert folder.read(data)


def test_the_very_words_in_another_outlet_are_a_copy_and_in_the_same_one_the_same(data):
    filing = Filing(data)
    first = filing.file(incoming(), TODAY)
    assert not filing.file(incoming(published=None), TODAY).new
    assert not filing.file(incoming(outlet="", outlet_known=""), TODAY).new
    assert Filing(data).file(incoming(outlet="Gazette"), TODAY).article.same_as == first.article.id


def test_another_text_under_the_same_name_gets_a_number_and_overwrites_nothing(data):
    filing = Filing(data)
    first = filing.file(incoming(), TODAY)
    second = filing.file(incoming("Snow fell in the hills.\n"), TODAY)
    third = Filing(data).file(incoming("Rain fell in the hills.\n"), TODAY)
    assert [one.path.stem for one in (first, second, third)] == [
        f"2026-03-04-wire-night-trains{end}" for end in ("", "-2", "-3")
    ]
    assert first.path.read_bytes().endswith(TEXT.encode())
    assert not list((data / "articles").glob(".*"))


def test_a_day_to_come_is_not_known_and_said(data):
    filed = Filing(data).file(incoming(published=date(2027, 1, 1)), TODAY)
    assert filed.article.published is None
    assert "# the source says that it was published on 2027-01-01, which is yet to come" in filed.path.read_text()
    assert Filing(data).file(incoming("Other words.\n", published=date(2026, 3, 11)), TODAY).article.published == date(
        2026, 3, 11
    )


def test_files_that_cannot_be_read_do_not_stop_a_new_one_and_addresses_are_remembered(data):
    (data / "articles" / "broken.md").write_text("no front matter")
    filing = Filing(data)
    filed = filing.file(incoming(url="https://example.org/a", found_at="https://example.org/feed?x=1"), TODAY)
    for one in (filing, Filing(data)):
        assert one.at("http://www.example.org/a/") == filed.article.id
        assert one.at("https://example.org/feed?x=1&utm_source=y") == filed.article.id
        assert one.at("https://example.org/b") == ""


def test_a_link_that_leads_nowhere_is_not_overwritten_either(data):
    (data / "articles" / "2026-03-04-wire-night-trains.md").symlink_to("nowhere")
    assert Filing(data).file(incoming(), TODAY).article.id == "2026-03-04-wire-night-trains-2"


def test_a_new_data_folder_gets_its_articles(tmp_path):
    assert Filing(tmp_path).file(incoming(), TODAY).path.parent == tmp_path / "articles"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    (tmp_path / "articles").mkdir(mode=0o500)
    with pytest.raises(Refused, match="cannot be written"):
        Filing(tmp_path).file(incoming(), TODAY)


def test_a_name_that_cannot_be_written_is_refused_and_leaves_nothing(tmp_path):
    (tmp_path / "articles").write_text("a file in the place of the folder")
    with pytest.raises(Refused, match="cannot be written"):
        Filing(tmp_path).file(incoming(), TODAY)


def test_a_saved_text_names_its_file_in_what_is_wrong(tmp_path):
    (tmp_path / "x.md").write_text("+++\nnot toml\n+++\nx")
    with pytest.raises(Refused, match=r"x\.md:2: is not TOML"):
        saved(str(tmp_path / "x.md"))


def test_the_bot_that_runs_loads_nothing_that_reads_pages():
    code = "import sys\nimport bot.__main__, bot.app, bot.checking\nprint([name for name in ('trafilatura', 'feedparser', 'lxml') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
