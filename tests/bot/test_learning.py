"""Learning the weights of the ranker from sets of questions, into a file of the form that is read."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from answers.desk import Desk, Shelf
from answers.fit import NothingToLearn
from answers.match.rank import Ranker, Weights
from answers.questions import Gold
from answers.render import Renderer
from bot.learning import PACKAGED, learn
from tests.answers.builders import TEMPLATES, a_fact, write_data

TODAY = date(2022, 2, 10)
SAID = ("Ferries leave Varna on Monday.", "Some 300 bicycles reach Odesa.", "Locomotives arrive in Lviv.")
QUESTIONS = (
    Gold(id="1", text="when do ferries leave varna", facts=frozenset({"fact-0"})),
    Gold(id="2", text="how many bicycles reach odesa", facts=frozenset({"fact-1"})),
    Gold(id="3", text="and lviv", facts=frozenset({"fact-2"}), earlier=("where do locomotives arrive",)),
    Gold(id="4", text="who won the chess tournament of ferries", facts=frozenset()),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    facts = [a_fact(text, f"fact-{at}") for at, text in enumerate(SAID)]
    snapshot = Shelf(folder=tmp_path / "state").build(write_data(tmp_path / "data", facts))
    yield Desk(snapshot, Renderer(TEMPLATES))
    snapshot.base.close()


def test_what_is_learned_is_a_ranker_with_an_encoder_and_one_without(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    told = learn([("harbour", desk, QUESTIONS)], TODAY, file)
    assert told.startswith("learned from 4 questions")
    learned = json.loads(file.read_text(encoding="utf-8"))
    packaged = json.loads(PACKAGED.read_text(encoding="utf-8"))
    assert learned["made_by"] == "python -m bot evaluate --fit harbour"
    assert learned.keys() == packaged.keys()
    for part in ("dense", "lexical"):
        ranker = Ranker(**{name: Weights(**weights) for name, weights in learned[part].items()})
        assert ranker.order.weights.keys() == packaged[part]["order"]["weights"].keys()


def test_where_nothing_can_be_learned_the_file_is_left_as_it_was(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(NothingToLearn, match="harbour"):
        learn([("harbour", desk, QUESTIONS[3:])], TODAY, file)
    assert file.read_text(encoding="utf-8") == "{}"
