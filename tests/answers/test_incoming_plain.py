"""Texts, article files and their names: exact, and what is not known left for an editor."""

import codecs
import re
import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers import articles
from answers.errors import Refused
from answers.incoming import plain
from answers.incoming.article_file import free, id_of, written
from answers.incoming.safe import safe
from answers.incoming.values import Incoming

TEXT = "The night trains run again.\n\n“Tickets are on sale,” said Petrenko. She teh typo kept.\n"
TODAY = date(2026, 3, 10)
ANY = st.text(st.characters(exclude_categories=()))
PATH = "undated-example.md"


def read(data, path="a.txt"):
    return plain.read(data if isinstance(data, bytes) else data.encode(), path)


def message(data):
    with pytest.raises(Refused) as refused:
        read(data)
    (problem,) = refused.value.problems
    assert problem.path == "a.txt"
    return problem.message


def filed(incoming, **more):
    return articles.parse(written(incoming, retrieved=TODAY, **more), PATH)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
)
def test_a_text_is_kept_exactly_in_whatever_encoding_it_came(data):
    got = read(data)
    assert got.text == TEXT
    assert (got.outlet, got.published, got.language) == ("", None, "en")


def test_markdown_may_begin_with_its_title():
    got = read("# Night trains\n\nThey run again.")
    assert (got.title, got.text) == ("Night trains", "# Night trains\n\nThey run again.\n")


def test_an_article_file_says_itself_what_it_is():
    source = (
        '+++\noutlet = "Example News"\ntitle = "Trains"\npublished = 2026-03-04\nauthors = ["M. Nowak"]\nurl = "https://example.org/a"\n+++\n'
        + TEXT
    )
    got = read(codecs.BOM_UTF8 + source.encode())
    assert got == Incoming(
        text=TEXT,
        title="Trains",
        outlet="Example News",
        outlet_known="header",
        authors=("M. Nowak",),
        published=date(2026, 3, 4),
        url="https://example.org/a",
        language="en",
    )
    assert "is not TOML" in message("+++\noutlet = \n+++\nx")
    assert read("+++\n+++\n" + TEXT).outlet_known == ""


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7", "is a PDF, not a text"),
        (b"PK\x03\x04xx", "is an archive or office document, not a text"),
        (b"\x1f\x8b\x08\x00", "is an archive, not a text"),
        (b"\x89PNG\r\n", "is a picture, not a text"),
        (b"a\x00b", "holds zero bytes, as no text does"),
        (b"", "holds no text"),
        (b" \n\t", "holds no text"),
        ("\u202e\ufeff\x07".encode(), "holds no text"),
        (b"x" * 2_000_001, "is larger than 2,000,000 bytes"),
    ],
)
def test_what_is_no_text_is_refused(data, why):
    assert message(data) == why


def test_unseen_characters_are_left_out_and_that_is_said():
    got = read("Tra\u202eins\x07 run.\ufeff")
    assert got.text == "Trains run.\n"
    assert got.notes == ("3 unseen characters were left out of the text",)


@given(st.binary(max_size=200) | ANY.map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"+++\n+++\n")
@example(b"# \n")
def test_any_bytes_give_a_text_or_a_refusal(data):
    try:
        got = read(data)
    except Refused:
        return
    assert filed(got).text == got.text


FULL = Incoming(
    text=TEXT,
    title='He said "no" \\ twice',
    outlet="Example News",
    outlet_known="page",
    authors=("Maria Nowak", "Ivan Koval"),
    published=date(2026, 3, 4),
    language="en",
    url="https://example.org/a",
    found_at="https://example.org/b",
    notes=("Something\nto know.",),
)


def test_a_file_reads_back_as_what_was_written():
    article = filed(FULL, same_as="2026-03-04-other")
    assert (article.text, article.title, article.outlet, article.outlet_known) == (
        TEXT,
        FULL.title,
        FULL.outlet,
        "page",
    )
    assert (article.authors, article.published, article.url, article.found_at) == (
        FULL.authors,
        FULL.published,
        FULL.url,
        FULL.found_at,
    )
    assert (article.retrieved, article.same_as, article.language, article.unknown) == (
        TODAY,
        "2026-03-04-other",
        "en",
        (),
    )
    assert b"# Something to know.\n" in written(FULL, retrieved=TODAY)


def test_what_is_not_known_stays_as_a_note_and_blocks_publishing():
    data = written(Incoming(text=TEXT, outlet_hint="example.org", published_hint="2026-03-04"), retrieved=TODAY)
    assert (
        b'# outlet = ""   # not known: find out; what is not known blocks publishing (the source suggests example.org)'
        in data
    )
    assert b"# published = YYYY-MM-DD   # not known: find out" in data
    assert articles.parse(data, PATH).unknown == ("outlet", "published")


def test_tomorrows_day_in_another_time_zone_was_not_retrieved_before():
    data = written(Incoming(text=TEXT, published=date(2026, 3, 11)), retrieved=TODAY)
    assert articles.parse(data, PATH).retrieved == date(2026, 3, 11)


def test_a_text_too_large_for_a_data_folder_is_refused():
    with pytest.raises(Refused, match="more than 1,000,000 bytes"):
        written(Incoming(text="x" * 1_000_001), retrieved=TODAY)


LINE = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY, LINE, LINE, st.lists(LINE, max_size=3), LINE, st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)))
@example("+++\nx\n+++\n", "+++\n+++", '"""\\', ["'", "\\u0041"], "\n+++\n", None)
@example("x", "\x7f\x80\u2028", "a", [" "], "=", None)
def test_whatever_is_written_reads_back(text, title, outlet, authors, hint, day):
    if not safe(text)[0].strip():
        return
    found = [safe(" ".join(one.split()))[0].strip() for one in (outlet, *authors)]
    known = "page" if outlet and found[0] else ""
    one = Incoming(
        text=text,
        title=title,
        outlet=outlet if known else "",
        outlet_known=known,
        authors=tuple(a for a, kept in zip(authors, found[1:], strict=True) if kept),
        published=day,
        published_hint=hint,
        outlet_hint=hint,
        notes=(hint,),
    )
    article = filed(one)
    assert article.text == safe(text)[0]
    assert article.published == day
    assert article.outlet.split() == (found[0].split() if known else [])


@given(ANY, ANY, ANY, st.none() | st.dates())
def test_an_id_is_one_whatever_the_title(text, title, outlet, day):
    try:
        one = Incoming(text=text, title=title, outlet_hint=outlet, published=day)
    except ValueError:
        return
    for taken in (set(), {id_of(one)}, {id_of(one), f"{id_of(one)[:78].rstrip('-')}-2"}):
        id_ = free(id_of(one), taken.__contains__)
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{2,79}", id_)
        assert id_ not in taken


def test_an_id_tells_an_editor_what_it_is_of():
    assert id_of(FULL) == "2026-03-04-example-news-he-said-no-twice"
    assert id_of(Incoming(text="Straße nach Łódź gesperrt")) == "undated-strasse-nach-lodz-gesperrt"
    assert id_of(Incoming(text="Потяги")) == "undated-article"
    assert id_of(Incoming(text="x", title="One two", outlet_hint="www.example.org")) == "undated-example-org-one-two"
    assert len(id_of(Incoming(text="x", title="w" * 100, outlet="o" * 99, outlet_known="page"))) <= 80


def test_long_texts_take_no_time():
    began = time.process_time()
    for piece in ("#", " ", "\n", "+++\n", "\u202e", "a "):
        read("x" + piece * 200_000)
    assert time.process_time() - began < 30  # seconds; what is not linear takes minutes


def test_what_the_header_of_a_text_tells_is_taken_and_the_text_keeps_it():
    source = (
        "Night trains run again\nBy Maria Nowak, CNN\nPublished 2026-03-04\nhttps://example.org/a?utm_source=x\n\n"
        + TEXT
    )
    got = read(source)
    assert got.text == source
    assert (got.title, got.authors, got.published) == ("Night trains run again", ("Maria Nowak",), date(2026, 3, 4))
    assert (got.outlet, got.outlet_known, got.url) == ("CNN", "byline", "https://example.org/a")
    assert id_of(read("date 2026-03-04 " + TEXT)) == "2026-03-04-the-night-trains-run-again-tickets-are-on"
