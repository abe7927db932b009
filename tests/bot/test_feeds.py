"""Feeds: new items become articles once, what goes wrong with one stops no other, and all of it is said."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from answers import articles, folder
from answers.feeds import Feed
from bot.__main__ import main
from bot.feeds import Reading
from bot.filing import Filing
from bot.settings import CHECKOUT
from tests.bot.web import answer, web

TODAY = date(2026, 3, 10)


def story(number, head=""):
    body = "".join(
        f"<p>Train number {number} of line {place} leaves at {number % 24}:40 with {number * 7} seats, the railway said, and {place} waits for it.</p>"
        for place in ("Lviv", "Rava", "Lublin", "Warsaw")
    )
    return answer(
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body><article><h1>Train {number}</h1>{body}</article></body></html>".encode()
    )


def rss(*links, day="Wed, 04 Mar 2026 23:30:00 -0500"):
    items = "".join(
        f"<item><title>About {link[-2:]}</title><link>{link}</link><pubDate>{day}</pubDate></item>" for link in links
    )
    return answer(
        f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode(), kind="application/rss+xml"
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CHECKOUT / "data", tmp_path / "data"))


class Reader:
    """A reading of feeds of the local web, whose items have addresses without a port, as all have that are followed."""

    def __init__(self, here, data, **more):
        self.here, self.data, self.said, self.more = here, data, [], more

    async def __call__(self, *paths):
        feeds = tuple(Feed(url=self.here.url(path, "feeds.example"), outlet=f"Outlet {path[1:]}") for path in paths)
        self.said = []
        reading = Reading(
            filing=Filing(self.data), fetcher=ported(self.here), today=TODAY, say=self.said.append, pause=0, **self.more
        )
        return await reading.all(feeds)

    @property
    def articles(self):
        return {one.id: one for one in folder.readable(self.data) if "us-troops" not in one.id}


def ported(here):
    """A fetcher that speaks to the local web where an address names no port."""
    from dataclasses import dataclass

    from bot.fetching import Fetcher

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Ported(Fetcher):
        async def get(self, url, kinds):
            # Not `super()`: a slotted dataclass is another class than the one that this method was written in.
            got = await Fetcher.get(self, url.replace(".example/", f".example:{here.port}/"), kinds)
            return type(got)(url=url, data=got.data, kind=got.kind, charset=got.charset)

    usual = here.fetcher()
    return Ported(**{name: getattr(usual, name) for name in ("limits", "resolve", "may", "trust", "ports")})


async def test_new_items_become_articles_that_nobody_has_reviewed(data):
    async with web() as here:
        here.put("/1", story(1))
        here.put(
            "/2",
            story(
                2,
                '<meta property="article:published_time" content="2026-03-07"><meta property="og:title" content="Second">',
            ),
        )
        here.put("/one", rss("https://news.example/1", "https://news.example/2?utm_source=rss"), "feeds.example")
        read = Reader(here, data)
        here.put("/2?", here.pages["news.example", "/2"])
        assert await read("/one")
        first, second = sorted(read.articles.values(), key=lambda one: one.published)
        assert (first.outlet, first.outlet_known, first.title, first.published) == (
            "Outlet one",
            "editor",
            "Train 1",
            date(2026, 3, 4),
        )
        assert (second.title, second.published, second.url) == ("Second", date(2026, 3, 7), "https://news.example/2")
        assert (
            "the feed says that it was published on 2026-03-04, the page on 2026-03-07"
            in (data / "articles" / f"{second.id}.md").read_text()
        )
        assert read.said[-1] == "Outlet one: 2 items, 2 new"
        assert not (data / "facts" / f"{first.id}.toml").exists()
        folder.read(data)


async def test_nothing_is_fetched_twice(data):
    async with web() as here:
        here.put("/1", story(1, '<link rel="canonical" href="https://news.example/canonical">'))
        here.put("/one", rss("https://news.example/1"), "feeds.example")
        read = Reader(here, data)
        assert await read("/one")
        assert await read("/one")
        assert read.said == ["Outlet one: 1 items, 0 new"]
        assert [head.split(" ")[1] for head in here.asked] == ["/one", "/1", "/one"]
        (article,) = read.articles.values()
        assert (article.url, article.found_at) == ("https://news.example/canonical", "https://news.example/1")


async def test_two_items_that_lead_to_one_page_are_one(data):
    async with web() as here:
        here.put("/1", story(1, '<link rel="canonical" href="https://news.example/c">'))
        here.put("/one", rss("https://news.example/1", "https://news.example/c"), "feeds.example")
        read = Reader(here, data)
        assert await read("/one")
        (article,) = read.articles.values()
        assert read.said[-2:] == [
            f"  skipped https://news.example/c: already here as {article.id}",
            "Outlet one: 2 items, 1 new, 1 skipped",
        ]
        assert len(here.asked) == 2


async def test_an_item_that_cannot_be_fetched_is_named_and_skipped(data):
    async with web() as here:
        here.put("/1", story(1))
        here.put("/3", answer(b"%PDF", kind="application/pdf"))
        here.put("/4", answer(b"<html><body></body></html>"))
        links = [f"https://news.example/{n}" for n in (2, 3, 4, 1)]
        here.put(
            "/one", rss(*links, "javascript:alert(1)", "https://10.0.0.1/", "https://inner.example/"), "feeds.example"
        )
        read = Reader(here, data)
        assert await read("/one")
        assert "  skipped https://news.example/4: holds no text of an article" in "\n".join(read.said)
        assert any(line.startswith("  skipped https://news.example/2: ") and "404" in line for line in read.said)
        assert any("application/pdf" in line for line in read.said)
        assert any(line.startswith("  skipped https://inner.example/: ") for line in read.said)
        assert "Outlet one: 2 items have no address that may be followed" in read.said
        assert read.said[-1] == "Outlet one: 5 items, 1 new, 4 skipped"


async def test_a_bad_feed_does_not_stop_the_others(data):
    async with web() as here:
        here.put("/1", story(1))
        here.put("/html", answer(b"<html></html>"), "feeds.example")
        here.put("/junk", answer(b"junk", kind="text/xml"), "feeds.example")
        here.put("/good", rss("https://news.example/1"), "feeds.example")
        read = Reader(here, data)
        assert not await read("/gone", "/html", "/junk", "/good")
        assert len(read.articles) == 1
        assert "404" in read.said[0]
        assert "is text/html" in read.said[1]
        assert "is neither RSS nor Atom" in read.said[2]


async def test_a_wire_in_two_outlets_is_one_and_its_copy_and_the_same_page_is_skipped(data):
    async with web() as here:
        for path in ("/1", "/a", "/b"):
            here.put(path, story(1))
        here.put("/one", rss("https://news.example/1", "https://news.example/b"), "feeds.example")
        here.put("/two", rss("https://news.example/a", day="soon"), "feeds.example")
        read = Reader(here, data)
        assert await read("/one", "/two")
        original, copy = sorted(read.articles.values(), key=lambda one: one.same_as)
        assert copy.same_as == original.id
        assert copy.unknown == ("published",)
        assert any("already here as" in line for line in read.said)
        assert any("linked as a copy of" in line for line in read.said)
        assert any("(published not known)" in line for line in read.said)


async def test_no_more_than_so_many_are_fetched_at_once(data):
    async with web() as here:
        links = [here.put(f"/{n}", story(n)) and f"https://news.example/{n}" for n in range(1, 6)]
        here.put("/one", rss(*links), "feeds.example")
        read = Reader(here, data, most=2)
        assert await read("/one")
        assert read.said[-1] == "Outlet one: 5 items, 2 new, 3 left for the next time"
        assert await read("/one")
        assert len(read.articles) == 4


def otr(data, *words):
    environment = {"OTR_STATE": str(data.parent / "state"), "OTR_DATA": str(data), "OTR_ENCODER": "lexical"}
    return CliRunner().invoke(main, words, env=environment)


def test_without_feeds_the_command_says_where_to_list_them(data):
    said = otr(data, "feeds")
    assert said.exit_code == 0
    assert "No feed is listed. Add one to" in said.output


def test_a_bad_list_is_named_by_the_command_and_by_check_with_its_line(data):
    (data / "feeds.toml").write_text('[[feed]]\nurl = "http://example.org/"\noutlet = "x"\n')
    for command in ("feeds", "check"):
        said = otr(data, command)
        assert said.exit_code == 1
        assert "feeds.toml:2: url must be a plain https address" in said.output


def test_the_command_reaches_nothing_private_and_exits_with_one(data):
    (data / "feeds.toml").write_text('[[feed]]\nurl = "https://localhost.localdomain/"\noutlet = "x"\n')
    said = otr(data, "feeds", "--most", "1")
    assert said.exit_code == 1
    assert "x: https://localhost.localdomain/: " in said.output


def test_a_list_of_feeds_is_no_part_of_what_readers_get(data):
    before = otr(data, "build").output
    (data / "feeds.toml").write_text('[[feed]]\nurl = "https://example.org/rss"\noutlet = "Example News"\n')
    assert otr(data, "build").output == before
    assert otr(data, "check").exit_code == 0
    assert articles
