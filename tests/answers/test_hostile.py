"""Hostile and broken files are refused with the file named, nothing is half applied; genuine text of any language is taken.

`make test` tries three files of each class, `make fuzz` 1,500 in all: `HOSTILE=1500`.
"""

import os
from datetime import date
from random import Random

import pytest

from bot.checking import check
from tests.answers.builders import TEMPLATES
from tests.answers.hostile import CLASSES, GENUINE, genuine

TODAY = date(2026, 11, 22)
EACH = -(-int(os.environ.get("HOSTILE", "102")) // len(CLASSES))


@pytest.fixture
def checked(tmp_path, write_folder):
    def checked(pair):
        article, facts = pair
        folder = write_folder(tmp_path / "data", articles={"aaa": article}, facts={"aaa": facts})
        return check(folder, TEMPLATES, tmp_path / "compiled", TODAY)

    return checked


@pytest.mark.parametrize("number", range(EACH))
@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_a_hostile_file_is_refused_with_the_file_and_the_reason(kind, number, checked, tmp_path):
    problems, covered = checked(kind(Random(f"{kind.__name__} {number}")))
    assert problems
    for problem in problems:
        assert problem.path in {"articles/aaa.md", "facts/aaa.toml"}
        assert problem.message
        assert all(character.isprintable() for character in problem.path)
    assert covered is None or kind.__name__ == "future_day"


@pytest.mark.parametrize(("outlet", "text"), GENUINE.values(), ids=GENUINE)
def test_genuine_text_is_taken(outlet, text, checked):
    problems, covered = checked(genuine(outlet, text))
    assert problems == []
    assert covered.facts == 1
