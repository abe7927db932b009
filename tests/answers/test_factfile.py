"""Editing a fact file: what was asked for changes, every other byte stays."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from answers.errors import NoSuchFact, Refused
from answers.factfile import FactFile, written

TEXT = """# Facts of an article.

[[fact]]
id = "one"   # the first
quote = '''He said "no".'''
names = ["A", "B"]
status = "published"

# a figure
[[fact.figure]]
text = "60 troops"
value = 60

[[fact.date]]
text = "today"

# The second is odd.
[[fact]]
id = "two"
quote = "Nothing else."
"""
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.dates(),
    st.lists(st.text(st.characters(exclude_categories=["Cs"]))),
    st.dictionaries(st.from_regex("[a-z]{1,9}", fullmatch=True), st.text(st.characters(exclude_categories=["Cs"]))),
)
KEYS = st.from_regex("[a-z_]{1,12}", fullmatch=True).filter(lambda key: key not in {"id", "figure", "date"})


def test_a_file_that_nobody_edits_stays_as_it_is():
    assert str(FactFile(TEXT, "x.toml")) == TEXT
    assert FactFile(TEXT, "x.toml").ids == ("one", "two")
    for file in Path("data/facts").glob("*.toml"):
        assert str(FactFile(file.read_text(encoding="utf-8"), file.name)) == file.read_text(encoding="utf-8")


def test_a_field_is_changed_where_it_stands_and_a_new_one_comes_before_the_figures():
    file = FactFile(TEXT, "x.toml")
    file.put("one", {"status": "retracted", "withdrawn": date(2022, 2, 3), "names": None})
    expected = TEXT.replace('names = ["A", "B"]\n', "").replace(
        'status = "published"\n', 'status = "retracted"\nwithdrawn = 2022-02-03\n'
    )
    assert str(file) == expected


def test_a_field_that_has_its_value_already_keeps_its_form():
    file = FactFile(TEXT, "x.toml")
    file.put("one", {"quote": 'He said "no".', "names": ["A", "B"]})
    assert str(file) == TEXT


def test_figures_are_given_anew_and_dates_stay():
    file = FactFile(TEXT, "x.toml")
    file.put_tables("one", "figure", [{"text": "200", "value": 200}])
    assert file.fields("one")["figure"] == [{"text": "200", "value": 200}]
    assert file.fields("one")["date"] == [{"text": "today"}]
    assert "# The second is odd." in str(file)
    file.put_tables("two", "date", [{"text": "else"}])
    assert file.fields("two")["date"] == [{"text": "else"}]


@pytest.mark.parametrize(("after", "order"), [("", "new one two"), ("one", "one new two"), ("two", "one two new")])
def test_a_new_fact_comes_where_it_stands_in_the_article(after, order):
    file = FactFile(TEXT, "x.toml")
    file.add({"id": "new", "quote": "x"}, after=after)
    assert [fact["id"] for fact in tomllib.loads(str(file))["fact"]] == order.split()
    assert str(file).startswith("# Facts of an article.\n\n[[fact]]\n")
    assert str(FactFile(str(file), "x.toml")) == str(file)


def test_the_first_fact_of_an_empty_file():
    file = FactFile("", "x.toml")
    file.add({"id": "new", "quote": "x"})
    assert tomllib.loads(str(file)) == {"fact": [{"id": "new", "quote": "x"}]}


def test_a_fact_that_is_not_there_is_said():
    with pytest.raises(NoSuchFact, match=r"x\.toml has no fact three"):
        FactFile(TEXT, "x.toml").put("three", {})


@pytest.mark.parametrize(
    "text", ["[[fact]]\nid = ", "[[fact]]\nquote = '''\n[[fact]]\n'''\nid = 'a'\n", "[[fact]]\nid=1e"]
)
def test_what_cannot_be_edited_is_refused_with_what_to_do(text):
    with pytest.raises(Refused, match=r"x\.toml: is not TOML that can be edited: .* \(mend it by hand"):
        FactFile(text, "x.toml")


def test_a_table_line_within_a_quotation_is_refused_when_its_fact_is_edited():
    file = FactFile("[[fact]]\nid = 'a'\nquote = '''\n[[fact.figure]]\n'''\n", "x.toml")
    with pytest.raises(Refused, match="that can be edited"):
        file.put("a", {"status": "draft"})


@given(value=VALUES)
def test_what_is_written_reads_back(value):
    assert tomllib.loads(f"key = {written(value).as_string()}\n")["key"] == value


@given(fields=st.dictionaries(KEYS, VALUES, max_size=4), which=st.sampled_from(["one", "two"]))
def test_an_edit_touches_its_fact_alone_and_is_exact(fields, which):
    file = FactFile(TEXT, "x.toml")
    before = {id_: file.fields(id_) for id_ in file.ids}
    file.put(which, fields)
    after = {fact["id"]: fact for fact in tomllib.loads(str(file))["fact"]}
    assert after == before | {which: before[which] | fields}
    assert all(line in str(file) for line in ("# Facts of an article.", "# a figure\n[[fact.figure]]", "# The second"))
    assert tomlkit.dumps(tomlkit.parse(str(file))) == str(file)
