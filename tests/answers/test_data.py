"""The data folder of this repository, one test for every file: what editors wrote is what the articles say."""

import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from answers import articles, facts, gaps
from answers.model import Known, Status
from answers.text.names import Gazetteer, parse, world
from answers.text.normalise import words

DATA = Path(__file__).parents[2] / "data"
ARTICLES = sorted((DATA / "articles").glob("*.md"))
FACTS = sorted((DATA / "facts").glob("*.toml"))
CNN, CBC = "2022-02-02-cnn-us-troops-eastern-europe", "2022-02-02-cbc-us-troops-eastern-europe"


def article_of(stem):
    file = DATA / "articles" / f"{stem}.md"
    return articles.parse(file.read_bytes(), f"articles/{file.name}")


def facts_of(stem):
    file = DATA / "facts" / f"{stem}.toml"
    return facts.parse(file.read_bytes(), f"facts/{file.name}", article_of(stem))


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer([*parse((DATA / "names.toml").read_bytes(), "names.toml"), *world()])


@pytest.fixture(params=FACTS, ids=lambda file: file.stem)
def told(request):
    return facts_of(request.param.stem)


def test_there_is_a_fact_file_for_every_article_and_an_article_for_every_fact_file():
    assert ARTICLES
    assert {file.stem for file in ARTICLES} == {file.stem for file in FACTS}


@pytest.mark.parametrize("file", ARTICLES, ids=lambda file: file.stem)
def test_an_article_is_read_and_its_text_is_the_end_of_its_file(file):
    article = article_of(file.stem)
    assert article.id == file.stem
    assert file.read_bytes().endswith(b"+++\n" + article.text.encode())
    assert article.published.isoformat() == file.stem[:10]
    assert article.outlet_known in {"header", "byline", "editor"}


@pytest.mark.parametrize("file", FACTS, ids=lambda file: file.stem)
def test_every_quote_is_the_words_of_the_article_at_its_offsets(file):
    text = (DATA / "articles" / f"{file.stem}.md").read_bytes().decode().split("\n+++\n", 1)[1]
    written = {block["id"]: block["quote"] for block in tomllib.loads(file.read_text(encoding="utf-8"))["fact"]}
    read = {fact.id: text[fact.quote.start : fact.quote.stop] for fact in facts_of(file.stem)}
    assert read == written


def test_quotes_stand_in_the_order_of_the_article_and_do_not_overlap(told):
    stops = [0, *(fact.quote.stop for fact in told)]
    assert all(fact.quote.start >= stop for fact, stop in zip(told, stops, strict=False))


def test_facts_of_a_file_stand_in_the_order_of_the_article(told):
    source = (DATA / "facts" / f"{told[0].article.id}.toml").read_text(encoding="utf-8")
    assert [block["id"] for block in tomllib.loads(source)["fact"]] == [fact.id for fact in told]


def test_a_quote_is_a_whole_sentence(told):
    """It begins where a line, a sentence or the words after the saved copy's date begin, and ends where one ends."""
    for fact in told:
        assert fact.quote.text[-1] in '.!?"”', fact.id
        assert re.search(r'(\n|[.!?:"”] |^\s*date [\d-]{10} )$', fact.article.text[: fact.quote.start]), fact.id


def test_a_speaker_is_known_somehow_and_nobody_is_known_to_speak_without_one(told):
    for fact in told:
        assert bool(fact.speaker) is (fact.known is not Known.NONE), fact.id
        assert fact.speaker or not fact.role, fact.id


def test_a_speaker_who_is_told_by_a_cue_stands_in_the_passage(told):
    for fact in told:
        if fact.known is Known.CUE:
            said = {word.form for word in words(fact.quote.text)}
            assert said & {word.form for word in words(fact.speaker)}, fact.id


def test_every_fact_is_known_to_answer_two_to_thirty_questions_the_first_as_it_can_be_suggested(told):
    for fact in told:
        assert 2 <= len(fact.questions) <= 30, fact.id
        assert fact.questions[0].endswith("?"), fact.id


def test_every_fact_has_a_claim_and_a_topic(told):
    for fact in told:
        assert fact.claim, fact.id
        assert fact.topics, fact.id


def test_figures_stand_in_the_passage_with_their_numbers(told):
    for fact in told:
        for figure in fact.figures:
            assert figure.text in fact.quote.text, fact.id
            assert figure.vague or f"{figure.low:,.0f}" in figure.text or f"{figure.high:,.0f}" in figure.text, fact.id


def test_every_number_of_a_passage_that_counts_something_is_a_figure(told):
    for fact in told:
        known = " ".join(figure.text for figure in fact.figures)
        counted = {word.surface for word in words(fact.quote.text) if word.number and float(word.form) >= 13}
        assert all(number in known for number in counted), fact.id


def test_dates_stand_in_the_passage_and_are_near_the_article(told):
    for fact in told:
        for day in fact.dates:
            assert day.text in fact.quote.text, fact.id
            assert abs((day.first - fact.article.published).days) <= 370, fact.id
            assert day.iso[:4] == str(day.first.year), fact.id


def test_all_names_are_known(told, gazetteer):
    for fact in told:
        assert [name for name in fact.names if name not in gazetteer] == [], fact.id


def test_a_question_is_known_to_be_answered_by_one_claim_only():
    claims = defaultdict(set)
    for file in FACTS:
        for fact in facts_of(file.stem):
            for question in fact.questions:
                claims[question.casefold()].add(fact.claim)
    assert {question: known for question, known in claims.items() if len(known) > 1} == {}


@pytest.fixture(scope="module")
def open_gaps():
    return gaps.parse((DATA / "gaps.toml").read_bytes(), "gaps.toml")


def test_every_gap_is_about_something_of_its_own_that_can_be_shown_and_has_one_to_six_questions(open_gaps):
    assert {about: count for about, count in Counter(gap.about for gap in open_gaps).items() if count > 1} == {}
    for gap in open_gaps:
        assert gap.about[0].isupper(), gap.about
        assert gap.about[-1].isalnum(), gap.about  # a full stop follows
        assert 1 <= len(gap.questions) <= 6, gap.about


def test_a_question_stands_in_one_gap_only_and_no_fact_is_known_to_answer_it(open_gaps):
    def said(question):
        return tuple(word.form for word in words(question))

    known = {said(question) for file in FACTS for fact in facts_of(file.stem) for question in fact.questions}
    asked = Counter(said(question) for gap in open_gaps for question in gap.questions)
    assert [said for said, count in asked.items() if count > 1 or said in known] == []


@pytest.mark.parametrize(
    ("stem", "sha256"),
    [
        (CNN, "564c5573f8da5fa9979f6871204ede2b44cb656f452108e72853f290cc506457"),
        (CBC, "0c1733fa0fa8a95bf6f6125dd64fb1e49e81e0236dc29455c6814e7a95f52f1e"),
    ],
)
def test_the_text_of_a_seed_article_is_untouched(stem, sha256):
    assert article_of(stem).sha256 == sha256


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        (CNN, "Kirby said that the moves were not permanents and emphasized, “These forces are not going to fight"),
        (CBC, '"These forces are not going to fight in Ukraine," said Kirby, reaffirming the American commitment'),
    ],
)
def test_a_slip_of_a_seed_article_stays_as_it_was_printed(stem, words):
    article = article_of(stem)
    assert words in article.text
    (fact,) = [fact for fact in facts_of(stem) if fact.id.endswith("-not-going-to-fight")]
    assert fact.quote.text.startswith(words)


def test_the_two_seed_articles_share_at_least_five_claims():
    cnn, cbc = ({fact.claim for fact in facts_of(stem) if fact.status is Status.PUBLISHED} for stem in (CNN, CBC))
    assert len(cnn & cbc) >= 5


def test_every_name_of_the_names_file_is_found_under_its_own_name(gazetteer):
    for name in parse((DATA / "names.toml").read_bytes(), "names.toml"):
        mentions = gazetteer.find(words(name.canonical))
        assert [mention.name.canonical for mention in mentions] == [name.canonical]


def test_that_the_cbc_article_is_of_cbc_news_is_known_from_an_editor_and_not_from_its_header():
    article = article_of(CBC)
    assert (article.outlet, article.outlet_known) == ("CBC News", "editor")
