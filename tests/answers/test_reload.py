"""What an admin is shown before a revision is live: every field that an editor can change."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from answers.model import (
    Article,
    Beside,
    Change,
    Fact,
    Figure,
    Granularity,
    Known,
    Part,
    Quote,
    Radius,
    Reload,
    ResolvedDate,
    Shift,
    Status,
)
from answers.reload import Difference, ReloadView, Stage, differences, grave, preview, touched, views
from answers.render import Renderer
from tests.answers.builders import TEMPLATES, a_fact, holding

ARTICLE = Article(id="a-story", outlet="CNN", published=date(2022, 2, 2), text="Roughly 2,000 troops leave on Friday.")
FACT = Fact(
    id="a-fact",
    quote=Quote(article=ARTICLE, start=0, stop=37),
    speaker="Kirby",
    known=Known.CUE,
    questions=("How many?", "When?"),
    figures=(Figure(text="2,000", low=2000, high=2000),),
)
FRIDAY = ResolvedDate(
    text="Friday", iso="2022-02-04", granularity=Granularity.DAY, first=date(2022, 2, 4), last=date(2022, 2, 4)
)


def shown(**changed: object) -> list[Difference]:
    return list(differences(Change(before=FACT, after=replace(FACT, **changed))))


@pytest.mark.parametrize(
    ("changed", "before", "after"),
    [
        ({"speaker": "Austin"}, "Kirby", "Austin"),
        ({"role": "spokesman"}, "", "spokesman"),
        ({"known": Known.INFERRED}, "cue", "inferred"),
        ({"status": Status.RETRACTED}, "published", "retracted"),
        ({"claim": "x"}, "", "x"),
        ({"names": ("Poland",)}, "", "Poland"),
        ({"topics": ("Troops",)}, "", "Troops"),
        ({"note": "why"}, "", "why"),
        ({"replaced_by": "b-fact"}, "", "b-fact"),
        ({"withdrawn_on": date(2022, 2, 3)}, "", "2022-02-03"),
        ({"dates": (FRIDAY,)}, "", "Friday, 2022-02-04, day, 2022-02-04, 2022-02-04"),
    ],
)
def test_every_field_that_differs_is_named_with_both_values(
    changed: dict[str, object], before: str, after: str
) -> None:
    assert shown(**changed) == [Difference(field=next(iter(changed)), before=before, after=after)]


def test_of_a_list_only_what_goes_and_what_comes_is_shown() -> None:
    assert shown(questions=("How many?", "Until when?")) == [
        Difference(field="questions", before="When?", after="Until when?")
    ]


def test_a_changed_number_is_shown() -> None:
    figure = Figure(text="2,000", low=3000, high=3000, part=Part.ADDITIONAL)
    assert shown(figures=(figure,)) == [
        Difference(field="figures", before="2,000, 2000, 2000, total", after="2,000, 3000, 3000, additional")
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"outlet": "CBC"}, "outlet"),
        ({"title": "T"}, "title"),
        ({"url": "https://x.org"}, "url"),
        ({"authors": ("A B",)}, "authors"),
        ({"published": date(2022, 2, 3)}, "published_iso"),
    ],
)
def test_what_is_changed_of_the_article_is_shown_at_each_of_its_facts(changed: dict[str, object], field: str) -> None:
    other = replace(ARTICLE, **changed)
    change = Change(before=FACT, after=replace(FACT, quote=replace(FACT.quote, article=other)))
    assert [difference.field for difference in differences(change)] == [field]


def test_a_fact_that_is_the_same_has_no_difference() -> None:
    assert shown() == []


def reload_of(**changed: object) -> Reload:
    return Reload(before="a", after="b", changed=(Change(before=FACT, after=replace(FACT, **changed)),))


@pytest.mark.parametrize(
    "changed",
    [
        {"figures": ()},
        {"dates": (FRIDAY,)},
        {"status": Status.RETRACTED},
        {"withdrawn_on": date(2022, 2, 3)},
        {"replaced_by": "b-fact"},
        {"speaker": "Austin"},
        {"quote": Quote(article=ARTICLE, start=0, stop=36)},
        {"quote": replace(FACT.quote, article=replace(ARTICLE, outlet="CBC"))},
        {"quote": replace(FACT.quote, article=replace(ARTICLE, published=date(2022, 2, 3)))},
    ],
)
def test_what_readers_were_told_otherwise_is_grave(changed: dict[str, object]) -> None:
    assert grave(reload_of(**changed)) == ("a-fact",)


@pytest.mark.parametrize(
    "changed", [{"role": "x"}, {"claim": "x"}, {"names": ("x",)}, {"topics": ("x",)}, {"questions": ()}, {"note": "x"}]
)
def test_what_helps_to_find_a_fact_is_not_grave(changed: dict[str, object]) -> None:
    assert grave(reload_of(**changed)) == ()


def test_a_fact_that_goes_is_grave_and_one_that_comes_is_not() -> None:
    other = replace(FACT, id="b-fact", status=Status.RETRACTED)
    assert grave(Reload(before="a", after="b", added=(FACT,), removed=(other,))) == ("b-fact",)
    assert touched(Reload(before="a", after="b", added=(FACT,), removed=(other,))) == ("b-fact",)


def test_what_changes_of_gaps_names_and_topics_is_named(tmp_path: Path) -> None:
    old_gaps = {"Hours": ["When do they leave?"], "Old": ["What was it?"], "Same": ["Who pays for it?"]}
    new_gaps = {"Hours": ["At what hour?"], "New": ["Who flew?"], "Same": ["Who pays for it?"]}
    one, other = a_fact("Bare words.", topics=("Troops",)), a_fact("Bare words.", topics=("Moves",))
    names = "[place.Foo]\n[place.Goo]\n", '[place.Foo]\naliases = ["Fu"]\n'
    with (
        holding(tmp_path / "a", one, names=names[0], gaps=old_gaps) as old,
        holding(tmp_path / "b", other, names=names[1], gaps=new_gaps) as new,
    ):
        told = preview(old.base, new.base)
    assert told.beside == (
        Beside(kind="gaps", added=("New",), changed=("Hours",), removed=("Old",)),
        Beside(kind="names", changed=("Foo",), removed=("Goo",)),
        Beside(kind="topics", added=("Moves",), removed=("Troops",)),
    )
    assert grave(told) == ()


def a_long_reload(letter: str) -> tuple[Reload, Radius]:
    """As much as there can be of everything, each as long as it may be told."""
    many = tuple(f"{number} " + letter * 500 for number in range(50))
    reload = Reload(
        before="a" * 64,
        after="b" * 64,
        removed=tuple(replace(FACT, id=name) for name in many),
        beside=tuple(Beside(kind=kind, added=many, removed=many) for kind in ("gaps", "names", "topics")),
    )
    shifts = tuple(Shift(question=name, before=("withdrawn", name), after=("found", name)) for name in many)
    seen = dict.fromkeys(many, 10**9)
    return reload, Radius(chats=10**9, seen=seen, counted=False, golden=10**6, asked=10**5, shifts=shifts)


@pytest.mark.parametrize("letter", ["x", "&", "\N{WOLF FACE}"])
@pytest.mark.parametrize("stage", Stage)
def test_however_much_changes_there_is_a_way_to_show_it_in_one_message(stage: Stage, letter: str) -> None:
    reload, radius = a_long_reload(letter)
    view, shown = Renderer(TEMPLATES).show(views(reload, date(2022, 2, 3), radius, stage, 3))
    assert shown.fits
    assert isinstance(view, ReloadView)
    assert view.counts == (0, 0, 50)
    assert len(view.shifts) == len(view.seen) == len(view.grave) <= 2
    assert "…" in shown.text
