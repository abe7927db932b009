"""What an editor is warned of before a passage is let out, the worst first, and questions that a passage may answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.draft import doubts, questions
from answers.draft.values import Attribution, Candidate, FoundFigure, FoundPlace, Quoted
from answers.model import Known, Part
from answers.text.names import Gazetteer, world
from tests.answers.builders import an_article

WORLD = Gazetteer(world())
LEE = Attribution(speaker="Ann Lee", role="Mayor", known=Known.CUE, cue="said")


def a_candidate(passage, **given_):
    return Candidate(
        **{"start": 5, "stop": 5 + len(passage), "passage": passage, "attribution": Attribution(), **given_}
    )


def quoted(passage, words, by=None):
    at = 5 + passage.index(words)
    return Quoted(start=at, stop=at + len(words), attribution=by or Attribution())


def of(candidate, **given_):
    return doubts.of(candidate, an_article("Some text.", **given_), WORLD)


def test_a_plain_sentence_leaves_no_doubt():
    assert of(a_candidate("The bridge over the river is closed.")) == ()


def test_a_quotation_that_nobody_says_comes_before_all():
    passage = "They wrote “The water is rising fast and we leave” on it."
    found = of(a_candidate(passage, quotes=(quoted(passage, "“The water is rising fast and we leave”"),)))
    assert found[0] == "Somebody is quoted, and it is not said here who."
    assert found[1].startswith('It begins with "They"')


def test_a_term_between_quotation_marks_is_no_speech():
    passage = "The “iron ring” around the town is closing."
    assert of(a_candidate(passage, quotes=(quoted(passage, "“iron ring”"),))) == ()


@pytest.mark.parametrize(
    ("known", "words"), [(Known.INFERRED, "worked out"), (Known.INHERITED, "carried over"), (Known.CUE, "")]
)
def test_how_the_speaker_is_known_is_said(known, words):
    found = of(a_candidate("The gates are shut.", attribution=replace(LEE, speaker="NATO", known=known)))
    assert [words in doubt for doubt in found] == ([True] if words else [])


def test_two_speakers_in_one_passage_are_said():
    passage = "“We leave now, all of us,” said Lee, and “You stay here until Monday,” said Ray."
    both = (
        quoted(passage, "“We leave now, all of us,”", replace(LEE, speaker="NATO")),
        quoted(passage, "“You stay here until Monday,”", replace(LEE, speaker="Ray")),
    )
    assert "More than one speaker is quoted." in of(
        a_candidate(passage, quotes=both, attribution=replace(LEE, speaker="NATO"))
    )


@pytest.mark.parametrize("first", ["He", "They", "These", "Its", "“It"])
def test_a_passage_that_points_back_is_said(first):
    (doubt,) = of(a_candidate(f"{first} will be open again."))
    assert doubt == f'It begins with "{first.strip("“")}": say in names who or what is meant.'


def test_a_pronoun_within_a_quotation_points_to_its_speaker():
    passage = "“They are safe in the school now,” said NATO."
    whole = quoted(passage, "“They are safe in the school now,”", replace(LEE, speaker="NATO"))
    assert of(a_candidate(passage, quotes=(whole,), attribution=replace(LEE, speaker="NATO"))) == ()


def test_i_and_we_outside_a_quotation_are_said():
    assert of(a_candidate("When I arrived, the town was empty.")) == ("It speaks of I or we, and quotes nobody.",)
    assert of(a_candidate("The US sends help.")) == ()


def test_what_a_figure_counts_and_how_a_vague_one_is_read_are_said():
    bare = FoundFigure(start=5, stop=8, text="140", low=140, high=140)
    vague = FoundFigure(start=9, stop=20, text="thousands of homes", low=2000, high=9999, vague=True, unit="homes")
    assert of(a_candidate("140 of thousands of homes burnt.", figures=(bare, vague))) == (
        'It is not clear what "140" counts.',
        '"thousands of homes" is read as 2,000 to 9,999.',
    )


def test_an_article_without_a_day_is_said():
    assert "day is not known" in of(a_candidate("The gates are shut."), published=None)[0]


@pytest.mark.parametrize(
    ("passage", "strange"),
    [
        ("Mayor Ann Lee said so.", "names.toml does not know Ann Lee."),
        ("The road to New Aldery Heights is closed.", "names.toml does not know New Aldery Heights."),
        ("On Monday the road to Poland was open.", ""),
        ("NATO and the United States sent aid.", ""),
    ],
)
def test_names_that_nobody_listed_are_said(passage, strange):
    assert "".join(of(a_candidate(passage))) == strange


def test_a_speaker_whom_nobody_listed_is_said_first():
    (doubt,) = of(a_candidate("Mayor Ann Lee said so.", attribution=LEE))
    assert doubt.startswith("names.toml does not know Ann Lee")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ({"unit": "troops", "counts": "US troops in Europe"}, "How many US troops in Europe?"),
        ({"unit": "troops", "counts": "troops"}, None),
        (
            {"unit": "troops", "counts": "troops to Poland", "part": Part.ADDITIONAL},
            "How many more troops to Poland?",
        ),
        (
            {"unit": "troops", "counts": "troops in Poland", "part": Part.EXISTING},
            "How many troops in Poland were there already?",
        ),
        ({"unit": "%", "counts": "voters in Poland"}, "What share of voters in Poland?"),
        ({"unit": "$", "counts": "aid to Poland"}, "How much money for aid to Poland?"),
        ({"unit": "EUR"}, None),
        ({}, None),
    ],
)
def test_a_figure_is_asked_for_by_what_it_counts_if_that_tells_it_from_others(figure, expected):
    number = FoundFigure(start=12, stop=15, text="500", low=500, high=500, **figure)
    assert questions.likely(a_candidate("Poland 500 x", figures=(number,))) == ((expected,) if expected else ())


def test_a_speaker_is_asked_for_what_he_said_of_places():
    poland = FoundPlace(start=5, stop=11, text="Poland", canonical="Poland", country="Poland")
    assert questions.likely(a_candidate("Poland", attribution=LEE, places=(poland,), topics=("Aid",))) == (
        "What did Ann Lee say about Poland?",
    )
    assert questions.likely(a_candidate("Poland", attribution=LEE, topics=("Aid",))) == ()
    assert questions.likely(a_candidate("Poland", places=(poland,))) == ()


@pytest.mark.parametrize(
    ("speaker", "asked"),
    [
        ("US officials", "What did the US officials say about the United States?"),
        ("Canadian government", "What did the Canadian government say about the United States?"),
        ("The Pentagon", "What did the Pentagon say about the United States?"),
        ("NATO", "What did NATO say about the United States?"),
        ("Ministry of Health", "What did the Ministry of Health say about the United States?"),
    ],
)
def test_names_stand_in_a_question_as_they_do_in_a_sentence(speaker, asked):
    states = FoundPlace(start=5, stop=7, text="US", canonical="United States", country="United States")
    assert questions.likely(a_candidate("US x", attribution=replace(LEE, speaker=speaker), places=(states,))) == (
        asked,
    )


@given(passage=st.text(min_size=1), unit=st.text(max_size=300), counts=st.text(max_size=300))
def test_any_passage_is_read(passage, unit, counts):
    figure = FoundFigure(start=5, stop=6, text=passage[:1], low=1, high=1, unit=unit, counts=counts)
    candidate = a_candidate(passage, figures=(figure,))
    assert all(0 < len(question) <= 200 for question in questions.likely(candidate))
    assert len(set(of(candidate))) == len(of(candidate))
