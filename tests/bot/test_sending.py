"""A digest to many while the Bot API fails in every way: what each recipient's row says is what the Bot API's ledger says."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.local.dispatch import Call, Reply
from bot.runs import Row
from bot.store import Subscriber
from tests.bot.faults import refusal
from tests.bot.harness import ADMIN, Chat
from tests.bot.test_admin import edit_kirby, publish
from tests.bot.test_digest import show

FIRST, MANY = 70_000, 60
CLEAR = (
    refusal(429, "Too Many Requests: retry after 1", retry_after=1),
    refusal(403, "Forbidden: bot was blocked by the user"),
    refusal(403, "Forbidden: user is deactivated"),
    refusal(400, "Bad Request: chat not found"),
    refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100_500_000_000),
)
UNCLEAR = (
    refusal(500, "Internal Server Error: restart"),
    refusal(502, "Bad Gateway"),
    lambda: Reply(status=200, body={"ok": True}),
)


@dataclass
class Weather:
    """Spoils a third of the messages; what may have been delivered is counted, and so is what was."""

    chance: random.Random
    unclear: int = 0
    got: Counter[int] = field(default_factory=Counter)

    async def before(self, call: Call) -> Reply | None:
        dice = self.chance.random()
        if call.method != "sendMessage" or dice > 0.25:
            return None
        kind = self.chance.choice((*CLEAR, *UNCLEAR))
        self.unclear += kind in UNCLEAR
        return kind()

    async def after(self, call: Call, reply: Reply) -> Reply:
        if call.method != "sendMessage" or not reply.body.get("ok"):
            return reply
        self.got[reply.body["result"]["chat"]["id"]] += 1
        if self.chance.random() > 0.1:
            return reply
        self.unclear += 1
        return self.chance.choice(UNCLEAR)()


async def crowd(chat: Chat) -> None:
    after = await chat.last()
    for user in range(FIRST, FIRST + MANY):
        await chat.sim("message", user_id=user, text="/start")
        await chat.bot.office.store.choose(
            Subscriber(
                chat=user,
                at=time(8),
                zone=ZoneInfo("UTC"),
                revision=chat.bot.office.live(),
                slot=chat.clock.now.date(),
            )
        )
    await chat.until(after, count=MANY)
    edit_kirby(chat)
    await publish(chat)
    chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
    await show(chat)


@pytest.mark.parametrize("seed", [1])
async def test_every_recipient_ends_in_one_state_and_it_is_the_true_one(chat: Chat, seed: int) -> None:
    await chat.ask("/start", ADMIN)
    await crowd(chat)
    weather = Weather(random.Random(seed))
    chat.api.bot_plane.faults = weather
    arrived = 0
    for _ in range(20):
        arrived += await chat.bot.digests.serve()
        chat.clock.forward(minutes=3)
    (one,) = await chat.bot.office.store.progress()
    rows = {
        subscriber: (state, message)
        for subscriber, state, message in await chat.bot.office.store._do(  # the rows are nobody's business but a test's
            lambda db: db.execute("select subscriber, state, message from deliveries where run = 1").fetchall()
        )
    }
    assert sum(one.counts.values()) == MANY
    assert one.left == 0
    assert max(weather.got.values()) == 1, "somebody got it twice"
    assert one.counts[Row.SENT] == arrived == sum(message is not None for _, message in rows.values())
    assert arrived <= weather.got.total(), "called sent falsely"
    assert weather.got.total() - arrived <= one.counts[Row.UNKNOWN] <= weather.unclear
