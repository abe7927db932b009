"""Junk out with its reason, and never a sentence of the report with it."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.articles import parse
from answers.draft.clean import junk, report

DATA = Path(__file__).parents[2] / "data"
BEFORE = "The bridge was closed on Friday, the mayor said. Nobody was hurt."
AFTER = "The ferry runs every hour. It is free."


def read(text):
    sentences, found = report(text)
    return [span.of(text) for span in sentences], [(one.of(text), one.why) for one in found]


def within(paragraph):
    """What is made of a paragraph in the middle of a report."""
    sentences, found = read(f"{BEFORE}\n\n{paragraph}\n\n{AFTER}")
    assert sentences[:2] == ["The bridge was closed on Friday, the mayor said.", "Nobody was hurt."]
    assert sentences[-2:] == ["The ferry runs every hour.", "It is free."]
    return sentences[2:-2], found


JUNK = """
video | WATCH| The mayor speaks about the bridge:
video | WATCH | The mayor speaks about the bridge
video | Watch: The bridge from above.
video | LISTEN | The mayor on the radio.
video | The mayor opens the bridge Duration 8:35 The mayor opened the bridge after a long winter. 8:35
video | Watch the full interview here.
video | Media playback is not supported on this device.
caption | A tank stands near the bridge. (Ana Lind/Reuters)
caption | A tank stands near the bridge (Reuters)
caption | A tank stands near the bridge. (Reuters)
caption | A tank stands near the bridge on Friday. [File: Ana Lind/AP]
caption | A tank stands near the bridge on Friday. (Photo by Ana Lind/Getty Images)
caption | A tank stands near the bridge. Photograph: Ana Lind/EPA
caption | A tank stands near the bridge Getty Images
caption | FILE - A tank stands near the bridge, Jan. 3, 2022.
caption | FILE PHOTO: A tank stands near the bridge, January 3, 2022.
caption | In this photo provided by the town, a tank stands near the bridge.
caption | In this Jan. 3, 2022 photo, a tank stands near the bridge.
caption | Image caption A tank stands near the bridge.
caption | Photo: A tank stands near the bridge.
newsletter | Sign up for our morning newsletter.
newsletter | Sign up here.
newsletter | Get the day's news in your inbox every morning.
newsletter | Subscribe to our channel.
follow us | Follow us on Twitter.
follow us | Follow Ana Lind on Twitter: @analind.
follow us | Ana Lind can be reached at ana@example.org.
link to another story | Read more: The bridge was always weak.
link to another story | RELATED: The bridge was always weak.
link to another story | Read the full story here.
link to another story | See also | The ferry is late.
link to another story | Click here for the ferry's hours.
link to another story | For more information on the bridge, ask the town.
advertisement | ADVERTISEMENT
advertisement | Story continues below advertisement.
contributed reporting | Ana Lind and Jo Roe contributed reporting.
contributed reporting | The Associated Press contributed to this report.
contributed reporting | Harbour News’s Ana Lind contributed to this story from Geneva.
contributed reporting | (Reporting by Ana Lind; Editing by Jo Roe)
contributed reporting | Additional reporting by Jo Roe.
contributed reporting | With files from Jo Roe and The Canadian Press.
correction note | This story has been updated with the mayor's words.
correction note | Correction: The bridge has two lanes.
correction note | Editor's note: The mayor is a cousin of the editor.
correction note | An earlier version of this article misstated the age of the bridge.
correction note | This is a developing story.
copyright | © 2022 Harbour News.
copyright | Copyright 2022 Harbour News. All rights reserved.
live-blog stamp | 10:42 a.m. ET
live-blog stamp | Updated 2 hours ago
date line | Published 3 March 2022
byline | By Ana Lind and Jo Roe
share buttons | Share on Facebook Twitter WhatsApp
site notice | You must be logged in to comment.
site notice | Loading...
call to readers | Do you have a tip about the bridge?
call to readers | Let us know what you think of the bridge.
heading | What happens next?
heading | ## The bridge is shut.
leads to what follows | Here is what we know so far:
list | - two lanes for lorries
list | • one lane for bicycles
no sentence | The end of an old bridge
no sentence | * * *
no sentence | ___.
"""
CASES = [line.partition(" | ")[::2] for line in JUNK.strip().splitlines()]


@pytest.mark.parametrize(("why", "words"), CASES, ids=[words[:40] for _, words in CASES])
def test_junk_is_named(why, words):
    sentences, found = within(words)
    assert sentences == []
    assert {reason for _, reason in found} == {why}
    assert " ".join(part for part, _ in found) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "No one was hurt.",
        "He declined.",
        "“It is over.”",
        "“They came at night. They took all of it.”",
        "The photographs show a tank near the bridge.",
        "A photo provided by the town shows a tank near the bridge.",
        "The video was filmed from a roof, the mayor said.",
        "This video has been seen by two million people.",
        "The newsletter of the town was stopped.",
        "Subscribers to the newsletter got an email on Friday.",
        "The Getty museum lent the painting to the town.",
        "Getty Images said it would sue the town.",
        "Officers kept watch on the bridge at night.",
        "Watch dealers said that sales had fallen.",
        "Reuters reported that the bridge had been mined.",
        "He works for the state news agency (TASS).",
        "The firm (Getty Images) is not owned by the town.",
        "The army said it had read more than 300 letters.",
        "Sign language is taught at the school.",
        "He signed up for the army at 17.",
        "Residents contributed to the fund.",
        "The mayor contributed to the report of the council.",
        "The report was updated in March, the agency said.",
        "She is a reporter for the Harbour News who was arrested in May.",
        "Ana Lind is a reporter for the Harbour News.",
        "Follow-up talks are due on Monday.",
        "More troops are on the way.",
        "More: the town has no money.".replace(": ", " than that, "),
        "Related talks broke down.",
        "The match ended at 8:35 p.m.",
        "The ferry left at 8:35.",
        "“What happens next?”",
        "By Friday the river had fallen.",
        "By Ana Lind's own account, the bridge was weak.",
        "NATO — which has no troops there — said it would wait.",
        "Join the queue, the sign said, and hundreds did.",
        "“Sign up for our newsletter,” the poster said.",
        "It cost $1.2 million.",
        "The town, the mayor said, “has no money.”",
        "Updated figures show that 300 people left.",
        "Copying the key took a minute.",
        "Her re\u0301sumA\u0303© was long.",
        "Why had nobody told the mayor in all the years before that the bridge was weak?",
    ],
)
def test_a_sentence_of_the_report_stays(sentence):
    sentences, _ = within(sentence)
    assert " ".join(sentences) == sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("KYIV, Ukraine (AP) —", "The president said no."),
        ("WASHINGTON —", "The president said no."),
        ("LONDON, Feb 2 (Reuters) -", "The president said no."),
        ("FORT BRAGG, N.C. (AP) —", "The president said no."),
        ("Kyiv, Ukraine –", "The president said no."),
        ("(CNN)", "The president said no."),
        ("MOSCOW/KYIV (Reuters) -", "“No,” the president said."),
    ],
)
def test_of_a_dateline_only_the_place_is_junk(line, sentence):
    assert read(f"{line} {sentence} {AFTER}\n\n{BEFORE}")[0][0] == sentence
    assert read(f"{line} {sentence} {AFTER}\n\n{BEFORE}")[1] == [(line, "dateline")]


@pytest.mark.parametrize("text", ["The NATO — The Alliance — is there.", "Kyiv – Ukrainian forces left."])
def test_what_may_be_a_subject_is_no_dateline(text):
    assert read(f"{text}\n\n{AFTER}")[0][0] == text


def test_the_agency_behind_the_last_sentence_is_its_credit():
    sentences, found = read(f"{BEFORE}\n\nThe ferry is late. (Reuters)\n\nRead more: The bridge.")
    assert sentences[-1] == "The ferry is late."
    assert found == [("(Reuters)", "agency credit"), ("Read more: The bridge.", "link to another story")]


@pytest.mark.parametrize(
    "life",
    [
        "Ana Lind is a reporter for Harbour News.",
        "Ana Lind is a senior correspondent covering bridges. She has two dogs.",
        "Ana Lind covers bridges for Harbour News.",
        "About the author: Ana Lind was an editor of the Harbour News.",
    ],
)
def test_the_life_of_a_writer_stands_below_the_report(life):
    assert read(f"{BEFORE}\n\n{life}\n\nFollow us on Twitter.")[1][0] == (life, "about the author")
    about_her = f"{BEFORE}\n\nPolice let Lind go on Monday.\n\n{life.removeprefix('About the author: ')}"
    assert {why for _, why in read(about_her)[1]} == set(), "the report speaks of her"


def test_the_life_of_the_one_in_the_byline_is_junk_wherever_it_stands():
    text = f"By Ana Lind, CNN\n\n{BEFORE}\n\nAna Lind is a reporter for CNN.\n\n{AFTER}"
    assert [why for _, why in read(text)[1]] == ["byline", "about the author"]


def test_a_sentence_that_is_cut_off_takes_no_other_with_it():
    assert within("The ferry is late. It was to leave at noon but the") == (
        ["The ferry is late."],
        [("It was to leave at noon but the", "cut off")],
    )
    assert within("The ferry is late. Read the full")[0] == ["The ferry is late."]
    assert within("The ferry is late. Sign up for our newsletter.")[0] == ["The ferry is late."]


def test_a_header_in_the_text_is_junk():
    text = f"Bridge shut for a year\nBy Ana Lind | Reuters\nMarch 3, 2022\n\n{BEFORE}"
    assert [why for _, why in read(text)[1]] == ["headline", "byline", "date line"]
    assert len(read(text)[0]) == 2


def test_a_glued_header_leaves_the_sentence_behind_it():
    assert read(f"date 2022-03-03 {BEFORE}") == (
        within("")[0] + BEFORE.replace(". N", ".|N").split("|"),
        [("date 2022-03-03 ", "date line")],
    )
    sentences, found = read(f"date 2022-03-03 By Ana Lind and Jo Roe, CNN {BEFORE}")
    assert sentences[0] == "The bridge was closed on Friday, the mayor said."
    assert [why for _, why in found] == ["date line", "byline"]


@pytest.mark.parametrize("stem", sorted(path.stem for path in (DATA / "articles").glob("*.md")))
def test_the_seed_articles_are_their_facts_and_junk(stem):
    """Every fact is exactly one sentence of the report, in order, and nothing else of the article is."""
    article = parse((DATA / "articles" / f"{stem}.md").read_bytes(), f"{stem}.md")
    facts = tomllib.loads((DATA / "facts" / f"{stem}.toml").read_text(encoding="utf-8"))["fact"]
    sentences, _ = report(article.text)
    assert [span.of(article.text) for span in sentences] == [fact["quote"] for fact in facts]


PIECES = [
    *(words for _, words in CASES),
    BEFORE,
    AFTER,
    "\n",
    "\n\n",
    " ",
    "KYIV (AP) — ",
    "(Reuters)",
    "\x00",
    "\ud800",
    "\u202e",
    ":",
    "?",
]


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(PIECES)).map("".join), st.lists(st.sampled_from(PIECES)).map("\n".join)
    )
)
def test_sentences_and_junk_are_in_order_disjoint_and_all(text):
    sentences, found = report(text)
    assert junk(text) == found
    at = 0
    for span in sorted((*sentences, *found), key=lambda span: span.start):
        assert span.start >= at
        assert (
            not text[at : span.start]
            .strip("\ufeff\u200b\u2060 \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000")
            .strip()
        )
        at = span.stop
    assert all(one.why for one in found)


LONG = (
    'A|.|. |A. |"|(|Read |In this photo |Ana Lind is a |Follow us |AP/|KYIV, |share |1 |\n|a\n|This story |Reporting by |contributed '
    "|(Reuters)|Duration |8:35 |— |Ana Lind is a reporter.\n|Photo: "
).split("|")


@pytest.mark.parametrize("piece", LONG)
def test_long_adversarial_text_takes_no_more_than_its_length(piece):
    for text in (piece * (50_000 // len(piece)), (piece * (690 // len(piece)) + "\n") * 140):
        before = time.process_time()
        report(text)
        assert time.process_time() - before < 30  # seconds; what is not linear takes minutes
