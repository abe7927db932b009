"""Feeds: items with plain addresses and plain days, from bytes alone; nothing swells, nothing is opened."""

import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answers.errors import Refused
from answers.incoming import feed
from answers.incoming.values import Item, Read


def rss(items, head='<?xml version="1.0" encoding="utf-8"?>'):
    return f'{head}<rss version="2.0"><channel><title>Example News</title>{items}</channel></rss>'


def item(link="https://example.org/a", day="Wed, 04 Mar 2026 23:30:00 -0500", title="Night trains", more=""):
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>{more}</item>"


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>
<entry><title type="html">&lt;b&gt;Night&lt;/b&gt; trains</title><link href="https://example.org/a?utm_source=feed"/>
<id>tag:x</id><author><name>Maria Nowak</name></author><published>2026-03-04T23:30:00-05:00</published></entry>
<entry><title>Only updated</title><link rel="alternate" href="https://example.org/b"/><updated>2026-03-05T00:00:00Z</updated></entry></feed>"""


def read(source) -> Read:
    return feed.read(source if isinstance(source, bytes) else source.encode(), "the feed")


def message(source):
    with pytest.raises(Refused) as refused:
        read(source)
    (problem,) = refused.value.problems
    assert (problem.path, problem.hint) == ("the feed", "look at the address of the feed")
    return problem.message


def test_rss_gives_its_items_with_the_day_as_it_is_written():
    expected = Item(url="https://example.org/a", title="Night trains", published=date(2026, 3, 4))
    assert read(rss(item())) == Read(items=(expected,))


def test_atom_gives_its_items_and_a_day_of_change_is_none_of_publication():
    assert read(ATOM).items == (
        Item(url="https://example.org/a", title="Night trains", authors=("Maria Nowak",), published=date(2026, 3, 4)),
        Item(url="https://example.org/b", title="Only updated"),
    )


@pytest.mark.parametrize(
    "day",
    [
        "",
        "soon",
        "03/04/2026",
        "2026",
        "Wed, 31 Feb 2026 01:00:00 GMT",
        "Wed, 04 Mar 26 01:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0",
        "Mar 2026",
    ],
)
def test_a_day_that_is_not_plain_is_none_whatever_the_parser_makes_of_it(day):
    assert read(rss(item(day=day))).items[0].published is None


def test_a_feed_without_days_has_none():
    assert read(rss("<item><title>x</title><link>https://example.org/a</link></item>")).items[0].published is None


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "tg://x",
        "file:///etc/passwd",
        "/relative",
        "",
        "https://localhost/",
        "https://a:b@example.org/",
        "data:text/html,x",
    ],
)
def test_an_item_without_a_plain_address_is_left_out_and_counted(link):
    assert read(rss(item(link) + item())) == Read(items=read(rss(item())).items, left_out=1)


def test_an_address_may_stand_in_the_guid_and_counts_once():
    guid = '<item><title>x</title><guid isPermaLink="false">https://example.org/g</guid></item>'
    assert [one.url for one in read(rss(guid + item() + item("http://www.example.org/a/"))).items] == [
        "https://example.org/g",
        "https://example.org/a",
    ]


def test_no_more_than_so_many_items_are_read():
    assert len(read(rss("".join(item(f"https://example.org/{n}") for n in range(300)))).items) == 200


def test_titles_are_on_one_line_without_markup_and_unseen_characters():
    assert (
        read(rss(item(title="<![CDATA[<i>Night</i>\n trains\u202e &amp; buses]]>"))).items[0].title
        == "Night trains & buses"
    )
    assert read(rss(item(title="x" * 6000))).items[0].title == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "koi8-r"])
def test_a_feed_is_read_in_its_encoding(encoding):
    source = rss(item(title="Ночные поезда"), f'<?xml version="1.0" encoding="{encoding}"?>')
    assert read(source.encode(encoding)).items[0].title == "Ночные поезда"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!entity f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "source",
    [rss(item(title="&i;"), BOMB), rss(item(title="&f;"), OUTSIDE), rss(item(title="&i;"), BOMB).encode("utf-16")],
)
def test_entities_are_refused(source):
    assert message(source) == "defines entities, which no feed needs and which can swell to any size"


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b" ",
        b"\x00",
        b"<html><body>x</body></html>",
        b"{}",
        b"\xff\xfe",
        b"https://example.org/feed",
        b"/etc/passwd",
        b"\x1f\x8b",
    ],
)
def test_what_is_no_feed_is_refused(source):
    assert message(source) == "is neither RSS nor Atom"


def test_bytes_that_name_a_file_do_not_open_it(tmp_path: Path):
    (tmp_path / "feed.xml").write_text(rss(item()))
    assert message(bytes(tmp_path / "feed.xml")) == "is neither RSS nor Atom"


def test_what_is_too_large_or_too_deep_is_refused():
    assert message(b"x" * 5_000_001) == "is larger than 5,000,000 bytes"
    assert message(rss("<a>" * 200)) == "holds more than 100 elements within each other"


@pytest.mark.parametrize(
    "piece", ["<", "<a", "<item>", "&amp;", "<![CDATA[", "<!--", "]]>", "<item/>", "&", "<a b='", "</a>", "\x0b"]
)
def test_a_hundred_thousand_characters_of_anything_take_little_time(piece):
    began = time.process_time()
    for source in (rss(piece * (100_000 // len(piece))), piece * (100_000 // len(piece))):
        try:
            read(source)
        except Refused:
            continue
    assert time.process_time() - began < 30  # seconds; what is not linear takes minutes


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 300), st.booleans())
@example(data=b"<?xml version='1.0' encoding='rot13'?>", at=0, whole=False)
@example(data=b"<?xml version='1.0' encoding='idna'?><rss/>", at=0, whole=True)
def test_any_bytes_give_items_or_a_refusal(data, at, whole):
    valid = rss(item()).encode()
    with suppress(Refused):
        assert read(data if whole else valid[:at] + data + valid[at:]).items is not None
