"""What an admin is shown before a revision is live: every field that an editor can change."""

from dataclasses import replace
from datetime import date

import pytest

from answers.model import Article, Change, Fact, Figure, Granularity, Known, Part, Quote, ResolvedDate, Status
from answers.reload import Difference, differences

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
