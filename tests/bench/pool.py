"""The passages and questions that a run is about, as files in its folder: the facts of the sets, then variants of them.

Without sets the facts are those of the seed base, and no right answers are known.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np

from answers.model import Fact
from answers.questions import Gold, read_questions
from answers.sources import read
from tests.bench.variants import Passage, Splicer

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = date(2026, 11, 22)
SETS = ("news_quiz_2020_2021", "crisis_faq", "typing_noise_a")
ASKED = SETS[:2]
EACH = 300
"""Questions asked of each set: the standard error of a share of one half is then 2.9 points, of both sets together 2."""

SEED_QUESTIONS = (
    "are US troops going to fight in Ukraine?",
    "how many soldiers are going to Poland?",
    "what is operation unifier?",
    "are us trops going to fihgt in ukriane",
    "will American forces be sent to Taiwan?",
    "who won the chess championship?",
)


def facts_of(sets: Path | None) -> list[Passage]:
    """The facts that variants are made of, in their order. Ids of two sets can be the same: the set stands before them."""
    if sets is None:
        return [_seed(number, fact.quote.text) for number, fact in enumerate(_seed_facts())]
    return [passage for name in SETS for passage in _of_set(sets / name / "facts.jsonl", name)]


def _seed_facts() -> Iterator[Fact]:
    return (fact for _, facts in read(ROOT / "data").articles for fact in facts)


def _seed(number: int, text: str) -> Passage:
    return {"id": f"seed:{number}", "title": "", "outlet": "Seed", "date": "2022-02-02", "text": text}


def _of_set(file: Path, name: str) -> Iterator[Passage]:
    for line in file.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        article = told.get("article_id") or told["id"]
        kept = {key: told.get(key) or "" for key in ("title", "outlet", "date", "text")}
        yield {"id": f"{name}:{told['id']}", "article_id": f"{name}:{article}", **kept}


def questions_of(sets: Path | None) -> list[Gold]:
    """The questions of a run, mixed: the same ones in the same order every time, so that the first n are a sample, too."""
    if sets is None:
        return [Gold(id=f"seed:{at}", text=text) for at, text in enumerate(SEED_QUESTIONS)]
    chosen = [question for name in ASKED for question in _sample(sets / name / "questions.jsonl", name)]
    Random(2).shuffle(chosen)
    return chosen


def _sample(file: Path, name: str) -> list[Gold]:
    """Answerable ones of the second half, in file order: weights and thresholds were chosen on the first."""
    every = read_questions(file)
    second = [question for question in every[len(every) // 2 :] if question.answerable]
    return [
        replace(one, id=f"{name}:{one.id}", facts=frozenset(f"{name}:{fact}" for fact in one.facts), kind=name)
        for one in Random(1).sample(second, min(EACH, len(second)))
    ]


def key_of(text: str) -> int:
    """What a text is found by among a million: a collision of 64 bits is not to be expected."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def encoded_text(passage: Passage) -> str:
    """As `answers.match.vectorfile.passage_text` has it."""
    return f"{passage['title']}. {passage['text']}" if passage["title"] else passage["text"]


def write_pool(sets: Path | None, folder: Path, size: int) -> None:
    """The passages of a size, and of each variant's texts the facts that it is spliced of (`Origins`)."""
    facts = facts_of(sets)
    splicer = Splicer(facts)
    keys, origins = [], []
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "pool.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(fact) + "\n" for fact in facts)
        for passage, of in islice(map(splicer.variant, range(size)), max(0, size - len(facts))):
            out.write(json.dumps(passage) + "\n")
            for kind, text in texts_of(passage):
                keys.append(key_of(text))
                origins.append((kind, *(of.title if kind == TITLE else of.text)))
    np.savez(folder / "origins.npz", keys=np.array(keys, np.uint64), origins=np.array(origins, np.int16))


PLAIN, TITLED, TITLE = range(3)
"""Kinds of texts that are encoded: a passage without a title, one led by its title, and a title alone."""


def texts_of(passage: Passage) -> list[tuple[int, str]]:
    """What is encoded for a passage, each with its kind."""
    own = (TITLED if passage["title"] else PLAIN, encoded_text(passage))
    return [own, (TITLE, passage["title"])] if passage["title"] else [own]
