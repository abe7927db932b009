"""The golden questions are what their README says: well formed, as many as promised, and not those that an editor wrote.

It must not know how a question is matched: nothing here is asked of the bot.
"""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from answers.questions import read_questions

HERE = Path(__file__).parent
FACTS = [
    fact
    for file in sorted((HERE.parents[1] / "data" / "facts").glob("*.toml"))
    for fact in tomllib.loads(file.read_text(encoding="utf-8"))["fact"]
]
GAPS = tomllib.loads((HERE.parents[1] / "data" / "gaps.toml").read_text(encoding="utf-8"))["gap"]
PUBLISHED = {fact["id"] for fact in FACTS if fact["status"] == "published"}
OTHER_LANGUAGES = ("uk", "ru", "pl", "ro", "de", "fr")
KINDS = set("who how_many when where why yes_no quote what which multi compare follow_up presumes".split())
NEAR = set("place person organisation number actor outlet negation direction time not_on_record".split())
FAR = {"off_topic", "small_talk", "personal", "safety"}


def lines_of(name):
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def words_of(text):
    return re.findall(r"\w+", text.casefold())


ANSWERABLE, DECLINED = lines_of("answerable"), lines_of("declined")
NEAR_MISSES = [line for line in DECLINED if line["near"]]
ALL = [*ANSWERABLE, *DECLINED]


def counted(lines, key):
    return Counter(line.get(key) for line in lines)


@pytest.mark.parametrize(("name", "letter"), [("answerable", "a"), ("declined", "d")])
def test_the_ids_count_the_lines_and_the_command_reads_them(name, letter):
    lines = lines_of(name)
    assert [line["id"] for line in lines] == [f"{letter}{number:03d}" for number in range(1, len(lines) + 1)]
    assert len(read_questions(HERE / f"{name}.jsonl")) == len(lines)


def test_no_question_is_asked_twice():
    asked = Counter((*map(str.casefold, line.get("history", ())), " ".join(words_of(line["question"]))) for line in ALL)
    assert [question for question, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("line", ALL, ids=lambda line: line["id"])
def test_a_line_has_what_every_line_has(line):
    assert 0 < len(line["question"]) <= 300
    assert line["language"] in {"en", *OTHER_LANGUAGES}
    assert line["kind"] in KINDS
    assert (line["kind"] == "follow_up") is bool(line.get("history"))
    assert line.get("typo", True) is True


@pytest.mark.parametrize("line", ANSWERABLE, ids=lambda line: line["id"])
def test_an_answerable_line_names_published_facts(line):
    assert line["facts"]
    assert set(line["facts"]) <= PUBLISHED
    assert len(set(line["facts"])) == len(line["facts"])
    assert line["outcome"] in {"found", "closest"}
    assert (line["kind"] in {"multi", "compare"}) is ("parts" in line)
    assert {fact for part in line.get("parts", [line["facts"]]) for fact in part} == set(line["facts"])


@pytest.mark.parametrize("line", DECLINED, ids=lambda line: line["id"])
def test_a_declined_line_says_why_and_what_it_is_near_to(line):
    assert line["why"] in (NEAR if line["near"] else FAR)
    assert line["near"] in {"", *PUBLISHED}
    assert "facts" not in line


@pytest.mark.parametrize("line", ALL, ids=lambda line: line["id"])
def test_a_question_is_no_known_question_nor_one_with_a_single_other_word(line):
    asked = words_of(line["question"])
    known = [question for one in (*FACTS, *GAPS) for question in one["questions"]]
    assert [question for question in known if Levenshtein.distance(words_of(question), asked) < 2] == []


def test_there_are_as_many_as_the_readme_promises():
    assert counted(ANSWERABLE, "outcome")["found"] >= 120
    assert len(DECLINED) >= 140
    assert len(NEAR_MISSES) >= 110
    assert len(DECLINED) - len(NEAR_MISSES) >= 30
    kinds = counted(ANSWERABLE, "kind")
    least = {"follow_up": 10, "multi": 8, "compare": 6, "presumes": 6}
    assert {kind: kinds[kind] for kind in KINDS if kinds[kind] < least.get(kind, 5)} == {}


def test_other_languages_and_slips_are_there():
    answerable, near = counted(ANSWERABLE, "language"), counted(NEAR_MISSES, "language")
    assert min(answerable[language] for language in OTHER_LANGUAGES) >= 4
    assert sum(near[language] for language in OTHER_LANGUAGES) >= 15
    assert min(counted(ANSWERABLE, "typo")[True], counted(NEAR_MISSES, "typo")[True]) >= 15


def test_every_published_fact_is_asked_for_and_nearly_asked_for():
    assert {fact for line in ANSWERABLE for fact in line["facts"]} == PUBLISHED
    assert {line["near"] for line in NEAR_MISSES} == PUBLISHED
    assert {line["why"] for line in NEAR_MISSES} == NEAR


@pytest.mark.parametrize("lines", [ANSWERABLE, DECLINED], ids=["answerable", "declined"])
@pytest.mark.parametrize("key", ["kind", "why", "language", "typo"])
def test_odd_and_even_ids_are_alike(lines, key):
    odd, even = counted(lines[::2], key), counted(lines[1::2], key)
    assert {value: (odd[value], even[value]) for value in odd | even if abs(odd[value] - even[value]) > 3} == {}
