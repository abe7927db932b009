"""Candidates: the best by terms and the nearest by meaning, each once, and none from after the day that is asked for."""

from datetime import date

import numpy as np
import pytest

from answers.compile import compile_into
from answers.factbase import FactBase
from answers.match.candidates import DAYS as AROUND
from answers.match.candidates import LATELY, MOST, candidates
from answers.match.headings import Headings
from answers.match.lexical import lexical_of
from answers.match.vectors import Vectors
from answers.sources import read

COUNT = 6 * MOST
DAYS = [date(2022, 2, 1 + at % 28) for at in range(COUNT)]
# Fact number n points n steps round a quarter of a circle: the nearest to the first axis are the first facts.
ANGLES = np.arange(COUNT) / COUNT * np.pi / 2
ROWS = np.rint(127 * np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)).astype(np.int8)
FIRST, LAST = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


@pytest.fixture(scope="module", params=["full text", "index"])
def base(request, tmp_path_factory, write_passages):
    """Facts of which every other speaks of zebras, the later the less of anything else."""
    tmp = tmp_path_factory.mktemp("candidates")
    lines = [
        {
            "id": f"p{at}",
            "outlet": "CNN",
            "date": DAYS[at].isoformat(),
            "text": ("Zebras" if at % 2 else "Tanks") + " grazed" * (1 + (COUNT - at) // 10) + ".",
        }
        for at in range(COUNT)
    ]
    file = write_passages(tmp / "p.jsonl", lines)
    few = COUNT if request.param == "full text" else 0
    opened = FactBase.open(compile_into(tmp / "built", read(file), few=few))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def find(base):
    """`find(terms, vector, as_of, today)`; without a vector it goes by terms alone."""
    lexical, vectors = lexical_of(base), Vectors(ROWS, Headings(COUNT, []))

    def find(terms, vector=None, as_of=None, today=None):
        return candidates(terms, vector, base, vectors, lexical, as_of, today)

    return find


def numbers(found):
    return [one.entry.number for one in found]


def test_without_a_vector_the_best_by_terms_are_found_and_have_no_cosine(base, find):
    found = find(["zebra"])
    assert len(found) == MOST
    assert {one.cosine for one in found} == {None}
    ranks = [one.entry.rank for one in found]
    assert ranks == sorted(ranks, reverse=True)
    assert min(ranks) > 0
    assert candidates(["zebra"], FIRST, base, None, lexical_of(base)) == found


def test_nothing_is_found_without_term_and_vector(find):
    assert find([]) == []


def test_without_terms_the_nearest_are_found_and_have_no_rank(find):
    found = find([], FIRST)
    assert numbers(found) == list(range(1, MOST + 1))
    assert {one.entry.rank for one in found} == {0}


def test_both_kinds_are_found_each_once_and_all_have_their_cosine(find):
    found = find(["zebra"], FIRST)
    assert len(set(numbers(found))) == len(found)
    by_terms, by_meaning = numbers(find(["zebra"])), numbers(find([], FIRST))
    assert numbers(found) == [*by_terms, *(number for number in by_meaning if number not in by_terms)]
    for one in found:
        assert one.cosine == pytest.approx(np.cos(ANGLES[one.entry.number - 1]), abs=0.02)
        assert (one.entry.rank > 0) == (one.entry.number in by_terms)


@pytest.mark.parametrize("vector", [None, FIRST, LAST])
@pytest.mark.parametrize("day", [date(2022, 1, 31), date(2022, 2, 1), date(2022, 2, 20), date(2022, 3, 1)])
def test_as_of_a_day_nothing_later_is_found_and_as_many_as_there_are(find, vector, day):
    found = find(["zebra"], vector, day)
    assert all(one.entry.published <= day for one in found)
    near = sorted(at for at in range(COUNT) if DAYS[at] <= day)
    if vector is not None:
        nearest = near[:MOST] if vector is FIRST else near[-MOST:]
        assert {at + 1 for at in nearest} <= set(numbers(found))


def test_withdrawn_facts_are_candidates_by_terms_and_by_meaning(tmp_path, write_folder):
    article = '+++\noutlet = "CNN"\npublished = 2022-02-02\n+++\nZebras watched.\n'
    fact = '[[fact]]\nid = "gone"\nquote = "Zebras watched."\nstatus = "retracted"\nwithdrawn = 2022-02-03\nnote = "Wrong."\n'
    folder = write_folder(tmp_path / "data", articles={"aaa": article}, facts={"aaa": fact})
    base = FactBase.open(compile_into(tmp_path / "built", read(folder)))
    for terms, vector in ((["zebra"], None), ([], FIRST)):
        (found,) = candidates(terms, vector, base, Vectors(ROWS[:1], Headings(1, [])), lexical_of(base))
        assert (found.entry.id, found.entry.status.withdrawn) == ("gone", True)
    base.close()


def test_of_a_large_base_the_nearest_of_those_days_are_found_too(base, find):
    today = date(2022, 2, 14)
    found = numbers(find([], FIRST, today=today))
    near = [at + 1 for at in range(COUNT) if abs((DAYS[at] - today).days) <= AROUND]
    late = [number for number in near if number > MOST][: LATELY - sum(number <= MOST for number in near)]
    assert found[:MOST] == list(range(1, MOST + 1))
    assert sorted(found[MOST:]) == ([] if base.searchable else late)


def test_what_was_published_later_is_not_found_among_the_latest(base, find):
    as_of = date(2022, 2, 13)
    found = find(["zebra"], FIRST, as_of, date(2022, 2, 14))
    assert found
    assert max(one.entry.published for one in found) <= as_of
