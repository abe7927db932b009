import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from answers.errors import Refused
from answers.questions import MOST_PROBLEMS, Gold, mistyped, read_questions
from tests.answers.builders import any_text


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """`read(line, …)`: the questions of a file of these lines, each an object or the text of a line."""
    file = tmp_path_factory.mktemp("questions") / "q.jsonl"

    def reading(*lines):
        told = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        file.write_text("\n".join(told), encoding="utf-8")
        return read_questions(file)

    return reading


def test_a_line_of_a_development_set_is_read(read):
    [question] = read(
        {
            "id": "q1",
            "question": "who?",
            "answers": ["x"],
            "context_id": "a",
            "context_ids": ["a", "b"],
            "answerable": True,
            "variant": "crowd",
            "lang": "de",
            "date": "2020-01-03",
        }
    )
    assert question == Gold(
        id="q1",
        text="who?",
        line=1,
        facts=frozenset("ab"),
        kind="crowd",
        language="de",
        day=date(2020, 1, 3),
    )


def test_a_golden_line_is_read(read):
    asked, declined = read(
        {"question": "and in Poland?", "facts": ["a"], "outcome": "found", "history": ["troops in Romania?"]},
        {"question": "and in Mars?", "outcome": "unknown", "kind": "near"},
    )
    assert (asked.facts, asked.outcome, asked.earlier) == (frozenset("a"), "found", ("troops in Romania?",))
    assert (declined.answerable, declined.outcome, declined.kind, declined.id) == (False, "unknown", "near", "2")


@pytest.mark.parametrize(
    ("told", "facts"),
    [
        ({"context_id": "a"}, "a"),
        ({"context_id": None}, ""),
        ({"context_ids": ["a"], "answerable": False}, ""),
        ({"facts": ["a"], "outcome": "closest"}, ""),
        ({"facts": ["a"], "outcome": "withdrawn"}, "a"),
        ({}, ""),
    ],
)
def test_only_an_answerable_question_has_facts(read, told, facts):
    [question] = read({"question": "who?", **told})
    assert question.facts == frozenset(facts)
    assert question.answerable is bool(facts)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("no json", "Expecting value"),
        ("[" * 100_000, "nested"),
        ([1], "not an object"),
        ({}, "question must be text"),
        ({"question": "q", "facts": "a"}, "facts must be a list of texts"),
        ({"question": "q", "history": [1]}, "history must be a list of texts"),
        ({"question": "q", "answerable": True}, "names no fact"),
        ({"question": "q", "answerable": "yes"}, "true or false"),
        ({"question": "q", "outcome": "perhaps"}, "outcome must be one of found, closest"),
        ({"question": "q", "outcome": "found"}, "names no fact"),
        ({"question": "q", "date": "2020-04"}, "date must be a day"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_its_place(read, line, why):
    with pytest.raises(Refused, match=why) as refused:
        read({"question": "good"}, line)
    assert [(problem.path, problem.line) for problem in refused.value.problems] == [("q.jsonl", 2)]


def test_every_problem_is_named_up_to_a_limit(read):
    with pytest.raises(Refused) as refused:
        read(*[{}] * 7)
    assert [problem.line for problem in refused.value.problems] == [*range(1, 8)]
    with pytest.raises(Refused, match="and 5 more") as refused:
        read(*[{}] * (MOST_PROBLEMS + 5))
    assert len(refused.value.problems) == MOST_PROBLEMS + 1


def test_a_file_without_questions_or_none_at_all_is_refused(read, tmp_path):
    with pytest.raises(Refused, match="holds no question"):
        read("", " ")
    with pytest.raises(Refused, match="cannot be read"):
        read_questions(tmp_path / "nothing.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"question": "caf\xe9"}')
    with pytest.raises(Refused, match="cannot be read"):
        read_questions(tmp_path / "latin.jsonl")


@given(st.lists(any_text(min_size=0), min_size=1, max_size=5), st.booleans())
def test_what_was_written_is_what_is_read(tmp_path_factory, texts, ascii_only):
    file = tmp_path_factory.mktemp("any") / "q.jsonl"
    lines = [json.dumps({"question": text, "facts": [text]}, ensure_ascii=ascii_only) for text in texts]
    file.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    assert [(question.text, question.facts) for question in read_questions(file)] == [(t, {t}) for t in texts]


QUESTIONS = any_text() | st.sampled_from(
    [
        "will American troops fight in Ukraine?",
        "ARE THEY",
        "Wie viele Soldaten?",
        "сколько солдат в Польше?",
        "aaaa",
        "",
    ]
)


@given(QUESTIONS, st.integers(0, 5))
def test_each_slip_is_at_most_one_edit_of_a_long_word_and_always_the_same(text, slips):
    question = Gold(id="q", text=text, facts=frozenset("a"), earlier=("before",))
    typed = mistyped(question, slips)
    long = sum(len(word) >= 4 for word in _words(text))
    made = OSA.distance(text, typed.text)
    assert min(slips, long, 1) <= made <= min(slips, long)  # two slips can look like one: "abcd dfgh", "abc ddfgh"
    assert mistyped(question, slips) == typed
    assert (typed.id, typed.facts, typed.earlier) == (question.id, question.facts, question.earlier)


@given(QUESTIONS, st.integers(1, 5))
def test_a_short_word_is_never_mistyped(text, slips):
    typed = mistyped(Gold(id="q", text=text), slips).text
    short = [word for word in _words(text) if len(word) < 3]
    assert [word for word in _words(typed) if len(word) < 3] == short


def test_the_kinds_of_slip_are_swap_drop_double_and_neighbour_key():
    typed = {mistyped(Gold(id=str(number), text="fight"), 1).text for number in range(400)}
    assert {"ifght", "fght", "ffight", "gight", "fighr"} <= typed
    assert not {"fight", "zight", "pight"} & typed


def _words(text):
    return re.findall(r"[^\W\d_]+", text)
