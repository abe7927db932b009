import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from jinja2 import Environment, UndefinedError, nodes

from answers.claims.standing import Line, SharedBy, Standing, Told
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
from answers.errors import Problem
from answers.model import (
    Agreement,
    Aside,
    Change,
    Correction,
    Coverage,
    Figure,
    Granularity,
    Known,
    Origin,
    Part,
    Radius,
    ResolvedDate,
    Shared,
    Shift,
    Status,
    Suggestion,
    Unread,
)
from answers.reload import ReloadView, Stage, differences
from answers.render import Renderer, lint, plain
from bot.alarms import Alarm
from bot.pages import (
    ActPage,
    ActStage,
    AlarmPage,
    AskedPage,
    Corrected,
    CorrectionsPage,
    ForgetPage,
    HelpPage,
    Notice,
    NoticePage,
    PrivacyPage,
    ProblemsPage,
    PublishedPage,
    RefusedPage,
    ReviewPage,
    ReviewsPage,
    Revision,
    RevisionsPage,
    RunsPage,
    SourcesPage,
    StartPage,
    StatusPage,
    SubscriptionPage,
    TopicPage,
    TopicsPage,
)
from bot.runs import Kind, Progress, Row, Run, RunState
from bot.store import Subscriber
from tests.answers.builders import DAY, TEMPLATES, TODAY, a_fact, a_withdrawn, an_article, any_text

RENDERER = Renderer(TEMPLATES)
NOW = datetime(2022, 2, 10, 12, 30, tzinfo=UTC)
RUNS = tuple(
    Progress(
        run=Run(
            number=number,
            slot=f"correction/{number}",
            kind=Kind.CORRECTION,
            state=state,
            opened=NOW,
            opens=None,
            not_after=NOW,
            fanned=True,
        ),
        counts=dict.fromkeys(Row, number) if number > 1 else {},
    )
    for number, state in enumerate(RunState, start=1)
)
BARE = a_fact("Bare words.", of=an_article("Bare words.", published=None))
FULL = a_fact(
    "Full words.",
    of=an_article("Full words.", title="A title", url="https://example.org/a", authors=("Ann", "Bo")),
    speaker="Kirby",
    role="spokesman",
    known=Known.INFERRED,
)
TITLED = a_fact("Titled words.", of=an_article("Titled words.", title="A title", published=TODAY.replace(year=2025)))
FACTS = (BARE, FULL, TITLED)
DRAFTED = replace(
    FULL,
    status=Status.DRAFT,
    figures=(
        Figure(text="words", low=2, high=3, unit="words", counts="full words", part=Part.OPTION),
        Figure(text="Full", low=1.5, high=1.5),
    ),
    dates=(ResolvedDate(text="words", iso="2022-02-02", granularity=Granularity.DAY, first=DAY, last=DAY),),
    names=("Kirby", "Ukraine"),
    topics=("Troops",),
    claim="full-words",
    questions=("Which words?",),
    doubts=("names.toml does not know Kirby.",),
)
UNCHECKED = Card(fact=DRAFTED, age=None)
CARDS = tuple(Card(fact=fact, age=age(fact.article.published, TODAY)) for fact in FACTS)
GONE = tuple(
    Card(fact=fact, age=None)
    for fact in (
        a_withdrawn(),
        a_withdrawn(status=Status.SUPERSEDED),
        a_withdrawn(status=Status.CORRECTED),
        a_withdrawn(withdrawn_on=None, note=""),
    )
)
ASK = (Suggestion(text="Who goes?", fact="a", code="b", number=0),)
COVERED = Coverage(facts=1234, articles=2, outlets=("CNN", "CBC"), first=DAY, last=TODAY, topics=("Troops",))
EMPTY = Coverage(facts=0, articles=0, outlets=(), first=None, last=None, topics=())
SUBSCRIBER = Subscriber(chat=1, at=time(7, 30), zone=ZoneInfo("Europe/Kyiv"), revision="", slot=DAY)
CHANGES = (
    Change(before=BARE, after=FULL),
    Change(before=FULL, after=replace(FULL, speaker="")),
    Change(before=FULL, after=replace(FULL, status=Status.RETRACTED)),
)
PROBLEM = Problem(path="facts/a.toml", line=3, message="is wrong", hint="mend it")

ENTRIES = tuple(
    Corrected(
        correction=Correction(
            act=card.fact.status, fact=card.fact.id, on=DAY, reason="It & that.", old=card.passage, new=new
        ),
        fact=card.fact,
        now=now,
        elsewhere=elsewhere,
    )
    for card, new, now, elsewhere in (
        (GONE[0], "", None, False),
        (GONE[1], "Full words.", FULL, False),
        (GONE[2], "Gone words.", GONE[0].fact, False),
        (GONE[2], "", None, True),
        (Card(fact=replace(BARE, status=Status.CORRECTED), age=None), "Bare words.", BARE, False),
    )
)
ACT = ActPage(stage=ActStage.PREVIEW, act=Status.CORRECTED, fact=FULL, on=DAY, reason="It & that.", now=TITLED)
DRAFT = replace(FULL, status=Status.DRAFT, doubts=("who speaks?", "which day?"))
TOLD = tuple(Told(fact=fact, figure=Figure(text=f"{n} & people", low=n, high=n)) for n, fact in enumerate(FACTS, 12))
OUTLETS = ("CNN & Co", "CBC")
STANDING = Standing(
    shared=(
        SharedBy(outlets=OUTLETS, origin=Origin(shared=Shared.SPEAKER, name="Kirby & aides")),
        SharedBy(outlets=OUTLETS, origin=Origin(shared=Shared.REPORT)),
        SharedBy(outlets=OUTLETS, origin=Origin(shared=Shared.WORDS)),
    ),
    lines=(
        Line(agreement=Agreement.CONFLICT, told=TOLD, apart=True),
        Line(agreement=Agreement.PRECISION, told=TOLD[1:2]),
        Line(agreement=Agreement.PRECISION, told=TOLD[:2]),
        Line(agreement=Agreement.AGREE, told=TOLD[1:]),
    ),
)
RADIUS = Radius(
    chats=1201,
    seen={"a-fact": 1200},
    golden=630,
    asked=500,
    shifts=(Shift(question="who & how?", before=("found", "a-fact"), after=("unknown", "")),),
)

VIEWS = [
    *(FoundView(today=TODAY, card=card) for card in CARDS),
    FoundView(today=TODAY, card=CARDS[0], beside=CARDS[1:]),
    FoundView(today=TODAY, card=CARDS[0], beside=CARDS[1:], standing=STANDING),
    FoundView(today=TODAY, card=CARDS[0], further=CARDS[1:]),
    FoundView(today=TODAY, card=CARDS[0], further=CARDS[1:2], open=("who is the pope?", "why not?")),
    FoundView(today=TODAY, card=CARDS[0], open=("who is the pope?",), beside=CARDS[1:]),
    FoundView(today=TODAY, card=UNCHECKED),
    ClosestView(today=TODAY, cards=(UNCHECKED,)),
    ClosestView(today=TODAY, cards=CARDS[:1]),
    ClosestView(today=TODAY, cards=CARDS, missing=("Taiwan", "2000")),
    ClosestView(today=TODAY, cards=CARDS, missing=("Taiwan",), gap="Names of pilots & planes"),
    *(UnknownView(today=TODAY, coverage=COVERED, unread=reason) for reason in (None, *Unread)),
    UnknownView(today=TODAY, coverage=EMPTY, missing=("Taiwan",), suggestions=ASK),
    UnknownView(today=TODAY, coverage=COVERED, missing=("Taiwan",), gap="Names of pilots & planes"),
    UnknownView(today=TODAY, coverage=replace(COVERED, last=DAY, topics=())),
    *(AsideView(today=TODAY, aside=kind, coverage=COVERED, suggestions=ASK) for kind in Aside),
    AsideView(today=TODAY, aside=Aside.GREETING, coverage=EMPTY),
    *(WithdrawnView(today=TODAY, card=card) for card in GONE),
    WithdrawnView(today=TODAY, card=GONE[0], replacement=CARDS[1]),
    WithdrawnView(today=TODAY, card=GONE[0], unshown=FULL),
    *(ContextView(today=TODAY, card=card, before="Before. ") for card in GONE),
    *(ContextView(today=TODAY, card=card, before="Before. ", after=" After.") for card in CARDS),
    OthersView(today=TODAY, card=CARDS[0]),
    OthersView(today=TODAY, card=CARDS[0], cards=CARDS[1:], more=1),
    OthersView(today=TODAY, card=CARDS[0], cards=CARDS[1:], standing=STANDING),
    DigestView(today=TODAY),
    DigestView(today=TODAY, withdrawn=GONE, changed=((CARDS[0], CARDS[1]), (CARDS[1], CARDS[1])), new=CARDS, more=2),
    *(
        DigestView(today=TODAY, correction=17, repeat=repeat, withdrawn=GONE[:1], new=CARDS[:1])
        for repeat in (False, True)
    ),
    ReloadView(today=TODAY, before="one", after="two"),
    ReloadView(
        today=TODAY,
        before="one",
        after="two",
        added=FACTS,
        changed=tuple((change, tuple(differences(change))) for change in CHANGES),
        removed=FACTS,
        more=1,
    ),
    *(
        ReloadView(
            today=TODAY,
            before="one",
            after="two",
            counts=(0, 1, 1),
            beside=(("gaps", (1, 0, 0), ("Names & ranks",)), ("names", (9, 1, 0), ("Kyiv", "Lviv"))),
            radius=radius,
            seen=(("a-fact", 1200), ("b-fact", 1)),
            shifts=radius.shifts,
            grave=("a-fact", "b-fact"),
            graves=3,
            stage=stage,
            reached=reached,
        )
        for radius, stage, reached in (
            (RADIUS, Stage.PROPOSED, 0),
            (replace(RADIUS, counted=False, chats=1), Stage.AGAIN, 0),
            (Radius(unasked="is not there"), Stage.WAITS, 0),
            (Radius(), Stage.WAITS, 2),
            (RADIUS, Stage.SECOND, 0),
        )
    ),
]
PAGES = [
    *(NoticePage(notice=notice) for notice in Notice),
    StartPage(coverage=COVERED, suggestions=ASK),
    StartPage(coverage=EMPTY, suggestions=()),
    HelpPage(commands=(("ask", "ask me"),), username="the_bot"),
    PrivacyPage(backup_days=28),
    ForgetPage(backup_days=1),
    AskedPage(at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC), today=True),
    AskedPage(at=datetime(2026, 11, 21, 23, 59, tzinfo=UTC), today=False),
    SourcesPage(coverage=COVERED, articles=tuple(fact.article for fact in FACTS), more=2),
    SourcesPage(coverage=EMPTY, articles=(), more=0),
    TopicsPage(topics=("Troops",)),
    TopicsPage(topics=()),
    TopicPage(topic="Troops", cards=CARDS, more=1),
    TopicPage(topic="Troops", cards=(), more=0),
    ReviewPage(fact=DRAFTED, before="Before. ", after=" After.", left=2),
    ReviewPage(fact=BARE, before="", after="", left=1),
    ReviewsPage(articles=(("2022-02-02-cnn-troops", 2), ("another", 1)), more=3),
    ReviewsPage(articles=(), more=0),
    SubscriptionPage(subscriber=SUBSCRIBER, local=NOW),
    SubscriptionPage(subscriber=None, local=NOW),
    ProblemsPage(problems=(PROBLEM, Problem(path="facts", line=0, message="is wrong")), more=4),
    ProblemsPage(problems=(PROBLEM,), more=0),
    RefusedPage(problems=(PROBLEM, Problem(path="a-fact", line=0, message="is no fact"))),
    RefusedPage(problems=()),
    *(
        AlarmPage(alarm=alarm, detail=detail)
        for alarm, detail in zip(Alarm, ("", *["status 401 & more"] * 9), strict=False)
    ),
    CorrectionsPage(entries=ENTRIES, more=1),
    CorrectionsPage(entries=(), more=2),
    CorrectionsPage(entries=(), more=0),
    ACT,
    replace(ACT, act=Status.SUPERSEDED, asked=("who?", "why?"), more=2),
    replace(ACT, act=Status.RETRACTED, now=None, asked=("who?",), begun=True),
    replace(ACT, now=DRAFT),
    replace(ACT, now=DRAFT, wordless=True),
    replace(ACT, stage=ActStage.BY, now=None, candidates=(TITLED, BARE)),
    replace(ACT, stage=ActStage.REASON, now=None),
    RevisionsPage(
        revisions=tuple(
            Revision(number=n, revision="abc", at=NOW, by=by, how="reload", facts=n, live=n == 2)
            for n, by in ((3, 2), (2, 0), (1, -1))
        )
    ),
    RevisionsPage(revisions=()),
    *(PublishedPage(revision="abc", counts=(1, 2, 3), rolled_back=back) for back in (False, True)),
    *(
        StatusPage(
            revision="a",
            coverage=COVERED if live else EMPTY,
            live_since=live,
            encoder=encoder,
            why_lexical=why,
            subscribers=1,
            counts={"found": 2} if live else {},
            pending=bool(live),
            head="0123456789ab" if live else "",
            runs=RUNS if live else (),
            halted=NOW.isoformat() if live else "",
        )
        for live, encoder, why in ((NOW, "small-encoder", ""), (NOW, "", "its file is damaged"), (None, "", ""))
    ),
    *(
        RunsPage(runs=runs, halted=halted, asking=bool(halted))
        for runs in ((), RUNS)
        for halted in ("", NOW.isoformat())
    ),
]
SHOWN = [*((view, {"view": view}) for view in VIEWS), *((page, {"page": page}) for page in PAGES)]
TEMPLATE_FILES = sorted(TEMPLATES.glob("*.j2"))


def name_of(value):
    return value.template if hasattr(value, "template") else None


@pytest.mark.parametrize(("value", "context"), SHOWN, ids=name_of)
def test_every_value_is_shown_in_both_forms_with_the_same_words(value, context):
    rendered = RENDERER.render(value.template, **context)
    assert rendered.fits
    assert rendered.html.strip() == rendered.html != ""
    assert rendered.text.strip() == rendered.text != ""
    for form in (rendered.html, rendered.text):
        assert not re.search(r"%\(|\{\{|\{%|None|\n\n\n\n|Undefined| object at ", form)
    opened = re.findall(r"<(\w+)[ >]", rendered.html)
    assert sorted(opened) == sorted(re.findall(r"</(\w+)>", rendered.html))
    assert set(opened) <= {"b", "i", "s", "a", "code", "blockquote"}  # tags that Telegram knows
    assert "<" not in rendered.text


@pytest.mark.parametrize(("value", "context"), SHOWN, ids=name_of)
def test_every_template_fails_on_a_name_that_it_was_not_given(value, context):
    with pytest.raises(UndefinedError):
        RENDERER.render(value.template)


def test_every_template_of_the_folder_is_shown_here():
    names = {file.name.split(".")[0] for file in TEMPLATE_FILES if not file.name.startswith("_")}
    assert names == {value.template for value, _ in SHOWN}


@given(any_text().filter(str.strip))
def test_a_page_shows_data_as_it_is_written(told):
    problem = Problem(path=told, line=0, message=told, hint=told)
    rendered = RENDERER.render("problems", page=ProblemsPage(problems=(problem,), more=0))
    assert rendered.text.count(told) >= 3
    assert rendered.html.count("<") == 6


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (WithdrawnView(today=TODAY, card=GONE[0]), "was withdrawn on 10 Feb 2022"),
        (WithdrawnView(today=TODAY, card=GONE[1]), "This was so when it was reported"),
        (WithdrawnView(today=TODAY, card=GONE[1]), "has been overtaken by events, as of 10 Feb 2022"),
        (WithdrawnView(today=TODAY, card=GONE[2]), "was corrected on 10 Feb 2022"),
        (WithdrawnView(today=TODAY, card=GONE[3]), "was withdrawn."),
        (WithdrawnView(today=TODAY, card=GONE[0]), "Reason: It was wrong."),
        (WithdrawnView(today=TODAY, card=GONE[0]), "Nothing on the record stands in its place."),
        (WithdrawnView(today=TODAY, card=GONE[0], unshown=FULL), "What stands now does not fit here"),
        (ContextView(today=TODAY, card=GONE[2]), "was corrected on 10 Feb 2022"),
        (DigestView(today=TODAY, withdrawn=GONE[1:2]), "has been overtaken by events, as of 10 Feb 2022"),
        (FoundView(today=TODAY, card=CARDS[1]), "(speaker inferred by an editor)"),
        (FoundView(today=TODAY, card=CARDS[2]), "dated 10 Feb 2025"),
        (ContextView(today=TODAY, card=CARDS[0]), "has no web address"),
        (ContextView(today=TODAY, card=CARDS[1]), "By Ann and Bo"),
        (OthersView(today=TODAY, card=CARDS[0]), "No other source on the record"),
        (FoundView(today=TODAY, card=CARDS[0], open=("who?",)), "Nothing that clearly answers: who?"),
        (FoundView(today=TODAY, card=CARDS[0], further=CARDS[1:]), "Full words."),
        (UnknownView(today=TODAY, coverage=EMPTY), "I hold no passages yet"),
        (UnknownView(today=TODAY, coverage=COVERED), "1,234 passages from 2 articles by CNN and CBC"),
        (ClosestView(today=TODAY, cards=CARDS, missing=("a", "b")), "do not speak of a and b"),
        (ClosestView(today=TODAY, cards=CARDS, gap="Weather"), "Nothing that I hold tells this: Weather."),
        (UnknownView(today=TODAY, coverage=COVERED, gap="Weather"), "Nothing that I hold tells this: Weather."),
    ],
)
def test_what_a_reader_must_know_is_said_in_both_forms(view, words):
    rendered = RENDERER.render(view.template, view=view)
    assert words in rendered.html
    assert words in rendered.text


@pytest.mark.parametrize(
    "view",
    [
        FoundView(today=TODAY, card=CARDS[0], beside=CARDS[1:], standing=STANDING),
        OthersView(today=TODAY, card=CARDS[0], cards=CARDS[1:], standing=STANDING),
    ],
    ids=name_of,
)
def test_how_passages_stand_to_each_other_is_said_in_lines_of_their_own(view):
    rendered = RENDERER.render(view.template, view=view)
    told = [
        "The figures differ: 12 & people (CNN), 13 & people (CNN, 2 Feb 2022), and 14 & people (CNN, 10 Feb 2025).",
        "CNN gives the more exact figure: 13 & people.",
        "The figures are not equally exact: 12 & people (CNN) and 13 & people (CNN).",
        "The figures agree: 13 & people (CNN) and 14 & people (CNN).",
        "CNN & Co and CBC go back to one source: Kirby & aides.",
        "CNN & Co and CBC carry the same report.",
        "CNN & Co and CBC quote the same words.",
    ]
    assert "\n\n" + "\n".join(told) in rendered.text
    assert "\n".join(told) in plain(rendered.html)


@pytest.mark.parametrize("form", ["html", "text"])
@pytest.mark.parametrize(
    "view", [ClosestView(today=TODAY, cards=CARDS[:1]), UnknownView(today=TODAY, coverage=COVERED)], ids=name_of
)
def test_what_is_open_is_said_in_the_place_of_what_is_missing_and_only_where_something_is(view, form):
    def said(**given):
        return getattr(RENDERER.render(view.template, view=replace(view, **given)), form)

    assert "Nothing that I hold tells this" not in said()
    assert said(gap="Weather", missing=("Taiwan",)) == said(gap="Weather")
    assert "Taiwan" in said(missing=("Taiwan",))


def test_every_kind_of_aside_is_told_something_of_its_own_and_where_help_is_where_it_may_be_needed():
    def said(kind):
        return RENDERER.render("aside", view=AsideView(today=TODAY, aside=kind, coverage=EMPTY)).text

    told = {kind: said(kind) for kind in Aside}
    assert len(set(told.values())) == len(Aside)
    assert all("112" in told[kind] for kind in (Aside.SAFETY, Aside.DISTRESS))
    assert not any("Questions that I can answer" in words for words in told.values())


def test_questions_beside_an_aside_are_buttons_in_the_chat_and_lines_in_the_terminal():
    rendered = RENDERER.render(
        "aside", view=AsideView(today=TODAY, aside=Aside.THANKS, coverage=COVERED, suggestions=ASK)
    )
    assert "Questions that I can answer" in rendered.html
    assert "Who goes?" not in rendered.html
    assert "• Who goes?" in rendered.text


@pytest.mark.parametrize(
    ("encoder", "why", "words"),
    [
        ("small-encoder", "", "matched by meaning: small-encoder"),
        ("", "its file is damaged", "by words only (lexical mode)"),
        ("", "its file is damaged", "its file is damaged"),
    ],
)
def test_an_admin_is_told_how_questions_are_matched_and_why(encoder, why, words):
    page = next(
        page for page in PAGES if isinstance(page, StatusPage) and (page.encoder, page.why_lexical) == (encoder, why)
    )
    rendered = RENDERER.render("status", page=page)
    assert words in rendered.html
    assert words in rendered.text


def tree_of(file):
    return Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", TEMPLATE_FILES, ids=lambda file: file.name)
def test_no_words_of_ours_stand_outside_gettext(file):
    for output in tree_of(file).find_all(nodes.Output):
        parts = [part.data if isinstance(part, nodes.TemplateData) else "…" for part in output.nodes]
        assert not re.search(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", "", "".join(parts)))


def folder_with(tmp_path, **files):
    folder = tmp_path / "shown"
    folder.mkdir()
    for name, text in {"a_html": "<b>{{ x }}</b>", "a_txt": "{{ x }}", **files}.items():
        stem, _, form = name.rpartition("_")
        (folder / f"{stem}.{form}.j2").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def told(folder):
    return [(problem.path, problem.line, problem.message.split(":")[0]) for problem in lint(folder)]


def test_the_templates_of_this_repository_are_in_order():
    assert list(lint(TEMPLATES)) == []


@pytest.mark.parametrize("form", ["html", "txt"])
def test_a_template_in_one_form_only_is_named(tmp_path, form):
    folder = folder_with(tmp_path, **{f"lonely_{form}": "x", f"_part_{form}": "x"})
    assert told(folder) == [("shown/lonely.*.j2", 0, "must be there as .html.j2 and as .txt.j2")]


def test_a_folder_without_templates_is_named(tmp_path):
    assert told(tmp_path) == [(str(tmp_path), 0, "holds no templates (*.html.j2)")]


def test_a_syntax_error_is_named_with_its_line(tmp_path):
    folder = folder_with(tmp_path, a_html="one\n{% if x %}\n{{ x }\n")
    assert told(folder) == [("shown/a.html.j2", 3, "is no template")]


def test_a_file_that_is_not_utf_8_is_named_and_the_rest_is_still_read(tmp_path):
    folder = folder_with(tmp_path, a_html=b"\xff\xfe", a_txt="\n{{ x|safe }}")
    assert told(folder) == [
        ("shown/a.html.j2", 0, "is not UTF-8"),
        ("shown/a.txt.j2", 2, "the filter safe is a way around escaping"),
    ]


@pytest.mark.parametrize("way", ["{{ x|safe }}", "{{ x|forceescape }}", "{{ {'a': x}|xmlattr }}"])
def test_a_filter_that_goes_around_escaping_is_named_wherever_it_stands(tmp_path, way):
    folder = folder_with(tmp_path, a_html="{% if x %}\n{% for y in x %}\n" + way + "{% endfor %}{% endif %}")
    ((path, line, message),) = told(folder)
    assert (path, line) == ("shown/a.html.j2", 3)
    assert "around escaping" in message


@pytest.mark.parametrize("switch", ["false", "true", "x"])
def test_switching_autoescape_is_named(tmp_path, switch):
    folder = folder_with(tmp_path, a_txt="\n{% autoescape " + switch + " %}{{ x }}{% endautoescape %}")
    assert told(folder) == [("shown/a.txt.j2", 2, "autoescape cannot be switched")]


def test_a_template_escapes_whatever_its_name(tmp_path):
    rendered = Renderer(folder_with(tmp_path, a_txt="{{ x }}|{{ x|e }}")).render("a", x="<i> & '")
    assert rendered.html == "<b>&lt;i&gt; &amp; &#39;</b>"
    assert rendered.text == "<i> & '|<i> & '"


def test_a_date_of_long_ago_is_shown():
    fact = a_fact("Old.", of=an_article("Old.", published=date(1066, 10, 14)))
    card = Card(fact=fact, age=age(fact.article.published, TODAY))
    assert "14 Oct 1066, over 955 years ago" in RENDERER.render("found", view=FoundView(today=TODAY, card=card)).text


def test_a_filter_given_by_its_name_is_no_way_around_escaping(tmp_path):
    (problem,) = told(folder_with(tmp_path, a_html='\n{{ [x]|map("safe")|first }}'))
    assert problem[:2] == ("shown/a.html.j2", 2)


@pytest.mark.parametrize("source", ["\n{{ x|dya }}", "\n{% if x is daylike %}{% endif %}"])
def test_a_filter_or_test_that_does_not_exist_is_named(tmp_path, source):
    (problem,) = told(folder_with(tmp_path, a_html=source))
    assert problem[:2] == ("shown/a.html.j2", 2)


@pytest.mark.parametrize("file", sorted(TEMPLATES.glob("*.j2")), ids=lambda file: file.name)
def test_words_are_given_just_the_values_that_they_name(file):
    """A translation may use every value that the words name, and no other."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(file.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext"}:
            words = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
            named = {name for said in words for name in re.findall(r"%\((\w+)\)s", said)}
            assert words
            assert named == {given.key for given in call.kwargs} | ({"num"} & named), words[0]


@pytest.mark.parametrize("file", sorted(TEMPLATES.glob("*.j2")), ids=lambda file: file.name)
def test_translators_are_given_every_word_of_the_templates(file):
    listed = (TEMPLATES / "locale" / "messages.pot").read_text(encoding="utf-8")
    known = "".join(re.findall(r'"(.*)"', listed)).replace('\\"', '"')
    marked = Environment(extensions=["jinja2.ext.i18n"]).extract_translations(file.read_text(encoding="utf-8"))
    said = (words for _, _, found in marked for words in ([found] if isinstance(found, str) else filter(None, found)))
    assert [words for words in said if words not in known] == []


def test_what_a_base_of_drafts_holds_is_told_without_a_gap():
    nothing = Coverage(facts=0, articles=1, outlets=(), first=DAY, last=DAY, topics=())
    text = RENDERER.render("unknown", view=UnknownView(today=TODAY, coverage=nothing)).text
    assert "by ," not in text
    assert "I hold no passages yet." in text


def test_one_passage_of_one_article_is_told_in_the_singular():
    one = Coverage(facts=1, articles=1, outlets=("CNN",), first=DAY, last=DAY, topics=())
    text = RENDERER.render("unknown", view=UnknownView(today=TODAY, coverage=one)).text
    assert "1 passages" not in text
    assert "1 articles" not in text


def test_a_passage_that_no_editor_has_checked_says_so_and_no_other_does():
    for form in ("html", "text"):
        marked = getattr(RENDERER.render("found", view=FoundView(today=TODAY, card=UNCHECKED)), form)
        plain = getattr(RENDERER.render("found", view=FoundView(today=TODAY, card=CARDS[1])), form)
        assert "Not yet checked by an editor." in marked
        assert "checked by an editor" not in plain


def test_a_correction_has_its_number_and_its_repeat_says_that_it_is_one():
    first, again = (RENDERER.render("digest", view=view) for view in VIEWS if getattr(view, "correction", 0))
    assert first.text.startswith("Correction No 17, 10 Feb 2022")
    assert "This is a repeat" not in first.text
    assert "This is a repeat" in again.text
    assert first.text.index("Withdrawn") < first.text.index("What stands now")


def test_a_run_is_told_in_a_line():
    lines = RENDERER.render("runs", page=RunsPage(runs=RUNS, halted="")).text.splitlines()
    assert "correction/1 shown to the admins" in lines
    assert next(line for line in lines if line.startswith("correction/2 ")).endswith("; 1 minute more at least")
    assert next(line for line in lines if line.startswith("correction/4 ")).startswith("correction/4 done: waiting 4")
