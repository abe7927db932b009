"""What a press makes of a proposal, whoever presses what in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.model import Radius, Reload
from answers.reload import Stage
from bot.proposals import CONFIRM_WITHIN, SECOND_WITHIN, NotConfirmed, Proposal, Proposals, Step

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PROPOSAL = Proposal(
    key="k",
    admin=1,
    snapshot=None,  # nothing here looks into it
    reload=Reload(before="live", after="next"),
    radius=Radius(),
    grave=("a-fact",),
    until=NOW + CONFIRM_WITHIN,
)


def waiting(*admins: int, **changed: object) -> Proposals:
    proposals = Proposals(admins)
    proposals.put(replace(PROPOSAL, **changed), NOW)
    return proposals


def press(proposals: Proposals, admin: int, step: Step, key: str = "k", live: str = "live", now: datetime = NOW):
    return proposals.press(key, admin, step, live, now)


def test_what_is_not_grave_needs_one_word_and_works_once() -> None:
    proposals = waiting(1, 2, grave=())
    assert press(proposals, 1, Step.PUBLISH).publish
    with pytest.raises(NotConfirmed):
        press(proposals, 1, Step.PUBLISH)


def test_messages_are_noted_while_it_waits_and_not_after() -> None:
    proposals = waiting(1, 2)
    press(proposals, 1, Step.PUBLISH)
    proposals.place("k", 1, 10)
    proposals.place("k", 2, 20)
    assert press(proposals, 2, Step.SECOND).proposal.places == {(1, 10), (2, 20)}
    proposals.place("k", 2, 21)
    assert not proposals.waits("k")


def test_a_newer_proposal_of_the_same_admin_takes_the_place_of_the_older() -> None:
    proposals = waiting(1, 2)
    proposals.put(replace(PROPOSAL, key="newer"), NOW)
    with pytest.raises(NotConfirmed):
        press(proposals, 1, Step.PUBLISH)
    assert press(proposals, 1, Step.PUBLISH, key="newer").proposal.stage is Stage.WAITS


def test_what_is_too_old_is_forgotten_when_another_comes() -> None:
    proposals = waiting(1, 2)
    proposals.put(replace(PROPOSAL, key="other", admin=2), NOW + timedelta(hours=1))
    assert (proposals.waits("k"), proposals.waits("other")) == (False, True)


def test_the_second_word_to_one_that_is_too_old_is_a_first() -> None:
    proposals = waiting(1, 2)
    press(proposals, 1, Step.PUBLISH)
    late = NOW + SECOND_WITHIN + timedelta(seconds=1)
    proposals._waiting[2] = replace(PROPOSAL, key="other", admin=2, until=late)  # put would forget the first
    assert not press(proposals, 2, Step.PUBLISH, key="other", now=late).publish


people = st.sampled_from([1, 2, 3, 9])
moves = st.lists(
    st.tuples(people, st.sampled_from([*Step, "cancel", "reload", "wait", "swap"]), people), min_size=1, max_size=25
)


@given(st.sets(st.sampled_from([1, 2, 3]), min_size=1), st.booleans(), moves)
def test_nothing_grave_is_published_on_one_admins_word_when_there_are_two(
    admins: set[int], grave: bool, moved: list[tuple[int, str, int]]
) -> None:
    """Whatever is pressed, by whom, on whose proposal: the words that were given are enough, new and of admins."""
    proposals, now, live, times = Proposals(admins), NOW, 0, 0
    said: dict[str, set[int]] = {}
    for number, (who, what, whose) in enumerate(moved):
        if what == "reload" and who in admins:
            reload = Reload(before=f"r{live}", after=f"n{live}")
            key = f"{who}-{number}"
            proposals.put(
                replace(PROPOSAL, key=key, admin=who, reload=reload, grave=("a",) * grave, until=now + CONFIRM_WITHIN),
                now,
            )
        elif what == "wait":
            now += timedelta(minutes=7)
        elif what == "swap":
            live, said = live + 1, {}
        elif what == "cancel":
            proposals.cancel(key_of(proposals, whose), who)
        elif what in set(Step):
            try:
                pressed = proposals.press(key_of(proposals, whose), who, Step(what), f"r{live}", now)
            except NotConfirmed:
                continue
            assert who in admins
            given_words = said.setdefault(pressed.proposal.reload.after, set())
            given_words.add(who)
            if pressed.publish:
                times += 1
                assert pressed.proposal.reload.before == f"r{live}"
                assert len(given_words) >= (2 if grave and len(admins) > 1 else 1)
                assert not grave or (pressed.first != who or admins == {who})
                live, said = live + 1, {}


def key_of(proposals: Proposals, admin: int) -> str:
    found = proposals._waiting.get(admin)  # a press names a proposal by its key, which only its message knows
    return found.key if found else "none"
