"""The compiled base gives back exactly what went in, and what the matcher and the desk look up."""

import json
import math
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answers.compile import compile_into
from answers.errors import NoSuchFact
from answers.factbase import FactBase
from answers.lookalikes import BIDI, LOOK_ALIKES, unseen
from answers.model import Status
from answers.sources import read
from answers.text.names import token

TROOPS = """+++
outlet = "CNN"
title = "Troops to Europe"
published = 2022-02-02
+++
Zebras watched. Troops go to Warsaw. Kirby spoke. Nothing else happened.
"""
LATER = TROOPS.replace("CNN", "BBC").replace("02-02", "02-05").replace("Troops to Europe", "More")
GAPS = """
[[gap]]
about = "Weather"
questions = ["Is Kirby in Kyiv cold?", "does it rain"]

[[gap]]
about = "Animals"
questions = ["Which 12 animals are these?"]
"""
NAMES = '[person]\n"John Q. Kirby" = { aliases = ["Kirby"], part_of = ["United States"] }\n'


def fact(id_, quote, **keys):
    lines = [f"{key} = {value if isinstance(value, date) else json.dumps(value)}" for key, value in keys.items()]
    return "\n".join(["[[fact]]", f"id = {json.dumps(id_)}", f"quote = {json.dumps(quote)}", *lines, ""])


WITHDRAWN = {"status": "corrected", "withdrawn": date(2022, 2, 6), "note": "Wrong.", "replaced_by": "b-troops"}
FACTS = {
    "aaa": fact("a-zebras", "Zebras watched.", topics=["Animals"])
    + fact("a-troops", "Troops go to Warsaw.", topics=["Troops"], claim="troops", questions=["How many soldiers?"])
    + fact("a-kirby", "Kirby spoke.", speaker="John Q. Kirby", known="cue", names=["John Q. Kirby"], topics=["Troops"])
    + fact("a-draft", "Nothing else happened.", status="draft", topics=["Secrets"], claim="troops"),
    "bbb": fact("b-troops", "Troops go to Warsaw.", topics=["Troops"], claim="troops")
    + fact("b-gone", "Kirby spoke.", topics=["Troops"], claim="troops", **WITHDRAWN),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory, write_folder):
    tmp = tmp_path_factory.mktemp("factbase")
    folder = write_folder(tmp / "data", articles={"aaa": TROOPS, "bbb": LATER}, facts=FACTS, names=NAMES, gaps=GAPS)
    base = FactBase.open(compile_into(tmp / "built", read(folder)))
    yield base
    base.close()


def ids(facts):
    return [fact.id for fact in facts]


def number_of(base, id_):
    return next(number for number, fact in enumerate(base.facts(), start=1) if fact.id == id_)


# Round trip -------------------------------------------------------------------------------------------------------

# What a file can hold: no surrogates, no control characters, nothing that shows other than it reads.
SEEN = st.characters(exclude_categories=["Cs"], exclude_characters="\0" + "".join(BIDI | LOOK_ALIKES)).filter(
    lambda character: not unseen(character)
)
TEXT = st.text(SEEN.filter(lambda character: character != "\r") | st.sampled_from("\n\t“”’é"), max_size=30)
WORDS = TEXT.map(str.strip).filter(bool)
DAYS = st.dates(date(1, 1, 1), date(9990, 1, 1))


def toml(value):
    """A value as TOML: what JSON escapes, TOML reads, but for the delete character, which it wants escaped."""
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


@st.composite
def sources_of_a_folder(draw):
    """The text of an article file and of its fact file."""
    quotes = draw(st.lists(WORDS, min_size=1, max_size=4))
    published = draw(DAYS)
    front = {"outlet": draw(WORDS), "title": draw(TEXT), "authors": draw(st.lists(WORDS, unique=True, max_size=2))}
    front |= {"published": published} | draw(st.sampled_from([{}, {"retrieved": date(9999, 1, 1)}]))
    front |= {"language": draw(TEXT), "outlet_known": draw(WORDS)}
    article = "\n".join(["+++", *(f"{key} = {toml(value)}" for key, value in front.items()), "+++", ""])
    blocks = []
    for number, quote in enumerate(quotes):
        told = {"id": f"fact-{number}", "quote": quote, "claim": draw(TEXT), "note": draw(TEXT), "role": draw(TEXT)}
        told |= draw(st.sampled_from([{}, {"names": ["Ukraine", "NATO"]}]))
        told |= {key: draw(st.lists(WORDS, unique=True, max_size=2)) for key in ("topics", "questions")}
        told |= draw(st.sampled_from([{}, {"speaker": "A“B", "known": "inferred"}]))
        gone = {"status": "retracted", "withdrawn": date(9999, 1, 1), "note": "Wrong"}
        gone |= {"replaced_by": "fact-0"} if number else {}  # nothing is replaced by itself
        told |= draw(st.sampled_from([{}, gone]))
        blocks += ["[[fact]]", *(f"{key} = {toml(value)}" for key, value in told.items())]
        low = draw(st.floats(-1e17, 1e17))
        figure = {"text": quote, "low": low, "high": low + abs(low), "vague": draw(st.booleans()), "unit": draw(TEXT)}
        blocks += ["[[fact.figure]]", *(f"{key} = {toml(value)}" for key, value in figure.items())]
        blocks += ["[[fact.date]]", f"text = {toml(quote)}", f"iso = {toml(draw(WORDS))}", 'granularity = "month"']
        blocks += [f"from = {published}", f"to = {published}"]
    return article + "\n".join([*quotes, draw(TEXT)]), "\n".join(blocks)


@given(sources_of_a_folder())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_folder_of_any_facts_comes_back_as_it_went_in(tmp_path_factory, write_folder, texts):
    article, facts = texts
    tmp = tmp_path_factory.mktemp("round-trip")
    sources = read(write_folder(tmp, articles={"any": article}, facts={"any": facts}))
    ((_, written),) = sources.articles
    base = FactBase.open(compile_into(tmp / "built", sources))
    try:
        assert tuple(base.facts()) == written
        assert all(base.fact(fact.code) == base.fact(fact.id) == fact for fact in written)
    finally:
        base.close()


PASSAGES = st.lists(
    st.fixed_dictionaries(
        {"outlet": st.just("CNN"), "text": st.text(SEEN).filter(str.strip)},
        optional={
            "title": st.text(SEEN),
            "article_id": st.sampled_from(["x", "y", ""]),
        },
    ),
    min_size=1,
    max_size=6,
)


@given(PASSAGES, st.sampled_from(["2022-02-02", "2022-02", "2022", ""]))
@settings(max_examples=15, deadline=None)
def test_any_passages_come_back_as_they_went_in(tmp_path_factory, write_passages, passages, day):
    tmp = tmp_path_factory.mktemp("round-trip")
    lines = [{**passage, "id": f"p{number}", "date": day} for number, passage in enumerate(passages)]
    file = write_passages(tmp / "p.jsonl", lines)
    written = [fact for _, facts in read(file).articles for fact in facts]
    base = FactBase.open(compile_into(tmp, read(file)))
    try:
        assert list(base.facts()) == written
        assert {fact.id: fact.quote.text for fact in base.facts()} == {line["id"]: line["text"] for line in lines}
        assert {article.published_iso for article in base.articles()} == {day}
    finally:
        base.close()


def test_reading_goes_on_after_the_file_is_deleted(tmp_path, write_passages, open_base):
    base = open_base(write_passages(tmp_path / "p.jsonl", [{"id": "one", "outlet": "CNN", "text": "Zebras watched."}]))
    base.file.unlink()
    assert ids(base.facts()) == ["one"]
    assert [entry.id for entry in base.entries(["zebra"], limit=1)] == ["one"]


# Facts ------------------------------------------------------------------------------------------------------------


def test_drafts_are_not_in_the_base(base):
    assert ids(base.facts()) == ["a-zebras", "a-troops", "a-kirby", "b-troops", "b-gone"]
    assert base.topic("Secrets") == ()
    assert base.times(["happen"]) == {}
    with pytest.raises(NoSuchFact):
        base.fact("a-draft")


def test_a_fact_that_nobody_wrote_is_not_found(base):
    for id_ in ("", "no-such-fact", "' or 1 --"):
        with pytest.raises(NoSuchFact) as missing:
            base.fact(id_)
        assert missing.value.args == (id_,)
        assert base.current(id_) is None


def test_only_a_published_fact_is_current(base):
    assert base.current("b-troops") == base.fact("b-troops")
    assert base.current("b-gone") is None
    assert base.fact("b-gone").status is Status.CORRECTED
    assert base.fact("b-gone").replaced_by == "b-troops"


def test_facts_come_in_the_order_of_the_numbers_asked_for(base):
    assert ids(base.facts([4, 99, 1, 4])) == ["b-troops", "a-zebras"]
    assert list(base.facts([])) == []


def test_a_topic_holds_its_published_facts_newest_article_first(base):
    assert ids(base.topic("Troops")) == ["b-troops", "a-troops", "a-kirby"]
    assert base.topic("troops") == ()


def test_a_claim_holds_its_published_facts_oldest_first(base):
    claim = base.claim("troops")
    assert (ids(claim.facts), claim.outlets) == (["a-troops", "b-troops"], ("CNN", "BBC"))
    assert base.claim("").facts == base.claim("unknown").facts == ()


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("a-zebras", "Zebras watched. Troops go to Warsaw."),
        ("a-troops", "Zebras watched. Troops go to Warsaw. Kirby spoke."),
        ("a-kirby", "Troops go to Warsaw. Kirby spoke."),
        ("b-troops", "Troops go to Warsaw."),
        ("b-gone", "Troops go to Warsaw. Kirby spoke."),
    ],
)
def test_the_context_of_a_fact_spans_its_neighbours_in_the_article_that_were_not_withdrawn(base, id_, text):
    assert base.context(base.fact(id_)).text == text


def test_a_fact_without_neighbours_is_its_own_context(tmp_path, write_passages, open_base):
    base = open_base(write_passages(tmp_path / "p.jsonl", [{"id": "one", "outlet": "CNN", "text": "Alone."}]))
    assert base.context(base.fact("one")) == base.fact("one").quote


def test_articles_come_newest_first(base):
    assert [article.id for article in base.articles()] == ["bbb", "aaa"]


def test_the_coverage_counts_what_readers_can_be_shown(base):
    coverage = base.coverage
    assert (coverage.facts, coverage.articles) == (4, 2)
    assert (coverage.first, coverage.last) == (date(2022, 2, 2), date(2022, 2, 5))
    assert coverage.outlets == ("CNN", "BBC")
    assert coverage.topics == ("Troops", "Animals")


def test_a_base_knows_the_names_of_its_editors_of_the_world_and_its_outlets(tmp_path, write_passages, open_base, base):
    assert base.gazetteer.named("John Q. Kirby").part_of == ("United States",)
    assert "Ukraine" in base.gazetteer
    passages = [{"id": "one", "outlet": "Evening Owl", "text": "Words."}]
    assert open_base(write_passages(tmp_path / "p.jsonl", passages)).gazetteer.named("Evening Owl").cased


def test_a_print_of_what_is_shown_changes_with_what_readers_see_and_the_whole_with_all(
    tmp_path, write_folder, open_base
):
    def prints(**keys):
        folder = write_folder(tmp_path, articles={"aaa": TROOPS}, facts={"aaa": fact("one", "Kirby spoke.", **keys)})
        base = open_base(folder)
        return base.prints("shown")["one"], base.prints("whole")["one"]

    plain, spoken, asked = prints(), prints(speaker="X", known="cue"), prints(questions=["Who spoke?"])
    claimed = prints(claim="kirby-spoke")
    assert plain[0] == asked[0] == claimed[0] != spoken[0]
    assert len({plain[1], spoken[1], asked[1], claimed[1]}) == 4


def test_there_are_two_kinds_of_prints(base):
    assert list(base.prints("shown")) == ids(base.facts())
    with pytest.raises(KeyError):
        base.prints("id from facts --")


# For the matcher --------------------------------------------------------------------------------------------------


def test_entries_are_at_most_as_many_as_asked_for_best_first(base):
    entries = base.entries(["troop", "n_john_q_kirby", "n_poland", "soldier"], limit=10)
    assert len(entries) == 5
    assert [entry.rank for entry in entries] == sorted((entry.rank for entry in entries), reverse=True)
    assert entries[0].id == "a-troops"
    assert base.entries(["troop", "n_john_q_kirby", "n_poland", "soldier"], limit=2) == entries[:2]


@pytest.mark.parametrize("terms", [[], ["nowhere"], ['"'], ['a" OR "troop'], ["*"]])
def test_terms_that_stand_nowhere_find_nothing(base, terms):
    assert base.entries(terms, limit=10) == []


def test_entries_as_of_a_day_leave_out_what_came_later(base):
    assert {entry.published for entry in base.entries(["troop"], limit=9, as_of=date(2022, 2, 4))} == {date(2022, 2, 2)}
    assert "b-troops" in {entry.id for entry in base.entries(["troop"], limit=9, as_of=date(2022, 2, 5))}


def test_entries_as_of_a_day_leave_out_what_nobody_knows_the_day_of(tmp_path, write_passages, open_base):
    base = open_base(write_passages(tmp_path / "p.jsonl", [{"id": "one", "outlet": "CNN", "text": "Zebras."}]))
    assert [entry.published for entry in base.entries(["zebra"], limit=1)] == [None]
    assert base.entries(["zebra"], limit=1, as_of=date(9999, 12, 31)) == []


def test_an_entry_holds_what_the_matcher_reads_of_its_fact(base):
    (entry,) = base.entries(["soldier"], limit=1)
    assert (entry.id, entry.outlet, entry.published, entry.status) == (
        "a-troops",
        "CNN",
        date(2022, 2, 2),
        Status.PUBLISHED,
    )
    assert entry.passage == ("troop", "go", "n_warsaw")
    assert {"zebra", "watch", "n_john_q_kirby", "n_poland"} <= entry.around
    assert entry.title == {"troop", "n_europe"}
    assert entry.questions == (frozenset({"soldier"}),)
    assert {"Warsaw", "Poland", "Eastern Europe", "Europe", "CNN"} <= entry.names
    assert not entry.listed
    assert entry.named < entry.names
    assert entry.number == number_of(base, "a-troops")


def test_entries_come_by_their_numbers_with_the_ranks_given_for_them(base):
    entries = base.entries_of({4: 0.5, 99: 9.0, 1: 2.0})
    assert [(entry.id, entry.rank) for entry in entries] == [("b-troops", 0.5), ("a-zebras", 2.0)]
    assert base.entries_of({}) == []
    assert [entry.claim for entry in entries] == ["troops", ""]


def test_what_an_index_is_made_from_are_the_terms_of_every_fact(base):
    searched = {number: (day, texts) for number, day, texts in base.searched()}
    assert list(searched) == list(range(1, base.count + 1)) == [1, 2, 3, 4, 5]
    for entry in base.entries_of(dict.fromkeys(searched, 0.0)):
        day, texts = searched[entry.number]
        assert day == entry.published
        assert tuple(texts["passage"].split()) == entry.passage
        assert (set(texts["around"].split()), set(texts["title"].split())) == (entry.around, entry.title)
        assert texts["questions"].split() == [term for known in entry.questions for term in known]


def test_facts_are_read_while_they_are_asked_for_and_others_meanwhile(base):
    for fact in base.facts():
        assert base.fact(fact.id) == fact
        assert next(base.facts()).id == "a-zebras"


def test_a_name_that_an_editor_listed_is_marked_and_leads_to_what_it_is_part_of(base):
    entry = next(entry for entry in base.entries(["spoke"], limit=9) if entry.id == "a-kirby")
    assert entry.listed
    assert {"John Q. Kirby", "United States", "North America"} <= entry.names


def test_a_term_tells_the_more_the_rarer_it_is_and_most_when_it_is_unknown(base):
    times = base.times(["n_warsaw", "zebra", "nowhere", "zebra"])
    assert times.keys() == {"n_warsaw", "zebra"}
    assert 0 <= base.weight(times["n_warsaw"]) < base.weight(times["zebra"]) < base.weight(0)
    assert base.weight(0) == pytest.approx(math.log(1 + (5 + 0.5) / 0.5))


def test_open_questions_come_in_the_order_of_their_file_with_their_terms_and_names(base):
    kirby = "John Q. Kirby"
    told = [(one.about, one.text, one.terms, one.names) for one in base.open_questions()]
    assert told == [
        ("Weather", "Is Kirby in Kyiv cold?", {token(kirby), "n_kyiv", "cold"}, {kirby, "Kyiv"}),
        ("Weather", "does it rain", {"rain"}, set()),
        ("Animals", "Which 12 animals are these?", {"12", "anim"}, set()),
    ]


def test_what_gaps_ask_for_is_no_word_of_the_record(base):
    assert base.times(["cold", "rain", "anim"]) == {}
    assert "animals" not in dict(base.spellings())


def test_passages_leave_nothing_open(tmp_path, write_passages, open_base):
    base = open_base(write_passages(tmp_path / "p.jsonl", [{"id": "one", "outlet": "CNN", "text": "Zebras."}]))
    assert base.open_questions() == ()


def test_any_number_of_terms_or_facts_can_be_asked_for_at_once(base):
    assert base.times([*(f"t{at}" for at in range(3_000)), "zebra"]).keys() == {"zebra"}
    assert ids(base.facts([9_999, 3, 1, 3, *range(100, 3_000)])) == ["a-kirby", "a-zebras"]


def test_spellings_are_the_longer_words_with_how_often_they_stand(base):
    spellings = dict(base.spellings())
    assert spellings["troops"] > spellings["soldiers"] == 1
    assert "go" not in spellings


def test_facts_around_a_day_are_those_of_its_neighbours_the_nearest_first(base):
    days = [fact.article.published for fact in base.facts()]
    for today in {*filter(None, days), date(1999, 1, 1)}:
        for apart in (0, 1, 400):
            near = [at for at, day in enumerate(days, start=1) if day and abs((day - today).days) <= apart]
            nearest = sorted(near, key=lambda at: abs((days[at - 1] - today).days))
            assert base.around(today, apart).tolist() == nearest
            assert base.around(today, apart, limit=1).tolist() == nearest[:1]
            until = [at for at in nearest if days[at - 1] <= today]
            assert base.around(today, apart, as_of=today).tolist() == until
