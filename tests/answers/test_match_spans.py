"""What a question wants to know of time beyond "when", and whether a passage tells it."""

from datetime import date

import pytest
from hypothesis import given

from answers.match.spans import Span, span_of, spans
from answers.model import Granularity, ResolvedDate
from tests.answers.builders import a_fact, any_text

WEDNESDAY = ResolvedDate(
    text="Wednesday", iso="2022-02-02", granularity=Granularity.DAY, first=date(2022, 2, 2), last=date(2022, 2, 2)
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("On which date do they leave?", Span.DATE),
        ("what exact day was it announced", Span.DATE),
        ("In what year did it begin?", Span.DATE),
        ("until when does the mission run", Span.DURATION),
        ("Until which year does Canada extend it?", Span.DURATION),
        ("how long will they stay", Span.DURATION),
        ("how long ago did they leave", None),
        ("when do they leave", None),
        ("is there a date for it", None),
        ("how many go", None),
    ],
)
def test_a_date_or_a_duration_is_more_than_when(question, expected):
    assert span_of(question) is expected


@given(any_text())
def test_any_text_may_be_asked(text):
    assert span_of(text) in {None, *Span}


@pytest.mark.parametrize(
    ("wanted", "text", "told"),
    [
        (Span.DATE, "They leave in the coming days.", False),
        (Span.DATE, "They leave soon.", False),
        (Span.DATE, "They leave on Friday.", True),
        (Span.DATE, "They left in 2014.", True),
        (Span.DURATION, "It was extended last week.", False),
        (Span.DURATION, "It runs until March.", True),
        (Span.DURATION, "These are not permanent moves.", True),
        (Span.DURATION, "They stay for nine months.", True),
    ],
)
def test_a_passage_tells_it_by_its_words(wanted, text, told):
    assert spans(wanted, a_fact(text)) is told


def test_a_day_that_an_editor_has_resolved_is_a_date():
    text = "It was announced Wednesday."
    assert spans(Span.DATE, a_fact(text, dates=(WEDNESDAY,)))
    assert not spans(Span.DURATION, a_fact(text, dates=(WEDNESDAY,)))
