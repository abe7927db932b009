"""Alarms: into the log at once, to the admins once an hour a kind."""

import asyncio
import logging

import pytest

from bot.alarms import LONGEST_DETAIL, Alarm, Alarms
from bot.local.dispatch import Call, Reply
from tests.bot.faults import Faults, refusal
from tests.bot.harness import ADMIN, OTHER_ADMIN, READER, Chat, Clock


async def heard(alarms: Alarms) -> list[tuple[Alarm, str]]:
    """Those that wait to be told."""
    found = []
    while True:
        try:
            async with asyncio.timeout(0.01):
                sounded = await alarms.next()
        except TimeoutError:
            return found
        found.append((sounded.alarm, sounded.detail))


async def test_each_is_logged_and_told_once_an_hour_a_kind(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    alarms = Alarms(clock)
    for _ in range(3):
        alarms.sound(Alarm.POISON)
        alarms.sound(Alarm.STATE, "disk full")
        clock.forward(minutes=19)
    assert await heard(alarms) == [(Alarm.POISON, ""), (Alarm.STATE, "disk full")]
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 6
    assert [record.getMessage() for record in caplog.records[:2]] == ["alarm poison", "alarm state: disk full"]
    clock.forward(minutes=4)
    alarms.sound(Alarm.POISON)
    assert await heard(alarms) == [(Alarm.POISON, "")]


async def test_a_clock_that_is_set_back_silences_nothing_for_longer() -> None:
    clock = Clock()
    alarms = Alarms(clock)
    alarms.sound(Alarm.BACKLOG)
    clock.forward(hours=-3)
    alarms.sound(Alarm.BACKLOG)
    assert len(await heard(alarms)) == 2


async def test_a_detail_is_one_short_line(caplog: pytest.LogCaptureFixture) -> None:
    alarms = Alarms(Clock())
    alarms.sound(Alarm.HTML, "one\nforged line\r\n" + "x" * 1000)
    assert "\n" not in caplog.records[0].getMessage()
    assert len((await heard(alarms))[0][1]) == LONGEST_DETAIL


async def test_every_admin_is_told_in_private(chat: Chat) -> None:
    for admin in (ADMIN, OTHER_ADMIN):
        await chat.ask("/start", admin)
    after = await chat.last()
    chat.bot.office.alarms.sound(Alarm.CONFLICT, "status 409")
    told = await chat.until(after, count=2)
    assert {event["message"]["chat"]["id"] for event in told} == {ADMIN, OTHER_ADMIN}
    assert all("Another program fetches" in event["message"]["text"] for event in told)
    assert all("status 409" in event["message"]["text"] for event in told)


async def test_one_admin_who_cannot_be_reached_keeps_no_other_from_being_told(chat: Chat) -> None:
    await chat.ask("/start", OTHER_ADMIN)
    after = await chat.last()
    for alarm in (Alarm.POISON, Alarm.BACKLOG):
        chat.bot.office.alarms.sound(alarm)
    told = [event for event in await chat.until(after, count=2, chat_id=OTHER_ADMIN) if event["ok"]]
    assert [event["message"]["text"].split("\n\n")[0] for event in told] == ["Alarm", "Alarm"]


class Unreadable(Faults):
    """Whatever has HTML is refused."""

    async def before(self, call: Call) -> Reply | None:
        broken = refusal(400, "Bad Request: can't parse entities: oh")
        return broken() if call.params.get("parse_mode") else None


async def test_an_alarm_about_an_alarm_is_not_told_on_and_on(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    """Telegram cannot read any HTML: each telling is itself an alarm."""
    await chat.ask("/start", ADMIN)
    chat.api.bot_plane.faults = Unreadable("sendMessage")
    after = await chat.last()
    chat.bot.office.alarms.sound(Alarm.POISON)
    await chat.until(after, count=2, chat_id=ADMIN)
    await chat.ask("/help", READER)
    await asyncio.sleep(0.2)
    told = [event for event in await chat.events(after) if event.get("chat_id") == ADMIN and event["ok"]]
    assert len(told) == 2  # poison, and once that HTML is not read
    assert sum("alarm html" in record.getMessage() for record in caplog.records) >= 3
