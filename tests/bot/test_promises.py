"""What a try means, by the promise of its run: a table, and that no promise can be broken by it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import Sent
from bot.digests.promises import LONGEST_PAUSE, MOST_MOVES, SETTLES, pause, verdict
from bot.outcomes import Outcome
from bot.runs import Claimed, Edition, Kind, Row

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def claimed(kind: Kind = Kind.ROUTINE, *, repeat: bool = False, attempts: int = 1, subscriber: int = 7) -> Claimed:
    edition = Edition(since="a", revision="b", repeat=repeat, html="x", text="x")
    return Claimed(run=1, kind=kind, subscriber=subscriber, chat=501, attempts=attempts, edition=edition)


@pytest.mark.parametrize(
    ("outcome", "row", "seen"),
    [
        (Outcome.SENT, Row.SENT, True),
        (Outcome.BLOCKED, Row.BLOCKED, False),
        (Outcome.GONE, Row.GONE, False),
        (Outcome.REFUSED, Row.FAILED, False),
        (Outcome.UNKNOWN, Row.UNKNOWN, True),
        (Outcome.NOT_SENT, Row.PENDING, False),
        (Outcome.HALTED, Row.PENDING, False),
        (Outcome.MOVED, Row.PENDING, False),
    ],
)
def test_a_routine_digest_is_tried_again_only_when_it_certainly_did_not_arrive(
    outcome: Outcome, row: Row, *, seen: bool
) -> None:
    found = verdict(claimed(), Sent(outcome), NOW)
    assert (found.row, found.seen) == (row, seen)


def test_an_unclear_correction_is_repeated_once_after_it_has_settled() -> None:
    first = verdict(claimed(Kind.CORRECTION), Sent(Outcome.UNKNOWN), NOW)
    assert (first.row, first.repeat, first.not_before) == (Row.PENDING, True, NOW + SETTLES)
    for outcome in (Outcome.UNKNOWN, Outcome.REFUSED):
        assert verdict(claimed(Kind.CORRECTION, repeat=True), Sent(outcome), NOW).row is Row.UNKNOWN
    assert verdict(claimed(Kind.CORRECTION, repeat=True), Sent(Outcome.NOT_SENT), NOW).repeat


def test_a_chat_that_moves_for_ever_and_a_channel_that_moves_have_failed() -> None:
    assert verdict(claimed(attempts=MOST_MOVES + 1), Sent(Outcome.MOVED), NOW).row is Row.FAILED
    assert verdict(claimed(Kind.CHANNEL, subscriber=0), Sent(Outcome.MOVED), NOW).row is Row.FAILED


def test_pauses_grow_and_follow_telegram_up_to_an_hour() -> None:
    assert [pause(attempt).total_seconds() for attempt in (1, 2, 3)] == [5, 10, 20]
    assert pause(1, 60) == timedelta(seconds=60)
    assert pause(1, 1e9) == LONGEST_PAUSE


@given(
    st.sampled_from([Kind.ROUTINE, Kind.CHANNEL, Kind.CORRECTION]),
    st.lists(st.tuples(st.sampled_from(list(Outcome)), st.booleans()), max_size=12),
)
def test_whatever_happens_nobody_gets_more_copies_than_promised(kind: Kind, tries: list[tuple[Outcome, bool]]) -> None:
    copies, repeat = 0, False
    for attempts, (outcome, arrives) in enumerate(tries, start=1):
        found = verdict(claimed(kind, repeat=repeat, attempts=attempts), Sent(outcome), NOW)
        copies += outcome is Outcome.SENT or (outcome is Outcome.UNKNOWN and arrives)
        repeat = found.repeat
        if found.row is not Row.PENDING:
            assert found.not_before is None
            assert (found.row is Row.SENT) == (outcome is Outcome.SENT)
            break
        assert found.not_before is not None
        assert NOW <= found.not_before <= NOW + LONGEST_PAUSE
    assert copies <= (2 if kind is Kind.CORRECTION else 1)
