from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.compose import Age, age, context, of_fact, others, views
from answers.model import Aside, Closest, Found, Suggestion, Unknown, Unread, Withdrawn
from tests.answers.builders import DAY, TODAY, a_fact, a_match, a_withdrawn, an_article, any_text, holding

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))
TEXT = "First words. Middle words. Last words."


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    article = an_article(TEXT)
    facts = [
        *(a_fact(f"{order} words.", f"cnn-{order.lower()}", of=article) for order in ("First", "Middle", "Last")),
        *(
            a_fact(f"{outlet} says so.", id_, of=an_article(f"{outlet} says so.", f"of-{id_}", outlet=outlet), claim=c)
            for id_, outlet, c in (
                ("afp-one", "AFP", "agreed"),
                ("bbc-one", "BBC", "agreed"),
                ("bbc-two", "BBC", "agreed"),
                ("cbc-one", "CBC", "agreed"),
                ("dpa-one", "DPA", "agreed"),
                ("efe-one", "EFE", "lonely"),
            )
        ),
        a_withdrawn(id_="bbc-old", claim="agreed", replaced_by="bbc-one"),
    ]
    with holding(tmp_path_factory.mktemp("compose"), *facts) as snapshot:
        yield snapshot.base


@pytest.mark.parametrize(
    ("published", "today", "expected"),
    [
        (DAY, DAY, Age(count=0, unit="day")),
        (DAY, date(2022, 2, 3), Age(count=1, unit="day")),
        (DAY, date(2022, 2, 15), Age(count=13, unit="day")),
        (DAY, date(2022, 2, 16), Age(count=2, unit="week")),
        (DAY, date(2022, 4, 2), Age(count=8, unit="week")),
        (DAY, date(2022, 4, 3), Age(count=2, unit="month")),
        (DAY, date(2023, 2, 1), Age(count=12, unit="month")),
        (DAY, date(2023, 2, 2), Age(count=1, unit="year")),
        (DAY, date(2023, 2, 3), Age(count=1, unit="year", over=True)),
        (DAY, date(2026, 11, 22), Age(count=4, unit="year", over=True)),
        (date(2020, 2, 29), date(2021, 2, 28), Age(count=12, unit="month")),
        (date(2020, 2, 29), date(2021, 3, 1), Age(count=1, unit="year", over=True)),
        (date(2020, 2, 29), date(2024, 2, 29), Age(count=4, unit="year")),
        (date(2021, 12, 31), date(2022, 1, 1), Age(count=1, unit="day")),
        (date(2022, 2, 3), DAY, None),
        (None, DAY, None),
    ],
)
def test_age_is_told_in_the_unit_that_reads_best(published, today, expected):
    assert age(published, today) == expected


@given(DAYS, DAYS, st.integers(0, 4000))
def test_what_is_older_is_never_told_as_younger(published, today, more):
    def least_days(told):
        return told.count * {"day": 1, "week": 7, "month": 30, "year": 365}[told.unit] + told.over

    told, older = age(published, today), age(published - timedelta(days=more), today)
    assert (told is None) == (published > today)
    if told:
        assert told.count >= 0
        assert least_days(told) <= least_days(older)
        assert least_days(told) <= (today - published).days + told.over


def shown(answer, base):
    return [tuple(fact.id for fact in view.facts) for view in views(answer, base, TODAY)]


def test_a_found_passage_stands_with_one_passage_of_at_most_two_other_outlets(base):
    answer = Found(confidence=1.0, match=a_match(base.fact("afp-one")))
    assert shown(answer, base) == [("afp-one", "bbc-one", "cbc-one"), ("afp-one", "bbc-one"), ("afp-one",)]


def test_a_fact_without_a_claim_stands_alone(base):
    assert shown(Found(confidence=1.0, match=a_match(base.fact("cnn-first"))), base) == [("cnn-first",)]


def test_what_answers_further_parts_stands_in_the_place_of_what_others_say_and_is_left_out_from_the_last(base):
    further = tuple(a_match(base.fact(id_)) for id_ in ("cnn-first", "efe-one"))
    answer = Found(confidence=1.0, match=a_match(base.fact("afp-one")), further=further)
    assert shown(answer, base) == [("afp-one", "cnn-first", "efe-one"), ("afp-one", "cnn-first"), ("afp-one",)]


def test_parts_on_which_nothing_was_found_are_named_unless_the_passage_leaves_them_no_room(base):
    answer = Found(confidence=1.0, match=a_match(base.fact("afp-one")), open=("who is the pope?",))
    ways = list(views(answer, base, TODAY))
    assert [(len(way.beside), way.open) for way in ways] == [
        *((beside, answer.open) for beside in (2, 1, 0)),
        (0, ()),  # the parts may be as long as a question
    ]


def test_near_passages_are_left_out_from_the_last(base):
    near = tuple(a_match(base.fact(id_)) for id_ in ("cnn-first", "bbc-one", "efe-one"))
    answer = Closest(confidence=0.2, matches=near, missing=("Taiwan",), gap="Weather")
    assert shown(answer, base) == [
        ("cnn-first", "bbc-one", "efe-one"),
        ("cnn-first", "bbc-one"),
        ("cnn-first",),
        ("cnn-first",),  # without what is missing, which may be as long as a question
    ]
    told = [(view.missing, view.gap) for view in views(answer, base, TODAY)]
    assert told == [(("Taiwan",), "Weather")] * 3 + [((), "")]


def test_nothing_found_is_shown_in_one_way_with_all_that_the_answer_says(base):
    told = {"coverage": base.coverage, "missing": ("Taiwan",), "gap": "Weather", "unread": Unread.EMPTY}
    (view,) = views(Unknown(confidence=0.0, **told), base, TODAY)
    assert {name: getattr(view, name) for name in told} == told
    assert (view.facts, view.suggestions) == ((), ())


def test_what_no_passage_can_answer_is_shown_in_one_way_and_without_a_passage(base):
    ask = (Suggestion(text="Who goes?", fact="a", code="b", number=0),)
    answer = Unknown(confidence=0.0, coverage=base.coverage, suggestions=ask, aside=Aside.THANKS, ranking=(a_match(),))
    (view,) = views(answer, base, TODAY)
    assert (view.template, view.aside, view.suggestions, view.facts) == ("aside", Aside.THANKS, ask, ())


def test_a_withdrawn_passage_stands_with_what_replaced_it_or_alone(base):
    match = a_match(base.fact("bbc-old"))
    with_now = Withdrawn(confidence=1.0, match=match, replacement=base.fact("bbc-one"))
    assert shown(with_now, base) == [("bbc-old", "bbc-one"), ("bbc-old",)]
    assert shown(Withdrawn(confidence=1.0, match=match), base) == [("bbc-old",)]


def test_a_fact_shown_for_its_own_sake_is_shown_as_an_answer(base):
    assert [view.template for view in of_fact(base.fact("bbc-old"), base, TODAY)] == ["withdrawn", "withdrawn"]
    assert [view.template for view in of_fact(base.fact("efe-one"), base, TODAY)] == ["found"]


@pytest.mark.parametrize(
    ("id_", "fullest"),
    [
        ("cnn-first", ("", " Middle words.")),
        ("cnn-middle", ("First words. ", " Last words.")),
        ("cnn-last", ("Middle words. ", "")),
    ],
)
def test_a_passage_in_its_article_stands_between_its_neighbours_or_alone(base, id_, fullest):
    fact = base.fact(id_)
    ways = list(context(fact, base, TODAY))
    assert (ways[0].before, ways[0].after) == fullest
    assert (ways[-1].before, ways[-1].after) == ("", "")
    assert all(way.facts == (fact,) for way in ways)
    assert all(way.before + way.card.passage + way.after in TEXT for way in ways)


def test_others_are_all_published_passages_of_the_claim_as_many_as_fit(base):
    ways = list(others(base.fact("bbc-one"), base, TODAY))
    assert [(len(way.cards), way.more) for way in ways] == [(4, 0), (3, 1), (2, 2), (1, 3), (0, 4)]
    assert [fact.id for fact in ways[0].facts] == ["afp-one", "bbc-two", "cbc-one", "dpa-one"]
    (alone,) = others(base.fact("efe-one"), base, TODAY)
    assert (alone.cards, alone.more) == ((), 0)


@given(any_text(max_size=200), st.sampled_from([Found, Closest, Withdrawn]))
def test_no_way_to_show_an_answer_cuts_a_passage(base, passage, kind):
    match = a_match(a_fact(passage, claim="agreed"))
    told = {"matches": (match, match)} if kind is Closest else {"match": match}
    ways = list(views(kind(confidence=1.0, **told), base, TODAY))
    cards = [card for way in ways for card in getattr(way, "cards", ()) or (way.card,)]
    assert ways
    assert all(card.passage == passage for card in cards)
    assert [len(way.facts) for way in ways] == sorted((len(way.facts) for way in ways), reverse=True)


def test_what_other_outlets_say_is_shown_with_how_it_stands_to_the_card(tmp_path):
    facts = [
        a_fact(words, id_, of=an_article(words, f"of-{id_}", outlet=outlet), claim="one", speaker=speaker)
        for id_, outlet, words, speaker in (
            ("afp-one", "AFP", "AFP says so.", "John Kirby"),
            ("bbc-one", "BBC", "BBC says so.", "Pentagon"),
            ("cbc-one", "CBC", "CBC says so.", ""),
        )
    ]
    with holding(tmp_path, *facts) as snapshot:
        answer = Found(confidence=1.0, match=a_match(snapshot.base.fact("afp-one")))
        found = [view.standing.shared for view in views(answer, snapshot.base, TODAY)]
        said = [view.standing.shared for view in others(snapshot.base.fact("bbc-one"), snapshot.base, TODAY)]
    assert [[(one.outlets, one.origin.name) for one in shared] for shared in found] == [
        [(("AFP", "BBC"), "The Pentagon")],
        [(("AFP", "BBC"), "The Pentagon")],
        [],
    ]
    assert [[one.outlets for one in shared] for shared in said] == [[("BBC", "AFP")], [("BBC", "AFP")], []]
