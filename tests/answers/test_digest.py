from contextlib import ExitStack
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers.compose import context
from answers.digest import compare, views
from answers.model import Change, Digest, Known, Reload, Status
from answers.reload import preview
from answers.reload import views as reload_views
from answers.render import Renderer
from tests.answers.builders import TEMPLATES, TODAY, a_fact, a_withdrawn, an_article, holding, opened, write_data

RENDERER = Renderer(TEMPLATES)
FACT = a_fact("Troops go to Poland.", speaker="John Kirby", role="spokesman", questions=("Who goes?",))
REST = a_fact("The rest stays.", "the-rest")


def told(fact, **changes):
    return replace(fact, **changes)


@pytest.fixture(scope="module")
def bases(tmp_path_factory):
    """Revisions of the given facts; each is built once and stays open until the last test."""
    built = {}
    with ExitStack() as stack:

        def build(*revisions):
            return [base_of(facts) for facts in revisions]

        def base_of(facts):
            if repr(facts) not in built:
                built[repr(facts)] = stack.enter_context(holding(tmp_path_factory.mktemp("base"), *facts)).base
            return built[repr(facts)]

        yield build


def ids(digest):
    return (
        [change.after.id for change in digest.withdrawn],
        [change.after.id for change in digest.changed],
        [fact.id for fact in digest.new],
    )


def test_a_base_beside_itself_has_no_news(bases):
    (base,) = bases([FACT, REST])
    assert not compare(base, base)
    assert compare(base, base) == Digest(revision=base.revision)
    assert not preview(base, base)
    assert (preview(base, base).added, preview(base, base).changed, preview(base, base).removed) == ((), (), ())


def test_new_facts_are_new(bases):
    old, new = bases([REST], [FACT, REST])
    digest = compare(old, new)
    assert digest
    assert ids(digest) == ([], [], ["a-fact"])
    assert digest.new == (new.fact("a-fact"),)
    assert digest.revision == new.revision


def _of(**given):
    return replace(FACT, quote=replace(FACT.quote, article=replace(FACT.article, **given)))


@pytest.mark.parametrize(
    "after",
    [
        told(FACT, speaker="Jen Psaki"),
        told(FACT, role="press secretary"),
        told(FACT, note="Seen."),
        _of(outlet="CBC"),
        _of(title="Troops"),
        _of(url="https://example.org/a"),
        _of(published=TODAY),
        a_fact("Troops go", of=FACT.article, speaker="John Kirby", role="spokesman", questions=FACT.questions),
    ],
    ids=["speaker", "role", "note", "outlet", "title", "url", "day", "words"],
)
def test_what_readers_see_otherwise_has_changed(bases, after):
    old, new = bases([FACT, REST], [after, REST])
    assert ids(compare(old, new)) == ([], ["a-fact"], [])
    (change,) = compare(old, new).changed
    assert change == Change(before=old.fact("a-fact"), after=new.fact("a-fact"))
    assert preview(old, new).changed == (change,)


def test_that_a_speaker_was_only_inferred_is_seen_and_so_it_is_a_change(bases):
    old, new = bases([told(FACT, known=Known.CUE)], [told(FACT, known=Known.INFERRED)])
    assert ids(compare(old, new)) == ([], ["a-fact"], [])


@pytest.mark.parametrize(
    "changes", [{"questions": ("Who?",)}, {"topics": ("Troops",)}, {"claim": "a-claim"}, {"names": ("Poland",)}]
)
def test_what_only_editors_see_is_in_the_preview_and_not_in_the_digest(bases, changes):
    old, new = bases([FACT, REST], [told(FACT, **changes), REST])
    assert not compare(old, new)
    reload = preview(old, new)
    assert reload
    assert [change.after.id for change in reload.changed] == ["a-fact"]
    assert (reload.added, reload.removed, reload.before, reload.after) == ((), (), old.revision, new.revision)


@pytest.mark.parametrize("status", [status for status in Status if status.withdrawn])
def test_a_fact_that_lost_its_standing_is_withdrawn(bases, status):
    gone = told(FACT, status=status, withdrawn_on=TODAY, note="Wrong.", replaced_by="the-rest")
    old, new = bases([FACT, REST], [gone, REST])
    digest = compare(old, new)
    assert ids(digest) == (["a-fact"], [], [])
    assert digest.withdrawn[0].after == new.fact("a-fact")


@pytest.mark.parametrize("after", [[REST], [told(FACT, status=Status.DRAFT), REST]], ids=["removed", "draft"])
def test_a_fact_that_is_gone_is_withdrawn_as_retracted(bases, after):
    old, new = bases([FACT, REST], after)
    digest = compare(old, new)
    assert ids(digest) == (["a-fact"], [], [])
    assert digest.withdrawn[0].after == replace(old.fact("a-fact"), status=Status.RETRACTED)
    assert [fact.id for fact in preview(old, new).removed] == ["a-fact"]


def test_a_fact_that_is_published_again_is_new(bases):
    old, new = bases([a_withdrawn("Troops go to Poland."), REST], [FACT, REST])
    assert ids(compare(old, new)) == ([], [], ["a-fact"])


@pytest.mark.parametrize("before_and_after", [([a_withdrawn(), REST], [REST]), ([REST], [a_withdrawn(), REST])])
def test_what_was_never_shown_as_current_is_no_news(bases, before_and_after):
    assert not compare(*bases(*before_and_after))


def test_a_note_on_a_withdrawn_fact_is_no_news(bases):
    assert not compare(*bases([a_withdrawn(), REST], [a_withdrawn(note="Other words."), REST]))


def a_digest(withdrawn, changed, new, size=10):
    def facts(kind, count):
        words = [f"{kind} {n} {'x' * size}" for n in range(count)]
        return [a_fact(text, f"{kind}-{n}", of=an_article(text, f"article-{kind}-{n}")) for n, text in enumerate(words)]

    def changes(kind, count):
        return tuple(Change(before=fact, after=fact) for fact in facts(kind, count))

    return Digest(
        revision="r",
        withdrawn=changes("gone", withdrawn),
        changed=changes("changed", changed),
        new=tuple(facts("new", new)),
    )


COUNTS = st.integers(0, 25)


@given(COUNTS, COUNTS, COUNTS)
def test_corrections_are_the_last_to_be_left_out_and_what_is_left_out_is_counted(withdrawn, changed, new):
    whole = withdrawn + changed + new
    order = [
        f"{kind}-{n}" for kind, count in (("gone", withdrawn), ("changed", changed), ("new", new)) for n in range(count)
    ]
    ways = list(views(a_digest(withdrawn, changed, new), TODAY))
    assert len(ways[0].facts) == min(whole, 40)
    assert [len(way.facts) for way in ways] == list(range(min(whole, 40), -1, -1))
    for way in ways:
        assert [fact.id for fact in way.facts] == order[: len(way.facts)]
        assert len(way.facts) + way.more == whole


@settings(max_examples=40)
@given(COUNTS, COUNTS, COUNTS, st.integers(1, 5000))
def test_a_digest_always_fits_a_message_and_shows_its_passages_whole(withdrawn, changed, new, size):
    digest = a_digest(withdrawn, changed, new, size)
    way, rendered = RENDERER.show(views(digest, TODAY))
    assert rendered.fits
    assert all(fact.quote.text in rendered.text for fact in way.facts)
    assert ("more change" in rendered.text) == bool(way.more)
    places = [rendered.text.index(fact.quote.text) for fact in way.facts]
    assert places == sorted(places)


@given(COUNTS, COUNTS, COUNTS, st.sampled_from([10, 300, 5000]))
def test_a_reload_always_fits_a_message_and_counts_what_it_leaves_out(removed, changed, added, size):
    digest = a_digest(removed, changed, added, size)
    gone = tuple(change.before for change in digest.withdrawn)
    reload = Reload(before="b" * 64, after="a" * 64, added=digest.new, changed=digest.changed, removed=gone)
    whole = removed + changed + added
    ways = list(reload_views(reload, TODAY))
    for way in ways:
        kept = [*way.removed, *(change.after for change, _ in way.changed), *way.added]
        every = [*gone, *(change.after for change in digest.changed), *digest.new]
        assert kept == every[: len(kept)]
        assert len(kept) + way.more == whole
        assert way.counts == (added, changed, removed)
    way, rendered = RENDERER.show(ways)
    assert rendered.fits
    assert f"{added} added, {changed} changed, {removed} removed" in rendered.text
    assert "b" * 12 in rendered.text
    assert "b" * 13 not in rendered.text


def test_other_authors_are_shown_to_an_admin_since_readers_see_them_too(tmp_path):
    article = an_article("Troops go to Poland.")
    data = write_data(tmp_path / "data", [a_fact("Troops go to Poland.", of=article)])
    file = data / "articles" / f"{article.id}.md"
    with opened(data, tmp_path / "state") as old:
        told = file.read_text(encoding="utf-8").replace("published =", 'authors = ["Ann Lee"]\npublished =')
        file.write_text(told, encoding="utf-8")
        with opened(data, tmp_path / "state") as new:
            changes = preview(old.base, new.base).changed
            assert "Ann Lee" in RENDERER.render("context", view=next(context(changes[0].after, new.base, TODAY))).text
    assert [change.after.id for change in changes] == ["a-fact"]
