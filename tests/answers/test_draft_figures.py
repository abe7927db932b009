"""Figures: every form that news prose has, what is none, the fourteen of the seeds, and any text without harm."""

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers.draft.figures import counting, find
from answers.model import Part

DATA = Path(__file__).parents[2] / "data" / "facts"
TOTAL, ADDITIONAL, EXISTING, OPTION = "total", "additional", "existing", "option"
VAGUE = "vague total"

ANNOTATED = [
    (
        "About 8,500 U.S.-based troops were put on alert.",
        [
            ("About 8,500 U.S.-based troops", 8_500, 8_500, "troops", "about", TOTAL),
        ],
    ),
    (
        "The country keeps between 75,000 and 80,000 troops in Europe.",
        [
            ("between 75,000 and 80,000 troops", 75_000, 80_000, "troops", "", TOTAL),
        ],
    ),
    (
        "It is adding another 60 troops to the 200 already on the ground.",
        [
            ("another 60 troops", 60, 60, "troops", "", ADDITIONAL),
            ("the 200 already on the ground", 200, 200, "troops", "", EXISTING),
        ],
    ),
    (
        "An additional 140 is also on the table.",
        [
            ("An additional 140", 140, 140, "", "", OPTION),
        ],
    ),
    (
        "The bloc has tens of thousands of other troops already in Europe.",
        [
            ("tens of thousands of other troops", 20_000, 99_999, "troops", "", "vague existing"),
        ],
    ),
    (
        "Support fell by 15% in a month.",
        [
            ("15%", 15, 15, "%", "", TOTAL),
        ],
    ),
    (
        "The plan would cost $2 trillion over ten years.",
        [
            ("$2 trillion", 2_000_000_000_000, 2_000_000_000_000, "$", "", TOTAL),
            ("ten years", 10, 10, "years", "", TOTAL),
        ],
    ),
    (
        "The port ships 20m barrels a week.",
        [
            ("20m barrels", 20_000_000, 20_000_000, "barrels", "", TOTAL),
        ],
    ),
    (
        "Ministers agreed on 45bn euros of aid.",
        [
            ("45bn euros", 45_000_000_000, 45_000_000_000, "€", "", TOTAL),
        ],
    ),
    (
        "The fire drove out 98-117 thousand people.",
        [
            ("98-117 thousand people", 98_000, 117_000, "people", "", TOTAL),
        ],
    ),
    (
        "More than half a million people fled.",
        [
            ("More than half a million people", 500_000, 500_000, "people", "more than", TOTAL),
        ],
    ),
    (
        "The blast left at least three dead and 12 wounded.",
        [
            ("at least three dead", 3, 3, "dead", "at least", TOTAL),
            ("12 wounded", 12, 12, "wounded", "", TOTAL),
        ],
    ),
    (
        "Two-thirds of voters want an early ballot.",
        [
            ("Two-thirds of voters", 66.67, 66.67, "%", "", TOTAL),
        ],
    ),
    (
        "A dozen drones crossed the border.",
        [
            ("A dozen drones", 12, 12, "drones", "", TOTAL),
        ],
    ),
    (
        "Twenty-one civilians were taken to hospital.",
        [
            ("Twenty-one civilians", 21, 21, "civilians", "", TOTAL),
        ],
    ),
    (
        "The camp holds 1.5 million.",
        [
            ("1.5 million", 1_500_000, 1_500_000, "", "", TOTAL),
        ],
    ),
    (
        "The state released Rs 500 crore.",
        [
            ("Rs 500 crore", 5_000_000_000, 5_000_000_000, "Rs", "", TOTAL),
        ],
    ),
    (
        "The bank lent €3.2bn.",
        [
            ("€3.2bn", 3_200_000_000, 3_200_000_000, "€", "", TOTAL),
        ],
    ),
    (
        "Turnout was 30 per cent.",
        [
            ("30 per cent", 30, 30, "%", "", TOTAL),
        ],
    ),
    ("The F-16 jets flew under Article 5 at 8:35.", []),
    ("A 45-minute call dealt with the post-2014 order and men in their 40s.", []),
    ("On 24 February 2022, and again on Feb. 2, the 82nd Airborne moved.", []),
    ("COVID-19, the G7, a Su-35, an M777 and a Boeing 737 were named.", []),
    ("Resolution 1441 was read on Highway 61.", []),
    ("One of them said that no one had called one day.", []),
    (
        "One person was killed and five were injured.",
        [
            ("One person", 1, 1, "people", "", TOTAL),
            ("five", 5, 5, "", "", TOTAL),
        ],
    ),
    ("The team won 3-2 after a 17-6 first half.", []),
    (
        "He could send 3,000 soldiers.",
        [
            ("3,000 soldiers", 3_000, 3_000, "troops", "", OPTION),
        ],
    ),
    (
        "She is considering sending 40 tanks.",
        [
            ("40 tanks", 40, 40, "tanks", "", OPTION),
        ],
    ),
    (
        "The mission currently has 300 police officers stationed there.",
        [
            ("300 police officers", 300, 300, "officers", "", EXISTING),
        ],
    ),
    (
        "Up to 100,000 Russian troops are near the border.",
        [
            ("Up to 100,000 Russian troops", 100_000, 100_000, "troops", "up to", TOTAL),
        ],
    ),
    (
        "Some 1.2 million refugees need food, of whom 40 per cent are children.",
        [
            ("Some 1.2 million refugees", 1_200_000, 1_200_000, "refugees", "some", TOTAL),
            ("40 per cent", 40, 40, "%", "", TOTAL),
        ],
    ),
    (
        "Gunmen killed at least 30 and abducted another 15.",
        [
            ("at least 30", 30, 30, "", "at least", TOTAL),
            ("another 15", 15, 15, "", "", ADDITIONAL),
        ],
    ),
    (
        "Thousands more troops may come.",
        [
            ("Thousands more troops", 2_000, 9_999, "troops", "", "vague option"),
        ],
    ),
    (
        "The quake had a depth of 10km and was felt 300 kilometres away.",
        [
            ("10km", 10, 10, "km", "", TOTAL),
            ("300 kilometres", 300, 300, "kilometres", "", TOTAL),
        ],
    ),
    (
        "Winds of 120 km/h and rain of 80 mm were measured.",
        [
            ("120 km/h", 120, 120, "km/h", "", TOTAL),
            ("80 mm", 80, 80, "mm", "", TOTAL),
        ],
    ),
    (
        "Temperatures fell to -20C.",
        [
            ("-20C", -20, -20, "degrees", "", TOTAL),
        ],
    ),
    ("Two days ago, in the next 48 hours, last 24 hours.", []),
    (
        "The lull lasted two weeks.",
        [
            ("two weeks", 2, 2, "weeks", "", TOTAL),
        ],
    ),
    ("Lee, 49, and his 72-year-old mother left.", []),
    (
        "Nine out of 10 houses in the town, and one in three schools, were hit.",
        [
            ("Nine out of 10 houses", 90, 90, "%", "", TOTAL),
            ("one in three schools", 33.33, 33.33, "%", "", TOTAL),
        ],
    ),
    (
        "Five or six people were missing.",
        [
            ("Five or six people", 5, 6, "people", "", TOTAL),
        ],
    ),
    (
        "Hundreds of thousands of people marched.",
        [
            ("Hundreds of thousands of people", 200_000, 999_999, "people", "", VAGUE),
        ],
    ),
    (
        "Several hundred families returned, and a few thousand remain.",
        [
            ("Several hundred families", 200, 999, "families", "", VAGUE),
            ("a few thousand", 2_000, 9_999, "", "", VAGUE),
        ],
    ),
    (
        "The 2008 crisis cost 2,000 jobs; in 2010 prices rose.",
        [
            ("2,000 jobs", 2_000, 2_000, "jobs", "", TOTAL),
        ],
    ),
    ("Call 555-0134 or see page 12 and room 5.", []),
    (
        "The bill passed by 52 votes to 48.",
        [
            ("52 votes", 52, 52, "votes", "", TOTAL),
        ],
    ),
    (
        "It offered $5 to $7 million.",
        [
            ("$5 to $7 million", 5_000_000, 7_000_000, "$", "", TOTAL),
        ],
    ),
    (
        "Inflation of between 5% and 7% is expected, from 3% to 4% now.",
        [
            ("between 5% and 7%", 5, 7, "%", "", TOTAL),
            ("3%", 3, 3, "%", "", TOTAL),
            ("4%", 4, 4, "%", "", TOTAL),
        ],
    ),
    (
        "The loan of 3 million US dollars and 2 million Canadian dollars was paid.",
        [
            ("3 million US dollars", 3_000_000, 3_000_000, "$", "", TOTAL),
            ("2 million Canadian dollars", 2_000_000, 2_000_000, "C$", "", TOTAL),
        ],
    ),
    (
        "They bought 4,000 sq km of land.",
        [
            ("4,000 sq km", 4_000, 4_000, "sq km", "", TOTAL),
        ],
    ),
    (
        "Half the city had no power for half an hour.",
        [
            ("Half the city", 50, 50, "%", "", TOTAL),
            ("half an hour", 0.5, 0.5, "hours", "", TOTAL),
        ],
    ),
    (
        "107 or more died; 250 or so were found.",
        [
            ("107 or more", 107, 107, "", "or more", TOTAL),
            ("250 or so", 250, 250, "", "or so", TOTAL),
        ],
    ),
    (
        "The crew of two and a half million.",
        [
            ("two and a half million", 2_500_000, 2_500_000, "", "", TOTAL),
        ],
    ),
    (
        "Roughly a third of the grain was lost.",
        [
            ("Roughly a third of the grain", 33.33, 33.33, "%", "roughly", TOTAL),
        ],
    ),
    (
        "Two million of its citizens left.",
        [
            ("Two million of its citizens", 2_000_000, 2_000_000, "citizens", "", TOTAL),
        ],
    ),
    (
        "Eight of the detainees were freed.",
        [
            ("Eight of the detainees", 8, 8, "detainees", "", TOTAL),
        ],
    ),
    (
        "Hundreds were freed and dozens hurt.",
        [
            ("Hundreds", 200, 999, "", "", VAGUE),
            ("dozens hurt", 24, 99, "hurt", "", VAGUE),
        ],
    ),
    (
        "The two sides met.",
        [
            ("two sides", 2, 2, "sides", "", TOTAL),
        ],
    ),
    (
        "At 14.30 local time 12 rockets fell.",
        [
            ("12 rockets", 12, 12, "rockets", "", TOTAL),
        ],
    ),
    (
        "On Tuesday 30 people were killed in Kharkiv 5 miles from the border.",
        [
            ("30 people", 30, 30, "people", "", TOTAL),
            ("5 miles", 5, 5, "miles", "", TOTAL),
        ],
    ),
    (
        "Ukraine received 31 Abrams tanks and 155mm shells.",
        [
            ("31 Abrams tanks", 31, 31, "tanks", "", TOTAL),
        ],
    ),
    (
        "The 155-mm howitzers and the $1.2-billion package came.",
        [
            ("$1.2-billion", 1_200_000_000, 1_200_000_000, "$", "", TOTAL),
        ],
    ),
    (
        "Unemployment rose 0.4 percentage points.",
        [
            ("0.4 percentage points", 0.4, 0.4, "percentage points", "", TOTAL),
        ],
    ),
    ("They sold 1,5 million masks.", []),
    (
        "As many as 10 000 people, no fewer than 300 of them children.",
        [
            ("As many as 10 000 people", 10_000, 10_000, "people", "as many as", TOTAL),
            ("no fewer than 300", 300, 300, "", "no fewer than", TOTAL),
        ],
    ),
    (
        "The embassy moved 40 staff and three families.",
        [
            ("40 staff", 40, 40, "staff", "", TOTAL),
            ("three families", 3, 3, "families", "", TOTAL),
        ],
    ),
    (
        "Two days after the quake, 1,200 people slept in tents.",
        [
            ("1,200 people", 1_200, 1_200, "people", "", TOTAL),
        ],
    ),
    ("He spoke every four years and led 2004 sales.", []),
    (
        "The convoy of 31 trucks carried 600 tonnes of flour.",
        [
            ("31 trucks", 31, 31, "trucks", "", TOTAL),
            ("600 tonnes", 600, 600, "tonnes", "", TOTAL),
        ],
    ),
    (
        "The army lost 1,976 soldiers and 12 helicopters.",
        [
            ("1,976 soldiers", 1_976, 1_976, "troops", "", TOTAL),
            ("12 helicopters", 12, 12, "helicopters", "", TOTAL),
        ],
    ),
    (
        "Police arrested 23 and released 4 later.",
        [
            ("23", 23, 23, "", "", TOTAL),
        ],
    ),
    (
        "Officials said 12 people, including two children, had died.",
        [
            ("12 people", 12, 12, "people", "", TOTAL),
            ("two children", 2, 2, "children", "", TOTAL),
        ],
    ),
    (
        "The pipeline moves 1.2 million barrels per day.",
        [
            ("1.2 million barrels", 1_200_000, 1_200_000, "barrels", "", TOTAL),
        ],
    ),
    (
        "They lost $900m, £2.1m and CHF 3 million.",
        [
            ("$900m", 900_000_000, 900_000_000, "$", "", TOTAL),
            ("£2.1m", 2_100_000, 2_100_000, "£", "", TOTAL),
            ("CHF 3 million", 3_000_000, 3_000_000, "CHF", "", TOTAL),
        ],
    ),
    (
        "The loan costs 500 million kronor.",
        [
            ("500 million kronor", 500_000_000, 500_000_000, "kr", "", TOTAL),
        ],
    ),
    (
        "Waves of up to 3 metres hit 17 villages.",
        [
            ("up to 3 metres", 3, 3, "metres", "up to", TOTAL),
            ("17 villages", 17, 17, "villages", "", TOTAL),
        ],
    ),
    (
        "Of 45 hostages, 12 came home.",
        [
            ("45 hostages", 45, 45, "hostages", "", TOTAL),
        ],
    ),
    ("The vote was 6-1 and the score 35-30.", []),
    (
        "An estimated 15,000 to 20,000 families lost their homes.",
        [
            ("An estimated 15,000 to 20,000 families", 15_000, 20_000, "families", "an estimated", TOTAL),
        ],
    ),
    (
        "The number fell from 300 to 120.",
        [
            ("300", 300, 300, "", "", TOTAL),
            ("120", 120, 120, "", "", TOTAL),
        ],
    ),
    (
        "Prices rose between five and seven per cent.",
        [
            ("between five and seven per cent", 5, 7, "%", "", TOTAL),
        ],
    ),
    (
        "About two dozen lorries waited at the gate.",
        [
            ("About two dozen lorries", 24, 24, "lorries", "about", TOTAL),
        ],
    ),
    (
        "The bridge is 1.5km long and 20m wide.",
        [
            ("1.5km", 1.5, 1.5, "km", "", TOTAL),
            ("20m", 20, 20, "metres", "", TOTAL),
        ],
    ),
    (
        "Camps were built for 98,000, with 14,000 still outside.",
        [
            ("98,000", 98_000, 98_000, "", "", TOTAL),
            ("14,000", 14_000, 14_000, "", "", TOTAL),
        ],
    ),
    (
        "He is 34 years old and ran in the 61st minute.",
        [
            ("34 years", 34, 34, "years", "", TOTAL),
        ],
    ),
    ("Flight 370 left gate 12 at 10 p.m. on 9/11.", []),
    (
        "The town of 32,477 has one hospital and only one road.",
        [
            ("32,477", 32_477, 32_477, "", "", TOTAL),
            ("one road", 1, 1, "roads", "", TOTAL),
        ],
    ),
    (
        "Nearly 10,000 manufacturing jobs went in three-quarters of the towns.",
        [
            ("Nearly 10,000 manufacturing jobs", 10_000, 10_000, "jobs", "nearly", TOTAL),
            ("three-quarters of the towns", 75, 75, "%", "", TOTAL),
        ],
    ),
    (
        "Group of 20 ministers met for six hours of talks.",
        [
            ("20 ministers", 20, 20, "ministers", "", TOTAL),
            ("six hours", 6, 6, "hours", "", TOTAL),
        ],
    ),
    (
        "Another dozen tanks could be sent, and a further 200 rifles are under discussion.",
        [
            ("Another dozen tanks", 12, 12, "tanks", "", OPTION),
            ("a further 200 rifles", 200, 200, "rifles", "", OPTION),
        ],
    ),
    (
        "The 1,000 troops currently based there leave.",
        [
            ("1,000 troops", 1_000, 1_000, "troops", "", TOTAL),
        ],
    ),
    (
        "Germany may take 5,000 more refugees.",
        [
            ("5,000 more refugees", 5_000, 5_000, "refugees", "", OPTION),
        ],
    ),
    (
        "The storm may have killed 30 people.",
        [
            ("30 people", 30, 30, "people", "", TOTAL),
        ],
    ),
    (
        "Three quarters of an hour passed; half of those asked said no.",
        [
            ("Three quarters of an hour", 0.75, 0.75, "hours", "", TOTAL),
            ("half", 50, 50, "%", "", TOTAL),
        ],
    ),
    (
        "Not less than 70 percent burned.",
        [
            ("Not less than 70 percent", 70, 70, "%", "not less than", TOTAL),
        ],
    ),
    (
        "USD 5 million and EUR 2.5 billion were pledged.",
        [
            ("USD 5 million", 5_000_000, 5_000_000, "$", "", TOTAL),
            ("EUR 2.5 billion", 2_500_000_000, 2_500_000_000, "€", "", TOTAL),
        ],
    ),
    (
        "The fund holds between $8 billion and $12 billion.",
        [
            ("between $8 billion and $12 billion", 8_000_000_000, 12_000_000_000, "$", "", TOTAL),
        ],
    ),
    ("Version 2.0 and chapter 11 of the 2008 act.", []),
    (
        "The 2nd Brigade and the 24th fought for 100 days.",
        [
            ("100 days", 100, 100, "days", "", TOTAL),
        ],
    ),
    (
        "Some 300,000 reservists, or 1% of 25 million, were called up.",
        [
            ("Some 300,000 reservists", 300_000, 300_000, "reservists", "some", TOTAL),
            ("1%", 1, 1, "%", "", TOTAL),
            ("25 million", 25_000_000, 25_000_000, "", "", TOTAL),
        ],
    ),
    (
        "A quarter of a million people marched for three quarters of an hour.",
        [
            ("A quarter of a million people", 250_000, 250_000, "people", "", TOTAL),
            ("three quarters of an hour", 0.75, 0.75, "hours", "", TOTAL),
        ],
    ),
    (
        "They hold sixty-five of the miners.",
        [
            ("sixty-five of the miners", 65, 65, "miners", "", TOTAL),
        ],
    ),
    (
        "It sold 3m doses and laid 20m of pipe.",
        [
            ("3m doses", 3_000_000, 3_000_000, "doses", "", TOTAL),
            ("20m", 20, 20, "metres", "", TOTAL),
        ],
    ),
    (
        "Rs. 40 lakh went to 1,050 farmers.",
        [
            ("Rs. 40 lakh", 4_000_000, 4_000_000, "Rs", "", TOTAL),
            ("1,050 farmers", 1_050, 1_050, "farmers", "", TOTAL),
        ],
    ),
    (
        "Roughly 4 in 10 adults and nine in every 10 children ate.",
        [
            ("Roughly 4 in 10 adults", 40, 40, "%", "roughly", TOTAL),
            ("nine in every 10 children", 90, 90, "%", "", TOTAL),
        ],
    ),
    ("The 30-strong team, under-21s and Radio 4 met at 12:30.", []),
    ("He became number two in 1999-2000.", []),
    (
        "Mines cover 174,000 square kilometres.",
        [
            ("174,000 square kilometres", 174_000, 174_000, "square kilometres", "", TOTAL),
        ],
    ),
    (
        "Ten others survived and 12 others did not.",
        [
            ("Ten others", 10, 10, "", "", TOTAL),
            ("12 others", 12, 12, "", "", TOTAL),
        ],
    ),
    (
        "Of the crew, two were rescued.",
        [
            ("two", 2, 2, "", "", TOTAL),
        ],
    ),
    ("An aid convoy reached them on 26-28 August and Saturday 12.", []),
    (
        "Up to one million and as few as 20 homes.",
        [
            ("Up to one million", 1_000_000, 1_000_000, "", "up to", TOTAL),
            ("as few as 20 homes", 20, 20, "homes", "as few as", TOTAL),
        ],
    ),
    (
        "It is 20°C there, minus 5 degrees here.",
        [
            ("20°C", 20, 20, "degrees", "", TOTAL),
            ("minus 5 degrees", -5, -5, "degrees", "", TOTAL),
        ],
    ),
]


def read(text, counted=""):
    return [
        (one.text, one.low, one.high, one.unit, one.hedge, f"vague {one.part}" if one.vague else str(one.part))
        for one in find(text, counted=counted)
    ]


@pytest.mark.parametrize(("text", "figures"), ANNOTATED)
def test_a_sentence_gives_its_figures(text, figures):
    assert read(text) == figures


def test_enough_sentences_are_annotated():
    assert len(ANNOTATED) >= 90


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_the_figures_of_the_reviewed_facts_are_read_as_the_editors_wrote_them(path):
    counted = ""
    for fact in tomllib.loads(path.read_text("utf-8"))["fact"]:
        found = find(fact["quote"], counted=counted)
        counted = counting(found)
        wanted = [
            (
                one["text"],
                one.get("low", one.get("value")),
                one.get("high", one.get("value")),
                one.get("vague", False),
                one["hedge"],
                one["unit"],
                one["role"],
            )
            for one in fact.get("figure", [])
        ]
        assert [(x.text, x.low, x.high, x.vague, x.hedge, x.unit, x.part) for x in found] == wanted


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("They have 8,500 US troops in Europe now.", "US troops in Europe"),
        ("They sent 2,000 troops from Fort Dune, N.C., today.", "troops from Fort Dune, N.C."),
        ("It flew 2,000 troops to Poland and Germany.", "troops to Poland and Germany"),
        ("A third of the grain is lost.", "grain"),
        ("They polled 15% of voters.", "voters"),
        ("It cost $5m.", ""),
        ("It fell by 3%.", ""),
    ],
)
def test_what_is_counted_is_told_as_far_as_the_sentence_tells_it(text, counts):
    assert find(text)[0].counts == counts


def test_a_number_without_a_noun_leans_on_the_figures_before_it():
    assert read("It may add an additional 140.", "troops")[0][3] == "troops"
    assert read("Six houses fell and another 20 burned.")[1][3] == "houses"
    assert read("Gunmen killed at least 30 and took another 15.", "tanks")[1][3] == ""


def test_what_measures_leaves_nothing_to_lean_on():
    assert counting(find("It moved 60 troops by 300 kilometres in two weeks for $5m, or 3%.")) == "troops"
    assert counting(find("It took two weeks."), "troops") == "troops"
    assert counting(find("It killed at least 30."), "troops") == ""
    assert counting(()) == ""


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("It could send 300 troops.", Part.OPTION),
        ("It could have lost 300 troops.", Part.TOTAL),
        ("The group of 300 troops that could be sent is ready.", Part.TOTAL),
        ("Some 300 troops could be sent.", Part.OPTION),
        ("Sending 300 troops is under discussion.", Part.OPTION),
        ("He is weighing a plan; it needs 300 troops.", Part.TOTAL),
        ("It already has 300 troops.", Part.EXISTING),
        ("It has 300 troops stationed there.", Part.EXISTING),
        ("It sent 300 more troops.", Part.ADDITIONAL),
        ("It sent more than 300 troops.", Part.TOTAL),
        ("About 300 extra troops came.", Part.ADDITIONAL),
    ],
)
def test_a_figure_is_total_unless_its_clause_says_otherwise(text, part):
    assert [one.part for one in find(text)] == [part]


PIECES = st.sampled_from(
    """about between and to from or - – % $ € £ Rs . , 8,500 2 1.5 20m 45bn 2014 10 000 tens of thousands a an half dozen
    hundred million third one two twenty troops people more than another the already F 16 Article of in every point per
    cent degrees C km / h minus 's US May Feb ( ) 40 s th \ud800 \0 \u202e ٣ ½ ²""".split()
)


@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)
    )
)
@example("9" * 5000)
@example("half a half a half a dozen")
@example("half")
@example("a")
@example("$")
@example("between between 5 and")
@example("Rs.")
@example("the 5 already")
@example("5 % points")
@example("minus 5")
@example("one in every")
def test_any_text_gives_figures_that_are_its_own_words(text):
    found = find(text, counted="troops")
    assert all(one.text == text[one.start : one.stop] for one in found)
    assert all(before.stop <= after.start for before, after in pairwise(found))
    assert all(one.low <= one.high and abs(one.high) < float("inf") for one in found)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "111,",
        "111 ",
        "one ",
        "hundred ",
        "a ",
        "half a ",
        "half-",
        "between 5 and ",
        "5 to ",
        "5-",
        "tens of ",
        "$",
        "about ",
        "at least ",
        "5 new ",
        "5 A and ",
        "5 of the ",
        "the 5 already ",
        "one in ",
        "-",
        "a.",
        "A",
        "twenty-",
        "crore ",
    ],
)
def test_a_long_text_is_read_in_time(piece):
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    find(text)
    assert time.process_time() - started < 30  # seconds; what is not linear takes minutes
