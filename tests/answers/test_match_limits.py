from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.limits import Limits, limits_of
from answers.text.names import Gazetteer, Kind, Name
from answers.text.reading import read

TODAY = date(2022, 2, 10)  # a Thursday
NAMES = Gazetteer(
    [
        Name(canonical="CNN", kind=Kind.OUTLET, forms=()),
        Name(canonical="CBC", kind=Kind.OUTLET, forms=()),
        Name(canonical="Kirby", kind=Kind.PERSON, forms=("John Kirby",)),
        Name(canonical="Biden", kind=Kind.PERSON, forms=()),
        Name(canonical="Pentagon", kind=Kind.ORGANISATION, forms=()),
        Name(canonical="Poland", kind=Kind.PLACE, forms=()),
    ]
)


def limits(text, today=TODAY):
    return limits_of(read(text, NAMES), text, today)


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("According to CNN, how many troops go to Poland?", ("CNN",)),
        ("what does CBC say about Poland", ("CBC",)),
        ("How many troops are there in the CNN article?", ("CNN",)),
        ("Did CNN report that troops go?", ("CNN",)),
        ("What do CNN and CBC say?", ("CNN", "CBC")),
        ("What is in CNN's report?", ("CNN",)),
        ("how many troops are reported by CNN", ("CNN",)),
        ("What did Biden tell CNN?", ()),
        ("Who works for CNN?", ()),
        ("What is CNN?", ()),
        ("According to Kirby, is CNN right?", ()),
    ],
)
def test_an_outlet_limits_where_it_is_asked_by(text, outlets):
    assert limits(text).outlets == outlets


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("What did Kirby say?", ("Kirby",)),
        ("What did Pentagon spokesman John Kirby say about Poland?", ("Kirby",)),
        ("According to Biden, will troops fight?", ("Biden",)),
        ("Kirby's words on Poland", ("Kirby",)),
        ("what Biden said about Poland", ("Biden",)),
        ("Did Biden say troops will fight?", ("Biden",)),
        ("What was said by Kirby?", ("Kirby",)),
        ("What did the Pentagon say?", ()),
        ("Who is Kirby?", ()),
        ("Did Biden send troops?", ()),
        ("Who told Biden?", ()),
        ("Kirby", ()),
    ],
)
def test_a_person_limits_where_the_question_asks_for_words(text, speakers):
    assert limits(text).speakers == speakers


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What was announced on 2 February 2022?", "2022-02-02", "2022-02-02"),
        ("on 2022-02-03", "2022-02-03", "2022-02-03"),
        ("am 03.02.2022", "2022-02-03", "2022-02-03"),
        ("February 2", "2022-02-02", "2022-02-02"),
        ("on the 2nd of February", "2022-02-02", "2022-02-02"),
        ("on Feb. 2nd, 2022", "2022-02-02", "2022-02-02"),
        ("December 30", "2021-12-30", "2021-12-30"),
        ("on Wednesday", "2022-02-09", "2022-02-09"),
        ("on Thursday", "2022-02-10", "2022-02-10"),
        ("last Thursday", "2022-02-03", "2022-02-03"),
        ("next Thursday", "2022-02-17", "2022-02-17"),
        ("who spoke yesterday", "2022-02-09", "2022-02-09"),
        ("what did Biden say today", "2022-02-10", "2022-02-10"),
        ("how many troops are in Poland today", None, None),
        ("last week", "2022-01-31", "2022-02-06"),
        ("this week", "2022-02-07", "2022-02-13"),
        ("last month", "2022-01-01", "2022-01-31"),
        ("next year", "2023-01-01", "2023-12-31"),
        ("did they approve it last summer", "2021-06-01", "2021-08-31"),
        ("last winter", "2020-12-01", "2021-02-28"),
        ("this winter", "2021-12-01", "2022-02-28"),
        ("next spring", "2022-03-01", "2022-05-31"),
        ("in the autumn of 2019", "2019-09-01", "2019-11-30"),
        ("will prices fall", None, None),
        ("in January 2022", "2022-01-01", "2022-01-31"),
        ("in March", "2021-03-01", "2021-03-31"),
        ("in 2021", "2021-01-01", "2021-12-31"),
        ("since 2014", "2014-01-01", None),
        ("before February 2", None, "2022-02-02"),
        ("three days ago", "2022-02-07", "2022-02-07"),
        ("in the past few weeks", "2022-01-13", "2022-02-10"),
        ("on February 31", None, None),
        ("the army may march", None, None),
        ("who sent 2000 troops", None, None),
        ("on Black Friday", None, None),
    ],
)
def test_times_are_resolved_against_today(text, first, last):
    found = limits(text)
    assert [day and day.isoformat() for day in (found.first, found.last)] == [first, last]
    assert bool(found.words) == bool(first or last)
    assert found.words in text


def test_now_is_told_beside_the_time():
    assert limits("where are they now").now
    assert limits("where are they") == Limits()


PIECES = st.sampled_from(
    "on in since last next this past 31 30 0 99 february may 2022 0000 9999 . , - ago weeks days years today week month "
    "year monday yesterday few mondaİ jul what did Kirby say according to CNN and".split()
)


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join)),
    st.one_of(st.dates(), st.sampled_from([date.min, date.max, date(2024, 2, 29)])),
)
def test_any_text_has_limits_on_any_day(text, today):
    found = limits(text, today)
    assert found.first is None or found.last is None or found.first <= found.last
