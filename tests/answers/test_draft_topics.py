"""Topics: a table of words that editors may change, validated when it is read; three at most, and any text and bytes."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers.draft.topics import MOST, Topic, packaged, parse, topics
from answers.errors import Refused

README = Path(__file__).parents[2] / "data" / "README.md"
VALID = """# a note
[topic."Floods"]
words = ["flood*", "high  water"]

[topic."Aid"]
words = ["aid", "relief"]
with = ["convoy*"]
"""
TABLE = parse(VALID.encode(), "topics.toml")


def problems_of(data):
    with pytest.raises(Refused) as refused:
        parse(data if isinstance(data, bytes) else data.encode(), "topics.toml")
    return refused.value.problems


def outcome(data):
    try:
        return parse(data, "topics.toml"), ()
    except Refused as refused:
        return (), refused.problems


def test_a_table_gives_its_topics_in_order():
    floods, aid = TABLE
    assert floods == Topic(title="Floods", words=("flood*", "high  water"))
    assert aid == Topic(title="Aid", words=("aid", "relief"), beside=("convoy*",))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The FLOODED road", ("Floods",)),
        ("High water came.", ("Floods",)),
        ("afloodplain", ()),
        ("Aid came.", ()),
        ("Aid and relief came by convoys through the flood.", ("Aid", "Floods")),
        ("", ()),
    ],
)
def test_the_words_of_a_topic_tell_of_it(text, titles):
    assert topics(text, TABLE) == titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("At least 30 people were killed.", "Casualties"),
        ("Thousands fled their homes.", "Evacuation and displacement"),
        ("The storm brought floods.", "Weather and disasters"),
        ("The EU imposed sanctions.", "Sanctions"),
        ("Hospitals are full of patients.", "Health"),
        ("Peace talks went on.", "Talks and diplomacy"),
        ("The troops are on heightened alert.", "Troops on alert"),
        ("It will deploy 300 soldiers.", "Troop deployments"),
    ],
)
def test_the_packaged_table_knows_the_matters_of_a_crisis(text, title):
    assert title in topics(text)


def test_every_topic_that_editors_are_told_of_is_packaged():
    listed = re.search(r"^Topics: (.+?)\.$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)[1]
    assert {one.strip() for one in listed.replace("\n", " ").split("·")} <= {topic.title for topic in packaged()}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('words = ["aid", "relief"]', "", 5, "needs words"),
        ('"relief"', '"*"', 5, "needs words"),
        ('words = ["aid", "relief"]', 'words = "aid"', 5, "must be a list of texts"),
        ("with =", "beside =", 5, "unknown key beside"),
        ('[topic."Aid"]', '[topics."Aid"]', 5, "unknown key topics"),
        ('[topic."Aid"]', f'[topic."{"A" * 70}"]', 5, "is no topic"),
        ("# a note", "# a\u202enote", 1, "unseen character"),
    ],
)
def test_a_problem_is_named_with_its_line(old, new, line, message):
    assert old in VALID
    problems = problems_of(VALID.replace(old, new))
    assert any(message in problem.message and problem.line == line for problem in problems)


@pytest.mark.parametrize("data", [b"[topic]\nA = 1", b"topic = 1", b"\xff", b"[", b'[topic." "]\nwords = ["a"]'])
def test_what_is_no_table_is_refused(data):
    assert problems_of(data)


@given(st.binary(max_size=300))
@example(VALID.encode())
@example(b'[topic.A]\nwords = ["((", "a**b", "\\\\"]')
def test_any_bytes_give_topics_or_named_problems(data):
    found, problems = outcome(data)
    assert all(problem.path == "topics.toml" and problem.message for problem in problems)
    assert set(topics("a (( b \\ a1b", found)) <= {topic.title for topic in found}


@given(st.text(max_size=300))
def test_any_text_gives_at_most_three_titles_of_the_table(text):
    found = topics(text)
    assert len(set(found)) == len(found) <= MOST
    assert set(found) <= {topic.title for topic in packaged()}


@pytest.mark.parametrize("piece", ["a", "killed ", "evacuat", "troops ", "already ", " "])
def test_a_long_text_is_read_in_time(piece):
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    topics(text)
    assert time.process_time() - started < 30  # seconds; what is not linear takes minutes
