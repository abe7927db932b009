"""The gate: what the golden questions must not do. `make golden` prints the figures."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from answers import asking
from answers.desk import Shelf
from answers.model import Found

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data"
TODAY = date(2022, 2, 10)
MODEL = Path(sys.prefix) / "share" / "on-the-record" / "multilingual-e5-small"


def lines(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    from answers.encode.onnx import OnnxEncoder

    encoder = OnnxEncoder.open(MODEL)  # make setup makes it: where it is missing, the gate must not pass unseen
    made = Shelf(folder=tmp_path_factory.mktemp("golden"), encoder=encoder).build(DATA)
    yield made
    made.base.close()


def answer(snapshot, line):
    earlier = tuple(line.get("history") or ())
    return asking.answer(snapshot.base, snapshot.matcher, line["question"], today=TODAY, earlier=earlier)


def test_no_near_miss_is_found(snapshot):
    assert [line["id"] for line in lines("declined") if isinstance(answer(snapshot, line), Found)] == []


def test_most_answerable_questions_have_a_right_passage_first(snapshot):
    asked = [line for line in lines("answerable") if line["outcome"] == "found"]
    ranked = [(line, answer(snapshot, line).ranking) for line in asked]
    right = sum(bool(ranking) and ranking[0].fact.id in line["facts"] for line, ranking in ranked)
    assert right >= 0.8 * len(asked)
