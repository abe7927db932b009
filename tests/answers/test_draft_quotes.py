import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.draft.quotes import find, is_open, paragraphs
from tests.answers.builders import any_text

MARKS = "\"“”„‟«»‘’'‚‹›"
marked = st.text(alphabet=st.sampled_from(f"{MARKS} aS.,\n5—"), max_size=80)


def found(text):
    return [quote.of(text) for quote in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no." "Yes," she said.', ['"no."', '"Yes,"']),
        ("She said “no” and “yes”.", ["“no”", "“yes”"]),
        ('They weren\'t "permanent moves."', ['"permanent moves."']),
        ("‘We won’t go,’ she said.", ["‘We won’t go,’"]),
        ("'The allies' troops are here,' he said.", ["'The allies' troops are here,'"]),
        ("He said: 'It is the allies' and left.", ["'It is the allies'"]),  # nothing later can close it
        ("„Ja“, sagte er, „nein”, dann", ["„Ja“", "„nein”"]),
        ("«Да», сказал он. »Nein«, sagte sie.", ["«Да»", "»Nein«"]),
        ("''We go,'' he said. ''I said, 'no,''' Ms. Roe said.", ["''We go,''", "''I said, 'no,'''"]),
        ("“He told me ‘no’ twice,” she said.", ["“He told me ‘no’ twice,”"]),
        ("'It is a \"mess\" here,' said Roe.", ["'It is a \"mess\" here,'"]),
        ('"A "b" c," he said.', ['"A "b" c,"']),
        ("“A “b” c,” he said.", ["“A “b” c,”"]),
        ("“One\n\n“two”", ["“One", "“two”"]),  # each paragraph opens, only the last one closes
        ("“One, he said. “Two.”", ["“One, he said. “Two.”"]),  # a mark was forgotten
        ("“Open to the end  ", ["“Open to the end"]),
        ('Roe said,"We go"and left', ['"We go"']),
        ("a so-called 'safe zone' here", ["'safe zone'"]),
        ("(“yes”) – “no”", ["“yes”", "“no”"]),
    ],
)
def test_quotations_are_found_with_their_marks(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the allies' view of the ’90s wasn’t ours",
        "rock 'n' roll in the '90s, 'tis said, an' all",
        "the 6'2\" man and the 5' 10\" woman",
        "O’Neil’s boss’ car",
        "'Twas the workers' day",
        "no ” opening",
        'a word"glued',
        "“",
        '"  \n',
        "",
    ],
)
def test_apostrophes_and_stray_marks_are_no_quotations(text):
    assert found(text) == []


def test_a_line_that_goes_on_with_a_small_letter_is_no_new_paragraph():
    text = "“We will\nstay,” he said.\n“No.”"
    assert found(text) == ["“We will\nstay,”", "“No.”"]
    assert [text[start:stop] for start, stop in paragraphs(text)] == ["“We will\nstay,” he said.", "“No.”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("“Open", True), ("“Shut.”", False), ('"Open', True), ('"Shut"', False), ("''Shut''", False), ("‘Shut.’", False)],
)
def test_an_open_quotation_may_go_on(text, expected):
    (quote,) = find(text)
    assert is_open(text, quote) is expected


@given(any_text() | st.text() | marked)
def test_any_text_is_read_and_offsets_are_exact(text):
    stop = 0
    for quote in find(text):
        assert stop <= quote.start
        assert quote.of(text)[0] in MARKS
        assert not quote.of(text)[-1].isspace()
        stop = quote.stop


@pytest.mark.parametrize(
    "text",
    [
        one * (100_000 // len(one))
        for one in ('"', "'a ", "“", '"a ', "''", "‘a", " “a”", '"\n', "«a ", " ", "\n", "“a‘b”")
    ],
    ids=repr,
)
def test_many_marks_cost_no_more_than_others(text):
    begin = time.process_time()
    find(text)
    assert time.process_time() - begin < 30  # seconds; what is not linear takes minutes
