"""What ends the life of a fact: what may be done, what is written, in which order, and that nothing else changes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.across import CORRECTIONS
from answers.errors import Refused
from answers.folder import files_of, gather
from answers.life import MOST_CANDIDATES, Order, candidates, published, withdraw
from answers.model import Status
from tests.answers.builders import DAY, TODAY, a_fact, a_withdrawn, an_article, write_data

FIRST = an_article("Troops will deploy. They are few. Nobody spoke. Rain fell.", "first-article")
LATER = an_article("Troops deployed. They are many.", "later-article", published=date(2022, 2, 5))
UNDATED = "undated-article"
FACTS = (
    a_fact("Troops will deploy.", "will-deploy", of=FIRST, claim="deploy", names=("Poland", "Germany")),
    a_fact("They are few.", "are-few", of=FIRST),
    a_withdrawn("Nobody spoke.", "nobody-spoke", of=FIRST),
    a_fact("Rain fell.", "rain-fell", of=FIRST, status=Status.REJECTED),
    a_fact(
        "Troops deployed.", "deployed", of=LATER, status=Status.DRAFT, claim="deployed", names=("Poland", "Germany")
    ),
    a_fact("They are many.", "are-many", of=LATER, claim="deploy"),
)
GONE, BY = "will-deploy", "deployed"


@pytest.fixture
def files(tmp_path):
    return files_of(write_data(tmp_path / "data", FACTS))[0]


def order(act=Status.CORRECTED, fact=GONE, **given):
    return Order(**{"act": act, "fact": fact, "on": TODAY, "reason": "It was wrong.", **given})


def after(files, done, upto=None):
    return {**files, **{edit.path: edit.text.encode() for edit in done.edits[:upto]}}


def said(files, asked):
    with pytest.raises(Refused) as refused:
        withdraw(files, asked)
    return str(refused.value)


@pytest.mark.parametrize(
    ("act", "by"), [(Status.RETRACTED, ""), (Status.CORRECTED, "are-few"), (Status.SUPERSEDED, "are-many")]
)
def test_an_act_is_an_entry_and_the_facts_own_fields(files, act, by):
    done = withdraw(files, order(act, by=by, reason=" It was \n wrong. "))
    assert [edit.path for edit in done.edits] == [CORRECTIONS, "facts/first-article.toml"]
    assert [edit.was.encode() for edit in done.edits] == [b"", files["facts/first-article.toml"]]
    held, problems = gather(after(files, done))
    assert problems == []
    assert held.logged == (done.entry,)
    fact = next(fact for fact in held.facts if fact.id == GONE)
    assert (fact.status, fact.withdrawn_on, fact.note, fact.replaced_by) == (act, TODAY, "It was wrong.", by)
    assert [one for one in held.facts if one.id != GONE] == [one for one in gather(files)[0].facts if one.id != GONE]
    assert (done.entry.old, done.entry.new) == ("Troops will deploy.", done.replacement.quote.text if by else "")


def test_a_draft_is_let_out_with_the_act_its_file_before_that_of_the_fact(files):
    done = withdraw(files, order(Status.SUPERSEDED, by=BY))
    assert [edit.path for edit in done.edits] == [CORRECTIONS, "facts/later-article.toml", "facts/first-article.toml"]
    held, problems = gather(after(files, done))
    assert problems == []
    assert next(fact for fact in held.facts if fact.id == BY).status is Status.PUBLISHED


@pytest.mark.parametrize("upto", [1, 2])
def test_what_was_broken_off_is_named_and_finished_by_the_same_act_on_its_first_day(files, upto):
    done = withdraw(files, order(Status.SUPERSEDED, by=BY))
    half = after(files, done, upto)
    _, (problem,) = gather(half)
    assert f"says that {GONE} was superseded, but {GONE} is published (give the command again" in str(problem)
    again = withdraw(half, order(Status.SUPERSEDED, by=BY, on=date(2022, 3, 1)))
    assert (again.begun, again.entry) == (True, done.entry)
    assert after(half, again) == after(files, done)
    assert "was superseded by deployed on 2022-02-10 already" in said(half, order(Status.RETRACTED))
    assert "It was wrong." in said(half, order(Status.SUPERSEDED, by=BY, reason="Another."))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (order(by="are-few", fact="wil-deploy"), "wil-deploy: is no fact (did you mean will-deploy"),
        (order(by="are-few", fact="zzz"), "zzz: is no fact"),
        (
            order(Status.RETRACTED, fact="nobody-spoke"),
            "was retracted on 2022-02-10 already (the reason was: It was wrong.)",
        ),
        (order(Status.RETRACTED, fact=BY), "is a draft, which no reader has seen"),
        (order(Status.RETRACTED, fact="rain-fell"), "is a rejected draft"),
        (order(), "cannot be corrected by nothing"),
        (order(Status.SUPERSEDED), "cannot be superseded by nothing"),
        (order(Status.RETRACTED, by="are-few"), "is to be retracted: nothing takes its place"),
        (order(by=GONE), "will-deploy: cannot replace itself"),
        (order(by="nobody-spoke"), "nobody-spoke: was retracted itself (name what stands in its place: nothing does)"),
        (order(by="rain-fell"), "rain-fell: was refused by an editor"),
        (order(by="are-fwe"), "are-fwe: is no fact (did you mean are-few"),
        (
            order(Status.SUPERSEDED, fact="are-many", by="are-few"),
            "is of 2022-02-02, older than are-many of 2022-02-05",
        ),
        (order(by="are-few", reason=" \n"), "needs a reason"),
        (order(by="are-few", reason="x" * 501), "at most 500 characters, not 501"),
        (order(by="are-few", reason="a\x00b"), "without unseen characters"),
        (order(by="are-few", reason="a\ud800b"), "without unseen characters"),
        (order(by="are-few", reason="a\u202eb"), "without unseen characters"),
        (order(by="are-few", on=date(2022, 2, 1)), "was published on 2022-02-02, which is after 2022-02-01"),
    ],
)
def test_what_may_not_be_done_is_said_with_what_to_do(files, asked, words):
    assert words in said(files, asked)


def test_what_is_older_may_correct(files):
    assert withdraw(files, order(fact="are-many", by="are-few")).entry.replaced_by == "are-few"


def test_a_fact_is_withdrawn_once(files):
    assert "was retracted on" in said(after(files, withdraw(files, order(Status.RETRACTED))), order(Status.RETRACTED))


def test_a_draft_of_an_article_without_a_day_or_outlet_is_not_let_out(files):
    name = "articles/later-article.md"
    bare = {**files, name: files[name].replace(b"published = 2022-02-05\n", b"").replace(b'outlet = "CNN"\n', b"")}
    bare |= {"facts/later-article.toml": files["facts/later-article.toml"].split(b'[[fact]]\nid = "are-many')[0]}
    refused = said(bare, order(Status.SUPERSEDED, by=BY))
    assert "articles/later-article.md: published is missing, and deployed is published" in refused
    assert "outlet is missing" in refused


def test_a_draft_that_answers_what_a_gap_says_is_open_is_not_let_out(files):
    known = files["facts/later-article.toml"].replace(b"questions = []", b'questions = ["Did they go?"]', 1)
    gaps = b'[[gap]]\nabout = "Going"\nquestions = ["did they go"]\n'
    open_ = {**files, "facts/later-article.toml": known, "gaps.toml": gaps}
    assert "deployed is known to answer" in said(open_, order(Status.SUPERSEDED, by=BY))


def test_another_broken_file_does_not_stand_in_the_way_of_a_retraction(files):
    broken = {**files, "facts/later-article.toml": b"[[fact]]"}
    done = withdraw(broken, order(Status.RETRACTED))
    assert done.edits
    refused = said(broken, order(by=BY))
    assert "deployed: is no fact" in refused
    assert "facts/later-article.toml" in refused, "it may be in there"


@pytest.mark.parametrize("log", [b"[[correction]]", b"correction = []\n", b"correction = 1"])
def test_a_log_that_cannot_be_added_to_is_refused(files, log):
    assert "corrections.toml" in said({**files, CORRECTIONS: log}, order(Status.RETRACTED))


def test_an_id_of_two_files_names_neither(files):
    twice = {
        **files,
        "facts/later-article.toml": files["facts/later-article.toml"].replace(b"are-many", b"will-deploy"),
    }
    assert "stands in two fact files" in said(twice, order(Status.RETRACTED))


def test_what_could_stand_in_its_place_is_of_its_claim_names_or_article(files):
    held, _ = gather(files)
    fact = published(held, GONE)
    assert [one.id for one in candidates(held, order(), fact)] == ["are-many", "deployed", "are-few"]
    many = published(held, "are-many")
    assert [one.id for one in candidates(held, order(Status.SUPERSEDED), many)] == ["deployed"]
    assert len(candidates(held, order(), fact)) <= MOST_CANDIDATES


def test_what_was_seen_is_the_same_whatever_else_is_written(files):
    done = withdraw(files, order(Status.RETRACTED))
    other = withdraw(after(files, withdraw(files, order(Status.RETRACTED, fact="are-few"))), order(Status.RETRACTED))
    assert other.edits != done.edits
    assert done.same(other)
    assert not done.same(withdraw(files, order(Status.RETRACTED, reason="Another.")))


@given(st.text())
def test_any_reason_is_written_as_it_is_read_or_refused(tmp_path_factory, words):
    files = files_of(write_data(tmp_path_factory.mktemp("any") / "data", FACTS))[0]
    try:
        done = withdraw(files, order(Status.RETRACTED, reason=words))
    except Refused:
        return
    held, problems = gather(after(files, done))
    assert problems == []
    assert held.logged[0].reason == done.entry.reason == " ".join(words.split())
    assert replace(done.entry, on=DAY) == replace(held.logged[0], on=DAY)
