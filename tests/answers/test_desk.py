import hashlib
import json
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from queue import Queue
from threading import Event

import numpy as np
import pytest
from hypothesis import given

from answers.desk import Desk, Shelf
from answers.errors import FactBaseDamaged, NoSuchFact, Refused
from answers.model import Aside, Closest, Found, Status, Unknown, Unread, Withdrawn
from answers.render import Renderer
from answers.revisions import manifest_of
from tests.answers.builders import (
    DATA,
    TEMPLATES,
    TODAY,
    a_fact,
    a_withdrawn,
    an_article,
    any_text,
    holding,
    opened,
    write_data,
)

ASKED = "are US troops going to fight in Ukraine?"
HOSTILE = (
    '"',
    '""" OR passage MATCH "troops',
    "troops* NEAR(poland, 5) AND NOT {passage title} : ukraine ^us",
    "'; drop table facts; --",
    "passage:troops + - ( ) [ ] \\ %s %n {{ view }}",
    "n_poland n_united_states",
    "OR AND NOT NEAR",
    "\x00troops\x00",
    "\ud800 troops \udfff",
    "troops \U0001f1fa\U0001f1e6 e\u0301\u0323",
    "²½³ ٣٤ troops",
)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with opened(DATA, tmp_path_factory.mktemp("desk")) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def desk(record):
    return Desk(record, Renderer(TEMPLATES))


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """The record with another role for one speaker, and another name for a topic."""
    folder = tmp_path_factory.mktemp("other")
    shutil.copytree(DATA, folder / "data")
    for file in (folder / "data" / "facts").glob("*.toml"):
        told = re.sub(r'role = "Pentagon [a-z ]+"', 'role = "admiral"', file.read_text(encoding="utf-8"))
        file.write_text(told.replace("Troop deployments", "Moves"), encoding="utf-8")
    with opened(folder / "data", folder / "state") as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A desk with a few facts of its own, some of them withdrawn."""
    article = an_article("Before it. Locomotives arrive in Lviv. After it.")
    facts = [
        a_fact("Locomotives arrive in Lviv.", "arrive", of=article, claim="trains", questions=("Which?", "Where to?")),
        a_fact("After it.", "after", of=article),
        a_fact("Locomotives reach Lviv.", "reach", claim="trains"),
        a_withdrawn("Bicycles arrive in Odesa.", "bicycles", replaced_by="arrive", questions=("Which bicycles?",)),
        *(a_fact(f"Wagon {word}.", f"wagon-{n}") for n, word in enumerate("one two three four".split())),
    ]
    with holding(tmp_path_factory.mktemp("small"), *facts) as snapshot:
        yield Desk(snapshot, Renderer(TEMPLATES))


@given(any_text(min_size=0, max_size=320))
def test_any_text_gets_an_answer_that_fits_a_message(desk, text):
    reply = desk.ask(text, today=TODAY)
    assert reply.shown.rendered.fits
    assert reply.shown.rendered.text
    assert reply.shown.rendered.html


@pytest.mark.parametrize("text", HOSTILE)
def test_what_means_something_to_a_search_engine_means_nothing_here(desk, text):
    for asked in (text, f"{text} {ASKED}"[:300], f"{ASKED} {text}"[:300]):
        assert desk.ask(asked, today=TODAY).shown.rendered.fits


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 301, Unread.TOO_LONG),
        ("troops " * 1000, Unread.TOO_LONG),
        ("\U0001f600" * 300, Unread.EMPTY),
        ("", Unread.EMPTY),
        (" \n?!", Unread.EMPTY),
    ],
)
def test_what_is_no_question_is_answered_with_the_reason(desk, text, reason):
    answer = desk.ask(text, today=TODAY).answer
    assert isinstance(answer, Unknown)
    assert answer.unread is reason
    assert answer.suggestions


def test_a_question_of_three_hundred_characters_is_read(desk):
    answer = desk.ask(ASKED.ljust(300), today=TODAY).answer
    assert isinstance(answer, Found)


def test_what_no_passage_can_answer_is_told_so_and_shows_none(desk):
    reply = desk.ask("Thank you!", today=TODAY)
    assert isinstance(reply.answer, Unknown)
    assert reply.answer.aside is Aside.THANKS
    assert (reply.shown.view.template, reply.shown.facts) == ("aside", ())


def test_a_question_that_leans_on_the_one_before_is_read_with_it(desk):
    first = desk.ask(ASKED, today=TODAY)
    alone = desk.ask("Who said that?", today=TODAY)
    leaning = desk.ask("Who said that?", today=TODAY, earlier=(ASKED,))
    assert leaning.answer.ranking[0].fact == first.answer.ranking[0].fact
    assert not isinstance(alone.answer, Found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ASKED, "en"),
        ("чи будуть американські війська воювати в Україні?", "uk"),
        ("Wer ist der Papst?", "de"),
        ("", "und"),
    ],
)
def test_a_reply_knows_the_language_of_its_question(desk, text, language):
    assert desk.ask(text, today=TODAY).language == language


def test_a_reply_is_in_the_language_of_its_question_where_that_is_translated(record, tmp_path):
    shutil.copytree(TEMPLATES, tmp_path / "templates", ignore=shutil.ignore_patterns("locale"))
    catalogue = tmp_path / "templates" / "locale" / "de" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    said = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "You are welcome."\nmsgstr "Gern geschehen."\n'
    catalogue.write_text(said, encoding="utf-8")
    desk = Desk(record, Renderer(tmp_path / "templates"))
    assert "Gern geschehen." in desk.ask("danke schön", today=TODAY).shown.rendered.text
    assert "You are welcome." in desk.ask("thank you", today=TODAY).shown.rendered.text


def test_nothing_is_found_before_it_was_published(desk):
    before = desk.ask(ASKED, today=TODAY, as_of=date(2022, 2, 1))
    assert isinstance(before.answer, Unknown)
    assert before.shown.facts == ()
    assert isinstance(desk.ask(ASKED, today=TODAY, as_of=date(2022, 2, 2)).answer, Found)


@pytest.fixture
def _threads_take_turns_often():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_threads_take_turns_often")
def test_a_question_in_flight_reads_one_revision_whatever_is_swapped(record, other):
    desk = Desk(record, Renderer(TEMPLATES))
    roles = {
        snapshot.base.revision: {fact.id: fact.role for fact in snapshot.base.facts()} for snapshot in (record, other)
    }
    coverage = {snapshot.base.revision: snapshot.base.coverage for snapshot in (record, other)}
    replies, enough = Queue(), Event()

    def ask_on():
        while not enough.is_set():
            replies.put((desk.ask("who is the pope?", today=TODAY), desk.ask(ASKED, today=TODAY)))

    with ThreadPoolExecutor(6) as pool:
        asking = [pool.submit(ask_on) for _ in range(6)]
        got = []
        for coming in [other, record] * 150:
            desk.swap(coming)
            got.append(replies.get(timeout=10))
        enough.set()
        assert [one.result() for one in asking] == [None] * 6
    assert all(unknown.answer.coverage == coverage[unknown.shown.revision] for unknown, _ in got)
    shown = [found.shown for _, found in got]
    assert {one.revision for one in shown} == set(roles)
    assert all(len(one.facts) == 2 for one in shown)
    mixed = [one for one in shown if any(fact.role != roles[one.revision][fact.id] for fact in one.facts)]
    assert mixed == []
    assert all(("admiral" in one.rendered.text) == (one.revision == other.base.revision) for one in shown)


def test_swapping_returns_what_was_live_before(record, other):
    desk = Desk(record, Renderer(TEMPLATES))
    assert desk.swap(other) is record
    assert desk.snapshot is other
    assert desk.ask(ASKED, today=TODAY).shown.revision == other.base.revision


def _flip(file):
    bytes_ = bytearray(file.read_bytes())
    bytes_[len(bytes_) // 2] ^= 0xFF
    file.write_bytes(bytes_)


@pytest.mark.parametrize(
    "damage",
    [
        _flip,
        lambda file: file.write_bytes(b""),
        lambda file: file.unlink(),
        lambda file: manifest_of(file).write_text("{"),
        lambda file: manifest_of(file).write_text(json.dumps({"layout": "another"})),
    ],
    ids=["a byte", "emptied", "deleted", "manifest cut", "another layout"],
)
def test_a_damaged_compiled_file_is_built_again(tmp_path, damage):
    with holding(tmp_path, a_fact()) as snapshot:
        file, revision = snapshot.base.file, snapshot.base.revision
    file.chmod(0o644)
    damage(file)
    with pytest.raises(FactBaseDamaged):
        Shelf(folder=tmp_path / "state").open(revision)
    with opened(tmp_path / "data", tmp_path / "state") as mended:
        assert mended.base.revision == revision
        assert mended.base.fact("a-fact").quote.text == "Troops go to Poland."


def test_a_folder_with_problems_is_refused(tmp_path):
    with pytest.raises(Refused):
        Shelf(folder=tmp_path / "state").build(tmp_path)


def test_without_an_encoder_questions_are_matched_by_words_and_it_is_said_why(tmp_path):
    with holding(tmp_path, a_fact()) as snapshot:
        assert (snapshot.encoder, snapshot.why_lexical) == ("", "")
    told = Shelf(folder=tmp_path / "state", why_not="its file is missing").open(snapshot.base.revision)
    assert (told.encoder, told.why_lexical) == ("", "its file is missing")
    told.base.close()


class Hashing:
    """An encoder whose vectors are drawn from the hash of the text."""

    name, dimension = "hashing", 16

    def encode(self, texts, kind):
        seeds = (int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) for text in texts)
        return np.array([np.random.default_rng(seed).standard_normal(16) for seed in seeds], np.float32)


def test_an_encoder_gives_a_snapshot_its_meaning_and_the_answer_stays_one_that_fits(tmp_path):
    data = write_data(tmp_path / "data", [a_fact(questions=("Where do troops go?",))])
    snapshot = Shelf(folder=tmp_path / "state", encoder=Hashing()).build(data)
    assert (snapshot.encoder, snapshot.why_lexical) == ("hashing", "")
    assert Desk(snapshot, Renderer(TEMPLATES)).ask("Where do troops go?", today=TODAY).shown.rendered.fits
    snapshot.base.close()


def test_damaged_vectors_cost_a_snapshot_its_meaning_until_it_is_built_again(tmp_path):
    data = write_data(tmp_path / "data", [a_fact()])
    shelf = Shelf(folder=tmp_path / "state", encoder=Hashing())
    shelf.build(data).base.close()
    (vectors,) = (tmp_path / "state").glob("*.vectors")
    vectors.chmod(0o644)
    _flip(vectors)
    lexical = shelf.open(vectors.name.split(".")[0])
    assert lexical.encoder == ""
    assert vectors.name in lexical.why_lexical
    assert lexical.base.fact("a-fact").quote.text == "Troops go to Poland."
    lexical.base.close()
    mended = shelf.build(data)
    assert (mended.encoder, mended.why_lexical) == ("hashing", "")
    mended.base.close()


def test_building_tells_how_far_it_came(tmp_path):
    told = []
    with holding(tmp_path, a_fact()):
        pass
    Shelf(folder=tmp_path / "elsewhere").build(tmp_path / "data", told.append).base.close()
    assert told[-1] == 1


def test_nearest_shows_at_most_three_published_facts_of_those_that_are_left(small):
    ids = ["gone", "bicycles", *(f"wagon-{n}" for n in range(4))]
    reply = small.nearest(ids, today=TODAY)
    assert isinstance(reply.answer, Closest)
    assert [fact.id for fact in reply.shown.facts] == ["wagon-0", "wagon-1", "wagon-2"]
    assert reply.shown.revision == small.snapshot.base.revision
    assert small.nearest(["gone", "bicycles"], today=TODAY) is None


def test_a_fact_is_shown_by_its_id_and_by_its_code(small):
    base = small.snapshot.base
    by_id, by_code = small.fact("arrive", today=TODAY), small.fact(base.fact("arrive").code, today=TODAY)
    assert by_id == by_code
    assert [fact.id for fact in by_id.facts] == ["arrive"]


def test_a_withdrawn_fact_is_shown_as_withdrawn_with_what_stands_now(small):
    shown = small.fact("bicycles", today=TODAY)
    assert shown.view.template == "withdrawn"
    assert [fact.id for fact in shown.facts] == ["bicycles", "arrive"]
    answer = small.ask("which bicycles", today=TODAY).answer
    assert isinstance(answer, Withdrawn)
    assert answer.match.fact.status is Status.RETRACTED


def test_a_fact_is_shown_in_its_article(small):
    shown = small.context("arrive", today=TODAY)
    assert "Locomotives arrive in Lviv. After it." in shown.rendered.text
    assert [fact.id for fact in shown.facts] == ["arrive"]


def test_other_passages_of_a_claim_are_shown_without_the_fact_itself(small):
    assert [fact.id for fact in small.others("arrive", today=TODAY).facts] == ["reach"]
    assert small.others("after", today=TODAY).facts == ()


def test_a_suggestion_is_a_question_by_its_number(small):
    code = small.snapshot.base.fact("arrive").code
    suggestion = small.suggestion(code, 1)
    assert (suggestion.text, suggestion.fact, suggestion.code, suggestion.number) == ("Where to?", "arrive", code, 1)
    for number in (2, -1):
        with pytest.raises(NoSuchFact):
            small.suggestion(code, number)


@pytest.mark.parametrize("way", ["fact", "context", "others"])
def test_a_fact_that_is_not_there_is_said_so(small, way):
    with pytest.raises(NoSuchFact):
        getattr(small, way)("no-such-fact", today=TODAY)
    with pytest.raises(NoSuchFact):
        small.suggestion("no-such-fact", 0)


def test_what_changed_is_shown_to_readers_and_to_admins(record, other):
    desk = Desk(other, Renderer(TEMPLATES))
    digest, shown = desk.digest(record.base, today=TODAY)
    assert digest.revision == shown.revision == other.base.revision
    assert {change.after.role for change in digest.changed} == {"admiral"}
    assert shown.rendered.fits
    reload, shown = Desk(record, Renderer(TEMPLATES)).preview(other, today=TODAY)
    assert (reload.before, reload.after) == (record.base.revision, other.base.revision)
    assert len(reload.changed) > len(digest.changed) > 5  # readers see no topics
    assert shown.rendered.fits


def test_a_snapshot_with_a_fact_that_could_not_be_shown_has_refusals(desk, record, tmp_path):
    assert desk.refusals(record, DATA) == []
    with holding(tmp_path, a_fact("x" * 5000), a_fact("short", "short")) as coming:
        (problem,) = desk.refusals(coming, tmp_path / "data")
    assert "a-fact does not fit" in problem.message
