import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.desk import Desk
from answers.errors import Refused
from answers.fitting import too_long
from answers.model import Known
from answers.render import Renderer
from tests.answers.builders import TEMPLATES, a_fact, a_withdrawn, an_article, holding, opened, write_data

RENDERER = Renderer(TEMPLATES)
LATER = date(2035, 1, 1)
LONG = "Words " * 800 + "end."
TITLE, URL = "T" * 300, "https://example.org/" + "u" * 300


def problems_of(tmp_path, *facts):
    with holding(tmp_path, *facts) as snapshot:
        return [(one.path, one.line) for one in too_long(snapshot.base, RENDERER, tmp_path / "data")]


def line_of(data, fact):
    lines = (data / "facts" / f"{fact.article.id}.toml").read_text(encoding="utf-8").split("\n")
    return lines.index(f'id = "{fact.id}"') + 1


def test_a_fact_that_fits_no_message_is_named_with_the_line_of_its_id(tmp_path):
    article = an_article(f"Short. {LONG}")
    short, long = a_fact("Short.", "short", of=article), a_fact(LONG, "long-one", of=article)
    with holding(tmp_path, short, long) as snapshot:
        (problem,) = too_long(snapshot.base, RENDERER, tmp_path / "data")
    assert (problem.path, problem.line) == (f"facts/{article.id}.toml", line_of(tmp_path / "data", long))
    assert problem.line > 10
    assert problem.message == "long-one does not fit a message of 4,096 characters"
    assert "never cut" in problem.hint


def test_the_line_is_that_of_the_fact_and_not_of_one_that_it_replaces(tmp_path):
    article = an_article(f"Short. {LONG}")
    old = a_withdrawn("Short.", "old-one", of=article, replaced_by="long-one")
    long = a_fact(LONG, "long-one", of=article)
    assert problems_of(tmp_path, old, long) == [(f"facts/{article.id}.toml", line_of(tmp_path / "data", long))]


def jsonl_problems(tmp_path, *passages):
    file = tmp_path / "passages.jsonl"
    file.write_text("".join(json.dumps({"outlet": "CNN", **one}) + "\n" for one in passages), encoding="utf-8")
    with opened(file, tmp_path / "state") as snapshot:
        return [(one.path, one.line) for one in too_long(snapshot.base, RENDERER, file)]


def test_a_passage_that_fits_no_message_is_named_with_its_line(tmp_path):
    passages = [{"id": "p-1", "text": "Short."}, {"id": "p-2", "text": LONG}, {"id": "p-3", "text": "Short."}]
    assert jsonl_problems(tmp_path, *passages) == [("passages.jsonl", 2)]


def test_the_line_is_that_of_the_passage_and_not_of_one_of_its_article(tmp_path):
    passages = [{"id": "p-1", "article_id": "p-2", "text": "Short."}, {"id": "p-2", "text": LONG}]
    assert jsonl_problems(tmp_path, *passages) == [("passages.jsonl", 2)]


def test_what_stands_beside_a_passage_counts(tmp_path):
    words = "x" * 3_300
    beside = an_article(words, "with-much-beside", title=TITLE, url=URL)
    facts = [a_fact(words, "alone"), a_fact(words, "crowded", of=beside)]
    assert [path for path, _ in problems_of(tmp_path, *facts)] == ["facts/with-much-beside.toml"]


@pytest.mark.parametrize("told", [{"role": "r" * 300, "speaker": "Kirby"}, {"speaker": "s" * 300}])
def test_a_long_speaker_or_role_counts(tmp_path, told):
    assert len(problems_of(tmp_path, a_fact("x" * 3_300, **told))) == 1


def test_an_address_is_not_seen_where_a_title_stands_for_it(tmp_path):
    words = "x" * 3_150
    titled = a_fact(words, "titled", of=an_article(words, "titled", title="Title", url=URL))
    assert problems_of(tmp_path, titled, a_fact(words, "bare", of=an_article(words, "bare", url=URL))) == [
        ("facts/bare.toml", 2)
    ]


def test_a_withdrawn_fact_must_fit_with_its_reason(tmp_path):
    facts = [
        a_withdrawn("x" * 3_650, "brief"),
        a_withdrawn("x" * 3_650, "wordy", note="n" * 400),
        a_withdrawn(LONG, "too-long"),
    ]
    assert sorted(path for path, _ in problems_of(tmp_path, *facts)) == [
        "facts/article-of-too-long.toml",
        "facts/article-of-wordy.toml",
    ]


def test_a_fact_must_fit_once_it_is_withdrawn_too(tmp_path):
    assert len(problems_of(tmp_path, a_fact("x" * 3_600))) == 1
    passages = [{"id": "p-1", "text": "x" * 3_600}]
    assert jsonl_problems(tmp_path, *passages) == [], "a passage of a .jsonl file is never withdrawn"


@pytest.mark.parametrize("words", ["Short.", "x" * 2_047, "x" * 3_300, "\U0001f600" * 1_000])
def test_a_fact_that_fits_has_no_problem(tmp_path, words):
    assert problems_of(tmp_path, a_fact(words)) == []


def test_an_astral_character_counts_twice(tmp_path):
    assert len(problems_of(tmp_path, a_fact("\U0001f600" * 2_040))) == 1


def test_an_article_of_very_many_authors_is_shown_or_refused(tmp_path):
    article = an_article("x" * 500, authors=tuple(f"Author Number {n}" for n in range(200)))
    fact = a_fact("x" * 500, of=article)
    data = write_data(tmp_path / "data", [fact])
    file = data / "articles" / f"{article.id}.md"
    told = file.read_text(encoding="utf-8").replace("published", f"authors = {json.dumps(article.authors)}\npublished")
    file.write_text(told, encoding="utf-8")
    try:
        with opened(data, tmp_path / "state") as snapshot:
            desk = Desk(snapshot, RENDERER)
            assert desk.context("a-fact", today=LATER).rendered.fits or desk.refusals(snapshot, data)
    except Refused as refused:
        assert "authors" in str(refused)  # noqa: PT017 - either way is right, as long as one is taken


@pytest.fixture(scope="module")
def border(tmp_path_factory):
    """A desk with facts of every length near the longest that fits; the longest that is not refused."""
    told = {"speaker": "Kirby", "known": Known.INFERRED}
    facts = [a_fact("x" * (3_250 + n), f"long-{n}", questions=(f"Who is number {n}?",), **told) for n in range(200)]
    with holding(tmp_path_factory.mktemp("lengths"), *facts) as snapshot:
        desk = Desk(snapshot, RENDERER)
        refused = desk.refusals(snapshot, snapshot.base.file.parent.parent / "data")
        assert {one.message.split()[0] for one in refused} == {f"long-{n}" for n in range(200 - len(refused), 200)}
        yield desk, 200 - len(refused) - 1


@given(st.dates(date(2022, 2, 2), LATER))
def test_what_is_not_refused_fits_a_message_on_any_day(border, today):
    desk, longest = border
    id_ = f"long-{longest}"
    for shown in (desk.fact(id_, today=today), desk.context(id_, today=today), desk.nearest([id_], today=today).shown):
        assert shown.rendered.fits


def test_what_is_not_refused_fits_a_message_beside_what_a_question_may_miss(border):
    desk, longest = border
    reply = desk.ask(f"Who is number {longest} {'z' * 270}?", today=date(2022, 2, 1))
    assert [fact.id for fact in reply.shown.facts] == [f"long-{longest}"]
    assert reply.answer.missing == ("z" * 270,)
    assert reply.shown.rendered.fits


def test_an_id_in_single_quotation_marks_is_found_too(tmp_path):
    data = write_data(tmp_path / "data", [a_fact(LONG, "too-long")])
    (file,) = (data / "facts").iterdir()
    file.write_text("\n" + file.read_text(encoding="utf-8").replace('"too-long"', "'too-long'"), encoding="utf-8")
    with opened(data, tmp_path / "state") as snapshot:
        (problem,) = too_long(snapshot.base, RENDERER, data)
    assert problem.line == 3


@pytest.mark.parametrize("letter", ["x", "\U0001f600"])
def test_the_longest_of_everything_beside_a_passage_is_shown_or_refused(tmp_path, letter):
    most = letter * 500
    article = an_article("Short.", outlet=most, title=most, url=f"https://example.org/{'u' * 400}")
    facts = [a_fact("Short.", "current", of=article, speaker=most, role=most)]
    facts += [a_withdrawn("Short.", "gone", of=article, speaker=most, role=most, note=most)]
    try:
        with holding(tmp_path, *facts) as snapshot:
            desk = Desk(snapshot, RENDERER)
            shown = [show(fact.id, today=LATER) for fact in facts for show in (desk.fact, desk.context)]
            fits = all(one.rendered.fits for one in shown)
            assert fits or desk.refusals(snapshot, tmp_path / "data")
    except Refused as refused:
        assert "longer than" in str(refused)  # noqa: PT017 - either way is right, as long as one is taken
