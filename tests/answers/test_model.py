"""The nouns: a value that exists is valid, and any text is read as a question or told why not."""

import unicodedata
from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers.model import (
    LONGEST_QUESTION,
    Article,
    Change,
    Digest,
    Fact,
    Question,
    Quote,
    Reload,
    Status,
    Unread,
)

ARTICLE = Article(id="an-article", outlet="CNN", published=date(2022, 2, 2), text="Ten words… 😀 end.")
FACT = Fact(id="cnn-a-fact", quote=Quote(article=ARTICLE, start=0, stop=3))


@given(text=st.text(max_size=600))
@example(text="\ud800")
@example(text="why \udfff not?")
@example(text="\u202eenod gnihton\u202c")
@example(text="w" * 4_096)
@example(text="w" * LONGEST_QUESTION)
@example(text="😀" * 300)
@example(text="\x00\x1b[31m is it red?")
@example(text="\u200b\u200d\ufeff")
@example(text="\ufdfa" * 300)
def test_any_text_is_read_as_a_question_or_told_why_not(text):
    question = Question.read(text)
    if isinstance(question, Unread):
        assert question is (Unread.TOO_LONG if len(text) > LONGEST_QUESTION else Unread.EMPTY)
    else:
        assert 0 < len(question.text) <= LONGEST_QUESTION
        assert question.text == " ".join(question.text.split())
        assert not {unicodedata.category(character) for character in question.text} & {"Cc", "Cf", "Cs", "Co", "Cn"}
        assert question.text.encode()


@given(text=st.text(max_size=300))
def test_reading_a_question_again_changes_nothing(text):
    question = Question.read(text)
    assert isinstance(question, Unread) or Question.read(question.text) == question


@given(text=st.text(st.characters(categories=["Lu", "Ll", "Nd", "Po"]), max_size=300))
def test_what_can_be_seen_of_a_question_stays(text):
    question = Question.read(text)
    assert (question.text if isinstance(question, Question) else "") == (text if any(map(str.isalnum, text)) else "")


@pytest.mark.parametrize(("length", "read"), [(300, True), (301, False), (4_096, False)])
def test_a_question_has_at_most_three_hundred_characters(length, read):
    assert isinstance(Question.read("w" * length), Question) is read


@pytest.mark.parametrize("text", ["", "  ", "?!", "\n\n", "😀😀", "\u200b", "—", "\ud800"])
def test_a_message_without_a_letter_or_digit_is_no_question(text):
    assert Question.read(text) is Unread.EMPTY


def test_words_that_only_a_control_character_divides_stay_two_words():
    assert Question.read("US\x00troops\u2028to\tPoland") == Question(text="US troops to Poland")


def test_words_that_an_unseen_character_divides_are_one_word():
    assert Question.read("Po\u200bland\u202e?") == Question(text="Poland?")


def test_a_question_keeps_the_turns_before_it():
    assert Question.read("And then?", ("Who?",)).earlier == ("Who?",)


@given(start=st.integers(-3, 30), stop=st.integers(-3, 30))
def test_a_quote_exists_only_where_the_article_has_words(start, stop):
    if 0 <= start < stop <= len(ARTICLE.text):
        assert Quote(article=ARTICLE, start=start, stop=stop).text == ARTICLE.text[start:stop]
    else:
        with pytest.raises(ValueError, match="no words at"):
            Quote(article=ARTICLE, start=start, stop=stop)


def test_offsets_count_code_points():
    start = ARTICLE.text.index("😀")
    assert Quote(article=ARTICLE, start=start, stop=start + 1).text == "😀"


def test_a_value_cannot_be_edited():
    with pytest.raises(FrozenInstanceError):
        FACT.quote.start = 1
    with pytest.raises(FrozenInstanceError):
        FACT.speaker = "Somebody"


def test_the_hash_of_an_article_is_of_its_text_only():
    same = Article(id="other", outlet="CBC News", published=None, text=ARTICLE.text)
    assert same.sha256 == ARTICLE.sha256 != Article(id="an-article", outlet="CNN", published=None, text="x").sha256


def test_the_text_of_an_article_is_not_printed_with_it():
    assert "Ten words" not in repr(ARTICLE)


def test_a_code_is_sixteen_characters_and_belongs_to_the_id():
    code = FACT.code
    assert len(code) == 16
    assert int(code, 16) >= 0
    assert Fact(id="cnn-a-fact", quote=Quote(article=ARTICLE, start=4, stop=5)).code == code
    assert Fact(id="cnn-b-fact", quote=FACT.quote).code != code


def test_only_what_was_published_once_is_withdrawn():
    assert {status for status in Status if status.withdrawn} == {
        Status.SUPERSEDED,
        Status.CORRECTED,
        Status.RETRACTED,
    }


def test_a_digest_is_true_when_it_holds_something():
    assert not Digest(revision="r")
    assert Digest(revision="r", new=(FACT,))
    assert Digest(revision="r", changed=(Change(before=FACT, after=FACT),))
    assert Digest(revision="r", withdrawn=(Change(before=FACT, after=FACT),))


def test_a_reload_is_true_when_the_revision_changes():
    assert Reload(before="a", after="b")
    assert not Reload(before="a", after="a")
