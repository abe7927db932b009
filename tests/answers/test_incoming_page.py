"""Pages in several shapes to articles: the text without what stands around it, and only what the page says of itself."""

import codecs
import contextlib
import json
import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answers.errors import Refused
from answers.incoming import page
from answers.incoming.page import LOOSELY
from answers.incoming.values import Incoming

URL = "https://www.example.org/world/2026/03/04/night-trains"
PARAGRAPHS = (
    "Night trains between Lviv and Warsaw will run again from Friday, the two railways said on Wednesday after a week of talks.",
    "“We have waited for this since the storm,” said Olha Petrenko, who leads the passenger service. “Tickets are on sale now.”",
    "About 1,200 travellers were stranded when snow closed the line on 25 February. Most of them were brought home by bus.",
    "The first train leaves Lviv at 21:40. A second one, for those with heavy luggage, is planned for the week after Easter.",
)
BODY = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
NAV = '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
ASIDE = '<aside class="related"><h3>More on this</h3><ul><li><a href="/x">A bridge is closed</a></li></ul></aside>'
FIGURE = '<figure><img src="a.jpg"><figcaption>A train in the snow near Lviv. (Jan Kowalski)</figcaption></figure>'
FOOTER = "<footer><p>Sign up for our newsletter. © 2026 Example News. All rights reserved.</p></footer>"


def html(head="", body=BODY, title="Night trains to run again | Example News", lang="en"):
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body>{NAV}<main><article><h1>Night trains to run again</h1>{body}</article></main>{ASIDE}{FOOTER}</body></html>"""


def ld(**more):
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **more})}</script>'


NEWS = {
    "@type": "NewsArticle",
    "headline": "Night trains to run again",
    "datePublished": "2026-03-04T23:30:00-05:00",
    "author": [{"@type": "Person", "name": "Maria Nowak"}, {"@type": "Person", "name": "Ivan Koval"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "Example News"},
}


def read(source, url=URL, **more) -> Incoming:
    return page.read(source if isinstance(source, bytes) else source.encode(), "a.html", url=url, **more)


def told(incoming):
    return incoming.title, incoming.outlet, incoming.published, incoming.authors


def problem(source, **more):
    with pytest.raises(Refused) as refused:
        read(source, **more)
    (one,) = refused.value.problems
    assert one.path == "a.html"
    return one.message


def test_the_text_is_the_articles_paragraphs_and_nothing_around_them():
    got = read(html(body=BODY.replace("</p>\n", f"</p>\n{FIGURE}", 1)))
    for paragraph in PARAGRAPHS:
        assert f"{paragraph}\n" in got.text
    for around in ("Home", "Sport", "More on this", "bridge", "newsletter", "rights"):
        assert around not in got.text
    assert got.text.endswith("Easter.\n")
    assert got.notes == ()


WHOLE = ("Night trains to run again", "Example News", date(2026, 3, 4), ("Maria Nowak", "Ivan Koval"))


@pytest.mark.parametrize(
    "head",
    [
        ld(**NEWS),
        ld(**{"@graph": [{"@type": "WebSite", "name": "x"}, NEWS]}),
        f'<script type="application/ld+json">[{json.dumps(NEWS)}]</script>',
        f'<script type="application/ld+json">/* <![CDATA[ */ {json.dumps(NEWS)} /* ]]> */</script>',
        ld(**{"@type": "WebPage", "mainEntity": NEWS}),
        ld(**{**NEWS, "@type": ["Thing", "ReportageNewsArticle"], "headline": "Night trains to run again"}),
        ld(**NEWS) + ld(**{**NEWS, "headline": "A bridge is closed", "datePublished": "2026-01-01"}),
        ld(**{**NEWS, "author": "Maria Nowak and Ivan Koval"}),
        """<meta property="og:title" content="Night trains to run again"><meta property="og:site_name" content="Example News">
           <meta property="article:published_time" content="2026-03-04T08:00:00Z">
           <meta name="author" content="By Maria Nowak, Ivan Koval">""",
        """<meta name="dc.date" content="20260304"><meta name="dc.publisher" content="Example News">
           <meta name="dc.creator" content="Maria Nowak; Ivan Koval">""",
        """<meta property="article:published" itemprop="datePublished dateCreated" content="Wed, 04 Mar 2026 23:10:00 -0800">
           <meta name="application-name" content="Example News"><meta name="byl" content="By MARIA" data-x>
           <meta name="author" content="Maria Nowak &amp; Ivan Koval">""",
    ],
)
def test_what_a_page_says_of_itself_is_read_in_each_of_the_usual_shapes(head):
    assert told(read(html(head))) == WHOLE


def test_microdata_in_the_body_is_read():
    body = f"""<div itemscope itemtype="https://schema.org/NewsArticle">
      <span itemprop="author" itemscope><span itemprop="name">Maria Nowak</span></span>
      <span itemprop="author" itemscope><span itemprop="name">Ivan Koval</span></span>
      <div itemprop="publisher"><span itemprop="name">Example News</span></div>
      <time itemprop="datePublished" datetime="2026-03-04">4 March</time>{BODY}</div>"""
    assert told(read(html(body=body))) == WHOLE


def test_what_a_page_does_not_say_is_not_known_and_hints_are_given():
    got = read(html(title="").replace("<title></title>", "").replace("<h1>Night trains to run again</h1>", ""))
    assert told(got) == ("", "", None, ())
    assert (got.outlet_known, got.outlet_hint, got.published_hint) == ("", "example.org", "2026-03-04")
    got = read(
        html('<meta property="og:site_name" content="Example.org">', f"<time datetime='2026-03-05'>x</time>{BODY}"),
        "https://example.org/a",
    )
    assert (got.outlet, got.outlet_hint, got.published, got.published_hint) == ("", "Example.org", None, "2026-03-05")


def test_a_bare_host_is_no_outlet_and_a_program_neither():
    for name in ("example.org", "www.example.org", "other.net", "Blogger"):
        assert read(html(f'<meta property="og:site_name" content="{name}">')).outlet == ""
    assert read(html('<meta property="og:site_name" content="Example.org News">')).outlet == "Example.org News"


def test_the_sites_own_name_counts_before_the_wires_and_both_are_told():
    got = read(
        html(
            '<meta property="og:site_name" content="Example News | World | Sport">'
            + ld(**{**NEWS, "publisher": {"name": "World Wire"}})
        )
    )
    assert got.outlet == "Example News"
    assert got.notes == ("the page names two outlets, Example News and World Wire: the first was taken",)


def test_two_days_of_publication_are_told():
    got = read(html(ld(**NEWS) + '<meta property="article:published_time" content="2026-03-09">'))
    assert got.published == date(2026, 3, 4)
    assert got.notes == ("the page gives two days of publication, 2026-03-04 and 2026-03-09: the first was taken",)


@pytest.mark.parametrize(
    "day", ["", "soon", "03/04/2026", "2026", "1970-01-01T00:00:00Z", "2026-13-45", "0001-01-01", None, 7, {}]
)
def test_a_day_that_is_not_plain_is_none(day):
    assert read(html(ld(**{**NEWS, "datePublished": day}))).published is None


def test_a_day_in_greenwich_gives_way_to_the_outlets_own_in_its_address():
    got = read(html(ld(**{**NEWS, "datePublished": "2026-03-05T03:10:00Z"})))
    assert got.published == date(2026, 3, 4)
    assert got.notes == (
        "the page was published on 2026-03-05, says the page, and on 2026-03-04, says its address, which was taken",
    )
    assert read(html(ld(**{**NEWS, "datePublished": "2026-03-06T03:10:00Z"}))).published == date(2026, 3, 6)


def test_days_of_several_articles_are_none():
    one, other = ({**NEWS, "headline": f"Another {n}", "datePublished": f"2026-01-0{n}"} for n in (1, 2))
    assert read(html(ld(**one) + ld(**other))).published is None
    times = "<time itemprop='datePublished' datetime='2026-01-01'>a</time><time pubdate datetime='2026-01-02'>b</time>"
    assert read(html(body=times + BODY)).published is None


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[[]]",
        "7",
        '"x"',
        "null",
        "[" * 50_000,
        '{"@graph": 1}',
        '{"@type": 1}',
        "x" * 1_000_001,
        '{"@type": "NewsArticle", "author": [[]], "publisher": 3}',
    ],
)
def test_broken_json_is_passed_over(script):
    head = f'<script type="application/ld+json">{script}</script><meta property="og:title" content="Night trains">'
    assert read(html(head)).title == "Night trains"


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        ('<link rel="canonical" href="https://example.org/trains">', URL, "https://example.org/trains"),
        ('<link rel="canonical" href="/trains?utm_source=x&id=7#top">', URL, "https://www.example.org/trains?id=7"),
        ('<meta property="og:url" content="https://m.example.org/trains">', URL, "https://m.example.org/trains"),
        ('<link rel="canonical" href="https://evil.example/trains">', URL, URL),
        ('<link rel="canonical" href="javascript:alert(1)">', URL, URL),
        ('<link rel="canonical" href="https://www.example.org/">', URL, URL),
        ('<link rel="canonical" href="https://a:b@www.example.org/x">', URL, URL),
        (ld(**{**NEWS, "mainEntityOfPage": {"@id": "https://example.org/ld"}}), URL, "https://example.org/ld"),
        (ld(**{**NEWS, "url": "https://example.org/ld"}), "", "https://example.org/ld"),
        ('<link rel="canonical" href="https://example.org/trains">', "", "https://example.org/trains"),
        ("", "", ""),
        ("", "tg://resolve", ""),
    ],
)
def test_the_address_is_the_pages_own_if_it_is_of_the_same_host(head, url, address):
    got = read(html(head), url)
    assert got.url == address
    assert got.found_at in {"", URL}
    assert bool(got.found_at) == (url == URL and address not in {URL, ""})


def test_a_page_that_a_browser_saved_tells_where_it_was():
    mark = "<!-- saved from url=(0036)https://www.example.org/world/trains -->\n"
    assert read("<!DOCTYPE html>\n" + mark + html(), "").url == "https://www.example.org/world/trains"
    assert read("<!-- saved from url=(0014)about:internet -->\n" + html(), "").url == ""


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", "", ""),
        ("windows-1252", "", ""),
        ("windows-1252", "iso-8859-1", ""),
        ("windows-1250", "windows-1250", ""),
        ("iso-8859-2", "", "ISO-8859-2"),
        ("utf-8", "windows-1250", "utf-8"),
        ("utf-8", "utf-16", ""),
        ("utf-8", "punycode", "rot13"),
        ("windows-1252", "utf-8", ""),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_written_in(encoding, declared, charset):
    source = html(
        body=BODY.replace(
            "Olha Petrenko", "Zdeněk Müller" if "125" not in encoding or encoding == "windows-1250" else "Zoë Müller"
        )
        .replace("“", '"')
        .replace("”", '"')
    )
    source = source.replace("©", "(c)").replace('charset="utf-8"', f'charset="{declared}"' if declared else "name=x")
    got = read(source.encode(encoding), charset=charset)
    if (encoding, declared) == ("windows-1252", "utf-8"):
        assert got.notes == ("2 characters of the text could not be read (\ufffd)",)
    else:
        assert "Müller" in got.text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_counts_before_all_else(mark, encoding):
    assert PARAGRAPHS[1] in read(mark + html(ld(**NEWS)).encode(encoding), charset="windows-1252").text


def test_other_alphabets_are_read_and_the_language_told():
    text = "".join(
        f"<p>Нічні потяги між Львовом і Варшавою знову курсуватимуть із п’ятниці, повідомили обидві залізниці, рейс {n}.</p>"
        for n in range(5)
    )
    got = read(html(body=text, lang="en"))
    assert "курсуватимуть із п’ятниці" in got.text
    assert got.language == "uk"
    assert read(html()).language == "en"
    assert read(html(lang="ru-RU")).language == "en"


def test_unseen_characters_are_left_out_and_that_is_said():
    got = read(html(body=BODY.replace("snow", "s\u202enow\u2066").replace("Easter", "East\ufeffer")))
    assert "when snow closed" in got.text
    assert got.notes == ("3 unseen characters were left out of the text",)


def test_titles_are_on_one_line_without_entities_and_without_the_outlet():
    assert (
        read(html(ld(**{**NEWS, "headline": "Trains &amp; buses\n run\u202e again"}))).title
        == "Trains & buses run again"
    )
    assert (
        read(
            html('<meta property="og:site_name" content="Example News">').replace(
                "<h1>Night trains to run again</h1>", ""
            )
        ).title
        == "Night trains to run again"
    )
    assert (
        read(
            html(ld(**{**NEWS, "headline": "x" * 501}), title="").replace("<h1>Night trains to run again</h1>", "")
        ).title
        == ""
    )


def test_tables_and_comments_are_left_out():
    extra = "<table><tr><td>Lviv</td><td>21:40 departure of the table</td></tr></table>"
    comments = '<section id="comments" class="comments"><p>First! I do not believe a word of this.</p></section>'
    got = read(html(body=BODY + extra).replace("</main>", f"</main>{comments}"))
    assert "table" not in got.text
    assert "First!" not in got.text


def test_a_text_that_only_looser_rules_find_is_marked():
    found = read("<html><body><div>" + "<br>".join(PARAGRAPHS[:1]) + "</div></body></html>")
    assert PARAGRAPHS[0] in found.text
    assert set(found.notes) <= {LOOSELY}


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b" ",
        b"<html></html>",
        b"<html><body></body></html>",
        b"\x00" * 50,
        b"<p>",
        b"<!---",
        b"<html><body><nav>Home</nav></body></html>",
    ],
)
def test_what_holds_no_article_is_refused(source):
    assert problem(source) in {"is no HTML page", "holds no text of an article that can be told"}


def test_what_is_too_large_or_too_deep_is_refused_at_once():
    began = time.process_time()
    assert problem(b"x" * 10_000_001) == "is larger than 10,000,000 bytes"
    for source in ("<div>" * 500_000, "<html><body>" + "<p>x" * 30_000, "<html><body>" + "<b>" * 501 + "x"):
        assert problem(source) == "holds more than 20,000 elements, or 500 within each other"
    assert time.process_time() - began < 30  # seconds; what is not linear takes minutes


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<p>x</p>",
        "<meta charset",
        "<!--",
        "&#x41;",
        '<script type="application/ld+json">{',
        "<a href=x rel=author>x</a>",
        "by " * 3,
        "\u202e",
        "<time datetime=x>",
        " ,",
        "<h1>x</h1>",
        "<table><tr><td>",
    ],
)
def test_a_hundred_thousand_characters_of_anything_take_little_time(piece):
    source = html(body=BODY + piece * (100_000 // len(piece)))
    began = time.process_time()
    with contextlib.suppress(Refused):
        read(source)
    assert time.process_time() - began < 30  # seconds; what is not linear takes minutes


PIECES = (
    b"<p>",
    b"</",
    b"<script>",
    b'<meta charset="utf-16">',
    b"\x00",
    b"\xff",
    b"<!--",
    b"&#",
    b"]]>",
    b"<svg>",
    b"<?xml ",
)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60) | st.sampled_from(PIECES), st.integers(0, 900), st.booleans())
@example(piece=b"\xed\xa0\x80", at=300, whole=False)
def test_any_bytes_give_an_article_or_a_refusal(piece, at, whole):
    valid = html(ld(**NEWS)).encode()
    try:
        got = read(piece if whole else valid[:at] + piece + valid[at:])
    except Refused:
        return
    assert got.text.strip()
    got.text.encode()
