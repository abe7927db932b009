"""The small parts of what comes in: unseen characters, addresses, days, names of writers, languages."""

import sys
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.articles import is_address
from answers.incoming.address import day_in, host, key, plain
from answers.incoming.authors import names
from answers.incoming.days import day_of
from answers.incoming.languages import language_in
from answers.incoming.safe import UNSEEN, left_out, line, safe
from answers.incoming.values import Incoming
from answers.lookalikes import unseen

ANY = st.text(st.characters(exclude_categories=())) | st.text("a./:@%#?=&\\[]\u202e\ud800\n -20", max_size=30)


def test_unseen_is_what_an_article_file_may_not_hold_and_what_utf8_cannot():
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        expected = unseen(character) or 0xD800 <= number <= 0xDFFF
        assert bool(UNSEEN.match(character)) == (expected and character != "\r"), hex(number)


@given(ANY)
def test_safe_text_can_be_saved_and_nothing_else_is_changed(text):
    kept, dropped = safe(text)
    kept.encode()
    assert not any(map(unseen, kept))
    assert kept.endswith("\n")
    assert safe(kept) == (kept, 0)
    if not dropped and "\r" not in text:
        assert kept.removesuffix("\n") == text.removesuffix("\n")


@given(ANY)
def test_a_line_is_one_line(text):
    one = line(text)
    assert one == " ".join(one.split())
    assert line(one) == one


def test_what_is_too_long_for_a_line_is_none():
    assert line("x" * 500) == "x" * 500
    assert line("x" * 501) == line("x" * 100_000) == ""


def test_what_was_left_out_is_told():
    assert left_out(0) == ()
    assert left_out(1) == ("1 unseen character was left out of the text",)
    assert left_out(2) == ("2 unseen characters were left out of the text",)


@pytest.mark.parametrize(
    ("address", "cleaned"),
    [
        ("https://example.org", "https://example.org/"),
        (" https://Example.ORG/A?b=1&c=#x ", "https://example.org/A?b=1&c="),
        ("https://example.org/?utm_source=a&id=3&fbclid=z", "https://example.org/?id=3"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://exämple.org/ä", "https://xn--exmple-cua.org/ä"),
        ("https://аpple.example/", ""),
    ],
)
def test_a_plain_address_is_cleaned(address, cleaned):
    assert plain(address) == cleaned


@pytest.mark.parametrize(
    "address",
    ["", "example.org", "javascript:alert(1)", "tg://resolve?domain=x", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/",
     "https://localhost/", "https://a@example.org/", "https://a:b@example.org/", "https://example.org:8443/", "https://example.org:x/",
     "https://[::1]/", "https://[", "https://example.org/a b", "https://example.org/\u202egpj", "https://example.org\\@evil.example/",
     "https://" + "a" * 70 + "ö.example/", "https://example.org/" + "a" * 500, "https://example.org/" + "a" * 100_000, "https://..ö/"],
)  # fmt: skip
def test_what_is_no_plain_address_is_none(address):
    assert plain(address) == ""


@given(ANY, ANY)
def test_any_text_gives_an_address_or_none(text, base):
    for address in (
        plain(text),
        plain(f"https://example.org/{text}"),
        plain(text, "https://example.org/a/"),
        plain(f"https://{base}"),
    ):
        assert not address or (is_address(address) and plain(address) == address)
        assert host(address) in {
            "",
            *address.replace(":", "/").split("/"),
            *(address.split("/")[2].partition(".")[2:] if address else ""),
        }
        day_in(address)


def test_a_page_has_one_key_under_all_its_addresses():
    same = [
        "https://example.org/a/",
        "http://www.example.org/a",
        "https://m.example.org/a#b",
        "https://amp.example.org/a?utm_id=1",
    ]
    assert {key(one) for one in same} == {"example.org/a?"}
    assert key("https://example.org/a?id=1") != key("https://example.org/a")
    assert key("tg://x") == ""


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://example.org/2026/03/04/x", "2026-03-04"),
        ("https://example.org/x-2026-03-04", "2026-03-04"),
        ("https://example.org/2026/13/04/x", ""),
        ("https://example.org/12026/03/04/", ""),
        ("https://example.org/?d=2026/03/04", ""),
    ],
)
def test_a_day_in_an_address_is_a_hint(address, day):
    assert day_in(address) == day


@pytest.mark.parametrize(
    "text",
    ["2026-03-04", "2026-03-04T23:30:00-05:00", " 2026-03-04 00:00", "20260304", "Wed, 04 Mar 2026 23:30:00 -0500", "Wed, 4 Mar 2026 01:00 GMT",
     "March 4, 2026", "Mar. 4, 2026 5:00 pm", "4 March 2026", "Wednesday, 4th March 2026", "Wednesday, March 4th, 2026"],
)  # fmt: skip
def test_a_plain_day_is_read_as_it_is_written(text):
    assert day_of(text) == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-03", "03/04/2026", "04.03.2026", "1772600000", "2026-02-30", "1969-12-31", "0001-01-01T00:00:00Z", "Wed, 31 Feb 2026 01:00 GMT",
     "Wed, 04 Mar 26 01:00 GMT", "yesterday", "Foo 4, 2026", "maybe 4, 2026", "99999-01-01", "Wed, 04 Mar 2026 99:99:99 +9999999"],
)  # fmt: skip
def test_a_day_that_is_not_plain_is_none(text):
    assert day_of(text) is None


@given(ANY | st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{4} \d*.{0,20}", fullmatch=True))
def test_any_text_gives_a_day_or_none(text):
    day = day_of(text)
    assert day is None or day.year >= 1990


@pytest.mark.parametrize(
    ("given_", "found"),
    [
        (["The Associated Press · Posted"], ("The Associated Press",)),
        (["By Maria Nowak, Ivan Koval and Li Wei"], ("Maria Nowak", "Ivan Koval", "Li Wei")),
        (["Maria Nowak; Ivan Koval", "Maria Nowak"], ("Maria Nowak", "Ivan Koval")),
        (["Written by: Maria Nowak | Updated 4 March 2026"], ("Maria Nowak",)),
        (["Maria Nowak, Senior Political Correspondent in Kyiv"], ("Maria Nowak",)),
        (["Maria Nowak (maria@example.org)"], ("Maria Nowak",)),
        (["Maria Nowak Posted at 12:01"], ("Maria Nowak",)),
        (["Jean-Luc O’Brien"], ("Jean-Luc O’Brien",)),
        (["Олена Петренко"], ("Олена Петренко",)),
        (["example news", "Admin", "https://example.org/a", "7", "-", "", "x" * 81], ()),
        (["Andy Anderson"], ("Andy Anderson",)),
        (["Byron Bay"], ("Byron Bay",)),
    ],
)
def test_names_are_what_is_left_of_a_byline(given_, found):
    assert names(given_, "Example News") == found


@given(st.lists(ANY | st.sampled_from(["by ", " and ", "a@b", " · posted"]), max_size=5))
def test_any_texts_give_names_or_none(texts):
    found = names(texts)
    assert len(set(found)) == len(found)
    assert all(one.strip() and "\n" not in one for one in found)


@pytest.mark.parametrize(
    "piece", ["a@", " by", "a.", " · ", "correspondent ", "and ", ", ", "posted", "https://", "2026-"]
)
def test_a_hundred_thousand_characters_take_no_time(piece):
    text, began = piece * (100_000 // len(piece)), time.process_time()
    names([text[:4000], text])
    day_of(text)
    plain(text)
    line(text)
    assert time.process_time() - began < 30  # seconds; what is not linear takes minutes


GERMAN = (
    "Die Nachtzüge fahren wieder, sagte die Bahn am Mittwoch, und das ist für viele Reisende eine gute Nachricht. " * 10
)
ENGLISH = (
    "The night trains run again, said the railway on Wednesday, and that is good news for many of those who travel. "
    * 10
)


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        (ENGLISH, "", "en"),
        (ENGLISH, "de", "en"),
        (GERMAN, "", "de"),
        (GERMAN, "en-US", "de"),
        (
            "Os comboios noturnos voltam a circular, disse a empresa na quarta-feira, e isso é bom para quem viaja. "
            * 10,
            "pt-BR",
            "pt",
        ),
        ("Yöjunat kulkevat taas. " * 30, "fi", "fi"),
        ("1234 5678", "sv_SE", "sv"),
        ("1234 5678", "", "und"),
        ("1234 5678", "english", "und"),
        (ENGLISH + GERMAN[:200], "", "en"),
    ],
)
def test_the_language_is_the_texts_and_else_the_pages_word(text, told, language):
    assert language_in(text, told) == language


def test_an_article_has_a_text_and_an_outlet_a_source():
    with pytest.raises(ValueError, match="without a text"):
        Incoming(text=" \n")
    with pytest.raises(ValueError, match="go together"):
        Incoming(text="x", outlet="CNN")
