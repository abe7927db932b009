"""The file of feeds: read in its order, every problem named with its line; any bytes give feeds or refusals."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers import feeds
from answers.errors import Refused
from answers.feeds import Feed

PATH = "feeds.toml"
VALID = """# Where we look.

[[feed]]
url = "https://example.org/rss"
outlet = "Example News"

[[feed]]
url = "https://example.com/atom.xml"
outlet = "Gazette"
"""
PIECES = (b"\n", b'"', b"[", b"]", b"[[feed]]\n", b"[feed]\n", b"= ", b"\x00", b"\xff", b"nan", b"{}")


def problems_of(source):
    with pytest.raises(Refused) as refused:
        feeds.parse(source.encode(), PATH)
    return refused.value.problems


def test_feeds_are_read_in_the_order_of_their_file():
    assert feeds.parse(VALID.encode(), PATH) == (
        Feed(url="https://example.org/rss", outlet="Example News"),
        Feed(url="https://example.com/atom.xml", outlet="Gazette"),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('url = "https://example.com/atom.xml"\n', "", 7, "url is missing or empty"),
        ("https://example.com/atom.xml", "http://example.com/", 8, "url must be a plain https address"),
        ("https://example.com/atom.xml", "https://a:b@example.com/", 8, "url must be a plain https address"),
        ("https://example.com/atom.xml", "https://example.org/rss", 8, "url stands here twice"),
        ('outlet = "Gazette"\n', "", 7, "outlet is missing or empty"),
        ('"Gazette"', '"' + "x" * 81 + '"', 9, "outlet is longer than 80 characters"),
        ('"Gazette"', "7", 9, "outlet must be text in quotation marks"),
        ('outlet = "Gazette"', 'outlet = "Gazette"\nevery = 5', 10, "unknown key every"),
        ("# Where we look.", "feeds = 1", 0, "unknown key feeds"),
    ],
)  # fmt: skip
def test_a_problem_is_named_with_its_line(old, new, line, message):
    (problem, *more) = problems_of(VALID.replace(old, new))
    assert (problem.path, problem.line, problem.message) == (PATH, line, message)
    assert not more or "must be" in message


def test_the_feeds_of_a_folder_are_those_of_its_file(tmp_path):
    assert feeds.listed(tmp_path) == ()
    (tmp_path / PATH).write_text(VALID)
    assert len(feeds.listed(tmp_path)) == 2
    (tmp_path / PATH).unlink()
    (tmp_path / PATH).mkdir()
    with pytest.raises(Refused, match="cannot be read"):
        feeds.listed(tmp_path)


@given(st.binary(max_size=40) | st.sampled_from(PIECES), st.integers(0, len(VALID)))
@example(b"", 0)
def test_any_bytes_give_feeds_or_refusals(piece, at):
    assert all(problem.path == PATH for problem in outcome(VALID.encode()[:at] + piece + VALID.encode()[at:]))


def outcome(data):
    try:
        feeds.parse(data, PATH)
    except Refused as refused:
        return refused.problems
    return ()
