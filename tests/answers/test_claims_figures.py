"""Planted conflicts are found, and nothing else is taken for one."""

import itertools
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from answers.claims import relation
from answers.claims.figures import compare
from answers.model import Agreement, Figure, Granularity, Part, ResolvedDate
from answers.sources import read
from answers.text.names import Gazetteer, outlets, world
from tests.answers.builders import DATA, a_fact, an_article

AGREE, PRECISION, CONFLICT = Agreement.AGREE, Agreement.PRECISION, Agreement.CONFLICT
NOTHING = Agreement.UNCOMPARED


@cache
def gazetteer():
    return Gazetteer(world())


def figure(text, low, high=None, unit="people", counts="", **given):
    return Figure(text=text, low=low, high=low if high is None else high, unit=unit, counts=counts, **given)


def says(words, *figures, outlet="CNN", names=(), day=date(2022, 2, 2), dates=()):
    article = an_article(words, f"article-{outlet.lower()}", outlet=outlet, published=day)
    return a_fact(words, f"{outlet.lower()}-fact", of=article, figures=figures, names=names, dates=dates, claim="one")


def between(one, other):
    return relation(one, other, gazetteer()).agreement


def of(first, second, sentence="{} were counted."):
    """Two facts that say no more than their figures."""
    return between(says(sentence.format(first.text), first), says(sentence.format(second.text), second, outlet="BBC"))


def troops(text, low, high=None, counts="Polish troops on the border", **given):
    return figure(text, low, high, unit=given.pop("unit", "troops"), counts=counts, **given)


VAGUE = {"vague": True}
CONFLICTS = {
    "another number": (troops("500 troops", 500), troops("800 troops", 800)),
    "one more": (figure("12 people", 12), figure("13 people", 13)),
    "a nought more": (troops("2,000 troops", 2_000), troops("20,000 troops", 20_000)),
    "two softened": (
        troops("about 2,000 troops", 2_000, hedge="about"),
        troops("roughly 3,000", 3_000, hedge="roughly"),
    ),
    "softened and bare": (troops("about 2,000 troops", 2_000, hedge="about"), troops("2,500 troops", 2_500)),
    "softened, its word only in the text": (troops("around 2,000 troops", 2_000), troops("2,500 troops", 2_500)),
    "a number below a range": (troops("75,000 to 80,000", 75_000, 80_000), troops("60,000 troops", 60_000)),
    "a number above a range": (troops("75,000 to 80,000", 75_000, 80_000), troops("100,000 troops", 100_000)),
    "two ranges": (troops("10 to 20", 10, 20), troops("30 to 40", 30, 40)),
    "more than, and far fewer": (troops("more than 5,000", 5_000, hedge="more than"), troops("3,000 troops", 3_000)),
    "at least, and one fewer": (figure("at least 12", 12, hedge="at least"), figure("11 people", 11)),
    "up to, and more": (troops("up to 1,000", 1_000, hedge="up to"), troops("1,400 troops", 1_400)),
    "no more than, and more": (figure("no more than 40", 40, hedge="no more than"), figure("45 people", 45)),
    "fewer than, and far more": (figure("fewer than 100", 100, hedge="fewer than"), figure("300 people", 300)),
    "two bounds": (figure("more than 500", 500, hedge="more than"), figure("up to 300", 300, hedge="up to")),
    "nearly, and far more": (figure("nearly 100", 100, hedge="nearly"), figure("150 people", 150)),
    "vague and too few": (troops("tens of thousands", 20_000, 99_999, **VAGUE), troops("5,000 troops", 5_000)),
    "vague and too many": (troops("thousands", 2_000, 9_999, **VAGUE), troops("85,000 troops", 85_000)),
    "two vague": (figure("dozens", 24, 99, **VAGUE), figure("thousands", 2_000, 9_999, **VAGUE)),
    "percent": (figure("40 percent", 40, unit="percent"), figure("60%", 60, unit="%")),
    "per cent in two words": (figure("40 per cent", 40, unit="per cent"), figure("60%", 60, unit="%")),
    "money": (figure("$2 billion", 2e9, unit="$"), figure("3 billion dollars", 3e9, unit="dollars")),
    "another word for the unit": (
        troops("200 soldiers", 200, unit="soldiers"),
        troops("260 personnel", 260, unit="personnel"),
    ),
    "residents are people": (figure("300 residents", 300, unit="residents"), figure("800 people", 800)),
    "deaths are people dead": (
        figure("12 deaths", 12, unit="deaths"),
        figure("19 people", 19, counts="people killed in the blast"),
    ),
    "what is no rounding": (troops("2,000 troops", 2_000), troops("1,900 troops", 1_900)),
    "too few digits for a rounding": (figure("50 people", 50), figure("49 people", 49)),
    "decimals of one kind": (figure("2.7%", 2.7, unit="%"), figure("2.8%", 2.8, unit="%")),
    "what no decimal is rounded to": (figure("4%", 4, unit="%"), figure("2.7%", 2.7, unit="%")),
    "none and some": (figure("0 people", 0), figure("5 people", 5)),
    "more of them": (
        troops("another 60 troops", 60, part=Part.ADDITIONAL),
        troops("an additional 120 troops", 120, part=Part.ADDITIONAL),
    ),
    "already there": (
        troops("the 200 there", 200, counts="Canadian troops already in Ukraine", part=Part.EXISTING),
        troops("300 troops", 300, counts="Canadian soldiers in Ukraine", part=Part.EXISTING),
    ),
    "a side within a side": (
        troops("200 troops", 200, counts="Canadian troops in Ukraine"),
        troops("300 troops", 300, counts="Canadian and Ontario troops in Ukraine"),
    ),
    "a daily number": (figure("100 people a day", 100), figure("300 people", 300, counts="people daily")),
    "a town and its country": (
        figure("300 people", 300, counts="people in Warsaw, Poland"),
        figure("500 people", 500, counts="people in Poland"),
    ),
    "one who tells no place": (figure("300 people", 300), figure("500 people", 500, counts="people in Poland")),
    "an unlisted place": (
        figure("300 homes", 300, unit="homes", counts="homes in Smallville"),
        figure("500 homes", 500, unit="homes", counts="homes in Smallville"),
    ),
}

NO_CONFLICTS = {
    "the same": (troops("500 troops", 500), troops("500 troops", 500), AGREE),
    "bare and softened": (troops("8,500 troops", 8_500), troops("about 8,500", 8_500, hedge="about"), AGREE),
    "two softening words": (
        troops("about 2,000", 2_000, hedge="about"),
        troops("roughly 2,000", 2_000, hedge="roughly"),
        AGREE,
    ),
    "softened within a tenth": (troops("about 8,500", 8_500, hedge="about"), troops("8,432 troops", 8_432), AGREE),
    "nearly": (figure("nearly 100", 100, hedge="nearly"), figure("97 people", 97), AGREE),
    "some": (figure("some 300 people", 300), figure("310 people", 310), AGREE),
    "more than": (figure("more than 100", 100, hedge="more than"), figure("150 people", 150), AGREE),
    "more than, and a few fewer": (troops("over 8,500", 8_500, hedge="over"), troops("8,432 troops", 8_432), AGREE),
    "at least": (figure("at least 12", 12, hedge="at least"), figure("15 people", 15), AGREE),
    "up to": (troops("up to 1,000", 1_000, hedge="up to"), troops("800 troops", 800), AGREE),
    "fewer than": (figure("fewer than 100", 100, hedge="fewer than"), figure("90 people", 90), AGREE),
    "two bounds that are one": (
        figure("more than 100", 100, hedge="more than"),
        figure("over 100", 100, hedge="over"),
        AGREE,
    ),
    "two bounds": (
        figure("at least 100", 100, hedge="at least"),
        figure("at least 150", 150, hedge="at least"),
        PRECISION,
    ),
    "a bound that says little": (
        figure("more than 100", 100, hedge="more than"),
        figure("5,000 people", 5_000),
        PRECISION,
    ),
    "a bound and a range": (figure("more than 100", 100, hedge="more than"), figure("150 to 200", 150, 200), PRECISION),
    "a vague number and a range": (
        troops("tens of thousands", 20_000, 99_999, **VAGUE),
        troops("75,000 to 80,000", 75_000, 80_000),
        PRECISION,
    ),
    "a vague number and one": (figure("dozens", 24, 99, **VAGUE), figure("47 people", 47), PRECISION),
    "thousands, and a few more": (
        figure("thousands", 2_000, 9_999, **VAGUE),
        figure("12,000 people", 12_000),
        PRECISION,
    ),
    "a range and a number in it": (figure("70 to 80", 70, 80), figure("78 people", 78), PRECISION),
    "ranges that overlap": (figure("70 to 80", 70, 80), figure("75 to 85", 75, 85), PRECISION),
    "rounded": (troops("8,500 troops", 8_500), troops("8,460 troops", 8_460), PRECISION),
    "cut off": (figure("$247 billion", 247e9, unit="$"), figure("$247.7 billion", 247.7e9, unit="$"), PRECISION),
    "a decimal": (figure("3%", 3, unit="%"), figure("2.7 percent", 2.7, unit="percent"), PRECISION),
    "a rounded share": (figure("75%", 75, unit="%"), figure("74.6 percent", 74.6, unit="percent"), PRECISION),
    "another unit": (figure("40 tanks", 40, unit="tanks"), figure("60 aircraft", 60, unit="aircraft"), NOTHING),
    "people and troops": (figure("40 people", 40), troops("60 troops", 60, counts=""), NOTHING),
    "civilians are some of the people": (figure("7 civilians", 7, unit="civilians"), figure("12 people", 12), NOTHING),
    "percent and people": (figure("40%", 40, unit="%"), figure("300 people", 300), NOTHING),
    "two currencies": (figure("$2 billion", 2e9, unit="$"), figure("€3 billion", 3e9, unit="€"), NOTHING),
    "no unit": (figure("40", 40, unit=""), figure("60", 60, unit=""), NOTHING),
    "more of them, and those there": (
        troops("another 60 troops", 60, part=Part.ADDITIONAL),
        troops("200 troops", 200, part=Part.EXISTING),
        NOTHING,
    ),
    "those there, and an option": (
        troops("200 troops", 200, part=Part.EXISTING),
        troops("140 troops", 140, part=Part.OPTION),
        NOTHING,
    ),
    "another side": (
        troops("500 troops", 500, counts="Polish troops on the border"),
        troops("800 troops", 800, counts="Russian troops on the border"),
        NOTHING,
    ),
    "an unlisted side": (
        troops("500 fighters", 500, unit="fighters", counts="the Wagner fighters in Mali"),
        troops("800 fighters", 800, unit="fighters", counts="the Azov fighters in Mali"),
        NOTHING,
    ),
    "a side and its allies": (
        troops("80,000 troops", 80_000, counts="US troops in Europe"),
        troops("120,000 troops", 120_000, counts="US and Canadian troops in Europe"),
        NOTHING,
    ),
    "another destination": (
        troops("2,000 troops", 2_000, counts="US troops to Poland and Germany"),
        troops("1,000 troops", 1_000, counts="US troops to Romania"),
        NOTHING,
    ),
    "one of two destinations": (
        troops("2,000 troops", 2_000, counts="US troops to Poland and Germany"),
        troops("1,700 troops", 1_700, counts="US troops to Poland"),
        NOTHING,
    ),
    "another origin": (
        troops("2,000 troops", 2_000, counts="troops from Germany to Romania"),
        troops("1,000 troops", 1_000, counts="troops from Italy to Romania"),
        NOTHING,
    ),
    "another place": (
        figure("12 people", 12, counts="people killed in Kharkiv"),
        figure("30 people", 30, counts="people killed in Odesa"),
        NOTHING,
    ),
    "another state": (
        figure("12 people", 12, counts="people killed in Kharkiv"),
        figure("30 people", 30, counts="people wounded in Kharkiv"),
        NOTHING,
    ),
    "on alert and sent": (
        troops("8,500 troops", 8_500, counts="US troops on heightened alert"),
        troops("2,000 troops", 2_000, counts="US troops deployed"),
        NOTHING,
    ),
    "a day's number and all": (figure("100 people a day", 100), figure("3,000 people", 3_000), NOTHING),
    "what is no number": (figure("many people", float("nan")), figure("12 people", 12), NOTHING),
}


@pytest.mark.parametrize("pair", CONFLICTS.values(), ids=CONFLICTS)
def test_planted_conflicts_are_found(pair):
    assert of(*pair) is CONFLICT
    assert of(*reversed(pair)) is CONFLICT


@pytest.mark.parametrize(("one", "other", "expected"), NO_CONFLICTS.values(), ids=NO_CONFLICTS)
def test_what_can_both_be_true_is_no_conflict(one, other, expected):
    assert of(one, other) is expected
    assert of(other, one) is expected


SENTENCES = [
    # Where an editor said nothing of what a figure counts, its sentence does.
    ("The blast killed {} and wounded 30.", "12 people", 12, "{} were wounded in the blast.", "30 people", 30, NOTHING),
    ("The blast killed {} and wounded 30.", "12 people", 12, "{} died in the blast.", "19 people", 19, CONFLICT),
    ("{} were evacuated from Kherson.", "500 people", 500, "{} were killed in Kherson.", "9 people", 9, NOTHING),
    ("Fighting in Kharkiv killed {}.", "12 people", 12, "Officials said {} had died.", "14 people", 14, CONFLICT),
    ("{} live in Kyiv.", "40 people", 40, "{} live in Lviv.", "60 people", 60, NOTHING),
    ("{} live in Kyiv, officials in Lviv said.", "40 people", 40, "{} live in Kyiv.", "60 people", 60, CONFLICT),
    ("{} a day cross the border.", "400 people", 400, "{} crossed the border.", "9,000 people", 9_000, NOTHING),
]


@pytest.mark.parametrize(("first", "text", "value", "second", "other", "number", "expected"), SENTENCES)
def test_what_an_editor_did_not_say_of_a_figure_is_read_from_its_sentence(
    first, text, value, second, other, number, expected
):
    one = says(first.format(text), figure(text, value))
    two = says(second.format(other), figure(other, number), outlet="BBC")
    assert between(one, two) is expected


def test_figures_of_other_nations_are_not_compared_where_no_side_is_told():
    one = says("There are 200 troops.", troops("200 troops", 200, counts=""), names=("Canada", "Ottawa", "NATO"))
    two = says(
        "There are 900 troops.", troops("900 troops", 900, counts=""), names=("France", "Paris", "NATO"), outlet="BBC"
    )
    assert between(one, two) is NOTHING
    assert between(one, replace(two, names=("Canada", "NATO"))) is CONFLICT


def test_a_figure_that_agrees_with_one_does_not_differ_from_the_next():
    one = says("First 200, then 260 people.", figure("200", 200), figure("260 people", 260))
    two = says("There were 260 people.", figure("260 people", 260), outlet="BBC")
    assert [one.agreement for one in compare(one, two, gazetteer())] == [AGREE]
    assert [one.agreement for one in compare(two, one, gazetteer())] == [AGREE]


def test_of_two_figures_of_one_kind_nobody_can_tell_which_the_other_differs_from():
    one = says("First 200, then 260 people.", figure("200", 200), figure("260 people", 260))
    two = says("There were 400 people.", figure("400 people", 400), outlet="BBC")
    assert compare(one, two, gazetteer()) == compare(two, one, gazetteer()) == ()


def day(text, number):
    when = date(2022, 2, number)
    return ResolvedDate(text=text, iso=when.isoformat(), granularity=Granularity.DAY, first=when, last=when)


def test_figures_of_two_days_are_not_compared_where_both_name_their_day():
    one = says(
        "On Monday 12 people died.", figure("12 people", 12, counts="people on Monday"), dates=(day("Monday", 7),)
    )
    other = figure("30 people", 30, counts="people on Tuesday")
    two = says("On Tuesday 30 people died.", other, dates=(day("Tuesday", 8),), outlet="BBC")
    assert between(one, two) is NOTHING
    assert between(one, replace(two, dates=(day("Tuesday", 7),))) is CONFLICT
    assert between(one, replace(two, dates=())) is CONFLICT


@pytest.mark.parametrize(("published", "apart"), [(2, 0), (3, 1), (9, 7)])
def test_a_later_figure_that_differs_is_still_a_conflict_and_tells_how_far_apart(published, apart):
    one = says("There were 12 people.", figure("12 people", 12))
    two = says("There were 30 people.", figure("30 people", 30), outlet="BBC", day=date(2022, 2, published))
    (found,) = compare(one, two, gazetteer())
    assert (found.agreement, found.days) == (CONFLICT, apart)


def test_nobody_knows_how_far_apart_what_has_no_day_was_published():
    one = says("There were 12 people.", figure("12 people", 12))
    two = says("There were 30 people.", figure("30 people", 30), outlet="BBC", day=None)
    (found,) = compare(one, two, gazetteer())
    assert found.days is None


def test_the_more_exact_of_two_is_named_from_both_sides():
    one = says("Dozens of people.", figure("Dozens of people", 24, 99, vague=True))
    two = says("There were 47 people.", figure("47 people", 47), outlet="BBC")
    (found,), (back,) = compare(one, two, gazetteer()), compare(two, one, gazetteer())
    assert found.finer is two
    assert back.finer is two
    assert found.swapped == back


@cache
def seeds():
    sources = read(DATA)
    facts = [fact for _, facts in sources.articles for fact in facts]
    return facts, Gazetteer([*sources.names, *world(), *outlets({fact.article.outlet for fact in facts})])


def test_no_two_facts_of_the_seed_articles_conflict_even_if_an_editor_joined_them_all():
    facts, names = seeds()
    found = [relation(one, other, names) for one, other in itertools.combinations(facts, 2)]
    assert {one.agreement for one in found} == {AGREE, PRECISION, NOTHING}


def test_no_two_facts_of_the_seed_articles_conflict_where_no_editor_said_what_figures_count():
    facts, names = seeds()
    bare = [replace(fact, figures=tuple(replace(one, counts="") for one in fact.figures)) for fact in facts]
    found = [relation(one, other, names) for one, other in itertools.combinations(bare, 2)]
    assert CONFLICT not in {one.agreement for one in found}


def test_each_figure_of_the_seed_articles_that_is_changed_conflicts_with_what_it_was():
    facts, names = seeds()
    counted = [fact for fact in facts if fact.figures]
    assert len(counted) >= 10
    for fact in counted:
        for at, one in enumerate(fact.figures):
            changed = replace(one, low=one.low * 3, high=one.high * 3 if not one.vague else one.high * 30)
            changed = replace(changed, low=changed.low * (10 if one.vague else 1))
            planted = replace(fact, id="planted", figures=(*fact.figures[:at], changed, *fact.figures[at + 1 :]))
            assert relation(fact, planted, names).comparisons[0].agreement in {AGREE, CONFLICT}
            alone = replace(planted, figures=(changed,))
            assert relation(replace(fact, figures=(one,)), alone, names).agreement is CONFLICT
