"""The file of outlets, and what a trusted outlet's draft may do before an editor has looked at it: answer, and no more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import digest
from answers.compile import compile_into
from answers.errors import Refused
from answers.factbase import FactBase
from answers.model import Status
from answers.outlets import parse
from answers.sources import read

ARTICLE = '+++\noutlet = "{outlet}"\npublished = 2022-02-02\n+++\nKirby said that 500 troops go to Poland. It rains.\n'
DRAFT = """[[fact]]
id = "{id}"
quote = "Kirby said that 500 troops go to Poland."
speaker = "John Kirby"
known = "cue"
claim = "500-troops-to-poland"
topics = ["Troop deployments"]
status = "draft"
doubts = ["names.toml does not know him."]
"""


@pytest.fixture
def base(tmp_path, write_folder):
    def base(trust, **drafts):
        articles = {id_: ARTICLE.format(outlet=id_.upper()) for id_ in drafts}
        folder = write_folder(tmp_path, articles=articles, facts=drafts)
        (folder / "outlets.toml").write_text(trust)
        return FactBase.open(compile_into(tmp_path / "compiled", read(folder)))

    return base


TRUSTED = '[outlet."AAA"]\nunchecked = true\n'


def ids(base):
    return [fact.id for fact in base.facts()]


def test_nothing_is_trusted_unless_the_file_says_so(base):
    assert ids(base("", aaa=DRAFT.format(id="one"))) == []
    assert ids(base('[outlet."AAA"]\nunchecked = false\n', aaa=DRAFT.format(id="one"))) == []


def test_a_trusted_outlets_draft_answers_and_another_outlets_does_not(base):
    drafts = {"aaa": DRAFT.format(id="one"), "bbb": DRAFT.format(id="two")}
    assert ids(base(TRUSTED, **drafts)) == ["one"]


@pytest.mark.parametrize("known", ["inherited", "inferred"])
def test_a_speaker_who_does_not_stand_beside_the_words_waits_for_the_editor(base, known):
    assert ids(base(TRUSTED, aaa=DRAFT.format(id="one").replace('"cue"', f'"{known}"'))) == []


def test_what_an_editor_refused_never_answers(base):
    assert ids(base(TRUSTED, aaa=DRAFT.format(id="one").replace('"draft"', '"rejected"'))) == []


def test_an_unchecked_passage_is_in_no_claim_no_topic_no_count_and_no_digest(base):
    before = base("", aaa=DRAFT.format(id="one"))
    after = base(TRUSTED, aaa=DRAFT.format(id="one"))
    (fact,) = after.facts()
    assert (fact.status, fact.claim, fact.doubts) == (Status.DRAFT, "", ())
    assert after.claim("500-troops-to-poland").facts == ()
    assert after.coverage.facts == 0
    assert after.coverage.topics == ()
    assert after.coverage.first == date(2022, 2, 2)
    assert not digest.compare(before, after)


def test_once_published_it_is_new_to_readers(base):
    unchecked = base(TRUSTED, aaa=DRAFT.format(id="one"))
    published = base(
        TRUSTED, aaa=DRAFT.format(id="one").replace('"draft"', '"published"').replace("doubts", "# doubts")
    )
    assert [fact.id for fact in digest.compare(unchecked, published).new] == ["one"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("outlet = 1", "outlets.toml:1: outlet must be a table"),
        ('[outlet]\n"CNN" = 1', "outlets.toml:2: CNN must be a table"),
        ('[outlet."CNN"]\nuncheckd = true', "outlets.toml:1: unknown key uncheckd (did you mean unchecked?)"),
        ('\n[outlet."CNN"]\nunchecked = "yes"', "outlets.toml:2: unchecked must be true or false"),
        ("outlets = {}", "outlets.toml:1: unknown key outlets (did you mean outlet?)"),
    ],
)
def test_a_problem_is_named_with_its_line(text, problem):
    with pytest.raises(Refused) as refused:
        parse(text.encode(), "outlets.toml")
    assert str(refused.value) == problem


@given(
    st.one_of(
        st.binary(),
        st.text().map(lambda text: text.encode(errors="surrogatepass")),
        st.text().map(lambda text: f'[outlet."{text}"]'.encode(errors="surrogatepass")),
    )
)
def test_any_bytes_give_outlets_or_problems(data):
    try:
        trusted = parse(data, "outlets.toml")
    except Refused:
        return
    assert isinstance(trusted, frozenset)
