"""A Bot API that is fast enough to measure bots with: on one core it serves ten times what any of them asks for.

It checks nothing that a bot sends; what it is exact in is how updates are asked for and confirmed (tdlib/telegram-bot-api,
Client.cpp), for that decides what a durable intake costs, and in its ledger: for each update when it was made, when it was
first answered and how often. Every call takes `latency` seconds more than it costs.
"""

import asyncio
import json
import secrets
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice

from tests.bench.wire import Fields, Reply, Wire

FIRST_CHAT = 10_000_000
"""The first reader's chat. Each update of `ask` is from a reader of its own, so that an answer names its update."""

MOST = 100
QUIET = 0.5
"""Seconds in which the same offset again is given one update only; in `HURRY` it is made to wait as long."""
HURRY = 3.0
SETTLED = 0.3
"""Seconds after the last answer in which one that comes twice, and what is written behind it, would still come."""

_ME = {
    "id": 123,
    "is_bot": True,
    "first_name": "Bench",
    "username": "bench_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True)
class Asked:
    """One reader's update: when it was made, when first answered, how often. Seconds of `time.perf_counter`."""

    made: float
    first: float = 0.0
    answers: int = 0


@dataclass(slots=True)
class Ledger:
    """What became of the updates, and what else was sent."""

    asked: dict[int, Asked] = field(default_factory=dict)
    watched: dict[int, list[float]] = field(default_factory=dict)
    """Arrivals in chats that one names beforehand, as that of somebody who floods."""
    others: int = 0
    """Messages to chats that asked nothing: digests."""
    waiting: int = 0
    """Readers who asked and have no answer."""
    last: float = 0.0
    """When the last answer to one of them arrived."""

    def arrived(self, chat: int, now: float) -> None:
        if (asked := self.asked.get(chat)) is not None:
            self.waiting -= not asked.answers
            asked.answers += 1
            asked.first = asked.first or now
            self.last = now
        elif chat in self.watched:
            self.watched[chat].append(now)
        else:
            self.others += 1

    def waits(self, chats: Sequence[int]) -> Sequence[float]:
        """Seconds from the update to the arrival of its answer, of those that were answered."""
        found = (self.asked[chat] for chat in chats)
        return [one.first - one.made for one in found if one.answers]

    def lost(self, chats: Sequence[int]) -> int:
        return sum(not self.asked[chat].answers for chat in chats)

    def doubled(self, chats: Sequence[int]) -> int:
        return sum(self.asked[chat].answers > 1 for chat in chats)


@dataclass(slots=True)
class Poll:
    """A getUpdates that waits for something to come."""

    reply: Reply
    limit: int
    timer: asyncio.TimerHandle


class FastApi:
    """The Bot API of one bot. Its methods are called in the event loop that serves it."""

    def __init__(self, latency: float = 0.0) -> None:
        self.latency, self.ledger = latency, Ledger()
        self.calls: Counter[str] = Counter()
        self._queue: deque[tuple[int, bytes]] = deque()
        # A random number, as after a quiet week: a durable bot knows those of an earlier run and answers them no second time.
        self.first = secrets.randbelow(10**9)
        self._next, self._message, self._chat = self.first, 1, FIRST_CHAT
        self._poll: Poll | None = None
        self._previous = (-1, 0.0)
        self._begun = asyncio.Event()
        self._methods: dict[str, Callable[[Fields], object]] = {
            "getMe": lambda _: _ME,
            "sendMessage": self._sent,
            "sendDocument": self._sent,
            "editMessageText": self._message_of,
            "getMyCommands": lambda _: [],
            "getWebhookInfo": lambda _: {
                "url": "",
                "has_custom_certificate": False,
                "pending_update_count": len(self._queue),
            },
        }

    @property
    def pending(self) -> int:
        return len(self._queue)

    # What readers do

    def ask(self, texts: Sequence[str]) -> Sequence[int]:
        """As many readers say something at once; their chats."""
        now, chats = time.perf_counter(), range(self._chat, self._chat + len(texts))
        self._chat += len(texts)
        self.ledger.waiting += len(texts)
        for chat, text in zip(chats, texts, strict=True):
            self.ledger.asked[chat] = Asked(now)
            self.say(chat, text)
        return chats

    async def ask_at(self, rate: float, texts: Sequence[str]) -> Sequence[int]:
        """Readers say these one after another, `rate` a second, whether the bot keeps up or not; their chats."""
        begun, chats = time.perf_counter(), []
        for number, text in enumerate(texts):
            await asyncio.sleep(begun + number / rate - time.perf_counter())
            chats += self.ask([text])
        return chats

    def say(self, chat: int, text: str) -> None:
        """One message in a private chat."""
        self._queue.append((self._next, _update(self._next, chat, text)))
        self._next += 1
        if self._poll is not None:
            self._end(self._poll, None)

    # What the bot does

    def handle(self, method: str, fields: Fields, reply: Reply) -> None:
        self.calls[method] += 1
        if method == "getUpdates":
            self._get_updates(fields, reply)
            return
        known = self._methods.get(method)
        self._later(reply, 200, _ok(json.dumps(known(fields) if known else True).encode()))

    def _later(self, reply: Reply, status: int, body: bytes) -> None:
        if self.latency:
            asyncio.get_running_loop().call_later(self.latency, reply, status, body)
        else:
            reply(status, body)

    def _sent(self, fields: Fields) -> object:
        self.ledger.arrived(int(str(fields["chat_id"])), time.perf_counter())
        self._message += 1
        return self._message_of(fields)

    def _message_of(self, fields: Fields) -> object:
        chat = {"id": int(str(fields["chat_id"])), "type": "private", "first_name": "Reader"}
        text = fields.get("text", "")
        return {"message_id": self._message, "from": _ME, "chat": chat, "date": int(time.time()), "text": text}

    def _get_updates(self, fields: Fields, reply: Reply) -> None:
        offset, timeout = int(str(fields.get("offset", 0))), float(str(fields.get("timeout", 0)))
        limit = min(max(int(str(fields.get("limit", MOST))), 1), MOST)
        limit, timeout = self._hurried(offset, limit, timeout)
        self._begun.set()
        self._confirm(offset)
        if self._poll is not None:
            told = {"ok": False, "error_code": 409, "description": CONFLICT}
            self._end(self._poll, json.dumps(told).encode())
        timer = asyncio.get_running_loop().call_later(timeout, lambda: self._end(poll, None))
        poll = self._poll = Poll(reply, limit, timer)
        if self._queue:
            self._end(poll, None)

    def _hurried(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        """The same offset again: one update only if at once, and no short poll soon after (Client.cpp:15705)."""
        now = time.perf_counter()
        (before, at), self._previous = self._previous, (offset, now)
        same = offset == before
        return (
            1 if same and now < at + QUIET else limit,
            HURRY if same and now < at + HURRY and timeout < HURRY else timeout,
        )

    def _confirm(self, offset: int) -> None:
        queue = self._queue
        while queue and (queue[0][0] < offset if offset >= 0 else len(queue) > -offset):
            queue.popleft()

    def _end(self, poll: Poll, refusal: bytes | None) -> None:
        """Answer a poll: with what there is, or with a refusal."""
        poll.timer.cancel()
        self._poll = None
        found = b",".join(update for _, update in islice(self._queue, poll.limit))
        self._later(poll.reply, 409 if refusal else 200, refusal or _ok(b"[%b]" % found))

    # What whoever measures waits for

    async def polled(self, seconds: float = 60) -> None:
        """Until a bot asks for updates. Raises `TimeoutError`."""
        await asyncio.wait_for(self._begun.wait(), seconds)

    async def settled(self, patience: float = 5.0) -> None:
        """Until every reader is answered, or no answer came for `patience` seconds; and `SETTLED` more."""
        ledger = self.ledger
        begun = time.perf_counter()
        while ledger.waiting and time.perf_counter() < max(begun, ledger.last) + patience:  # noqa: ASYNC110 - it must cost nothing
            await asyncio.sleep(0.02)
        await asyncio.sleep(SETTLED)


def _ok(result: bytes) -> bytes:
    return b'{"ok":true,"result":%b}' % result


def _update(number: int, chat: int, text: str) -> bytes:
    """A message as Telegram writes it; a command at its beginning is an entity."""
    reader = {"id": chat, "first_name": "Reader", "last_name": "Of News", "username": f"reader{chat}"}
    message = {
        "message_id": number % 1_000_000,
        "from": {**reader, "is_bot": False, "language_code": "en"},
        "chat": {**reader, "type": "private"},
        "date": int(time.time()),
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"offset": 0, "length": len(text.split(maxsplit=1)[0]), "type": "bot_command"}]
    return json.dumps({"update_id": number, "message": message}).encode()


@asynccontextmanager
async def serving(api: FastApi) -> AsyncIterator[str]:
    """The address of the API on a free port of this machine."""
    server = await asyncio.get_running_loop().create_server(lambda: Wire(api.handle), "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
