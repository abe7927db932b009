"""`evaluate --fit`: the weights of the ranker learned anew from labelled questions and written where they are read."""

import json
from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path

from answers.desk import Desk
from answers.fit import Example, Labelled, examples, fit
from answers.match.lexical import lexical_of
from answers.match.matcher import Matcher
from answers.match.turns import resolve
from answers.questions import Gold

PACKAGED = Path(str(resources.files("answers.match") / "weights.json"))


def learn(sets: Sequence[tuple[str, Desk, Sequence[Gold]]], today: date, file: Path = PACKAGED) -> str:
    """Fit both sets of weights, with the encoder and without, and write them; what was done, in words.

    `today` is the day of asking where a set tells none. Raises `NothingToLearn`; the file is then left as it was.
    """
    learned: dict[str, object] = {"made_by": "python -m bot evaluate --fit " + " ".join(name for name, _, _ in sets)}
    for dense in (True, False):
        found = {name: _examples(desk, golds, today, dense=dense) for name, desk, golds in sets}
        learned["dense" if dense else "lexical"] = fit(found, dense=dense)
    file.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")
    return f"learned from {sum(len(golds) for _, _, golds in sets)} questions; the weights count from the next run on"


def _examples(desk: Desk, golds: Sequence[Gold], today: date, *, dense: bool) -> list[Example]:
    snapshot = desk.snapshot
    matcher = snapshot.matcher if dense else Matcher(snapshot.base, lexical_of(snapshot.base))
    names = snapshot.base.gazetteer
    labelled = [
        Labelled(text=resolve(gold.text, gold.earlier, names), right=frozenset(gold.facts), asked_on=gold.day)
        for gold in golds
    ]
    return list(examples(matcher, labelled, today))
