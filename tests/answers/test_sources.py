"""Where a fact base comes from: a data folder, all its problems named together, or a .jsonl file of passages."""

import json
import os
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answers.errors import Refused
from answers.folder import readable
from answers.model import Granularity
from answers.passages import MOST_PROBLEMS
from answers.sources import fingerprint, read

ARTICLE = '+++\noutlet = "CNN"\npublished = 2022-02-02\n+++\nOne thing. Another thing.\n'
FACT = '[[fact]]\nid = "one-thing"\nquote = "One thing."\n'
GAP = '[[gap]]\nabout = "Weather"\nquestions = ["Is it cold?", "does it rain?"]\n'
OTHER = FACT.replace("one-thing", "another").replace("One thing.", "Another thing.")


@pytest.fixture
def problems_of(tmp_path, write_folder):
    def problems_of(**files):
        with pytest.raises(Refused) as refused:
            read(write_folder(tmp_path, **files))
        return refused.value.problems

    return problems_of


def taken(path):
    """Every article with its facts; a .jsonl file is only read while it is iterated."""
    return list(read(path).articles)


def outcome(file):
    try:
        return taken(file), ()
    except Refused as refused:
        return [], refused.problems


def refused_while_reading(file):
    with pytest.raises(Refused) as refused:
        taken(file)
    return refused.value.problems


def test_a_folder_gives_its_articles_with_their_facts_and_its_names(tmp_path, write_folder):
    names = '[person]\n"A. Writer" = {}\n'
    folder = write_folder(tmp_path, articles={"bbb": ARTICLE, "aaa": ARTICLE}, facts={"bbb": FACT + OTHER}, names=names)
    sources = read(folder)
    (first, none), (second, facts) = sources.articles
    assert (first.id, none, second.id) == ("aaa", (), "bbb")
    assert [fact.id for fact in facts] == ["one-thing", "another"]
    assert all(fact.article is second for fact in facts)
    assert [name.canonical for name in sources.names] == ["A. Writer"]
    assert sources.path == folder


def test_a_folder_without_facts_and_names_is_a_source_too(tmp_path, write_folder):
    sources = read(write_folder(tmp_path, articles={"aaa": ARTICLE}))
    assert (sources.names, [facts for _, facts in sources.articles]) == ((), [()])


def test_a_folder_gives_its_gaps_and_need_not_have_any(tmp_path, write_folder):
    assert read(write_folder(tmp_path, articles={"aaa": ARTICLE})).gaps == ()
    sources = read(write_folder(tmp_path, articles={"aaa": ARTICLE}, gaps=GAP))
    assert [(gap.about, gap.questions) for gap in sources.gaps] == [("Weather", ("Is it cold?", "does it rain?"))]


def test_an_empty_folder_is_refused(problems_of):
    (problem,) = problems_of()
    assert (problem.path, problem.line) == ("articles", 0)
    assert "no article" in problem.message


@pytest.mark.parametrize("name", ["nowhere", "passages.json", "empty.jsonl/"])
def test_what_is_neither_a_folder_nor_passages_is_refused(tmp_path, name):
    (tmp_path / "passages.json").write_text("{}")
    with pytest.raises(Refused) as refused:
        read(tmp_path / name)
    (problem,) = refused.value.problems
    assert problem.path == str(tmp_path / name)
    assert "names.toml" in problem.hint


def test_a_fact_file_without_its_article_is_named_with_the_one_that_was_meant(problems_of):
    (problem,) = problems_of(articles={"2022-cnn-troops": ARTICLE}, facts={"2022-cnn-troop": FACT})
    assert problem.path == "facts/2022-cnn-troop.toml"
    assert problem.message == "has no article articles/2022-cnn-troop.md"
    assert problem.hint == "did you mean 2022-cnn-troops?"


def test_facts_of_a_broken_article_are_not_blamed_for_it(problems_of):
    assert [p.path for p in problems_of(articles={"aaa": "broken"}, facts={"aaa": FACT})] == ["articles/aaa.md"]


def test_an_id_in_two_files_is_named(problems_of):
    (problem,) = problems_of(articles={"aaa": ARTICLE, "bbb": ARTICLE}, facts={"aaa": FACT, "bbb": FACT})
    assert (problem.path, problem.message) == ("facts/bbb.toml", "the id one-thing stands in facts/aaa.toml too")


def test_a_name_that_nobody_knows_is_named_with_the_one_that_was_meant(problems_of):
    fact = FACT + 'names = ["Polnad", "Ukraine", "A. Writer"]\n'
    (problem,) = problems_of(articles={"aaa": ARTICLE}, facts={"aaa": fact}, names='[person]\n"A. Writer" = {}\n')
    assert problem.message == "one-thing names 'Polnad', which names.toml does not know"
    assert problem.hint == "did you mean Poland?"


def test_a_replacement_must_be_a_fact_of_any_file(problems_of, tmp_path, write_folder):
    gone = 'status = "corrected"\nwithdrawn = 2022-02-03\nnote = "Wrong."\nreplaced_by = "'
    articles = {"aaa": ARTICLE, "bbb": ARTICLE}
    (problem,) = problems_of(articles=articles, facts={"aaa": FACT + gone + 'anothr"\n', "bbb": OTHER})
    assert problem.message == "one-thing is replaced by anothr, which is no fact"
    assert problem.hint == "did you mean another?"
    assert read(write_folder(tmp_path, facts={"aaa": FACT + gone + 'another"\n'}))


@pytest.mark.parametrize(("key", "line"), [("outlet", 'outlet = "CNN"\n'), ("published", "published = 2022-02-02\n")])
def test_no_fact_is_let_out_before_its_outlet_and_day_are_known(key, line, problems_of, tmp_path, write_folder):
    unfinished = {"aaa": ARTICLE.replace(line, "")}
    (problem,) = problems_of(articles=unfinished, facts={"aaa": FACT})
    assert str(problem) == (
        f"articles/aaa.md: {key} is missing, and one-thing is published (fill it in; what is not known blocks publishing)"
    )
    folder = write_folder(tmp_path, articles=unfinished, facts={"aaa": FACT + 'status = "draft"\n'})
    ((article, _),) = taken(folder)
    assert article.unknown == (key,)


def test_what_a_gap_holds_open_no_published_fact_is_known_to_answer(problems_of):
    fact = FACT + 'questions = ["Is it one thing?", "DOES it rain"]\n'
    (problem,) = problems_of(articles={"aaa": ARTICLE}, facts={"aaa": fact}, gaps=GAP.replace('", "', '",\n"'))
    assert (problem.path, problem.line) == ("gaps.toml", 4)
    assert problem.message == "one-thing is known to answer 'does it rain?'"
    assert problem.hint == "take the question out of the gap, or out of the fact"


@pytest.mark.parametrize(
    "life", ['status = "draft"', 'status = "retracted"\nwithdrawn = 2022-02-03\nnote = "Wrong."'], ids=["draft", "gone"]
)
def test_what_a_draft_or_a_withdrawn_fact_answered_may_be_open(tmp_path, write_folder, life):
    facts = {"aaa": FACT + f'questions = ["Is it cold?"]\n{life}\n'}
    assert read(write_folder(tmp_path, articles={"aaa": ARTICLE}, facts=facts, gaps=GAP)).gaps


def test_all_problems_of_all_files_are_named_together_in_order(problems_of):
    problems = problems_of(
        articles={
            "aaa": ARTICLE,
            "bbb": ARTICLE.replace("published = 2022-02-02", "published = 1"),
            "ccc": "no front matter",
        },
        facts={"aaa": FACT.replace("One", "Two") + 'topcis = ["A"]', "zzz": FACT},
        names="[planet]\nMars = {}\n",
        gaps=GAP.replace("about", "abuot"),
    )
    assert [(problem.path, problem.line) for problem in problems] == [
        ("articles/bbb.md", 3),
        ("articles/ccc.md", 1),
        ("facts/aaa.toml", 3),
        ("facts/aaa.toml", 4),
        ("facts/zzz.toml", 0),
        ("gaps.toml", 1),
        ("gaps.toml", 2),
        ("names.toml", 1),
    ]


def test_the_revision_of_a_folder_changes_with_every_file_and_every_name(tmp_path, write_folder):
    folder = write_folder(tmp_path, articles={"aaa": ARTICLE}, facts={"aaa": FACT})
    seen = {read(folder).revision}
    assert seen == {read(folder).revision}
    for change in (
        {"articles": {"aaa": ARTICLE + " "}},
        {"facts": {"aaa": FACT + "\n"}},
        {"articles": {"aab": ARTICLE}},
        {"names": ""},
        {"gaps": ""},
        {"gaps": GAP},
    ):
        seen.add(read(write_folder(tmp_path, **change)).revision)
    (tmp_path / "articles" / "aab.md").rename(tmp_path / "articles" / "aac.md")
    assert len(seen | {read(tmp_path).revision}) == 8


# Passages ---------------------------------------------------------------------------------------------------------


def passage(id_="one", **given):
    return {"id": id_, "outlet": "CNN", "text": "Some words.", **given}


@settings(max_examples=50)
@given(st.one_of(st.binary(), st.lists(st.recursive(st.none() | st.text(), st.lists)).map(json.dumps).map(str.encode)))
@example(b"[" * 100_000)
@example(b'{"id": "a", "outlet": "b", "text": "\\ud800"}')
@example(b'\xef\xbb\xbf{"id": "a", "outlet": "b", "text": "c"}')
@example(b'{"id": "a", "outlet": "b", "text": "c", "date": "0000-02"}')
@example(b'{"id": "a", "outlet": "b", "text": "c", "date": "2022-13"}')
def test_any_bytes_of_a_passages_file_are_taken_or_refused(tmp_path_factory, data):
    file = tmp_path_factory.getbasetemp() / "any.jsonl"
    file.write_bytes(data)
    found, problems = outcome(file)
    assert bool(found) is not bool(problems)
    assert all(facts for _, facts in found)


VALUES = st.none() | st.integers() | st.text(max_size=3) | st.sampled_from(["2022", "a", "b", [], {}, False])
KEYS = ("id", "outlet", "text", "date", "title", "url", "article_id")


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, VALUES)), max_size=4))
def test_any_objects_of_a_passages_file_are_taken_or_refused(tmp_path_factory, write_passages, passages):
    file = write_passages(tmp_path_factory.getbasetemp() / "objects.jsonl", passages)
    found, problems = outcome(file)
    assert bool(found) is not bool(problems)
    assert all(problem.path == "objects.jsonl" for problem in problems)
    assert problems or sum(len(facts) for _, facts in found) == len(passages)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{nonsense", "is not JSON that can be read"),
        (b'{"id": "a\xff"}', "is not JSON that can be read"),
        (b'{"id": "a", "outlet": "b", "text": "\\ud800"}', "is not JSON that can be read"),
        (b"[1]", "is not an object"),
        (b'{"text": "c"}', "id, outlet must be text and not empty"),
        (b'{"id": " ", "outlet": "b", "text": "c"}', "id must be text and not empty"),
        (b'{"id": "a", "outlet": "b", "text": "c", "url": 1, "title": [2]}', "title, url must be text"),
        (b'{"id": "a", "outlet": "b", "text": "c", "date": "yesterday"}', "date 'yesterday' is not a day such as"),
        (b'{"id": "a", "outlet": "b", "text": "c", "date": "2022-02-30"}', "date '2022-02-30' is not a day such as"),
        (b'{"id": "one", "outlet": "b", "text": "c"}', "the id one stands twice"),
        (b'{"id": "a", "text": "c", "outlet": "%b"}' % (b"b" * 5_000), "outlet must not be longer than"),
    ],
)
def test_a_line_that_is_no_passage_is_named_with_its_line(tmp_path, write_passages, line, message):
    file = write_passages(tmp_path / "p.jsonl", [passage(), b"", line])
    (problem,) = refused_while_reading(file)
    assert (problem.path, problem.line) == ("p.jsonl", 3)
    assert message in problem.message


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_a_file_without_passages_is_refused(tmp_path, data):
    (tmp_path / "p.jsonl").write_bytes(data)
    (problem,) = refused_while_reading(tmp_path / "p.jsonl")
    assert (problem.line, problem.message) == (0, "holds no passage")


@pytest.mark.parametrize("other", [{"outlet": "BBC"}, {"date": "2022-02"}])
def test_passages_of_one_article_must_agree_on_outlet_and_date(tmp_path, write_passages, other):
    lines = [passage("one", article_id="x"), passage("two", article_id="y"), passage("tri", article_id="x", **other)]
    (problem,) = refused_while_reading(write_passages(tmp_path / "p.jsonl", lines))
    assert (problem.line, problem.message) == (3, "article x has two outlets or two dates")


def test_reading_stops_at_too_many_problems(tmp_path, write_passages):
    problems = refused_while_reading(write_passages(tmp_path / "p.jsonl", [b"x"] * 500))
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].line == MOST_PROBLEMS
    assert any("reading stopped here" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("given_date", "published", "dated", "iso"),
    [
        ("2022-02-02", date(2022, 2, 2), Granularity.DAY, "2022-02-02"),
        ("2022-02", date(2022, 2, 28), Granularity.MONTH, "2022-02"),
        ("2024-02", date(2024, 2, 29), Granularity.MONTH, "2024-02"),
        ("2022", date(2022, 12, 31), Granularity.YEAR, "2022"),
        ("", None, Granularity.DAY, ""),
        (None, None, Granularity.DAY, ""),
    ],
)
def test_as_much_of_a_date_as_is_known_is_kept(tmp_path, write_passages, given_date, published, dated, iso):
    ((article, _),) = taken(write_passages(tmp_path / "p.jsonl", [passage(date=given_date)]))
    assert (article.published, article.dated, article.published_iso) == (published, dated, iso)


def test_passages_of_one_article_become_neighbours_in_file_order(tmp_path, write_passages):
    lines = [
        passage("p1", article_id="x", text="First of x.", title="X", url="https://x.example"),
        passage("p2", article_id="y", text="First of y."),
        passage("p3", article_id="x", text=" Second of x. "),
        passage("p4", text="Alone."),
        passage("p0", article_id="y", text="Second of y."),
    ]
    found = taken(write_passages(tmp_path / "p.jsonl", lines))
    assert [(article.id, [fact.id for fact in facts]) for article, facts in found] == [
        ("x", ["p1", "p3"]),
        ("y", ["p2", "p0"]),
        ("p4", ["p4"]),
    ]
    texts = {line["id"]: line["text"] for line in lines}
    assert {fact.id: fact.quote.text for _, facts in found for fact in facts} == texts
    first = found[0][0]
    assert first.text == "First of x.\n\n Second of x. "
    assert (first.title, first.url, first.outlet_known) == ("X", "https://x.example", "passages")


def test_the_revision_of_passages_is_of_their_bytes(tmp_path, write_passages):
    file = write_passages(tmp_path / "p.jsonl", [passage()])
    before = read(file).revision
    assert before == read(write_passages(tmp_path / "q.jsonl", [passage()])).revision
    assert before != read(write_passages(file, [passage(text="Some words!")])).revision


def test_every_article_of_two_outlets_is_named(tmp_path, write_passages):
    lines = [passage(f"{stem}-{n}", article_id=stem, outlet=f"Outlet {n}") for stem in ("x", "y") for n in (1, 2)]
    problems = refused_while_reading(write_passages(tmp_path / "p.jsonl", lines))
    assert [(problem.line, problem.message.split()[1]) for problem in problems] == [(2, "x"), (4, "y")]


def test_one_day_written_in_two_ways_is_one_day(tmp_path, write_passages):
    lines = [passage("one", article_id="x", date="2022-02-02"), passage("two", article_id="x", date="20220202")]
    ((article, facts),) = taken(write_passages(tmp_path / "p.jsonl", lines))
    assert (article.published, len(facts)) == (date(2022, 2, 2), 2)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://me:secret@cnn.example/"])
def test_an_address_that_no_reader_should_follow_is_refused_or_left_out(tmp_path, write_passages, url):
    found, problems = outcome(write_passages(tmp_path / "p.jsonl", [passage("one"), passage("two", url=url)]))
    assert [problem.line for problem in problems] == [2] or [article.url for article, _ in found] == ["", ""]


@pytest.mark.parametrize(
    ("named", "message", "hint"),
    [
        ("bbbb", "same_as names bbbb, which is no article", "did you mean bbb?"),
        ("aaa", "same_as names aaa, which is itself", ""),
        ("ccc", "same_as names ccc, which is a copy itself", "name bbb"),
    ],
)
def test_a_copy_names_an_article_that_is_none(named, message, hint, problems_of):
    copy, other = (ARTICLE.replace("+++\n", f'+++\nsame_as = "{one}"\n', 1) for one in (named, "bbb"))
    (problem,) = problems_of(articles={"aaa": copy, "bbb": ARTICLE, "ccc": other})
    assert (problem.path, problem.line, problem.message) == ("articles/aaa.md", 2, message)
    assert problem.hint.startswith(hint)


def test_a_copy_of_an_article_that_is_refused_is_not_refused_itself(problems_of):
    copy = ARTICLE.replace("+++\n", '+++\nsame_as = "bbb"\n', 1)
    (problem,) = problems_of(articles={"aaa": copy, "bbb": "no front matter"})
    assert problem.path == "articles/bbb.md"


def test_the_articles_that_can_be_read_are_given_whatever_is_wrong_with_others(tmp_path, write_folder):
    folder = write_folder(tmp_path, articles={"aaa": ARTICLE, "bbb": "no front matter"}, facts={"aaa": "[[["})
    assert [article.id for article in readable(folder)] == ["aaa"]


def test_a_fingerprint_is_the_hash_of_what_would_be_read_though_nothing_is_parsed(tmp_path, write_folder):
    folder = write_folder(tmp_path, articles={"aaa": ARTICLE}, facts={"aaa": FACT}, names="", gaps=GAP)
    assert fingerprint(folder) == read(folder).revision
    (folder / "facts" / "broken.toml").write_bytes(b"\xff = [")
    told = fingerprint(folder)
    assert told not in {"", None}
    with pytest.raises(Refused):
        read(folder)
    file = tmp_path / "passages.jsonl"
    file.write_bytes(b"no passage at all\n")
    assert fingerprint(file) == read(file).revision
    assert fingerprint(tmp_path / "nothing") == ""


@pytest.mark.parametrize("kind", ["huge", "pipe"])
def test_what_is_huge_or_no_file_is_named_and_never_opened(tmp_path, write_folder, kind):
    folder = write_folder(tmp_path, articles={"aaa": ARTICLE})
    path = folder / "articles" / "odd.md"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        with path.open("wb") as opened:
            opened.truncate(50_000_000)
    assert fingerprint(folder) == ""
    with pytest.raises(Refused, match=r"articles/odd\.md: is "):
        read(folder)
