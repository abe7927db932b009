import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from answers.compose import (
    AsideView,
    Card,
    ClosestView,
    ContextView,
    FoundView,
    OthersView,
    UnknownView,
    WithdrawnView,
    age,
)
from answers.digest import DigestView
from answers.model import Aside, Change, Coverage, Granularity, Status, Suggestion
from answers.reload import ReloadView, differences
from answers.render import LONGEST, Rendered, Renderer, length, plain
from tests.answers.builders import NASTY, TEMPLATES, TODAY, a_fact, an_article, any_text

RENDERER = Renderer(TEMPLATES)
TEXTS = any_text().filter(str.strip)


class Reader(HTMLParser):
    """The tags of a markup and the addresses that it links to."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.addresses = [], []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        self.tags.append("/" + tag)


def cards_of(passage="Words.", told="told", url="https://example.org/a"):
    """A current card and a withdrawn one, with `told` wherever a person may write what they like."""
    article = an_article(f"{passage}", outlet=told, title=told, url=url, authors=(told,))
    fact = a_fact(passage, of=article, speaker=told, role=told, known="inferred")
    gone = a_fact(passage, of=article, speaker=told, role=told, status=Status.RETRACTED, note=told)
    return tuple(Card(fact=one, age=age(article.published, TODAY)) for one in (fact, gone))


def view_of(kind, card, gone):
    told = card.fact.speaker
    change = Change(before=a_fact("Other words."), after=card.fact)
    return {
        "found": lambda: FoundView(today=TODAY, card=card, beside=(card,)),
        "further": lambda: FoundView(today=TODAY, card=card, further=(card,), open=(told,)),
        "closest": lambda: ClosestView(today=TODAY, cards=(card, card), missing=(told, told, told)),
        "withdrawn": lambda: WithdrawnView(today=TODAY, card=gone, replacement=card),
        "context": lambda: ContextView(today=TODAY, card=card, before=told, after=told),
        "others": lambda: OthersView(today=TODAY, card=card, cards=(card,), more=2),
        "digest": lambda: DigestView(today=TODAY, withdrawn=(gone,), changed=((gone, card),), new=(card,), more=1),
        "changed": lambda: DigestView(
            today=TODAY, changed=((Card(fact=change.before, age=None), card),), new=(), more=0
        ),
        "reload": lambda: ReloadView(
            today=TODAY,
            before="a",
            after="b",
            added=(card.fact,),
            changed=((change, tuple(differences(change))),),
            removed=(gone.fact,),
            more=3,
        ),
    }[kind]()


KINDS = ("found", "further", "closest", "withdrawn", "context", "others", "digest", "changed", "reload")


def render(view):
    return RENDERER.render(view.template, view=view)


@pytest.mark.parametrize("kind", KINDS)
@given(passage=TEXTS)
@example(passage="  blanks at the ends \n")
def test_any_passage_is_shown_word_for_word(kind, passage):
    rendered = render(view_of(kind, *cards_of(passage)))
    shown = passage.rstrip() if kind == "reload" else passage  # the only message that ends with a passage
    assert passage in html.unescape(rendered.html)
    assert passage in plain(rendered.html)
    assert shown in rendered.text


@pytest.mark.parametrize("kind", KINDS)
@given(told=TEXTS)
def test_any_speaker_role_outlet_title_and_note_is_shown_as_it_is_written(kind, told):
    rendered = render(view_of(kind, *cards_of(told=told)))
    times = {"reload": 1, "changed": 3}.get(kind, 4)  # speaker, role, outlet and title; only the speaker
    assert plain(rendered.html).count(told.strip()) >= times
    assert rendered.text.count(told.strip()) >= times


@pytest.mark.parametrize("kind", KINDS)
@given(passage=TEXTS, told=TEXTS, url=TEXTS)
def test_no_tag_comes_from_data_and_every_link_leads_where_the_article_stands(kind, passage, told, url):
    ordinary = Reader(render(view_of(kind, *cards_of())).html)
    markup = render(view_of(kind, *cards_of(passage, told, url))).html
    read = Reader(markup.replace("\r", "&#13;"))
    assert read.tags == ordinary.tags
    assert markup.count("<") == markup.count(">") == len(read.tags)
    assert [address.replace("\x00", "\ufffd") for address in read.addresses] == [
        url.replace("\x00", "\ufffd") for _ in ordinary.addresses
    ]


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_what_is_missing_and_what_could_be_asked_is_shown_as_it_is_written(texts):
    coverage = Coverage(
        facts=1, articles=1, outlets=tuple(texts), first=TODAY, last=TODAY, topics=tuple(texts)
    )  # the same day twice
    questions = tuple(Suggestion(text=text, fact="a", code="b", number=0) for text in texts)
    view = UnknownView(today=TODAY, coverage=coverage, suggestions=questions, missing=tuple(texts))
    rendered = render(view)
    assert Reader(rendered.html).tags == ["b", "/b"]
    # in the chat the questions are buttons, in the terminal they are lines
    for shown, times in ((plain(rendered.html), 3), (rendered.text, 4)):
        assert all(shown.count(text.strip()) >= times for text in texts)


@given(st.sampled_from(Aside), TEXTS)
def test_what_could_be_asked_beside_an_aside_is_shown_as_it_is_written(kind, text):
    coverage = Coverage(facts=0, articles=0, outlets=(), first=None, last=None, topics=())
    questions = (Suggestion(text=text, fact="a", code="b", number=0),)
    rendered = render(AsideView(today=TODAY, aside=kind, coverage=coverage, suggestions=questions))
    assert Reader(rendered.html).tags == ["b", "/b"]
    assert text.strip() in rendered.text


@given(TEXTS)
def test_what_is_not_known_of_an_article_is_not_made_up(told):
    article = an_article("Words.", outlet=told, published=None)
    rendered = render(FoundView(today=TODAY, card=Card(fact=a_fact("Words.", of=article), age=None)))
    assert "<a " not in rendered.html
    assert rendered.text.startswith("> Words.\n" + told.strip())
    assert "date not known" in rendered.text


@pytest.mark.parametrize(
    ("dated", "shown"), [(Granularity.DAY, "2 Feb 2022"), (Granularity.MONTH, "Feb 2022"), (Granularity.YEAR, "2022")]
)
def test_as_much_of_a_day_is_shown_as_is_known(dated, shown):
    assert RENDERER.dated(an_article("Words.", dated=dated)) == shown


def test_a_longer_age_is_told_in_words():
    def told(published, today=TODAY):
        fact = a_fact("Words.", of=an_article("Words.", published=published))
        view = FoundView(today=today, card=Card(fact=fact, age=age(published, today)))
        return re.search(r"reported .*?, (.*)", render(view).text)[1]

    ago = TODAY.replace
    assert [told(day) for day in (TODAY, ago(day=9), ago(day=1), ago(month=1), ago(year=2021, month=11))] == [
        "today",
        "1 day ago",
        "9 days ago",
        "4 weeks ago",
        "3 months ago",
    ]
    assert [told(day) for day in (ago(year=2021), ago(year=2020, day=1), ago(year=2021, day=9))] == [
        "1 year ago",
        "over 2 years ago",
        "over 1 year ago",
    ]


@given(any_text(min_size=0))
def test_length_counts_utf_16_units_of_what_is_seen(text):
    units = sum(2 if ord(character) > 0xFFFF else 1 for character in text)
    assert length(f'<b>{html.escape(text)}</b><a href="https://example.org">x</a>') == units + 1
    assert plain(f"<i>{html.escape(text)}</i>") == text


@pytest.mark.parametrize(("markup", "fits"), [("x" * LONGEST, True), ("x" * (LONGEST + 1), False)])
def test_a_message_fits_up_to_the_longest(markup, fits):
    assert Rendered(html=f"<b>{markup}</b>", text="").fits is fits


@pytest.mark.parametrize(("flags", "fits"), [(1024, True), (1025, False)])
def test_a_flag_counts_four_units(flags, fits):
    assert Rendered(html="\U0001f1fa\U0001f1e6" * flags, text="").fits is fits


def test_the_first_view_that_fits_is_shown_and_the_last_when_none_does():
    def view(words):
        return FoundView(today=TODAY, card=Card(fact=a_fact(words), age=None))

    long, longer, short = view("x" * 5000), view("x" * 6000), view("short")
    assert RENDERER.show([long, short, long])[0] is short
    shown, rendered = RENDERER.show([longer, long])
    assert shown is long
    assert "x" * 5000 in rendered.text


def test_a_name_that_was_not_given_is_an_error():
    with pytest.raises(UndefinedError):
        RENDERER.render("found")


def test_words_of_ours_take_values_and_may_hold_a_percent_sign_without():
    assert RENDERER.label("Ask %(name)s", name="<me>") == "Ask <me>"
    assert RENDERER.label("100%") == "100%"


def test_lists_counts_and_days_are_written_as_the_language_does():
    german = Renderer(TEMPLATES, "de")
    assert RENDERER.listed(iter(["a", "b", "c"])) == "a, b, and c"
    assert german.listed(["a", "b", "c"]) == "a, b und c"
    assert (RENDERER.count(12345), german.count(12345)) == ("12,345", "12.345")
    assert (RENDERER.day(TODAY), german.day(TODAY)) == ("10 Feb 2022", "10 Feb. 2022")


CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Ask"
msgstr "%s"

#, fuzzy
msgid "Guessed"
msgstr "Geraten"
"""


@pytest.fixture
def translated(tmp_path):
    """A folder with one template, and its words in German as a translator writes them."""
    for form in ("html", "txt"):
        (tmp_path / f"ask.{form}.j2").write_text('{{ _("Ask") }}, {{ _("Guessed") }}, {{ _("Other") }}')
    _translate(tmp_path, "Fragen & <los>")
    return tmp_path


def _translate(folder, words):
    catalogue = folder / "locale" / "de" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    catalogue.write_text(CATALOGUE.replace("%s", words), encoding="utf-8")


def test_words_are_shown_as_a_translator_wrote_them_and_as_ours_where_none_is_written(translated):
    german = Renderer(translated).of("de")
    assert german.language == "de"
    assert german.render("ask").text == "Fragen & <los>, Guessed, Other"
    assert (german.label("Ask"), german.label("Other")) == ("Fragen & <los>", "Other")
    assert Renderer(translated).render("ask").text == "Ask, Guessed, Other"


def test_a_catalogue_that_is_changed_needs_no_step_in_between(translated):
    assert Renderer(translated).of("de").label("Ask") == "Fragen & <los>"
    _translate(translated, "Bitte")
    assert Renderer(translated).of("de").label("Ask") == "Bitte"


def test_a_language_without_a_catalogue_is_answered_in_ours(translated):
    renderer = Renderer(translated)
    assert [renderer.of(language) for language in ("en", "und", "uk", "../de")] == [renderer] * 4
    assert renderer.of("de") is renderer.of("de")


@pytest.mark.parametrize("nasty", NASTY)
def test_template_words_in_data_are_data(nasty):
    assert nasty in render(FoundView(today=TODAY, card=cards_of(nasty)[0])).text


def test_a_still_page_is_rendered_once_for_each_value(tmp_path):
    for form in ("html", "txt"):
        (tmp_path / f"said.{form}.j2").write_text("{{ page }}", encoding="utf-8")
    renderer = Renderer(tmp_path)
    first = renderer.still("said", ("a", "<b>"))
    assert first is renderer.still("said", ("a", "<b>"))
    assert first == renderer.render("said", page=("a", "<b>"))
    assert renderer.still("said", ("b",)).text == "('b',)"
