"""Messages out: the one way to send, which keeps Telegram's pace and says what became of each message.

Answers go first: each waits for its chat's turn and, while the Bot API is away or wants patience, for that. What
certainly did not arrive is tried again until it is half an hour old; what may have arrived never is. Bulk gets one try,
at a bulk's pace, behind every answer that waits. What a failure means is told by `bot.outcomes`, and how fast by
`bot.pace`. It must not know what it sends, nor python-telegram-bot: of the message that was sent only the number is
wanted, and reading the rest costs a third of an answer.
"""

import asyncio
import logging
import random
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from answers.render import Rendered
from bot.alarms import Alarm, Alarms
from bot.api import Api, Refused
from bot.calls import Button, Buttons, Call, document, edit, inline, message, toast
from bot.flight import Flight, Launch
from bot.http import NeverLeft, Unclear
from bot.lanes import Lanes
from bot.outcomes import NEVER_LEFT, UNKNOWN, Meaning, Next, Outcome, of_failure
from bot.pace import BULK_EACH, Bulk, Chats, Gate, Trip
from bot.patience import Watch, unhurried
from bot.places import give_way, when_done
from bot.store import NotWritten, Store

__all__ = ["Button", "Buttons", "Delivery", "Outcome", "Sent"]

WORTH = 30 * 60.0
"""Seconds for which an answer is worth sending; what a press or an inline query waits for, only `FLEETING`."""

FLEETING = 15.0

HANGS = 20.0
"""Seconds after which a request that hangs is left to itself, and its message is unknown to whoever sent it."""

SLOW = 1.0
"""Seconds after which the time of the update in hand stops running."""

HOLDS = 0.25
"""Seconds for which an answer that is on its way holds others up, where no more are let out: one that hangs must not for longer."""

LOOK_AGAIN = 1.0
"""Seconds after which whoever waits looks whether he still has to."""

HELD = 10.0
"""Seconds that bulk waits for its turn before it says that it was not sent."""

ANSWERS_AT_ONCE, BULK_AT_ONCE = 176, 64
CONNECTIONS = 256
"""The pool that `Delivery` wants below it: more than it uses, for a request must never wait there for a connection."""

NAMED = -1
"""Stands for a channel of which only the name is known: it is paced like a group, and nobody subscribes as it."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """`message` is its number; `retry_after` in seconds, where the Bot API named them; `moved_to` the chat's new id."""

    outcome: Outcome
    message: int = 0
    retry_after: float = 0.0
    moved_to: int = 0


class Delivery:
    """The bot's voice. Blocked and vanished chats lose their subscription; moved ones keep it."""

    def __init__(
        self,
        api: Api,
        store: Store,
        alarms: Alarms,
        *,
        watch: Watch | None = None,
        jitter: Callable[[], float] = random.random,
        hangs: float = HANGS,
        first: int = 1,
    ) -> None:
        self._api, self._store, self._alarms = api, store, alarms
        self._watch, self._jitter, self._hangs = watch or Watch(), jitter, hangs
        self._gate, self._chats, self._bulk = Gate(), Chats(), Bulk()
        self._places = asyncio.Semaphore(ANSWERS_AT_ONCE)
        self._flight = Flight(ANSWERS_AT_ONCE, self._watch.monotonic, first=first)
        self._bulk_places, self._bulk_turn = asyncio.Semaphore(BULK_AT_ONCE), asyncio.Lock()
        self._waiting = 0
        self._lanes = Lanes()
        self._under_way: set[asyncio.Task[Meaning]] = set()

    async def send(self, chat: int, rendered: Rendered, buttons: Buttons = (), *, reply_to: int | None = None) -> Sent:
        """Send a message in HTML; as plain text when Telegram cannot read the HTML, which is an alarm."""
        return await self._answer(message(chat, rendered, buttons, reply_to))

    async def edit(self, chat: int, number: int, rendered: Rendered, buttons: Buttons = ()) -> Sent:
        """Replace a message of ours. That nothing changed is no failure."""
        return await self._answer(edit(chat, number, rendered, buttons))

    async def document(self, chat: int, name: str, text: str, *, reply_to: int | None = None) -> Sent:
        """Send a text as a file, for what is too long to read in a chat."""
        return await self._answer(document(chat, name, text, reply_to))

    async def toast(self, query: str, words: str = "", *, alert: bool = False) -> None:
        """Answer a button press, so that it stops spinning. One that is too old to be answered is let go."""
        await self._answer(toast(query, words, alert=alert), FLEETING)

    async def inline(self, query: str, results: Sequence[Mapping[str, Any]], button: Mapping[str, Any]) -> None:
        """Answer an inline query with results as the Bot API has them."""
        await self._answer(inline(query, results, button), FLEETING)

    async def bulk(self, chat: int, rendered: Rendered, buttons: Buttons = ()) -> Sent:
        """Send what many get: one try, and once more as plain text when Telegram cannot read the HTML.

        `NOT_SENT` with `retry_after` after `HELD` seconds in which it was not its turn.
        """
        return await self._one_of_bulk(message(chat, rendered, buttons))

    async def post(self, channel: str, rendered: Rendered) -> Sent:
        """Send to a channel, "@name" or its number, like one of bulk: it is no chat of anybody's."""
        chat = NAMED if channel.startswith("@") else int(channel)
        call = message(chat, rendered)
        return await self._one_of_bulk(replace(call, fields={**call.fields, "chat_id": channel}))

    async def _one_of_bulk(self, call: Call | None) -> Sent:
        meaning = NEVER_LEFT
        while call is not None:
            trip = Trip()
            if wait := await self._turn_of_bulk(call.chat, trip):
                return Sent(Outcome.NOT_SENT, retry_after=wait)
            request = self._launched(call, self._bulk_places)
            request.add_done_callback(partial(self._back, trip))
            meaning = await request
            call = call.after(meaning) if meaning.next is Next.PLAIN else None
        return _sent(meaning)

    def _back(self, trip: Trip, _: object) -> None:
        trip.back(self._watch.monotonic())

    async def close(self, within: float = HANGS) -> None:
        """Wait for the requests that are under way; those that take longer than `within` seconds are given up."""
        tasks = set(self._under_way)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _answer(self, first: Call, worth: float = WORTH) -> Sent:
        """Try until it is settled, or not worth it any more."""
        give_way()
        until = self._watch.monotonic() + worth
        call: Call | None = first
        meaning = NEVER_LEFT
        async with self._lanes.place(first.chat) if first.chat else nullcontext():
            while call is not None and await self._turn(call.chat, until):
                meaning = await self._bounded(call)
                call = call.after(meaning)
        return _sent(meaning)

    async def _turn(self, chat: int, until: float) -> bool:
        """Wait until an answer may leave, and take its place; False when it may not before `until`."""
        await self._place()
        now = self._watch.monotonic()
        while wait := max(gate := self._gate.wait(now), self._chats.wait(chat, now) if chat else 0.0):
            self._flight.release()
            self._places.release()
            if now + wait > until:
                return False
            await self._pause(wait, in_the_way=gate > 0)
            await self._place()
            now = self._watch.monotonic()
        self._leave(chat, now)
        return True

    async def _place(self) -> None:
        """Wait for one of the requests that may be under way at a time."""
        if not (self._places.locked() or self._flight.full()):
            await self._both_places()  # which does not wait
            return
        self._waiting += 1
        try:
            with unhurried():
                await self._both_places()
        finally:
            self._waiting -= 1

    async def _both_places(self) -> None:
        await self._places.acquire()
        try:
            await self._flight.acquire()
        except BaseException:
            self._places.release()
            raise

    async def _pause(self, wait: float, *, in_the_way: bool) -> None:
        """Wait a while; bulk makes way for whoever is in its way, not for one that waits for its own chat."""
        self._waiting += in_the_way
        try:
            with unhurried():
                await self._watch.sleep(min(wait, LOOK_AGAIN))
        finally:
            self._waiting -= in_the_way

    def _leave(self, chat: int, now: float) -> None:
        self._gate.enter(now)
        if chat:
            self._chats.take(chat, now)

    async def _turn_of_bulk(self, chat: int, trip: Trip) -> float:
        """Wait for the turn of one of bulk, behind the answers, and take its place: 0.0; else the seconds still to wait."""
        await self._bulk_places.acquire()
        try:
            async with self._bulk_turn:
                wait = await self._waited_for_bulk(chat, trip)
        except BaseException:
            self._bulk_places.release()
            raise
        if wait:
            self._bulk_places.release()
        return wait

    async def _waited_for_bulk(self, chat: int, trip: Trip) -> float:
        now = self._watch.monotonic()
        until = now + HELD
        while wait := max(self._gate.wait(now), self._bulk.wait(now), self._chats.wait(chat, now), self._yielding()):
            if now >= until:
                return wait
            await self._watch.sleep(min(wait, LOOK_AGAIN))
            now = self._watch.monotonic()
        self._bulk.take(trip, now)
        self._leave(chat, now)
        return 0.0

    def _yielding(self) -> float:
        return BULK_EACH if self._waiting else 0.0

    async def _bounded(self, call: Call) -> Meaning:
        """What became of an answer; unknown when its request hangs, which goes on by itself."""
        launch = self._flight.launch()
        request = self._launched(call, self._places, launch)
        # The next may leave when this one is noted, so that a kill finds few that are not; but nobody waits for long.
        asyncio.get_running_loop().call_later(HOLDS, self._flight.give_up, launch)
        try:
            await asyncio.wait((request,), timeout=SLOW)
        finally:
            when_done(lambda: self._flight.give_up(launch))
        if not request.done():
            with unhurried():
                await asyncio.wait((request,), timeout=max(self._hangs - SLOW, 0))
        return request.result() if request.done() else UNKNOWN

    def _launched(self, call: Call, places: asyncio.Semaphore, launch: Launch | None = None) -> asyncio.Task[Meaning]:
        """A request of its own life: whoever waits for it may be cancelled, but half a request cannot be taken back."""
        request = asyncio.create_task(self._attempt(call, places, launch))
        self._under_way.add(request)
        request.add_done_callback(self._under_way.discard)
        return request

    async def _attempt(self, call: Call, places: asyncio.Semaphore, launch: Launch | None) -> Meaning:
        try:
            meaning = call.meaning_of(await self._api.call(call.method, call.fields, call.files))
            if launch:
                self._flight.landed(launch)
        except (NeverLeft, Refused, Unclear) as failure:
            meaning = of_failure(failure, edited=call.number)
        finally:
            places.release()
        self._note(meaning)
        if meaning.outcome is not Outcome.SENT:
            await self._failed(call, meaning)
        return meaning

    def _note(self, meaning: Meaning) -> None:
        """What a reply says about the Bot API itself."""
        now = self._watch.monotonic()
        if meaning.outcome is Outcome.UNKNOWN:
            self._gate.unclear(now, self._jitter())
        elif meaning.retry_after:
            self._gate.hold(now, meaning.retry_after + self._jitter() / 2)
        elif meaning.next is Next.AGAIN:
            self._gate.failed(now, self._jitter())
        else:
            self._gate.answered()

    async def _failed(self, call: Call, meaning: Meaning) -> None:
        if meaning.alarm:
            self._alarms.sound(meaning.alarm, meaning.detail)
        elif meaning.outcome is Outcome.REFUSED and call.chat:
            log.error("Telegram refused a message: %s", meaning.detail)
        elif meaning.outcome is Outcome.UNKNOWN:
            log.warning("it is not known whether a message arrived")
        if call.chat:
            await self._remembered(call.chat, meaning)

    async def _remembered(self, chat: int, meaning: Meaning) -> None:
        """What the state has to know of a chat. That it fails costs no other message."""
        try:
            if meaning.outcome in {Outcome.BLOCKED, Outcome.GONE}:
                await self._store.retire(chat)
            elif meaning.outcome is Outcome.MOVED:
                await self._store.move(chat, meaning.moved_to)
        except (sqlite3.Error, NotWritten, RuntimeError) as error:
            self._alarms.sound(Alarm.STATE, type(error).__name__)


def _sent(meaning: Meaning) -> Sent:
    return Sent(meaning.outcome, meaning.message, meaning.retry_after, meaning.moved_to)
