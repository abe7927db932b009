"""Sentences: cut where a reader would, offsets exact, total on any text, and in time that grows as the text does."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.draft.sentences import paragraphs, split

PROSE = """
The bridge was closed at dawn. | Nobody was hurt.
Lt.-Col. Ana Moreau told reporters that the convoy had left. | She gave no number.
The unit left Camp Hale, N.C., for the coast on Monday. | It will stay a month.
The family lives in Raleigh, N.C. | Neighbours brought food.
The family lives in Raleigh, N.C. | Kowalski moved there in May.
He has lived in the U.S. for ten years. | His brother has not.
He has lived in the U.S. | His brother has not.
They were flown out of the U.S. | Troops followed a day later.
The U.S. Army said it knew of the case. | It would not comment.
U.S. troops crossed the river. | The U.S. Marines did not.
The U.S. Senate votes on Friday.
Gov. Ellen Park and Sen. J. R. Dole met Rep. Lina Ortiz on Jan. 14. | They did not speak to the press.
Mr. Okafor, Mrs. Lind and Ms. Ray met Gen. A. B. Stone. | Dr. Hahn was not there.
The order came in Jan. | The mayor signed it.
The talks begin at 5 p.m. Monday in Geneva. | They end at 9 a.m. | A statement will follow.
The power failed at 4:30 a.m. EST and came back at noon.
The sirens began at 6 p.m. | Smoke rose over the harbour.
Flight No. 42 was late. | No. | He would not say why.
The case of Lake vs. Hill opens today. | The court sits in St. Helier.
The shop on Main St. | The police station stands opposite.
Harbour Lines Inc. said it lost a ship. | Its shares fell.
The ship belongs to Harbour Lines Inc. | The firm declined to comment.
Harbour Lines Inc. Chief Executive Rosa Lund resigned.
Some goods, e.g. flour and oil, are scarce. | Others, i.e. sugar, are not.
J. K. Adeyemi and W. E. B. Lund signed. | George W. Frost did not.
The rate rose to 4.5 percent from 3.25 percent. | It had been 2.0 in 2014. | The bank expects more.
It cost $1.2 million. | A second one cost €3.4bn.
"We are ready," she said. | "We have been for weeks."
“We are ready.” | He paused. | “We have been for weeks.”
“They came at night. | They took the generator. | Nobody stopped them,” the baker said.
"Who will pay?" asked the mayor. | "Not the town."
"Who will pay?" Mayor Lund asked. | "Not the town."
“Who will pay?” | The mayor had no answer.
“Stop!” the guard shouted. | “Stop, or I fire!”
Is it over?! | Nobody knows. | Nobody!
The minister said: “It is over.” | He then left.
He said the deal was “dead.” | The other side disagreed.
He said the deal was “dead”. | The other side disagreed.
«La route est fermée.» | Le maire n'a rien dit de plus.
He wrote that he was “tired … and cold” in the cellar. | He was found alive.
“I … I cannot say,” she said.
“We waited …” | Her voice broke.
“We waited... and nobody came,” she said. | "They waited..." | The line went dead.
The camp (it holds 400 people) is full. | (The agency would not confirm this.) | More tents are on the way.
The court rejected the plea [of guilty]. | It gave no reason.
The harvest was poor.[1] | Prices rose.
The phone in her pocket was an old model. | iPhone users were warned as well.
The app is called Yahoo! by most. | eBay sells it.
1. Boil the water for three minutes. | 2. Let it cool.
The details are at www.example.org/a.b?c=d. | The office is closed.
The office wrote to @harbour.watch. | @harbour_watch did not reply.
The plan — the third in a year — failed. | The fourth — if any — is far off.
“Never again.” — Rosa Lund, mayor
The aid arrived on Sept. 3, 2019. | It was not enough.
The aid arrived in Sept. 2019.
Snow fell on Mt. Harrow and Ft. Dane. | Roads stayed open.
They sell bread, milk, etc. | The prices are fixed.
Martin Lowell Jr. was the first to arrive. | His father is a retired Col. and a judge.
The agency's plan B. | The first one had failed.
It ran on vitamin C. | It sold well.
“In the U.S.,” he said, “nobody asks.” | Here they do.
He works for the U.N. | She works for the E.U. | They met in Washington, D.C. | It was spring.
Washington, D.C. Mayor Ada Boone opened it.
The vote was 9-2. | 13 members stayed away.
The firm, which makes F.1 parts, closed. | Its web site, example.com, is gone.
The pupils of St. Anne's school were sent home. | Their parents came.
'It was like thunder,' she said. | 'Then it was quiet.'
The general said "no." | "No?" I asked. | "No," he said.
He has a Ph.D. | He drives a bus.
She said it was art. | It was sold.
RALEIGH, N.C. (AP) — The dam broke at noon. | Nobody was hurt.
WASHINGTON, D.C. — The dam broke at noon.
It was 10 p.m. local time when the dam broke. | It was 10 p.m. Moscow time.
The ship left at noon; it was late. | Was it? | Yes.
The treaty’s Art. 5 is clear. | See Fig. 2 and pp. 4-6.
"""
CASES = PROSE.strip().splitlines()
OTHER_SCRIPTS = """
部队已经离开。|没有人受伤。|“他们走了！”|他说。
部隊は去った。|「誰もいない。」|彼は言った。
पुल बंद था। | कोई घायल नहीं हुआ।
أغلق الجسر. | من سيدفع؟ | لا أحد يعرف.
הגשר נסגר. | איש לא נפגע.
Міст закрили. | Ніхто не постраждав. | Хто заплатить?
پل بند تھا۔ | کوئی زخمی نہیں ہوا۔
"""


def told(text):
    return [span.of(text) for span in split(text)]


@pytest.mark.parametrize("case", CASES)
def test_prose_is_split_where_a_reader_would(case):
    assert told(case.replace(" | ", " ")) == case.split(" | ")


def test_there_are_enough_hand_written_sentences():
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", [case for case in OTHER_SCRIPTS.strip().splitlines() if " | " in case])
def test_other_scripts_are_split_at_their_full_stops(case):
    assert told(case.replace(" | ", " ")) == case.split(" | ")


@pytest.mark.parametrize("case", [case for case in OTHER_SCRIPTS.strip().splitlines() if " | " not in case])
def test_scripts_without_blanks_are_split_at_their_full_stops(case):
    assert told(case.replace("|", "")) == case.split("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n \t ", []),
        ("\ufeffOne line.\nAnother line.\n", ["One line.", "Another line."]),
        ("One.\n\n\n  Two. \r\n\r\nThree.", ["One.", "Two.", "Three."]),
        ("A heading\nIts text goes here.", ["A heading", "Its text goes here."]),
        ("the first item\nthe second item\nthe third item", ["the first item", "the second item", "the third item"]),
        ("One.\u2028Two.\u2029Three.", ["One.", "Two.", "Three."]),
    ],
)
def test_lines_are_paragraphs(text, expected):
    assert [span.of(text) for span in paragraphs(text)] == expected


def test_sentences_that_lost_the_blank_between_them_are_parted():
    assert told("The state gave way.The town did not.") == ["The state gave way.", "The town did not."]
    assert len(told("Write to press@harbour.Item or node.js or www.harbour.Into now.")) == 1


WRAPPED = """The harbour of the old town was closed on Friday after a barge had
torn loose from its mooring in the night and come to rest across the
entrance, the port authority said. Nobody was on board.

The barge belongs to a firm from the other side of the bay, which had
left it there in March. A tug is on its way, but it
will not arrive before Sunday, and the wind is expected to grow.
Until then the fishing boats stay out.
A short line ends a paragraph as well, if a word had room in it; the
next one stands by itself.
"""


def test_wrapped_lines_are_one_paragraph():
    assert [span.of(WRAPPED)[:12] for span in paragraphs(WRAPPED)] == [
        "The harbour ",
        "The barge be",
        "A short line",
    ]
    assert told(WRAPPED)[1] == "Nobody was on board."


def test_a_sentence_runs_over_wrapped_lines_as_it_stands():
    assert told(WRAPPED)[0].count("\n") == 2


def test_paragraphs_on_lines_of_their_own_are_not_taken_for_wrapped_ones():
    text = "\n".join(
        ["The council met on Friday evening in the old hall.", "It voted on the bridge and on the ferry."] * 9
    )
    assert len(paragraphs(text)) == 18


PIECES = st.sampled_from(
    [
        *'" “ ” . ... … ? ! 。 । ؟ U.S. Mr. a.m. 1. ( ) The the Kirby iPhone — [1] « » A 5 ’s ,'.split(),
        *(" ", "\n", "\r\n", "\u2028", "\x00", "\ud800", "\u202e", "\ufeff"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join))


@given(TEXTS)
def test_sentences_are_in_order_without_blanks_and_miss_nothing(text):
    spans, at = split(text), 0
    for span in spans:
        assert span.start >= at
        assert not re.sub(r"[\s\ufeff\u200b\u2060]", "", text[at : span.start])
        assert span.of(text) == span.of(text).strip()
        at = span.stop
    assert not re.sub(r"[\s\ufeff\u200b\u2060]", "", text[at:])


@given(TEXTS)
def test_no_sentence_crosses_a_paragraph(text):
    known = paragraphs(text)
    assert all(sum(one.holds(span) for one in known) == 1 for span in split(text))


@pytest.mark.parametrize(
    "piece",
    [
        ".",
        ". ",
        "...",
        '"',
        '". ',
        "” ",
        "A. ",
        "A",
        "U.S. ",
        "? ",
        "…",
        "[1]",
        "\n",
        "a\n",
        "Mr.",
        "。",
        "(",
        "-",
        " ",
        "\ufeff",
    ],
)
def test_long_adversarial_text_takes_no_more_time_than_prose(piece):
    text = piece * (200_000 // len(piece))
    before = time.process_time()
    split(text)
    assert time.process_time() - before < 30  # seconds; what is not linear takes minutes
