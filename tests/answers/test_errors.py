import pytest

from answers.errors import FactBaseDamaged, NoSuchFact, NotInArticle, OnTheRecordError, Problem, Refused


def test_a_problem_reads_as_place_message_and_hint():
    assert str(Problem(path="a.md", line=3, message="is wrong", hint="mend it")) == "a.md:3: is wrong (mend it)"


def test_a_problem_of_a_whole_file_has_no_line():
    assert str(Problem(path="a.md", line=0, message="is wrong")) == "a.md: is wrong"


def test_refused_holds_its_problems_in_order_of_place():
    last, first = Problem(path="b", line=1, message="y"), Problem(path="a", line=9, message="x")
    error = Refused([last, first])
    assert error.problems == (first, last)
    assert str(error) == "a:9: x\nb:1: y"


@pytest.mark.parametrize("error", [Refused([]), NotInArticle("a", "b"), FactBaseDamaged("x"), NoSuchFact("x")])
def test_every_error_of_the_inside_can_be_caught_by_one_name(error):
    with pytest.raises(OnTheRecordError):
        raise error
