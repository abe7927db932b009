"""A key for a candidate: a known one where a fact says the same, else a new one that can be read."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.draft.claimkey import LONGEST, Keys
from answers.draft.values import FoundFigure
from answers.model import Figure
from answers.sources import read
from tests.answers.builders import DATA, a_fact, an_article, any_text


def suggest(passage, names, figures, known=()):
    return Keys(known).suggest(passage, names, figures)


KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def number(text, value, unit="people", counts=""):
    return Figure(text=text, low=value, high=value, unit=unit, counts=counts)


def known(words, claim, names=(), figures=()):
    article = an_article(words, f"of-{claim}", published=date(2022, 2, 2))
    return a_fact(words, claim[:30] or "x", of=article, claim=claim, names=names, figures=figures)


@pytest.mark.parametrize(
    ("passage", "figures", "key"),
    [
        (
            "The Pentagon put about 8,500 troops on alert on Wednesday.",
            [number("8,500 troops", 8_500)],
            "8500-troops-on-alert",
        ),
        ("Officials said the ferry to Odesa was cancelled.", [], "ferry-to-odesa-cancelled"),
        ("He will not put troops in Ukraine.", [], "not-put-troops-in-ukraine"),
        ("Two thousand people fled.", [number("Two thousand people", 2_000)], "2000-people-fled"),
        ("Élysée émet un décret.", [], "elysee-emet-un-decret"),
    ],
)
def test_a_new_key_reads_like_what_is_told(passage, figures, key):
    assert suggest(passage, (), figures) == key


def test_a_key_is_of_names_and_a_number_where_the_words_are_of_another_script():
    passage = "Україна отримала 200 танків."
    assert suggest(passage, ("Ukraine",), [number("200 танків", 200)]) in {"200", "ukraine-200"}
    assert suggest("Україна отримала допомогу.", ("Ukraine",), ()) == "ukraine"
    assert re.fullmatch(r"claim-[0-9a-f]{8}", suggest("Україна отримала допомогу.", (), ()))


@given(any_text() | st.text(max_size=300), st.lists(any_text(), max_size=3), any_text())
def test_any_passage_has_a_key_that_stays(passage, names, figure):
    told = [number(figure, 12)]
    key = suggest(passage, names, told)
    assert KEY.fullmatch(key)
    assert len(key) <= LONGEST
    assert suggest(passage, names, told) == key


FERRY = known("The ferry to Odesa was cancelled on Monday because of a storm.", "no-ferry", ("Odesa",))


def test_what_says_the_same_gets_the_key_that_is_there():
    assert suggest("Because of a storm the ferry to Odesa was cancelled.", ("Odesa",), (), [FERRY]) == "no-ferry"


def test_what_says_the_same_of_another_place_does_not():
    other = suggest("The ferry to Izmail was cancelled on Monday because of a storm.", ("Izmail",), (), [FERRY])
    assert other == "ferry-to-izmail-cancelled-storm"


def test_names_that_nobody_listed_keep_two_matters_apart():
    one = known("The Nasdaq Composite Index fell sharply at the close of trading.", "nasdaq")
    assert suggest("At the close the Nasdaq Composite Index fell sharply in trading.", (), (), [one]) == "nasdaq"
    assert suggest("The Dow Jones Average fell sharply at the close of trading.", (), (), [one]) != "nasdaq"


def test_a_fact_without_a_claim_lends_none():
    assert suggest(FERRY.quote.text, ("Odesa",), (), [known(FERRY.quote.text, "", ("Odesa",))]) != ""


def test_the_same_number_of_the_same_in_one_place_gets_the_key_that_is_there():
    one = known(
        "The Pentagon has put about 8,500 U.S.-based troops on higher alert for Europe.",
        "8500-on-alert",
        figures=[number("8,500 U.S.-based troops", 8_500, "troops", "US troops in the United States on alert")],
    )
    counted = FoundFigure(
        start=15, stop=27, text="8,500 troops", low=8_500, high=8_500, unit="troops", counts="troops in the US on alert"
    )
    assert suggest("Washington put 8,500 troops in the US on alert.", (), [counted], [one]) == "8500-on-alert"
    away = FoundFigure(
        start=0, stop=12, text="8,500 troops", low=8_500, high=8_500, unit="troops", counts="troops in Mali"
    )
    assert suggest("8,500 troops serve in Mali.", (), [away], [one]) != "8500-on-alert"


def test_a_new_key_that_is_taken_by_something_else_joins_nothing():
    passage = "Officials said the ferry was cancelled."
    taken = known("A whole other matter that nobody would take for it.", "ferry-cancelled")
    assert suggest(passage, (), ()) == "ferry-cancelled"
    again = suggest(passage, (), (), [taken])
    assert re.fullmatch(r"ferry-cancelled-[0-9a-f]{4}", again)


def test_drawn_again_a_candidate_keeps_its_key():
    passage = "Officials said the ferry to Izmail was cancelled."
    key = suggest(passage, ("Izmail",), ())
    assert suggest(passage, ("Izmail",), (), [known(passage, key, ("Izmail",))]) == key


def test_the_second_seed_article_is_joined_to_the_first_where_both_say_the_same():
    (_, first), (_, second) = read(DATA).articles
    keys = Keys(first)
    joined = {fact.claim: keys.suggest(fact.quote.text, fact.names, fact.figures) for fact in second}
    taken = {fact.claim for fact in first}
    right = [key for key, found in joined.items() if key == found]
    wrong = {key: found for key, found in joined.items() if found in taken and key != found}
    assert len(right) >= 3
    # It tells of the 8,500 on alert, too, beside what it is mostly about.
    assert wrong == {"deployed-troops-separate-from-those-on-alert": "8500-us-troops-on-alert"}


def test_a_passage_without_end_has_a_key_at_once():
    assert len(suggest("ferry " * 20_000, (), ())) <= LONGEST
    assert len(suggest("x" * 100_000, (), ())) <= LONGEST
