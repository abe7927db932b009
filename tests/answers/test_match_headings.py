"""Which rows are headings and whose, against a model that looks at every span."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from answers.match.headings import BELOW_TITLE, Headings


@st.composite
def bases(draw):
    """The number of facts and the spans of a base, in the order in which one is compiled: a title, then its questions."""
    spans, number = [], 0
    for facts in draw(st.lists(st.integers(1, 2 * BELOW_TITLE), max_size=5)):
        if draw(st.booleans()):
            spans.append((number + 1, number + facts, True))
        for _ in range(facts):
            number += 1
            spans += [(number, number, False)] * draw(st.sampled_from([0, 0, 0, 1, 2]))
    return number, spans


def below(span):
    first, last, _ = span
    return list(range(first, last + 1))


@given(bases())
def test_a_fact_has_the_headings_that_stand_above_it(base):
    count, spans = base
    headings = Headings(count, spans)
    assert len(headings) == len(spans)
    numbers = np.arange(count, 0, -1)
    rows, places = headings.of(numbers)
    found = sorted((int(numbers[place]), int(row)) for row, place in zip(rows, places, strict=True))
    naive = [(number, count + at) for at, span in enumerate(spans) for number in below(span)]
    assert found == sorted(naive)


@given(bases(), st.data())
def test_rows_bring_in_their_facts_once_and_in_order(base, data):
    count, spans = base
    rows = data.draw(st.lists(st.integers(0, count + len(spans) - 1), max_size=12)) if count else []
    naive = []
    for row in rows:
        naive += [row + 1] if row < count else below(spans[row - count])[:BELOW_TITLE]
    assert Headings(count, spans).facts(rows) == list(dict.fromkeys(naive))


@given(bases(), st.data())
def test_a_heading_is_open_where_a_fact_below_it_is(base, data):
    count, spans = base
    among = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)), np.bool_)
    rows = Headings(count, spans).open(among)
    assert rows.dtype == np.bool_
    assert rows.tolist() == [*among.tolist(), *(any(among[number - 1] for number in below(span)) for span in spans)]
