"""What is said of the facts that are shown beside one."""

from dataclasses import replace
from datetime import date

from answers.claims import relation
from answers.claims.standing import Standing, standing
from answers.model import Agreement, Figure, Known, Shared
from answers.text.names import Gazetteer, world
from tests.answers.builders import a_fact, an_article

GAZETTEER = Gazetteer(world())


def says(outlet, *counts, speaker="", day=2):
    words = f"{outlet} counts {', '.join(map(str, counts))} people."
    article = an_article(words, f"of-{outlet.lower()}", outlet=outlet, published=date(2022, 2, day))
    figures = tuple(
        Figure(
            text=str(one),
            low=one if isinstance(one, int) else 24,
            high=one if isinstance(one, int) else 99,
            vague=one == "dozens",
            unit="people",
        )
        for one in counts
    )
    known = Known.CUE if speaker else Known.NONE
    return a_fact(words, outlet.lower(), of=article, figures=figures, speaker=speaker, known=known)


def said(first, *others):
    found = standing([relation(first, other, GAZETTEER) for other in others])
    lines = [(line.agreement, [told.figure.text for told in line.told], line.apart) for line in found.lines]
    return lines, [(one.outlets, one.origin.name) for one in found.shared]


def test_nothing_is_said_where_nothing_can_be():
    assert said(says("CNN"), says("BBC")) == ([], [])
    assert not standing([])
    assert Standing() == standing([relation(says("CNN"), says("BBC"), GAZETTEER)])


def test_figures_that_agree_are_told_in_one_line():
    assert said(says("CNN", 12), says("BBC", 12), says("AFP", 12)) == (
        [(Agreement.AGREE, ["12", "12", "12"], False)],
        [],
    )


def test_what_differs_stands_before_what_agrees():
    lines, _ = said(says("CNN", 12), says("BBC", 12), says("AFP", 30))
    assert lines == [(Agreement.CONFLICT, ["12", "30"], False), (Agreement.AGREE, ["12", "12"], False)]


def test_of_two_that_differ_in_precision_the_more_exact_is_told_once():
    assert said(says("CNN", 47), says("BBC", "dozens"), says("AFP", "dozens"))[0] == [
        (Agreement.PRECISION, ["47"], False)
    ]
    assert said(says("CNN", "dozens"), says("BBC", 47))[0] == [(Agreement.PRECISION, ["47"], False)]


def test_two_ranges_of_one_width_are_both_told():
    one, other = says("CNN", "dozens"), says("BBC", "dozens")
    ranges = [Figure(text=f"{low} to {low + 10}", low=low, high=low + 10, unit="people") for low in (20, 25)]
    one, other = (replace(fact, figures=(figure,)) for fact, figure in zip((one, other), ranges, strict=True))
    assert said(one, other)[0] == [(Agreement.PRECISION, ["20 to 30", "25 to 35"], False)]


def test_figures_of_other_days_are_told_with_their_days():
    lines, _ = said(says("CNN", 12), says("BBC", 30, day=9))
    assert lines == [(Agreement.CONFLICT, ["12", "30"], True)]


def test_outlets_that_go_back_to_one_source_are_told_together():
    kirby = (says("CNN", speaker="John Kirby"), says("BBC", speaker="John Kirby"), says("AFP", speaker="Kirby"))
    assert said(*kirby)[1] == [(("CNN", "BBC", "AFP"), "John Kirby")]
    assert said(kirby[0], says("DPA"), says("EFE", speaker="The Pentagon"))[1] == [(("CNN", "EFE"), "The Pentagon")]


def test_one_outlet_is_not_told_to_share_a_source_with_itself():
    one, again = says("CNN", speaker="John Kirby"), says("CNN", 12, speaker="John Kirby")
    assert relation(one, again, GAZETTEER).origin.shared is Shared.SPEAKER
    assert said(one, again) == ([], [])
