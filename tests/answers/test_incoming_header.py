"""The header of a plain-text copy: read as far as it tells, and never further."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.incoming.header import Header, read

TEXT = "\n\nThe bridge was closed on 1 April 2021. Nobody was hurt."
DAY = date(2022, 3, 3)


def told(header):
    return header.title, header.outlet, header.authors, header.published, header.url


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "date 2022-03-03 By Ana Lind, Jo Roe and Max B. Hahn, CNN",
            ("", "CNN", ("Ana Lind", "Jo Roe", "Max B. Hahn"), DAY, ""),
        ),
        ("date 2022-03-03 By Ana Lind and Jo Roe, Harbour Eye", ("", "Harbour Eye", ("Ana Lind", "Jo Roe"), DAY, "")),
        (
            "Bridge shut for a year\n\nBy Ana Lind | Reuters",
            ("Bridge shut for a year", "Reuters", ("Ana Lind",), None, ""),
        ),
        ("Bridge shut\nAna Lind, BBC News\n3 March 2022", ("Bridge shut", "BBC News", ("Ana Lind",), DAY, "")),
        ("Published: 3 March 2022", ("", "", (), DAY, "")),
        ("March 3, 2022 5:04 PM ET", ("", "", (), DAY, "")),
        ("Thu 3 Mar 2022 10.04 GMT", ("", "", (), DAY, "")),
        ("Posted: 3 Mar 2022; Last updated: 5 Mar 2022", ("", "", (), DAY, "")),
        ("Last updated: 5 Mar 2022; first published: 3 Mar 2022", ("", "", (), DAY, "")),
        ("Updated 3:04 PM ET, Wed March 2, 2022", ("", "", (), None, "")),
        ("Updated 3:04 PM ET", ("", "", (), None, "")),
        ("2022-03-03T10:00:00Z", ("", "", (), DAY, "")),
        ("3 March 2022 | 4 March 2022", ("", "", (), None, "")),
        ("Published: 03/04/2022", ("", "", (), None, "")),
        ("Source: Harbour News\nURL: https://example.org/a", ("", "Harbour News", (), None, "https://example.org/a")),
        ("Source: https://example.org/a", ("", "", (), None, "https://example.org/a")),
        ("https://example.org/a", ("", "", (), None, "https://example.org/a")),
        ("# Bridge shut\n\n*By Ana Lind*", ("Bridge shut", "", ("Ana Lind",), None, "")),
        ("Title: Bridge shut\nAuthor: Ana Lind", ("Bridge shut", "", ("Ana Lind",), None, "")),
        (
            "By Ana Lind in Kyiv and Jo van Roe for The Guardian",
            ("", "The Guardian", ("Ana Lind", "Jo van Roe"), None, ""),
        ),
        ("By Ana Lind, Senior Reporter", ("", "", ("Ana Lind",), None, "")),
        ("By ANA LIND and JO ROE\nAssociated Press", ("", "Associated Press", ("ANA LIND", "JO ROE"), None, "")),
        ("By Ana Lind (@analind) · 5 min read", ("", "", ("Ana Lind",), None, "")),
        (
            "Bridge shut\nThe Associated Press · Posted: Mar 03, 2022 4:46 PM ET | Last Updated: March 4",
            ("Bridge shut", "The Associated Press", (), DAY, ""),
        ),
        ("Bridge shut\nIt stays so for a year.\nBy Ana Lind", ("Bridge shut", "", ("Ana Lind",), None, "")),
        (
            '+++\ntitle = "Bridge shut"\noutlet = "Eye"\nauthors = ["Ana Lind"]\npublished = 2022-03-03\n+++',
            ("Bridge shut", "Eye", ("Ana Lind",), DAY, ""),
        ),
        (
            "---\ntitle: 'Bridge shut'\nauthor: Ana Lind and Jo Roe\ndate: 2022-03-03T10:00:00Z\nlink: https://example.org/a\n---",
            ("Bridge shut", "", ("Ana Lind", "Jo Roe"), DAY, "https://example.org/a"),
        ),
        (
            "---\nauthors:\n  - Ana Lind\n  - Jo Roe\ndate: March 3, 2022\n---",
            ("", "", ("Ana Lind", "Jo Roe"), DAY, ""),
        ),
    ],
)
def test_what_a_header_tells_is_read(header, expected):
    found = read(header + TEXT)
    assert told(found) == expected
    assert (header + TEXT)[found.stop :].strip() == TEXT.strip()
    assert found.outlet_known == ("byline" if found.outlet else "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Only a line",
        "The bridge was closed on April 1, 2022, the mayor said.\nNobody was hurt.",
        "By Friday the bridge had been closed.\n\nNobody was hurt.",
        "By April 1, 2022 the bridge was closed.\n\nNobody was hurt.",
        "In March 2022 the bridge was closed.\n\nBy Ana Lind",
        "KYIV (AP) — The bridge was closed.\n\nBy Ana Lind",
        "“The bridge is closed,” Ana Lind, the mayor, said.",
        "--- \n---\n",
        "+++\nbroken = \n+++\nThe bridge was closed.",
    ],
)
def test_prose_is_no_header(text):
    header = read(text)
    assert told(header)[1:] == ("", (), None, "")
    assert header.stop == 0 or header.title


def test_a_day_glued_to_the_first_sentence_ends_before_it():
    text = "\ufeff date 2022-03-03 The bridge was closed."
    header = read(text)
    assert header.published == DAY
    assert text[header.stop :] == "The bridge was closed."


def test_a_day_that_does_not_exist_is_none():
    assert read("date 2022-02-31 The bridge was closed.") == Header()
    assert read("Published: 31 February 2022" + TEXT).published is None


def test_a_standfirst_is_no_piece_of_the_header():
    text = "Bridge shut\nIt stays so for a year.\nBy Ana Lind" + TEXT
    assert [text[piece.start : piece.stop] for piece in read(text).pieces] == ["Bridge shut", "By Ana Lind"]


def test_the_seed_articles():
    folder = Path(__file__).parents[2] / "data" / "articles"
    for path in sorted(folder.glob("*.md")):
        whole = path.read_text(encoding="utf-8")
        header = read(whole)
        assert header.published == date(2022, 2, 2)
        body = whole[header.stop :].lstrip("\n")
        assert body.startswith("President Joe Biden")
        assert read(body) == Header(), "a report without a header has none"


PIECES = st.sampled_from(
    "By |Ana Lind|, | and |CNN|\n| · |date |2022-03-03| |3 March 2022|Posted: |Updated |+++\n|---\n|title: A\n|# |*".split(
        "|"
    )
)
ODD = st.sampled_from(["https://e.org", "Source: ", ".", "The bridge", "\x00", "\ud800", "\u202e", "\ufeff", "|"])


@given(st.one_of(st.text(), st.lists(PIECES | ODD).map("".join)))
def test_any_text_has_a_header_within_it(text):
    header = read(text)
    assert 0 <= header.stop <= len(text)
    assert bool(header.outlet) == (header.outlet_known == "byline")
    stops = [0, *(at for piece in header.pieces for at in (piece.start, piece.stop))]
    assert stops == sorted(stops)
    assert stops[-1] == header.stop


@pytest.mark.parametrize(
    "piece",
    [
        "By ",
        "a, ",
        "A B and ",
        "|",
        "2022-03-03 ",
        "Updated ",
        "---\n",
        "+++\n",
        "- a\n",
        "key: a\n",
        "# ",
        "\n",
        " ",
        "*",
        "A ",
        "Mon ",
    ],
)
def test_long_text_is_read_in_no_time(piece):
    for text in (piece * 30_000, "---\n" + piece * 30_000, "x" + piece * 90 + "\nBy Ana Lind"):
        before = time.process_time()
        read(text)
        assert time.process_time() - before < 30  # seconds; what is not linear takes minutes
