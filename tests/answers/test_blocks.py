"""Where the tables of a TOML text stand: the line of a key is the line on which it was written."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.blocks import Blocks, line_with

TWO = """# a note

[[gap]]
about = "One"
questions = ["about?"]

  [[ gap ]]
questions = [
  "Who?",
]
  about   =   "Two"
[[gap.more]]
about = "deep"
"""


@pytest.mark.parametrize(
    ("number", "key", "line"),
    [
        (0, "about", 4),
        (0, "questions", 5),
        (0, "abou", 3),  # no such key: where the table begins
        (0, "more", 3),  # that stands in the other table
        (1, "questions", 8),
        (1, "about", 11),
        (1, "more", 12),
        (1, "nowhere", 7),
        (2, "about", 0),
        (99, "about", 0),
    ],
)
def test_a_key_stands_on_its_line_and_what_is_not_there_where_its_table_begins(number, key, line):
    assert Blocks(TWO, "gap").finder(number)(key) == line


def test_tables_of_another_name_are_none():
    assert Blocks(TWO, "gaps").finder(0)("about") == 0
    assert Blocks(TWO.replace("gap", "g.p"), "gap").finder(0)("about") == 0
    assert Blocks(TWO, "g.p").finder(0)("about") == 0  # a name is no pattern


KEYS = st.lists(st.sampled_from(["about", "questions", "abou", "a.b", "about-it"]), unique=True, max_size=4)
BLANKS = st.sampled_from(["", " ", "\t", "   "])
NOISE = st.lists(st.sampled_from(["", "# about = 1", "#[[gap]]", "   "]), max_size=2)


VALUES = st.sampled_from([["1"], ["[", '  "about = 1",', "]"], ["'[[gap]]'"]])


@st.composite
def texts(draw):
    """A text of tables, and of each table the line of its head and of each of its keys."""
    lines, told = draw(NOISE), []
    for keys in draw(st.lists(KEYS, max_size=5)):
        lines.append(f"{draw(BLANKS)}[[{draw(BLANKS)}gap{draw(BLANKS)}]]")
        head, at = len(lines), {}
        for key in keys:
            lines += draw(NOISE)
            first, *rest = draw(VALUES)
            lines.append(f"{draw(BLANKS)}{key}{draw(BLANKS)}= {first}")
            at[key] = len(lines)
            lines += rest
        told.append((head, at))
    return "\n".join(lines), told


@given(texts())
def test_of_any_tables_each_key_is_found_on_the_line_on_which_it_stands(written):
    text, told = written
    assert len(tomllib.loads(text).get("gap", [])) == len(told)
    blocks = Blocks(text, "gap")
    for number, (head, at) in enumerate(told):
        line_of = blocks.finder(number)
        assert {key: line_of(key) for key in at} == at
        assert line_of("none") == head
    assert blocks.finder(len(told))("about") == 0


@given(st.text(max_size=60), st.text(max_size=4))
def test_the_line_with_some_words_is_the_first_that_holds_them_and_none_is_0(text, words):
    line = line_with(text, words)
    assert (line == 0) is (words not in text)
    assert not line or text[: text.index(words)].count("\n") == line - 1


def test_a_line_is_counted_from_one():
    assert [line_with("a\nb\nab", words) for words in ("a", "b", "ab", "c")] == [1, 2, 3, 0]
