"""Copies: wires in other papers and later versions are recognised; reports of one event and translations are not."""

import random
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.incoming.copies import Copy, Known
from answers.model import Article

WIRE = """LVIV - Night trains between Lviv and Warsaw will run again from Friday, the two railways said on Wednesday after a week of talks.
“We have waited for this since the storm,” said Olha Petrenko, who leads the passenger service. “Tickets are on sale now.”
About 1,200 travellers were stranded when snow closed the line on 25 February, and most of them were brought home by bus.
The first train leaves Lviv at 21:40 and reaches Warsaw in the morning. A second one, for those with heavy luggage, is planned.
Railway workers cleared more than 40 kilometres of track by hand because the machines could not pass the bridge near Rava."""

EDITED = """(Example News staff and wires) - Night trains between Lviv and Warsaw will run again from Friday, both railways said Wednesday.
"We have waited for this since the storm," said Olha Petrenko, head of the passenger service. "Tickets are on sale now."
About 1,200 travellers were stranded when snow closed the line on 25 February, and most of them were brought home by bus.
Read more: what to do when your train is cancelled.
The first train leaves Lviv at 21:40 and reaches Warsaw in the morning. A second one, for those with heavy luggage, is planned."""

OTHER = """The railway link to Poland opens again this week. Passengers may board in Lviv from Friday evening, officials announced, a week after
heavy snow had cut the line. “We have waited for this since the storm,” the head of passengers, Olha Petrenko, told reporters in the city.
Hundreds had to find other ways home; buses carried most. Prices will not change, and old tickets stay good until the summer begins."""

TRANSLATED = """LWÓW - Nocne pociągi między Lwowem a Warszawą znów pojadą od piątku, podały w środę obie koleje po tygodniu rozmów.
„Czekaliśmy na to od burzy”, powiedziała Olha Petrenko, która kieruje obsługą podróżnych. „Bilety są już w sprzedaży”.
Około 1200 podróżnych utknęło, gdy śnieg zamknął linię 25 lutego, a większość z nich odwieziono do domu autobusami."""


def article(id_, text, published=None, **more):
    return Article(id=id_, outlet="Example News", published=published, text=text, **more)


WIRED = article("wire-trains", WIRE, date(2026, 3, 4))


def test_an_edited_copy_is_one_of_the_wire():
    copy = Known([WIRED, article("other", OTHER)]).copy_of(EDITED, date(2026, 3, 5))
    assert copy is not None
    assert (copy.nearest, copy.original) == ("wire-trains", "wire-trains")
    assert 0.6 < copy.share < 0.95


def test_a_copy_that_is_cut_short_or_has_words_around_it_is_one():
    known = Known([WIRED])
    for text in (
        "\n".join(WIRE.split("\n")[:2]),
        OTHER + WIRE + TRANSLATED,
        WIRE.upper(),
        WIRE.replace("“", '"').replace(" ", "\n"),
    ):
        assert known.copy_of(text, None) is not None


@pytest.mark.parametrize(
    "text", [OTHER, TRANSLATED, "“We have waited for this since the storm,” said Olha Petrenko.", "", "x"]
)
def test_a_report_of_the_same_a_translation_and_a_quotation_are_none(text):
    assert Known([WIRED]).copy_of(text, None) is None


def test_the_original_is_the_oldest_that_is_known():
    third = article("third", EDITED, date(2026, 3, 6))
    undated = article("a-undated", WIRE)
    known = Known([third, WIRED, undated])
    assert known.copy_of(EDITED, date(2026, 3, 7)) == Copy(nearest="third", share=1.0, original="wire-trains")
    assert known.copy_of(EDITED, None).original == "wire-trains"
    assert known.copy_of(EDITED, date(2026, 3, 1)).original == ""
    assert Known([undated]).copy_of(EDITED, date(2026, 3, 1)).original == "a-undated"


def test_the_copy_of_a_copy_is_a_copy_of_its_original():
    first = article("first", "Something else altogether was written here.", date(2026, 3, 1))
    assert Known([first, article("second", WIRE, same_as="first")]).copy_of(EDITED, None).original == "first"
    assert Known([article("second", WIRE, same_as="gone")]).copy_of(EDITED, None).original == "second"


def test_a_script_without_blanks_is_compared_by_its_characters():
    text = "夜间列车将从星期五起恢复运行两家铁路公司星期三在经过一周的谈判后表示大约一千二百名旅客因大雪封路而滞留其中大多数人乘公共汽车回家"
    known = Known([article("zh-wire", text)])
    assert known.copy_of("本报讯" + text, None) is not None
    assert known.copy_of(text[::-1], None) is None


def test_the_same_text_is_recognised_but_for_blanks_around_it():
    known = Known([WIRED])
    assert known.same(f"\n{WIRE} \n") == "wire-trains"
    assert known.same(EDITED) == ""
    assert "wire-trains" in known
    assert "other" not in known


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_a_copy_of_itself_if_it_is_long_enough(text):
    copy = Known([article("one", text)]).copy_of(text, None)
    assert copy is None or copy.share == 1.0


def test_five_thousand_articles_are_searched_in_a_second():
    chance = random.Random(4)
    words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(20_000)]
    drawn = chance.choices(words, [1 / (rank + 1) for rank in range(20_000)], k=5_000 * 500)
    articles = [article(f"a-{n:04}", " ".join(drawn[500 * n : 500 * (n + 1)])) for n in range(5_000)]
    edited = " ".join(word for word in articles[777].text.split() if chance.random() > 0.05)
    began = time.process_time()
    copy = Known(articles).copy_of(edited, None)
    assert time.process_time() - began < 30  # seconds; what is not linear takes minutes
    assert copy is not None
    assert copy.nearest == "a-0777"


@pytest.mark.parametrize("text", ["a" * 100_000, "a " * 50_000, "文" * 100_000, "\u202e" * 100_000])
def test_odd_texts_take_no_time(text):
    began = time.process_time()
    Known([article("one", text)]).copy_of(text, None)
    assert time.process_time() - began < 30  # seconds; what is not linear takes minutes
