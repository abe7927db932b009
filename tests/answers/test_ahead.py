"""Days that lie ahead are named with their file and line; tomorrow is today somewhere."""

import json
from datetime import date, timedelta

import pytest

from answers.ahead import ahead

ARTICLE = '+++\noutlet = "CNN"\npublished = 2022-02-02\nretrieved = 2022-02-03\n+++\nOne thing.\n'
GONE = '[[fact]]\nid = "gone"\nquote = "One thing."\nstatus = "retracted"\nwithdrawn = 2022-02-05\nnote = "No."\n'


@pytest.fixture
def problems(tmp_path, write_folder, open_base):
    folder = write_folder(tmp_path / "data", articles={"aaa": ARTICLE}, facts={"aaa": GONE})
    return lambda today: [str(problem) for problem in ahead(open_base(folder), folder, today)]


def test_every_day_that_lies_ahead_is_named_with_its_line(problems):
    assert problems(date(2022, 1, 30)) == [
        "articles/aaa.md:3: published is 2022-02-02, which lies ahead (write the day on which it came out)",
        "articles/aaa.md:4: retrieved is 2022-02-03, which lies ahead (write the day on which it came out)",
        "facts/aaa.toml:2: withdrawn is 2022-02-05, which lies ahead",
    ]


@pytest.mark.parametrize(("after", "left"), [(0, 1), (1, 1), (2, 0), (400, 0)])
def test_where_it_is_tomorrow_already_nothing_lies_ahead(problems, after, left):
    assert len(problems(date(2022, 2, 2) + timedelta(days=after))) == left


def test_a_passage_that_lies_ahead_is_named_by_its_article(tmp_path, open_base):
    file = tmp_path / "facts.jsonl"
    file.write_text(json.dumps({"id": "a", "outlet": "CNN", "date": "2030-01-01", "text": "Words."}) + "\n")
    (problem,) = ahead(open_base(file), file, date(2022, 1, 1))
    assert str(problem) == "facts.jsonl: a is dated 2030-01-01, which lies ahead"
