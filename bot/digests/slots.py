"""Which digests are due at an instant. A slot is a day's digest of those who share a zone and an hour, and has a name.

    daily/2026-11-22/Europe/Kyiv/08:00        channel/2026-11-22/UTC        correction/17

Nothing is kept here between two looks: whether a slot was served is asked of its name, which the state holds once. So
a clock that jumps, a bot that stands still and one that begins anew all come to the same answer. Pure: no clock, no state.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.runs import Hour, Kind, Plan
from bot.store import Subscriber

GRACE = timedelta(hours=6)
"""How late a slot may be served: after a longer stop the next one tells all."""

ROUTINE_LASTS, CORRECTION_LASTS = timedelta(hours=20), timedelta(hours=72)
"""How long after its slot a run may go on; what is left then is skipped."""


def begins(day: date, hour: Hour) -> datetime:
    """The moment, in UTC, of an hour on a day. One that the clock skips comes when it would have, one that it repeats the
    first time.
    """
    return datetime.combine(day, hour.at, tzinfo=hour.zone).astimezone(UTC)


def last_day(hour: Hour, now: datetime) -> date:
    """The latest day whose hour has come. A day that a zone leaves out (Apia, 30 December 2011) is none.

    Looked for from tomorrow on: a clock that goes back over midnight makes it yesterday again.
    """
    day = now.astimezone(hour.zone).date() + timedelta(days=1)
    while begins(day, hour) > now:
        day -= timedelta(days=1)
    return day


def last_slot(subscriber: Subscriber, now: datetime) -> date:
    """The day of the latest slot whose hour has come, where the subscriber lives."""
    return last_day(Hour(zone=subscriber.zone, at=subscriber.at), now)


def due(hours: Iterable[Hour], now: datetime) -> Iterator[Plan]:
    """The slots whose moment has come and is not longer ago than the grace, served or not: one an hour at most."""
    for hour in hours:
        day = last_day(hour, now)
        since = begins(day, hour)
        if now - since <= GRACE:
            yield Plan(
                slot=f"daily/{day}/{hour.zone.key}/{hour.at:%H:%M}",
                kind=Kind.ROUTINE,
                begins=since,
                not_after=since + ROUTINE_LASTS,
                day=day,
                hour=hour,
            )


def channel_due(zone: ZoneInfo, at: time, now: datetime) -> Plan | None:
    """The channel's slot, when its hour of the house has come and is fresh."""
    hour = Hour(zone=zone, at=at)
    day = last_day(hour, now)
    since = begins(day, hour)
    if now - since > GRACE:
        return None
    return Plan(
        slot=f"channel/{day}/{zone.key}", kind=Kind.CHANNEL, begins=since, not_after=since + ROUTINE_LASTS, day=day
    )


def correction(publication: int, facts: tuple[str, ...], now: datetime) -> Plan:
    """The run that tells what a publication withdrew or changed; its number, and so its name, is given by the state."""
    return Plan(
        slot="",
        kind=Kind.CORRECTION,
        begins=now,
        not_after=now + CORRECTION_LASTS,
        publication=publication,
        facts=facts,
    )
