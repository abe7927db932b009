"""Article files: any bytes give an article or every problem, and only words that stand in it can be cut."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers.articles import cut, nearest, parse, whole_words
from answers.errors import NotInArticle, Refused
from answers.model import Article

PATH = "articles/2022-02-02-cnn-troops.md"
TEXT = "Troops move to Poland.\n\nKirby said: “They are not permanents.”\n"
VALID = f"""+++
outlet = "CNN"
title = "Troops"
authors = ["A. Writer"]
published = 2022-02-02
url = "https://example.org/troops"
retrieved = 2022-02-03
+++
{TEXT}"""


def problems_of(text, path=PATH):
    with pytest.raises(Refused) as refused:
        parse(text if isinstance(text, bytes) else text.encode(), path)
    return refused.value.problems


def outcome(data):
    try:
        return parse(data, PATH), ()
    except Refused as refused:
        return None, refused.problems


def only_problem(text, path=PATH):
    (problem,) = problems_of(text, path)
    assert problem.path == path
    return problem


@st.composite
def spliced(draw, valid):
    """A valid file with a stretch of it replaced by anything, by another stretch of it, or by nothing."""
    start = draw(st.integers(0, len(valid)))
    stop = draw(st.integers(start, len(valid)))
    first = draw(st.integers(0, len(valid)))
    middle = draw(st.one_of(st.binary(max_size=8), st.just(b""), st.just(valid[first : first + 40])))
    return valid[:start] + middle + (valid[stop:] if draw(st.booleans()) else b"")


def test_a_valid_file_gives_its_article_with_the_exact_text():
    assert parse(VALID.encode(), PATH) == Article(
        id="2022-02-02-cnn-troops",
        outlet="CNN",
        title="Troops",
        url="https://example.org/troops",
        authors=("A. Writer",),
        published=date(2022, 2, 2),
        retrieved=date(2022, 2, 3),
        text=TEXT,
    )


def test_what_is_left_out_is_empty_and_never_guessed():
    article = parse(b'+++\noutlet = "CNN"\npublished = 2022-02-02\n+++\nWords.', PATH)
    assert (article.title, article.url, article.authors, article.retrieved) == ("", "", (), None)
    assert (article.outlet_known, article.language) == ("header", "en")


def test_an_article_may_be_retrieved_on_the_day_it_is_published():
    article = parse(VALID.replace("2022-02-03", "2022-02-02").encode(), PATH)
    assert article.retrieved == article.published


def test_a_file_saved_on_windows_reads_too_and_keeps_its_line_ends():
    article = parse(b'+++\r\noutlet = "CNN"\r\npublished = 2022-02-02\r\n+++\r\nOne.\r\nTwo.\r\n', PATH)
    assert article.text == "One.\r\nTwo.\r\n"


def test_fences_in_the_text_belong_to_the_text():
    assert parse(f"{VALID}+++\nmore".encode(), PATH).text == f"{TEXT}+++\nmore"


@given(st.one_of(st.binary(), spliced(VALID.encode())))
@example(b"")
@example(b"+++")
@example(b"+++\n+++\n")
@example(b"+++\n" + b"a=" + b"[" * 5000 + b"\n+++\nx")
@example(b"+++\na = " + b"9" * 5000 + b"\n+++\nx")
def test_any_bytes_give_an_article_or_named_problems(data):
    article, problems = outcome(data)
    if article is None:
        assert problems
        assert all(problem.path == PATH and problem.message and problem.line >= 0 for problem in problems)
    else:
        assert article.text.strip()
        assert article.outlet.strip()
        assert data.endswith(article.text.encode())


@given(st.text(min_size=1).filter(str.strip), st.data())
def test_a_cut_is_exactly_the_words_that_were_asked_for(text, data):
    article = Article(id="any", outlet="CNN", published=None, text=text)
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))]
    places = list(whole_words(text, words))
    if places:
        assert cut(article, words).text == words
        assert cut(article, words).start == places[0]
    else:
        with pytest.raises(NotInArticle):
            cut(article, words)


@given(st.text())
def test_words_that_stand_nowhere_cannot_be_cut(words):
    article = Article(id="any", outlet="CNN", published=None, text="Kirby said no.")
    if words not in article.text:
        with pytest.raises(NotInArticle):
            cut(article, words)


@pytest.mark.parametrize(
    ("text", "words", "stands"),
    [
        ("8,500 troops on alert.", "500 troops on alert.", False),
        ("8,500 troops on alert.", "8,500 troops", True),
        ("Some 2.5 million fled.", "Some 2", False),
        ("Some 2.5 million fled.", "5 million fled.", False),
        ("Ukrainians fled.", "Ukrainian", False),
        ("He left. They stayed.", "They stayed.", True),
        ("It cost 5. Then 6.", "It cost 5", True),
        ("500 or 8,500 troops", "500", True),
        ("8,500 or 500 troops", "500", True),
    ],
)
def test_a_cut_never_goes_through_a_word_or_a_number(text, words, stands):
    article = Article(id="any", outlet="CNN", published=None, text=text)
    if stands:
        quote = cut(article, words)
        assert (quote.text, text[quote.start - 1 : quote.start] in {"", " "}) == (words, True)
    else:
        with pytest.raises(NotInArticle):
            cut(article, words)


def test_the_passage_offered_instead_is_the_one_most_alike():
    article = parse(VALID.encode(), PATH)
    with pytest.raises(NotInArticle) as missing:
        cut(article, "Troops moved to Poland.")
    assert missing.value.nearest == "Troops move to Poland."
    assert nearest(article, "9 8 7 6") == ""


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ("+++\noutlet", "outlet", 1, "does not begin with +++", "front matter stands between two +++ lines"),
        ("03\n+++\n", "03\n", 1, "has no second +++ line", ""),
        ('outlet = "CNN"', "outlet = 1", 2, "outlet must be text", ""),
        ("published = 2022-02-02", 'published = "2022-02-02"', 5, "published must be a day", "2022-02-02"),
        ("published = 2022-02-02", "published = 2022-02-02T10:00:00", 5, "published must be a day", "2022-02-02"),
        ("published = 2022-02-02", "published = 2022-02-30", 5, "is not TOML", ""),
        ("published = 2022-02-02", "published = = 1", 5, "is not TOML", ""),
        ("retrieved = 2022-02-03", "retrieved = 2022-02-01", 7, "retrieved lies before published", ""),
        ('"Troops"', f'"{"T" * 5_000}"', 3, "title is longer than", ""),
        ("title =", "tilte =", 3, "unknown key tilte", "did you mean title?"),
        ("title =", "qqqq =", 3, "unknown key qqqq", "known are authors,"),
        ("https://example.org/troops", "https://me@example.org/", 6, "url must be a plain web address", "user name"),
        ("https://example.org/troops", "javascript:alert(1)", 6, "url must be a plain web address", "https://"),
        ('["A. Writer"]', '"A. Writer"', 4, "authors must be a list of texts", "authors = ["),
        ('["A. Writer"]', '["A", "A"]', 4, "authors names something twice", ""),
        ("Troops move", "\ufeffTroops move", 9, "holds the unseen character U+FEFF", "delete it"),
        ("Kirby", "Kir\x00by", 11, "holds the unseen character U+0000", "delete it"),
        ("Kirby", "Kirby\u202e", 11, "holds the unseen character U+202E", "delete it"),
        (TEXT, " \n", 1, "has no text after the front matter", ""),
    ],
)
def test_a_problem_is_named_with_its_line_and_how_to_mend_it(old, new, line, message, hint):
    assert old in VALID
    problem = only_problem(VALID.replace(old, new, 1))
    assert message in problem.message
    assert problem.line == line
    assert hint in problem.hint


def test_a_byte_order_mark_at_the_start_is_named():
    assert only_problem("\ufeff" + VALID).message == "holds the unseen character U+FEFF"


def test_bytes_that_are_not_utf_8_are_named_with_their_line():
    problem = only_problem(VALID.encode().replace(b"Kirby", b"Kirb\xff"))
    assert (problem.line, problem.message, problem.hint) == (11, "is not UTF-8", "save it as UTF-8")


def test_a_file_too_large_is_refused_unread():
    problem = only_problem(VALID.encode() + b"\xff" * 1_000_000)
    assert problem.message == "is larger than 1,000,000 bytes"


def test_no_more_than_twenty_unseen_characters_are_named():
    assert len(problems_of(VALID + "\u202e" * 50)) == 20


def test_deep_nesting_is_refused_and_crashes_nothing():
    assert "is not TOML that can be read" in only_problem("+++\na = " + "[" * 20_000 + "\n+++\nText").message


def test_an_open_string_is_reported_where_the_front_matter_ends():
    assert only_problem('+++\noutlet = "CNN"\na = """\n+++\nText').line == 4


@pytest.mark.parametrize("stem", ["ab", "2022_02", "Name", "-a-b", "a" * 81])
def test_a_file_name_that_cannot_be_an_id_is_refused(stem):
    problem = only_problem(VALID, f"articles/{stem}.md")
    assert problem.message == f"its name {stem!r} cannot be an id"
    assert "3 to 80" in problem.hint


def test_all_problems_of_a_file_are_named_together_in_order():
    broken = VALID.replace('"CNN"', "7").replace("title =", "tilte =").replace("2022-02-03", "2022-02-01")
    assert [problem.line for problem in problems_of(broken)] == [2, 3, 7]


def test_a_problem_reads_as_path_line_message_and_hint():
    problem = only_problem(VALID.replace("title =", "tilte ="))
    assert str(problem) == f"{PATH}:3: unknown key tilte (did you mean title?)"
    whole = only_problem(VALID.encode() + b" " * 1_000_000)
    assert str(whole) == f"{PATH}: is larger than 1,000,000 bytes (split it)"


@pytest.mark.parametrize(
    ("old", "new", "unknown"),
    [
        ("", "", ()),
        ('outlet = "CNN"\n', "", ("outlet",)),
        ('outlet = "CNN"', 'outlet = " "', ("outlet",)),
        ("published = 2022-02-02\n", "", ("published",)),
    ],
)
def test_what_nobody_has_filled_in_yet_is_said(old, new, unknown):
    article = parse(VALID.replace(old, new).encode(), PATH)
    assert article.unknown == unknown


def test_where_an_article_was_found_must_be_an_address():
    found = VALID.replace("retrieved", 'found_at = "https://example.org/feed/1"\nretrieved')
    assert parse(found.encode(), PATH).found_at == "https://example.org/feed/1"
    assert only_problem(found.replace("https://example.org/feed/1", "javascript:alert(1)")).line == 7
