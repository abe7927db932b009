"""What a try means for a recipient, by the promise of its run. Pure: no state, no clock.

    routine, channel   at most once: whoever may have got it is not sent it again
    correction         at least once: whoever may not have got it is sent it once more, later, marked as a repeat

What certainly did not arrive is tried again by both, until the run expires; what Telegram will not have is not.
"""

from datetime import datetime, timedelta

from bot.delivery import Sent
from bot.outcomes import Outcome
from bot.runs import Claimed, Kind, Row, Verdict

SETTLES = timedelta(seconds=180)
"""How long after an unclear try it is repeated: by then what was on its way has arrived."""

LONGEST_PAUSE = timedelta(hours=1)
MOST_MOVES = 3
_HALTED = timedelta(seconds=30)


_FINAL = {
    Outcome.SENT: Row.SENT,
    Outcome.BLOCKED: Row.BLOCKED,
    Outcome.GONE: Row.GONE,
    Outcome.REFUSED: Row.FAILED,
    Outcome.MOVED: Row.FAILED,
    Outcome.UNKNOWN: Row.UNKNOWN,
}


def verdict(claimed: Claimed, sent: Sent, now: datetime) -> Verdict:
    """What becomes of the row."""
    if sent.outcome is Outcome.UNKNOWN and repeatable(claimed.kind, repeat=claimed.edition.repeat):
        return Verdict(row=Row.PENDING, not_before=now + SETTLES, repeat=True)
    if (wait := _wait(claimed, sent)) is not None:
        return Verdict(row=Row.PENDING, not_before=now + wait, repeat=claimed.edition.repeat)
    row = _FINAL[sent.outcome]
    if row is Row.FAILED and claimed.edition.repeat:
        row = Row.UNKNOWN  # the repeat has not arrived, but the first try may have
    return Verdict(row=row, seen=row in {Row.SENT, Row.UNKNOWN}, message=sent.message)


def _wait(claimed: Claimed, sent: Sent) -> timedelta | None:
    """How long until the next try of what certainly did not arrive; None when there is none."""
    match sent.outcome:
        case Outcome.NOT_SENT:
            return pause(claimed.attempts, sent.retry_after)
        case Outcome.HALTED:
            return _HALTED
        case Outcome.MOVED if claimed.subscriber and claimed.attempts <= MOST_MOVES:
            return timedelta(0)
    return None


def repeatable(kind: Kind, *, repeat: bool) -> bool:
    """Whether what may have arrived is sent once more."""
    return kind is Kind.CORRECTION and not repeat


def pause(attempts: int, retry_after: float = 0.0) -> timedelta:
    """How long a recipient waits whose message did not leave: 5, 10, 20 seconds and so on, or as long as Telegram says."""
    return min(max(timedelta(seconds=5 * 2 ** min(attempts - 1, 7)), timedelta(seconds=retry_after)), LONGEST_PAUSE)
