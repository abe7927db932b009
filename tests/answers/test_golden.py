"""Golden questions asked of two revisions: what changed of their answers, within the time that there is."""

import json
from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.errors import Refused
from answers.golden import MOST, questions_at, shifts, some
from answers.model import Shift
from answers.questions import Gold
from tests.answers.builders import TODAY, a_fact, a_withdrawn, holding

TRAINS, BIKES = "Locomotives arrive in Lviv.", "Bicycles arrive in Odesa."


def gold(text: str, **more) -> Gold:
    return Gold(id="x", text=text, **more)


@pytest.fixture
def both(tmp_path):
    """A revision with trains and bicycles, and one in which the bicycles were withdrawn."""
    trains, bikes = a_fact(TRAINS, "trains"), a_fact(BIKES, "bikes", questions=("Which bicycles arrive?",))
    gone = a_withdrawn(BIKES, "bikes", questions=("Which bicycles arrive?",))
    with holding(tmp_path / "a", trains, bikes) as before, holding(tmp_path / "b", trains, gone) as after:
        yield before, after


def test_only_what_gets_another_answer_is_told(both):
    asked = [gold("Which bicycles arrive?"), gold("hello"), gold("what about locomotives in Lviv?"), gold("")]
    told = shifts(asked, *both, TODAY, lambda: False)
    assert (told.golden, told.asked) == (4, 4)
    assert told.shifts == (
        Shift(question="Which bicycles arrive?", before=("found", "bikes"), after=("withdrawn", "bikes")),
    )


def test_two_of_the_same_differ_in_nothing(both):
    before, _ = both
    assert shifts([gold("Which bicycles arrive?")], before, before, TODAY, lambda: False).shifts == ()


def test_what_was_asked_before_and_its_own_day_are_told_to_the_question(both):
    one = gold("and in Odesa?", earlier=("Which bicycles arrive?",), day=date(2022, 2, 2))
    assert shifts([one], *both, TODAY, lambda: False).asked == 1


def test_when_time_is_up_the_rest_is_not_asked(both):
    ticks = count()
    told = shifts([gold(f"what about {n} bicycles?") for n in range(9)], *both, TODAY, lambda: next(ticks) >= 3)
    assert (told.golden, told.asked) == (9, 3)


@given(st.integers(0, 3 * MOST), st.integers(1, MOST))
def test_some_are_taken_from_everywhere_in_their_order(length, most):
    taken = some(list(range(length)), most)
    assert len(taken) == min(length, most)
    assert taken == sorted(set(taken))
    if length >= 2 * most > 2:
        assert taken[-1] >= length - 2 * length / most


def test_a_file_or_the_files_of_a_folder_are_read_and_nothing_is_nothing(tmp_path):
    (tmp_path / "b.jsonl").write_text(json.dumps({"question": "second?"}), encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"question": "first?"}), encoding="utf-8")
    (tmp_path / "README.md").write_text("no question", encoding="utf-8")
    assert [one.text for one in questions_at(tmp_path)] == ["first?", "second?"]
    assert [one.text for one in questions_at(tmp_path / "b.jsonl")] == ["second?"]
    assert questions_at(tmp_path / "none") == questions_at(tmp_path / "none.jsonl") == ()
    (tmp_path / "c.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(Refused):
        questions_at(tmp_path)
