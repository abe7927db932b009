import subprocess
import sys
import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import articles, facts
from answers.draft.attribution import attribute
from answers.draft.quotes import find
from answers.draft.values import Span
from answers.draft.voices import Reader
from answers.model import Known
from tests.answers.builders import DATA, any_text
from tests.answers.said import CASES


def laid_out(raw):
    """The text of a case and its sentences."""
    text, spans = "", []
    for line in map(str.strip, raw.strip().split("\n")):
        if line:
            spans.append(Span(start=len(text), stop=len(text) + len(line)))
            text += f"{line} "
        else:
            text = f"{text.rstrip()}\n\n"
    return text, spans


def one(text, parser=None):
    """Who says a text of one sentence, and who its quotations."""
    found = attribute(text, [Span(start=0, stop=len(text))], parser)
    return found.sentences[0], [quote.attribution for quote in found.quotes]


@pytest.mark.parametrize("case", CASES)
def test_who_is_on_record(case):
    raw, expected = CASES[case]
    said = attribute(*laid_out(raw)).sentences
    told = [[part.strip() for part in line.split("|")] if line != "-" else ["", "", "none"] for line in expected]
    assert [[a.speaker, a.role, a.known] for a in said] == told


def test_the_cases_are_many():
    assert sum(len(expected) for _, expected in CASES.values()) >= 100


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Brandt dismissed the claims, calling them “a fairy tale from the losing side.”", ["Brandt"]),
        ("Petrenko said “we agree,” and Weber said “we do not.”", ["Petrenko", "Weber"]),
        ("The order, which Weber called “a mistake,” was lifted.", ["Weber"]),
        ("Weber, who called the order “a mistake,” resigned.", ["Weber"]),
        ("“We go,” the unnamed gravedigger told us.", ["unnamed gravedigger"]),
        ("Koval wore a shirt reading “no more tests.”", [""]),
        ("Dr. Anna Koval appealed for calm: “It is only rain.”", ["Anna Koval"]),
        ("“We go,” I said.", [""]),
        ("“We go,” said nobody.", [""]),
        ("“It will be hard,” Weber said, adding: “But we will do it.”", ["Weber", "Weber"]),
        ("Writing in The Times, Weber said “no” and “never.”", ["Weber", "Weber"]),
        ("“We go” was what she feared.", [""]),
        ("The “safe zone” is not safe, the officers said.", ["officers"]),
        ("“We go” — Maria Lopez left without having said a word", [""]),
        ("Weber went on to say: “We will rebuild.”", ["Weber"]),
        ("Dr. Weber blamed what he called “a long chain of small mistakes,” and left.", ["Weber"]),
        ("Weber called the order “a long chain of small mistakes” and left.", ["Weber"]),
        ("“We go,” said Maria Lopez of the harbour office in Riverton.", ["Maria Lopez"]),
        ("“We go,” former Riverton Mayor Maria Lopez told the crowd.", ["Maria Lopez"]),
        ("“We go,” 81-year-old Ivo Marek shouted.", ["Ivo Marek"]),
        ("The retired general shook his head, saying “never again in my life.”", ["retired general"]),
        ("Weber said the “safe zone” is not safe, residents said.", ["Weber"]),
    ],
)
def test_a_quotation_has_the_speaker_beside_or_over_it(text, speakers):
    assert [said.speaker for said in one(text)[1]] == speakers


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The mayor Maria Lopez said so.", "mayor"),
        ("A former mayor Maria Lopez said so.", "former mayor"),
        ("Maria Lopez, called the iron mayor, said so.", ""),
        ("Maria Lopez, asked, said so.", ""),
        ("Minister of Foreign Affairs Rita Nolan said so.", "Minister of Foreign Affairs"),
        ("Maria Lopez said so. Weber, Maria Lopez, Pope said so.", ""),
    ],
)
def test_a_role_stands_beside_the_name(text, role):
    assert one(text)[0].role == role


def test_what_is_carried_is_no_surer_than_it_was():
    text, spans = laid_out("Dr. Anna Koval appealed for calm: “It is only rain.”\n“It will pass.”\n“We know it.”")
    said = attribute(text, spans).sentences
    assert [(a.speaker, a.known) for a in said[1:]] == [("Anna Koval", Known.INFERRED)] * 2
    text, spans = laid_out("“It is cold,” he said.\n“It is very cold.”")
    assert [a.known for a in attribute(text, spans).sentences] == [Known.NONE] * 2


def test_a_guessed_pronoun_stays_a_guess():
    text, spans = laid_out("Mr. Weber said it was cold.\nHe shrugged: “It is only rain.”")
    assert attribute(text, spans).quotes[0].attribution.known is Known.INFERRED


def test_a_guess_is_said_to_be_one():
    said, (quoted,) = one("Dr. Anna Koval appealed for calm: “It is only rain.”")
    assert (said.known, quoted.known) == (Known.NONE, Known.INFERRED)


def test_a_pronoun_that_may_be_two_is_whoever_spoke_last_and_flagged():
    text, spans = laid_out(
        "Ivan Petrenko and Karl Weber met.\nMr. Weber said it was cold.\n“It was warm,” he said of Ivan Petrenko."
    )
    assert [said.known for said in attribute(text, spans).sentences] == [Known.NONE, Known.CUE, Known.INHERITED]
    text, spans = laid_out(
        "Mr. Weber said it was cold.\nIvan Petrenko said it was warm, Weber was told.\nHe said no more."
    )
    assert attribute(text, spans).sentences[2].known is Known.INFERRED


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Weber would not say when.", "would not say"),
        ("The embassy declined to comment.", "declined to comment"),
        ("Weber pointed out that it was late.", "pointed out"),
        ("According to Weber, it was late.", "According to"),
        ("The fire was reported by Reuters.", "reported by"),
        ("Weber has said that it was late.", "said"),
    ],
)
def test_the_cue_stands_as_in_the_text(text, cue):
    assert one(text)[0].cue == cue


@pytest.mark.parametrize(
    "text",
    [
        "It was reported by none.",
        "It was said by.",
        "It was eaten by Weber.",
        "The officials, however it was done, the people, said.",
        "Who said that?",
        "Many say.",
        "Officials, say.",
        "She refused the offer.",
        "— Weber thinks",
        "“Yes” — it rained.",
        "“Yes” — Weber who said no",
        "The crowd of the said.",
        "A spokesmen said so.",
        "The Tuesday said so.",
        "Pouring rain said it all.",
        "People of Will Rain say",
        "According to, it rains.",
        "(a) said",
        "Weber and Koval, said",
        "Weber, , said it rained.",
        "Weber, rain and snow all day, said so.",
        "A officials said so.",
        "The several say so.",
        "Weber wrote for a living.",
        "It rained, says he who knows.",
        "It was said by Weber that it rained.",
        "The plan was announced by Weber that day.",
        f"{'In rain and in snow, ' * 15}Weber said no.",
        "Secretary of State rain Nolan said so.",
        "the Secretary of State Rita Nolan said so.",
        "Weber 1990 bin said so.",
        "a mayor Maria Lopez said so.",
    ],
)
def test_what_only_looks_like_speech_is_answered_without_a_fault(text):
    said, _ = one(text)
    assert bool(said.speaker) == (said.known is not Known.NONE)


STEMS = sorted(path.stem for path in (DATA / "articles").glob("*.md"))


@pytest.mark.parametrize("stem", STEMS)
def test_the_speakers_of_the_reviewed_facts_are_all_found_and_no_others(stem):
    article = articles.parse((DATA / "articles" / f"{stem}.md").read_bytes(), f"articles/{stem}.md")
    reviewed = facts.parse((DATA / "facts" / f"{stem}.toml").read_bytes(), f"facts/{stem}.toml", article)
    spans = [Span(start=fact.quote.start, stop=fact.quote.stop) for fact in reviewed]
    told = [(said.speaker, said.role, said.known) for said in attribute(article.text, spans).sentences]
    # A canonical name may have the article that the words as they stand are given without.
    assert told == [(fact.speaker.removeprefix("The "), fact.role, fact.known) for fact in reviewed]


@dataclass(frozen=True)
class Clause:
    verb: Span
    subject: Span | None


def test_a_parser_is_asked_where_the_rules_find_nobody():
    text = "At dawn gravediggers said that it rained.\n\nTheir boss said no."
    asked = []

    def parser(part):
        asked.append(part)
        at = part.find("gravediggers")
        verb = Span(start=part.find("said"), stop=part.find("said") + 4)
        return [Clause(verb, Span(start=at, stop=at + 12) if at >= 0 else None)]

    spans = [Span(start=0, stop=41), Span(start=43, stop=len(text))]
    assert attribute(text, spans).sentences[0].speaker == ""
    assert attribute(text, spans, parser).sentences[0].speaker == "gravediggers"
    assert asked == [text[:41], text[43:]]


def test_a_parser_tells_whose_sentence_a_quotation_is_in():
    text = "At dawn the retired Anna Koval and many others feared “a very long and wet night.”"
    assert one(text)[1][0].speaker == ""
    clause = Clause(Span(start=text.find("feared"), stop=text.find(" “")), Span(start=20, stop=30))
    outside = Clause(Span(start=3, stop=7), Span(start=0, stop=2))
    (quoted,) = one(f"{text}", lambda _: [outside, clause])[1]
    assert (quoted.speaker, quoted.known) == ("Anna Koval", Known.INFERRED)


def test_a_parser_lends_a_subject_to_a_verb_that_has_none():
    text = "As the crowd said no, Weber was joined by Koval and joked: “It is only rain.”"
    weber = Clause(Span(start=text.find("joked"), stop=text.find(": ")), Span(start=22, stop=27))
    assert one(text, lambda _: [weber])[1][0].speaker == "Weber"


def test_a_parser_is_not_believed_where_it_names_nothing_that_can_speak():
    text = "At dawn that said that it rained."
    assert one(text, lambda _: [Clause(Span(start=13, stop=17), Span(start=8, stop=12))])[0].speaker == ""
    assert one(text, lambda _: [Clause(Span(start=13, stop=17), Span(start=20, stop=22))])[0].speaker == ""


def test_the_language_model_is_not_loaded():
    code = "import sys, answers.draft.attribution as a; a.attribute('Roe said so.', []); print('spacy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


prose = st.lists(
    st.sampled_from(
        """
        said says told he she they who “ ” " , . — : ( ) the officials Weber Maria Lopez mayor of Riverton , who according
        to by was reported also In addition Secretary State not would say and "\n\n" 'tis allies’ Mr. Dr. I that
        """.split()
    ),
    max_size=60,
).map(" ".join)


@given(any_text() | st.text() | prose, st.lists(st.integers(1, 40), max_size=40))
def test_any_text_is_answered(text, lengths):
    spans, at = [], 0
    for length in lengths:
        if at + length <= len(text):
            spans.append(Span(start=at, stop=at + length))
            at += length + length % 3
    found = attribute(text, spans)
    assert len(found.sentences) == len(spans)
    for said in (*found.sentences, *(quote.attribution for quote in found.quotes)):
        assert bool(said.speaker) == (said.known is not Known.NONE)
    places = [(quote.start, quote.stop) for quote in find(text)]
    assert {(quote.start, quote.stop) for quote in found.quotes} <= set(places)


@pytest.mark.parametrize(
    "part",
    [
        '"a" ', "said ", "he said ", "John Roe said ", ", ", "Abc ", "according to ", '"a b c d," said Roe. ', "and said ",
        "Roe, who said ", "Roe said a. Also b. ", "( ", "— a ", "the man, the a b c d e f, said ", "a's ", "not ", "'",
    ],
)  # fmt: skip
def test_long_texts_cost_no_more_than_others(part):
    text = part * (100_000 // len(part))
    begin = time.process_time()
    attribute(text, [Span(start=0, stop=len(text))])
    attribute(text, [Span(start=at, stop=min(at + 20, len(text))) for at in range(0, len(text), 20)])
    assert time.process_time() - begin < 30  # seconds; what is not linear takes minutes


def test_where_verbs_of_speech_stand_is_told_for_clauses_too():
    text = "Farmers fear the summer, although Weber has said, and repeated, that it will rain; nobody would say so."
    reader = Reader(text, [Span(start=0, stop=len(text))])
    assert [text[start:stop] for start, stop in reader.cues()] == ["said", "repeated"]
