"""The file of gaps: read in its order, every problem named with its line; any bytes give gaps or refusals."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers import gaps
from answers.errors import Refused
from answers.fields import LONGEST_KNOWN
from answers.gaps import LONGEST_ABOUT
from answers.model import Gap

PATH = "gaps.toml"
VALID = """# What is asked for and told nowhere.

[[gap]]
about = "Route of the convoy"
questions = [
  "Which road does the convoy take?",
  "where do the lorries stop over",
]

[[gap]]
about = "Names of the drivers"
questions = ["Who drives?"]
"""
PIECES = (b"\n", b'"', b"[", b"]", b"[[gap]]\n", b"[gap]\n", b"= ", b"\x00", b"\xff", b"nan", b"{}", b"0xfff")


def read(source):
    return gaps.parse(source if isinstance(source, bytes) else source.encode(), PATH)


def problems_of(source):
    with pytest.raises(Refused) as refused:
        read(source)
    return refused.value.problems


def outcome(data):
    try:
        return read(data), ()
    except Refused as refused:
        return (), refused.problems


def test_gaps_are_read_in_the_order_of_their_file():
    assert read(VALID) == (
        Gap(
            about="Route of the convoy",
            questions=("Which road does the convoy take?", "where do the lorries stop over"),
        ),
        Gap(about="Names of the drivers", questions=("Who drives?",)),
    )


@pytest.mark.parametrize("source", [b"", b"# nothing is open\n", b"gap = []\n"])
def test_a_file_without_gaps_holds_none(source):
    assert read(source) == ()


def test_a_gap_may_be_as_long_as_there_is_room_for():
    about, question = "a" * LONGEST_ABOUT, "q" * LONGEST_KNOWN
    (gap,) = read(f'[[gap]]\nabout = "{about}"\nquestions = ["{question}"]')
    assert (gap.about, gap.questions) == (about, (question,))


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ('about = "Names of the drivers"\n', "", 10, "about is missing", "fill it in"),
        ('about = "Names of the drivers"', 'about = " "', 11, "about is missing", "fill it in"),
        ('about = "Names of the drivers"', "about = 1", 11, "about must be text", ""),
        ("Names of the drivers", "a" * 81, 11, "about is longer than 80 characters", ""),
        ('questions = ["Who drives?"]\n', "", 10, "a gap needs questions", "questions = ["),
        ('["Who drives?"]', "[]", 12, "a gap needs questions", "questions = ["),
        ("where do the lorries", "where do the lorries" + "x" * 200, 5, "which is longer than 200 characters", ""),
        ('["Who drives?"]', '["Who drives?", "Who drives?"]', 12, "questions names something twice", ""),
        ("questions = [\n", "question = 1\nquestions = [\n", 5, "unknown key question", "did you mean questions?"),
        ("# What", "gapp = 1 #", 0, "unknown key gapp", "did you mean gap?"),
        ("[[gap]]", "[[gap]", 3, "is not TOML", ""),
        ("drivers", "dri\u202evers", 11, "holds the unseen character U+202E", "delete it"),
        ("drivers", "dri\\u202evers", 11, "about holds an unseen character", "delete it"),
        ("Who drives", "Who\\u202e drives", 12, "questions holds an unseen character", "delete it"),
    ],
)
def test_a_problem_is_named_with_its_line_and_how_to_mend_it(old, new, line, message, hint):
    assert old in VALID
    (problem,) = problems_of(VALID.replace(old, new, 1))
    assert message in problem.message
    assert (problem.path, problem.line) == (PATH, line)
    assert hint in problem.hint


def test_what_is_not_utf_8_is_refused_with_its_line():
    (problem,) = problems_of(VALID.encode().replace(b"Who", b"\xff"))
    assert (problem.path, problem.line, problem.message) == (PATH, 12, "is not UTF-8")


def test_questions_that_are_no_list_of_texts_are_refused():
    problems = problems_of(VALID.replace('["Who drives?"]', '"Who drives?"'))
    assert {problem.line for problem in problems} == {12}
    assert "questions must be a list of texts" in [problem.message for problem in problems]


def test_gaps_that_are_no_tables_are_refused():
    assert problems_of("gap = [1]")


def test_all_problems_of_a_file_are_named_together_in_order():
    broken = VALID.replace("Route of the convoy", "").replace("Who drives?", "").replace("Names", "N" * 80)
    broken = broken.replace("where do the lorries stop over", "Which road does the convoy take?")
    assert list(dict.fromkeys(problem.line for problem in problems_of(broken))) == [4, 5, 11, 12]


@st.composite
def damaged(draw):
    """The valid file with bytes cut, doubled or put in."""
    data = VALID.encode()
    for _ in range(draw(st.integers(1, 4))):
        at, to = sorted(draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        data = draw(
            st.sampled_from([data[:at], data[:at] + data[to:], data[:to] + data[at:], data[:at] + piece + data[at:]])
        )
    return data


@given(st.binary() | damaged())
@example(b"gap = " + b"[" * 20_000)
@example(b"gap = {}")
@example(b"[[gap]]\n" * 3)
@example(b"[[gap]]\nabout = 9" + b"9" * 5_000)
@example(b"[[gap]]\nabout = 2022-02-30")
def test_any_bytes_give_gaps_or_named_problems(data):
    found, problems = outcome(data)
    assert all(0 < len(gap.about.strip()) <= LONGEST_ABOUT and gap.questions for gap in found)
    assert all(0 < len(question) <= LONGEST_KNOWN for gap in found for question in gap.questions)
    assert all(problem.path == PATH and problem.message and problem.line >= 0 for problem in problems)


VALUES = ("1", '"x"', '""', "[]", "{}", '["x", ["y"]]', '["x", ""]', "[{}]", "true", "nan", "07:30:00", "9999-12-31")


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("key", ["about", "questions", "more"])
def test_any_kind_of_value_under_a_key_is_read_or_refused_on_its_line(key, value):
    rest = {"about": '"x"', "questions": '["x"]', key: value}
    found, problems = outcome(("[[gap]]\n" + "".join(f"{name} = {given}\n" for name, given in rest.items())).encode())
    assert bool(found) is not bool(problems)
    assert {problem.line for problem in problems} <= {2 + list(rest).index(key)}
