"""Places: those named as places, with their country; no people, outlets and teams; names of every kind, and any text."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers.articles import parse as parse_article
from answers.draft.places import COUNTRIES, country_of, find, names
from answers.text.names import Gazetteer, Kind, outlets, parse, world

DATA = Path(__file__).parents[2] / "data"
NAMES = (*parse((DATA / "names.toml").read_bytes(), "names.toml"), *world(), *outlets(["The Globe"]))
GAZETTEER = Gazetteer(NAMES)

ANNOTATED = [
    ("Shells fell on Kharkiv, Ukraine.", [("Kharkiv", "Ukraine"), ("Ukraine", "Ukraine")]),
    ("Ukraine’s ports on the Black Sea are shut.", [("Ukraine", "Ukraine"), ("Black Sea", "")]),
    ("US officials flew to the Philippines.", [("US", "United States"), ("Philippines", "Philippines")]),
    ("Tell us where they went.", []),
    ("Ukrainian officials met American ones.", []),
    ("The U.S.-based and Germany-based units left for Romania.", [("Romania", "Romania")]),
    ("But Valeska Paris and Ann Jordan left; Jordan spoke.", []),
    ("A China-led bloc and pro-Russia parties met in Minsk.", [("Minsk", "Belarus")]),
    ("Judges of The Hague and of the Hague left.", [("The Hague", "Netherlands"), ("Hague", "Netherlands")]),
    ("The ambassador to the United States Ann Lee left.", [("United States", "United States")]),
    ("The Ukraine-Russia border is closed.", [("Ukraine", "Ukraine"), ("Russia", "Russia")]),
    ("Michael Jordan spoke.", []),
    ("He met Mr. Jordan and Dr. London.", []),
    ("He met Samuel L. Jordan there.", []),
    ("The king of Jordan flew to Amman.", [("Jordan", "Jordan"), ("Amman", "Jordan")]),
    ("Ms. Paris and Sofia Coppola arrived.", []),
    ("Paris Hilton met London Breed.", []),
    ("The Washington Post and China Daily wrote of it.", []),
    ("The Kyiv Independent reported from Odesa.", [("Odesa", "Ukraine")]),
    ("The Bank of England and the University of Texas agreed.", []),
    ("Manchester United played in Manchester.", []),
    ("President Joe Biden left Washington on Monday.", [("Washington", "United States")]),
    ("US President Joe Biden and Texas Governor Ann Lee met.", [("US", "United States"), ("Texas", "United States")]),
    ("On Tuesday Ukraine asked for help.", [("Ukraine", "Ukraine")]),
    ("Meanwhile Russia and eastern Ukraine waited.", [("Russia", "Russia"), ("Ukraine", "Ukraine")]),
    ("In Northern Ireland and West Africa it rained.", [("Northern Ireland", "United Kingdom"), ("West Africa", "")]),
    (
        "Fighting went on in Donbas, Crimea and Gaza.",
        [("Donbas", "Ukraine"), ("Crimea", "Ukraine"), ("Gaza", "Palestine")],
    ),
    ("Central London and Northern Iraq are far apart.", [("London", "United Kingdom"), ("Iraq", "Iraq")]),
    ("“Poland will help,” he said.", [("Poland", "Poland")]),
    (
        "He said: Poland will help Fort Bragg, N.C., and Europe.",
        [("Poland", "Poland"), ("Fort Bragg", "United States"), ("N.C.", "United States"), ("Europe", "")],
    ),
]


def place(one):
    return one.text, one.country


@pytest.mark.parametrize(("text", "places"), ANNOTATED)
def test_a_sentence_gives_the_places_that_it_names_as_places(text, places):
    assert [place(one) for one in find(text, GAZETTEER)] == places


SEEDS = {
    "cbc": """Fort Bragg/N.C./Poland/Germany/Romania/Ukraine/United States/Ukraine/Ukraine/Estonia/Russia/Ukraine/Estonia/
    Estonia/Russia/Ukraine/Russia/Ukraine/Europe/Ukraine/Russia/U.S./Eastern Europe/Europe/U.S./Europe/Poland/Ukraine/
    Ukraine""",
    "cnn": """US/Eastern Europe/US/Poland/Germany/Romania/Eastern Europe/Russia/Ukraine/US/United States/Poland/Germany/Germany/
    Romania/Ukraine/US/US/US/US/Europe/US/Europe/US/Ukraine/Moscow/Russia/Ukraine""",
}


@pytest.mark.parametrize("outlet", SEEDS)
def test_the_articles_give_every_place_and_no_other(outlet):
    path = next((DATA / "articles").glob(f"*-{outlet}-*.md"))
    article = parse_article(path.read_bytes(), str(path))
    wanted = [one.strip() for one in SEEDS[outlet].split("/")]
    assert [one.text for part in article.text.split("\n") for one in find(part, GAZETTEER)] == wanted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Ukrainian officials told the Pentagon, and NATO, of U.S.-based units.",
            "Ukraine/The Pentagon/NATO/United States",
        ),
        ("Michael Jordan met John Kirby in Kyiv.", "John Kirby/Kyiv"),
        ("A multinational response force is ready.", "NATO Response Force"),
        ("The Globe said that the globe is round.", "The Globe"),
        ("Kyiv said Kyiv is safe.", "Kyiv"),
        ("Nothing is named here.", ""),
    ],
)
def test_a_sentence_gives_its_names_of_every_kind_in_order(text, found):
    assert names(text, GAZETTEER) == tuple(filter(None, found.split("/")))


def test_a_country_is_what_a_place_lies_in_or_is():
    assert country_of("Poland", GAZETTEER) == "Poland"
    assert country_of("Nablus", GAZETTEER) == "Palestine"
    assert country_of("Europe", GAZETTEER) == ""
    assert country_of("nowhere at all", GAZETTEER) == ""


def test_every_country_is_a_place_of_the_packaged_names():
    places = {name.canonical for name in world() if name.kind is Kind.PLACE}
    assert places >= COUNTRIES
    assert len(COUNTRIES) > 190


PIECES = st.sampled_from(
    """US U.S. Ukraine Ukraine's Ukrainian Jordan Michael Mr . - , of Bank the Philippines The Washington Post Sea Black
    In president President Fort Bragg N.C. -based pro ’s \ud800 \0 \u202e “ ‘ Kyiv London Breed A""".split()
)


@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=20).map(" ".join), st.lists(PIECES, max_size=20).map("".join)
    )
)
@example("the Philippines")
@example("’s")
@example("Mr. Jordan")
def test_any_text_gives_places_that_are_its_own_words(text):
    found = find(text, GAZETTEER)
    assert all(one.text == text[one.start : one.stop] for one in found)
    assert all(before.stop <= after.start for before, after in pairwise(found))
    assert {one.canonical for one in found} <= set(names(text, GAZETTEER))


@pytest.mark.parametrize("piece", ["US ", "Jordan ", "A ", "Bank of England ", "U.S.-", "Michael Jordan ", "the "])
def test_a_long_text_is_read_in_time(piece):
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    find(text, GAZETTEER)
    assert time.process_time() - started < 30  # seconds; what is not linear takes minutes
