from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers import articles, facts
from answers.errors import Refused
from answers.model import Granularity, Known, Part, Status

PATH = "facts/courier-bridge.toml"
WITHDRAWN = 'status = "corrected"\nwithdrawn = 2022-02-05\nnote = "It was 20 people."\n'


ARTICLE = """\
+++
outlet = "The Courier"
published = 2022-02-02
+++

The bridge was closed on Monday. The mayor said 200 people had left the town.

“We will open the school tomorrow,” said Ann Roe, the head of the school.
"""

FACTS = """\
[[fact]]
id = "courier-bridge"
quote = "The bridge was closed on Monday."
topics = ["Roads"]
claim = "bridge-closed"
questions = ["Is the bridge closed?", "When was the bridge shut?"]

[[fact.date]]
text = "Monday"
iso = "2022-01-31"
from = 2022-01-31
to = 2022-01-31

[[fact]]
id = "courier-people-left"
quote = "The mayor said 200 people had left the town."
speaker = "The mayor"
known = "cue"
topics = ["People"]
claim = "people-left"
questions = ["How many people left the town?", "Did people leave?"]

[[fact.figure]]
text = "200 people"
value = 200
unit = "people"

[[fact]]
id = "courier-school"
quote = "“We will open the school tomorrow,” said Ann Roe, the head of the school."
speaker = "Ann Roe"
role = "the head of the school"
known = "cue"
names = ["Ann Roe"]
topics = ["Schools"]
claim = "school-opens"
questions = ["Will the school open?", "When does the school open?"]
"""

PIECES = (
    b"\n",
    b'"',
    b"'''",
    b"[",
    b"]",
    b"[[fact]]\n",
    b"= ",
    b"\x00",
    b"\xff",
    b"nan",
    b"{}",
    b"9999-12-31",
    b"0xfff",
)


@pytest.fixture(scope="session")
def article():
    return articles.parse(ARTICLE.encode(), "articles/courier-bridge.md")


@pytest.fixture(scope="session")
def facts_source():
    return FACTS


@pytest.fixture(scope="session")
def outcome():
    """What a call gives, or the problems that it refuses with; anything else that it raises goes on."""

    def outcome(call, *args):
        try:
            return call(*args)
        except Refused as refused:
            return refused.problems

    return outcome


@st.composite
def damaged(draw):
    """A fact file with bytes cut, doubled or put in, or spliced with an article."""
    data = FACTS.encode()
    for _ in range(draw(st.integers(1, 4))):
        at, to = sorted(draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        kinds = (
            data[:at],
            data[:at] + data[to:],
            data[:to] + data[at:],
            data[:at] + piece + data[at:],
            data[:at] + ARTICLE.encode()[at:],
        )
        data = draw(st.sampled_from(kinds))
    return data


@pytest.fixture(scope="session")
def problems_of(article):
    def problems_of(source):
        with pytest.raises(Refused) as caught:
            facts.parse(source if isinstance(source, bytes) else source.encode(), PATH, article)
        assert all(problem.path == PATH for problem in caught.value.problems)
        return caught.value.problems

    return problems_of


def line_of(source, words):
    return source[: source.index(words)].count("\n") + 1


def test_facts_are_read_in_the_order_of_the_article(article, facts_source):
    first, second, third = facts_source.split("\n[[fact]]")
    shuffled = "[[fact]]" + third + "\n[[fact]]" + second + "\n" + first
    read = facts.parse(shuffled.encode(), PATH, article)
    assert [fact.id for fact in read] == ["courier-bridge", "courier-people-left", "courier-school"]
    assert read == facts.parse(facts_source.encode(), PATH, article)


def test_a_fact_is_read_with_all_its_fields(article, facts_source):
    bridge, people, school = facts.parse(facts_source.encode(), PATH, article)
    assert bridge.quote.text == "The bridge was closed on Monday."
    assert (bridge.speaker, bridge.known, bridge.status) == ("", Known.NONE, Status.PUBLISHED)
    assert (bridge.topics, bridge.claim) == (("Roads",), "bridge-closed")
    assert bridge.questions == ("Is the bridge closed?", "When was the bridge shut?")
    (day,) = bridge.dates
    assert (day.text, day.iso, day.granularity) == ("Monday", "2022-01-31", Granularity.DAY)
    assert (day.first, day.last) == (date(2022, 1, 31), date(2022, 1, 31))
    (figure,) = people.figures
    assert (figure.text, figure.low, figure.high, figure.part) == ("200 people", 200.0, 200.0, Part.TOTAL)
    assert (school.speaker, school.role, school.known) == ("Ann Roe", "the head of the school", Known.CUE)
    assert school.names == ("Ann Roe",)
    assert school.article is article


def test_a_withdrawn_fact_says_when_why_and_what_stands_now(article, facts_source):
    source = facts_source.replace('claim = "people-left"\n', WITHDRAWN + 'replaced_by = "courier-bridge"\n')
    fact = facts.parse(source.encode(), PATH, article)[1]
    assert (fact.status, fact.withdrawn_on) == (Status.CORRECTED, date(2022, 2, 5))
    assert (fact.note, fact.replaced_by) == ("It was 20 people.", "courier-bridge")


def test_a_figure_may_be_a_range(article, facts_source):
    source = facts_source.replace(
        "value = 200", 'low = 100\nhigh = 300\nvague = true\nhedge = "about"\nrole = "option"'
    )
    (figure,) = facts.parse(source.encode(), PATH, article)[1].figures
    assert (figure.low, figure.high, figure.vague, figure.hedge) == (100, 300, True, "about")
    assert figure.part is Part.OPTION


@pytest.mark.parametrize("source", [b"", b"# nothing yet\n", b"fact = []\n"])
def test_a_file_without_facts_holds_none(source, article):
    assert facts.parse(source, PATH, article) == ()


def test_facts_written_as_one_line_are_read(article):
    source = b'fact = [{id = "an-id", quote = "The bridge was closed on Monday."}]'
    assert [fact.id for fact in facts.parse(source, PATH, article)] == ["an-id"]


def test_a_status_that_is_a_very_long_number_is_refused(article, outcome):
    source = b'[[fact]]\nid = "an-id"\nquote = "The bridge was closed on Monday."\nstatus = 0x' + b"f" * 5_000
    assert "status must be one of" in str(outcome(facts.parse, source, PATH, article)[0])


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('id = "courier-people-left"\n', "", "[[fact]]\nquote", "id is missing"),
        ('id = "courier-people-left"', 'id = "People"', 'id = "People"', "the id 'People' is not one"),
        ('id = "courier-people-left"', 'id = ["x"]', "id = [", "id must be text"),
        ('quote = "The mayor said 200', 'quote = "The mayor says 200', 'quote = "The mayor', "does not stand in"),
        ('quote = "The mayor said 200 people had left the town."', 'quote = " "', 'quote = " "', "quote is missing"),
        (
            'quote = "The mayor said 200 people had left the town."',
            'quote = "The mayor said 200 people had left the town.\\n"',
            'quote = "The mayor',
            "begins or ends with a blank",
        ),
        ('known = "cue"', "", '[[fact]]\nid = "courier-people', "speaker and known must both be given"),
        ('speaker = "The mayor"', "", 'known = "cue"', "speaker and known must both be given"),
        ('known = "cue"', 'known = "ceu"', 'known = "ceu"', "known must be one of"),
        ('topics = ["People"]', 'topics = ["People", "People"]', 'topics = ["People', "topics names something twice"),
        ('claim = "people-left"', 'clam = "people-left"', "clam =", "unknown key clam"),
        ('claim = "people-left"', 'status = "publish"', 'status = "pub', "status must be one of"),
        ('claim = "people-left"', 'status = "retracted"', 'status = "ret', "needs withdrawn (the day) and note"),
        ('claim = "people-left"', 'status = "retracted"\nnote = "x"', 'status = "ret', "needs withdrawn (the day)"),
        ('claim = "people-left"', 'status = "retracted"\nwithdrawn = 2022-02-05', 'status = "ret', "and note"),
        ('claim = "people-left"', 'status = "draft"\nreplaced_by = "x"', 'status = "dra', "no withdrawn and no repl"),
        ('claim = "people-left"', "withdrawn = 2022-02-05", '[[fact]]\nid = "courier-people', "a published fact has no"),
        (
            'claim = "people-left"',
            WITHDRAWN.replace("2022-02-05", "2022-02-01"),
            "withdrawn = ",
            "before the article was published",
        ),
        ('claim = "people-left"', WITHDRAWN.replace("2022-02-05", '"soon"'), "withdrawn = ", "must be a day"),
        ('questions = ["How many', 'questions = ["' + "x" * 201 + '", "How many', 'questions = ["xxx', "longer than 200"),
        ('text = "200 people"', 'text = "20 people"', "[[fact.figure]]", "does not stand in the quote"),
        ('text = "200 people"', "", "[[fact.figure]]", "text is missing"),
        ("value = 200", "", "[[fact.figure]]", "needs a value, or low and high"),
        ("value = 200", "low = 2\nhigh = 1", "[[fact.figure]]", "needs a value, or low and high"),
        ("value = 200", 'value = "many"', "[[fact.figure]]", "value must be a number"),
        ('unit = "people"', 'units = "people"', "[[fact.figure]]", "unknown key units"),
        ('text = "Monday"', 'text = "Friday"', "[[fact.date]]", "does not stand in the quote"),
        ("to = 2022-01-31", "to = 2022-02-01", "[[fact.date]]", "which is no day"),
        ("to = 2022-01-31", "to = 2022-01-30", "[[fact.date]]", "which is no day"),
        ("to = 2022-01-31", "", "[[fact.date]]", "to must be a day"),
        ("to = 2022-01-31", "to = 2022-01-31T10:00:00Z", "[[fact.date]]", "to must be a day"),
        ('iso = "2022-01-31"', "", "[[fact.date]]", "iso is missing"),
        ('iso = "2022-01-31"', 'iso = "2022-01-31"\ngranularity = "decade"', "[[fact.date]]", "must be one of day"),
    ],
)  # fmt: skip
def test_a_problem_is_named_with_its_line(facts_source, problems_of, old, new, at, message):
    assert old in facts_source
    source = facts_source.replace(old, new, 1)
    found = [problem for problem in problems_of(source) if message in problem.message]
    assert [problem.line for problem in found] == [line_of(source, at)]


def test_a_quote_that_is_nearly_right_is_answered_with_the_passage(facts_source, problems_of):
    (problem,) = problems_of(facts_source.replace("people had left the town", "people left the town"))
    assert problem.hint == "did you mean: The mayor said 200 people had left the town."


def test_a_quote_like_nothing_in_the_article_is_answered_with_advice(facts_source, problems_of):
    (problem,) = problems_of(facts_source.replace("The bridge was closed on Monday.", "ZZZZ 9999 QQQQ"))
    assert problem.hint == "copy the words from the article"


def test_a_misspelt_key_is_answered_with_the_right_one(facts_source, problems_of):
    (problem,) = problems_of(facts_source.replace('topics = ["Roads"]', 'topcs = ["Roads"]'))
    assert problem.hint == "did you mean topics?"


def test_a_misspelt_table_is_answered_with_the_right_one(facts_source, problems_of):
    problems = problems_of(facts_source.replace("[[fact]]", "[[facts]]").replace("[[fact.", "[[facts."))
    assert [problem.hint for problem in problems] == ["did you mean fact?"]


def test_an_id_that_stands_twice_is_named_once(facts_source, problems_of):
    (problem,) = problems_of(facts_source.replace("courier-school", "courier-bridge"))
    assert "courier-bridge stands twice" in problem.message


def test_facts_that_are_no_tables_are_refused(problems_of):
    assert "[[fact.fact]]" in problems_of("fact = [1]")[0].message


def test_all_problems_of_a_file_are_named_at_once(facts_source, problems_of):
    source = (
        facts_source.replace('id = "courier-bridge"', 'id = "Bridge"')
        .replace("200 people had left", "300 people had left")
        .replace('names = ["Ann Roe"]', 'nmaes = ["Ann Roe"]')
        .replace("value = 200", "value = []")
    )
    problems = problems_of(source)
    wanted = ['id = "Bridge"', 'quote = "The mayor', "[[fact.figure]]", "nmaes"]
    assert {problem.line for problem in problems} == {line_of(source, words) for words in wanted}


def test_a_toml_error_is_named_with_its_line(facts_source, problems_of):
    source = facts_source.replace("value = 200", "value = 2OO")
    (problem,) = problems_of(source)
    assert problem.line == line_of(source, "value = 2OO")


@pytest.mark.parametrize("granularity", [str(one) for one in Granularity])
def test_a_date_at_the_end_of_the_calendar_is_read_or_refused(facts_source, article, outcome, granularity):
    source = facts_source.replace("= 2022-01-31\n", "= 9999-12-31\n").replace(
        "[[fact.date]]\n", f'[[fact.date]]\ngranularity = "{granularity}"\n'
    )
    assert outcome(facts.parse, source.encode(), PATH, article)


@pytest.mark.parametrize(
    ("granularity", "last", "fits"),
    [
        ("week", "2022-02-06", True),
        ("week", "2022-02-07", False),
        ("month", "2022-03-02", True),
        ("month", "2022-03-03", False),
        ("quarter", "2022-05-02", True),
        ("quarter", "2022-05-03", False),
        ("range", "2042-01-31", True),
        ("range", "2022-01-30", False),
        ("year", "2023-01-31", True),
        ("year", "2023-02-01", False),
    ],
)
def test_a_date_is_no_wider_than_it_says(facts_source, article, outcome, granularity, last, fits):
    source = facts_source.replace("to = 2022-01-31\n", f'to = {last}\ngranularity = "{granularity}"\n')
    read = outcome(facts.parse, source.encode(), PATH, article)
    assert (f"which is no {granularity}" not in str(read[0])) is fits


@given(data=st.binary())
@example(data=b"fact = " + b"[" * 20_000)
@example(data=b"[[fact]]\n" * 3)
@example(data=b"[[fact]]\nid = 9" + b"9" * 5_000)
def test_any_bytes_give_facts_or_a_named_problem(data, article, outcome):
    read = outcome(facts.parse, data, PATH, article)
    assert isinstance(read, tuple)


@given(data=damaged())
def test_any_damage_to_a_fact_file_gives_facts_or_a_named_problem(data, article, outcome):
    for one in outcome(facts.parse, data, PATH, article):
        assert hasattr(one, "hint") or one.quote.text in article.text


KEYS = "id quote speaker role known names topics claim questions status withdrawn replaced_by note figure date more".split()
INNER = "text value low high hedge unit counts vague role iso from to granularity".split()
VALUES = ("1", '"x"', '""', "[]", "{}", '["x", ["y"]]', "[{}]", "true", "nan", "1e400", "07:30:00", "9999-12-31")


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("key", KEYS)
def test_any_kind_of_value_under_a_key_is_read_or_refused(key, value, article, outcome):
    rest = {"id": '"an-id"', "quote": '"The bridge was closed on Monday."', key: value}
    source = "[[fact]]\n" + "".join(f"{name} = {given}\n" for name, given in rest.items())
    assert outcome(facts.parse, source.encode(), PATH, article)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("key", INNER)
@pytest.mark.parametrize("table", ["figure", "date"])
def test_any_kind_of_value_in_a_figure_or_date_is_read_or_refused(table, key, value, article, outcome):
    rest = {"figure": {"value": "1"}, "date": {"iso": '"x"', "from": "2022-01-31", "to": "2022-01-31"}}[table]
    inner = {"text": '"Monday"', **rest, key: value}
    source = '[[fact]]\nid = "an-id"\nquote = "The bridge was closed on Monday."\n'
    source += f"[[fact.{table}]]\n" + "".join(f"{name} = {given}\n" for name, given in inner.items())
    assert outcome(facts.parse, source.encode(), PATH, article)
