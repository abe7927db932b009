"""An editor's word on a draft: what lets it out, what does not, and that nothing else in its file changes."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import reviewing
from answers.errors import NoSuchFact, Refused
from answers.model import Status
from answers.reviewing import Paper, around, waiting
from tests.answers.builders import a_fact, an_article

TEXT = "The river rose. Mayor Ann Lee said 300 people had left. “We are safe,” she said.\n\nNobody was hurt.\n"
FILE = """# A flood.

[[fact]]
id = "river-rose"   # easy
quote = "The river rose."
status = "draft"
drawn = { speaker = "00000000" }

[[fact]]
id = "three-hundred-left"
quote = "Mayor Ann Lee said 300 people had left."
speaker = "Ann Lee"
role = "Mayor"
known = "cue"
status = "draft"
doubts = ["names.toml does not know Ann Lee."]

[[fact]]
id = "we-are-safe"
quote = "“We are safe,” she said."
speaker = "Ann Lee"
role = "Mayor"
known = "inherited"
status = "draft"
doubts = ["The speaker Ann Lee was carried over from the words before."]

[[fact]]
id = "nobody-hurt"
quote = "Nobody was hurt."
status = "published"
"""


def paper(text=FILE, **given_):
    return Paper(article=an_article(TEXT, **given_), text=text)


def after(text):
    return {fact["id"]: fact for fact in tomllib.loads(text)["fact"]}


def test_the_worst_doubts_come_first_and_what_is_published_never():
    assert [fact.id for fact in waiting(paper())] == ["we-are-safe", "three-hundred-left", "river-rose"]


def test_words_in_quotation_marks_that_nobody_says_are_the_worst():
    orphan = FILE.replace('speaker = "Ann Lee"\nrole = "Mayor"\nknown = "inherited"\n', "")
    assert waiting(paper(orphan))[0].id == "we-are-safe"


def test_a_draft_is_let_out_and_loses_its_doubts():
    out = reviewing.publish(paper(), "three-hundred-left")
    assert after(out)["three-hundred-left"]["status"] == "published"
    assert out == FILE.replace(
        'known = "cue"\nstatus = "draft"\ndoubts = ["names.toml does not know Ann Lee."]\n',
        'known = "cue"\nstatus = "published"\n',
    )


@pytest.mark.parametrize("confirmed", ["", "Bo Lee"])
def test_a_speaker_who_does_not_stand_there_must_be_confirmed_by_name(confirmed):
    with pytest.raises(Refused, match=r"does not stand beside the words \(confirm that Ann Lee is on record"):
        reviewing.publish(paper(), "we-are-safe", confirmed=confirmed)
    assert after(reviewing.publish(paper(), "we-are-safe", confirmed="Ann Lee"))["we-are-safe"]["status"] == "published"


@pytest.mark.parametrize("lacking", [{"published": None}, {"outlet": ""}])
def test_nothing_of_an_article_is_let_out_before_its_outlet_and_day_are_known(lacking):
    (key,) = lacking
    with pytest.raises(Refused, match=rf"{key} is not known \(fill it in"):
        reviewing.publish(paper(**lacking), "river-rose")


def test_what_is_refused_stays_in_the_file_and_never_waits_again():
    out = reviewing.reject(paper(), "river-rose")
    assert after(out)["river-rose"] == {"id": "river-rose", "quote": "The river rose.", "status": "rejected"}
    assert "river-rose" not in {fact.id for fact in waiting(paper(out))}
    assert Status.REJECTED.reviewed is False


@pytest.mark.parametrize("decision", [reviewing.publish, reviewing.reject])
def test_what_somebody_else_decided_is_not_decided_again(decision):
    with pytest.raises(Refused, match="nobody-hurt is published, no draft any more"):
        decision(paper(), "nobody-hurt")
    with pytest.raises(NoSuchFact, match="has no fact nobody"):
        decision(paper(), "nobody")


@pytest.mark.parametrize(
    ("field", "words", "expected"),
    [
        ("speaker", "Bo Ray, chief", {"speaker": "Bo Ray", "role": "chief", "known": "inferred"}),
        ("speaker", "Lee", {"speaker": "Lee", "role": "", "known": "cue"}),
        ("speaker", "", {"speaker": "", "role": "", "known": "none"}),
        ("claim", "300 people left, says Mayor", {"claim": "300-people-left-says-mayor"}),
        ("claim", "", {"claim": ""}),
        ("questions", "How many left?\n\n Who says so? ", {"questions": ["How many left?", "Who says so?"]}),
        ("questions", "", {"questions": []}),
    ],
)
def test_a_field_is_changed_to_what_the_editor_typed(field, words, expected):
    found = after(reviewing.edit(paper(), "three-hundred-left", field, words))["three-hundred-left"]
    assert {key: found[key] for key in expected} == expected


def test_questions_are_added_to_those_that_are_there():
    once = reviewing.edit(paper(), "river-rose", "questions", "Did the river rise?")
    twice = reviewing.edit(paper(once), "river-rose", "questions", "+ Is there a flood?\n+Did the river rise?")
    assert after(twice)["river-rose"]["questions"] == ["Did the river rise?", "Is there a flood?"]


@pytest.mark.parametrize("words", ["x" * 501, "a\u202eb"])
def test_what_cannot_stand_in_a_field_is_refused(words):
    with pytest.raises(Refused):
        reviewing.edit(paper(), "river-rose", "speaker", words)


@given(words=st.text(), field=st.sampled_from(sorted(reviewing.EDITS)))
def test_whatever_is_typed_leaves_a_good_file_or_the_old_one(words, field):
    try:
        out = reviewing.edit(paper(), "river-rose", field, words)
    except Refused:
        return
    others = {id_: fact for id_, fact in after(out).items() if id_ != "river-rose"}
    assert others == {id_: fact for id_, fact in after(FILE).items() if id_ != "river-rose"}
    assert Paper(article=an_article(TEXT), text=out).fact("river-rose").status is Status.DRAFT


def test_a_passage_is_shown_in_its_paragraph_and_no_further():
    fact = a_fact("Mayor Ann Lee said 300 people had left.", of=an_article(TEXT))
    assert around(fact) == ("The river rose. ", " “We are safe,” she said.")
    assert around(a_fact("Nobody was hurt.", of=an_article(TEXT))) == ("", "")


@given(before=st.text("ab ", max_size=60), after_=st.text("ab ", max_size=60), most=st.integers(1, 40))
def test_what_is_shown_around_is_short_and_whole_words(before, after_, most):
    text = f"{before} Words here. {after_}"
    led, followed = around(a_fact("Words here.", of=an_article(text)), most)
    assert len(led) <= most + 2
    assert len(followed) <= most + 2
    assert (before + " ").endswith(led.removeprefix("…").lstrip(" "))
    assert (" " + after_).startswith(followed.removesuffix("…").rstrip(" "))


def test_an_article_that_lacks_its_day_can_be_reviewed_all_the_same():
    assert waiting(paper(published=None))
