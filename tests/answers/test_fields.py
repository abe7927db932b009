from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.errors import Refused
from answers.fields import LARGEST_FILE, Fields, decoded, did_you_mean, toml
from answers.model import Known


@pytest.fixture(scope="session")
def outcome():
    """What a call gives, or the problems that it refuses with; anything else that it raises goes on."""

    def outcome(call, *args):
        try:
            return call(*args)
        except Refused as refused:
            return refused.problems

    return outcome


def fields(table, problems):
    return Fields(table, path="a.toml", line_of=lambda _: 7, problems=problems)


def refused(call, *args):
    with pytest.raises(Refused) as caught:
        call(*args)
    return caught.value.problems


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x1b", "U+001B"),
        ("\x85", "U+0085"),
        ("\ufeff", "U+FEFF"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
    ],
)
def test_a_character_that_deceives_is_named_with_its_line(character, name):
    (problem,) = refused(decoded, f"one\ntwo\nth{character}ree".encode(), "a.md")
    assert (problem.path, problem.line) == ("a.md", 3)
    assert name in problem.message
    assert problem.hint


def test_a_byte_order_mark_is_named_on_the_first_line():
    (problem,) = refused(decoded, "+++\n".encode("utf-8-sig"), "a.md")
    assert problem.line == 1
    assert "U+FEFF" in problem.message


def test_every_deceiving_character_is_named_but_no_more_than_twenty():
    problems = refused(decoded, ("\n\x00" * 30).encode(), "a.md")
    assert [problem.line for problem in problems] == list(range(2, 22))


def test_a_byte_that_is_not_utf_8_is_named_with_its_line():
    (problem,) = refused(decoded, b"one\ntwo \xe9", "a.md")
    assert (problem.line, problem.message) == (2, "is not UTF-8")
    assert "UTF-8" in problem.hint


def test_a_file_may_be_as_large_as_the_limit_and_no_larger():
    assert len(decoded(b"x" * LARGEST_FILE, "a.md")) == LARGEST_FILE
    (problem,) = refused(decoded, b"x" * (LARGEST_FILE + 1), "a.md")
    assert "1,000,000" in problem.message


@given(data=st.binary())
def test_decoding_gives_the_text_or_refuses(data, outcome):
    read = outcome(decoded, data, "a.md")
    assert read.encode() == data if isinstance(read, str) else read


def test_a_toml_error_is_named_with_the_line_in_the_file():
    (problem,) = refused(toml, "one = 1\ntwo = = 2\n", "a.md", 11)
    assert problem.line == 12
    assert "is not TOML" in problem.message
    assert "at line" not in problem.message


def test_a_toml_error_at_the_end_is_on_the_last_line():
    (problem,) = refused(toml, 'one = 1\ntwo = """', "a.toml")
    assert problem.line == 2


def test_a_day_that_is_in_no_calendar_is_refused():
    (problem,) = refused(toml, "a = 1\npublished = 2022-02-30\n", "a.toml")
    assert problem.line in {0, 2}
    assert "TOML" in problem.message


def test_nesting_too_deep_to_read_is_refused():
    (problem,) = refused(toml, "a = " + "[" * 20_000, "a.toml")
    assert "is not TOML" in problem.message


def test_a_number_of_too_many_digits_is_refused():
    (problem,) = refused(toml, "a = " + "9" * 5_000, "a.toml")
    assert "is not TOML" in problem.message


@given(text=st.text())
def test_toml_of_any_text_is_a_table_or_refused(text, outcome):
    read = outcome(toml, text, "a.toml")
    assert isinstance(read, dict) or read


@pytest.mark.parametrize(
    ("read", "value", "message", "default"),
    [
        (lambda f: f.text("k"), 1, "text in quotation marks", ""),
        (lambda f: f.text("k", required=True), "  ", "missing or empty", "  "),
        (lambda f: f.texts("k"), "x", "list of texts", ()),
        (lambda f: f.texts("k"), ["x", 1], "list of texts", ()),
        (lambda f: f.texts("k"), ["x", " "], "list of texts", ()),
        (lambda f: f.texts("k"), ["x", "x"], "twice", ("x", "x")),
        (lambda f: f.day("k"), "2022-02-02", "must be a day", None),
        (lambda f: f.number("k"), True, "must be a number", None),
        (lambda f: f.number("k"), "1", "must be a number", None),
        (lambda f: f.number("k"), float("nan"), "must be a number", None),
        (lambda f: f.number("k"), 10**18, "must be a number", None),
        (lambda f: f.flag("k"), 1, "true or false", False),
        (lambda f: f.choice("k", Known, Known.NONE), "cues", "one of cue, inherited", Known.NONE),
        (lambda f: f.tables("k"), {}, "[[fact.k]]", []),
        (lambda f: f.tables("k"), [1], "[[fact.k]]", []),
        (lambda f: f.table("k"), [], "must be a table", {}),
    ],
)
def test_a_value_of_the_wrong_kind_reads_as_nothing_and_is_named(read, value, message, default):
    problems = []
    assert read(fields({"k": value}, problems)) == default
    (problem,) = problems
    assert (problem.path, problem.line) == ("a.toml", 7)
    assert message in problem.message


@pytest.mark.parametrize("value", [["cue"], {"cue": 1}, [], {}])
def test_a_choice_given_as_a_list_or_table_is_refused(value):
    problems = []
    assert fields({"k": value}, problems).choice("k", Known, Known.NONE) is Known.NONE
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("read", "value", "wanted"),
    [
        (lambda f: f.text("k"), "x", "x"),
        (lambda f: f.texts("k"), ["x", "y"], ("x", "y")),
        (lambda f: f.day("k"), date(2022, 2, 2), date(2022, 2, 2)),
        (lambda f: f.number("k"), 2, 2.0),
        (lambda f: f.flag("k"), True, True),
        (lambda f: f.choice("k", Known, Known.NONE), "cue", Known.CUE),
        (lambda f: f.tables("k"), [{}], [{}]),
        (lambda f: f.table("k"), {"a": 1}, {"a": 1}),
    ],
)
def test_a_value_of_the_right_kind_is_read(read, value, wanted):
    problems = []
    assert read(fields({"k": value}, problems)) == wanted
    assert not problems


def test_a_key_that_is_not_there_reads_as_nothing_without_a_problem():
    problems = []
    table = fields({}, problems)
    assert (table.text("k"), table.texts("k"), table.day("k"), table.number("k")) == ("", (), None, None)
    assert (table.flag("k"), table.tables("k"), table.table("k")) == (False, [], {})
    assert not problems


def test_a_required_key_that_is_not_there_is_named():
    problems = []
    table = fields({}, problems)
    assert table.text("k", required=True) == ""
    assert table.day("d", required=True) is None
    assert [problem.message.split()[0] for problem in problems] == ["k", "d"]


def test_a_day_with_a_time_is_no_day():
    problems = []
    table = toml("k = 2022-02-02T10:00:00", "a.toml")
    assert fields(table, problems).day("k") is None
    assert "must be a day" in problems[0].message


def test_a_key_that_nobody_read_is_named_with_the_one_that_was_meant():
    problems = []
    table = fields({"qoute": "x", "id": "y"}, problems)
    assert (table.text("id"), table.text("quote")) == ("y", "")
    table.no_more()
    (problem,) = problems
    assert problem.message == "unknown key qoute"
    assert problem.hint == "did you mean quote?"


def test_problems_of_an_inner_table_stand_at_its_key():
    problems = []
    outer = Fields({}, path="a.toml", line_of={"figure": 4}.__getitem__, problems=problems)
    outer.within({"value": "x"}, "figure").number("value")
    assert problems[0].line == 4


def test_a_word_near_to_none_is_answered_with_all_that_are_known():
    assert did_you_mean("zzz", ["b", "a"]) == "known are a, b"
