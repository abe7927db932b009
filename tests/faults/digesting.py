"""A digest to many while the bot is killed again and again and a tenth of the calls goes wrong: does anybody get it twice?

What the state says of each recipient is held against what the Bot API's ledger says: `sent` must mean that it arrived.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.settings import CHECKOUT
from bot.store import Subscriber
from bot.store.sqlite import SqliteStore
from bot.vault import Vault
from tests.faults.killer import Bot, bot
from tests.faults.rows import Row
from tests.faults.telegram import Telegram, TooLong, telegram, until

CROWD = 9_000_000
ADMIN = 1000
IN_FLIGHT = 64  # messages of bulk that may be under way when the bot is killed
A_SECOND = 25
# Of each hundred calls ten go wrong. Of those in the first line nobody can know whether they arrived.
UNCLEAR = {
    "reset_before": 0.015,
    "reset_after": 0.02,
    "500_after": 0.015,
    "malformed": 0.015,
    "empty": 0.01,
    "502": 0.005,
}
CLEAR = {"429": 0.01, "blocked": 0.01}
CHANGED = (
    "facts/2022-02-02-cnn-us-troops-eastern-europe.toml",
    'role = "Pentagon press secretary"',
    'role = "press secretary of the Pentagon"',
)


def digest(*, recipients: int, kills: int, longest: float = 8.0, seed: int = 5) -> Row:
    chance = random.Random(seed)
    with telegram(seed=seed) as sim, bot(sim, "quick", seed=seed) as subject:
        _prepare(sim, subject, recipients)
        for kind, share in {**UNCLEAR, **CLEAR}.items():
            sim.tell("fault", kind=kind, share=share, method="sendMessage", retry_after=1)
        while subject.kills < kills:
            subject.start(sim)
            time.sleep(chance.uniform(0.5, longest))
            subject.strike()
        subject.start(sim)
        until(lambda: _over(subject), 120 + recipients / 10, "the run to end")
        return _row(sim, subject)


def _row(sim: Telegram, subject: Bot) -> Row:
    kills, stops, late = subject.kills, subject.stops, subject.late
    subject.kill()
    states, got = _states(subject), sim.answered()
    twice = sum(times > 1 for chat, times in got.items() if chat in states)
    false = sum(state == "sent" and not got.get(chat) for chat, state in states.items())
    counts = Counter(states.values())
    struck = sum(fault["struck"] for fault in sim.look("faults")["faults"] if fault["kind"] in UNCLEAR)
    most = struck + kills * IN_FLIGHT
    busiest = sim.look("ledger")["busiest"]["sendMessage"]
    told = ", ".join(f"{count:,} {state}" for state, count in counts.most_common())
    return Row(
        name="a routine digest under faults, kill -9 and SIGTERM twice",
        tried=f"{len(states):,} recipients, {kills} kills and {stops} stops, a tenth of the calls at fault ({struck:,} of them unclear)",
        found=f"{twice} got it twice; {false} falsely sent; {told}; {busiest} calls in the busiest second; {late} stops late",
        bound=f"0 twice; 0 falsely sent; at most {most:,} unknown (unclear faults, and kills x {IN_FLIGHT}); {A_SECOND} a second; 0 late",
        passed=twice == 0
        and false == 0
        and counts["unknown"] <= most
        and not counts["pending"] + counts["sending"]
        and busiest <= A_SECOND
        and late == 0,
    )


def _prepare(sim: Telegram, subject: Bot, recipients: int) -> None:
    """A state that has something new to tell to all of them, and whose hour has come."""
    data = subject.folder / "data"
    shutil.copytree(CHECKOUT / "data", data)
    subject.environment |= {"OTR_DATA": str(data), "OTR_ADMINS": str(ADMIN)}
    subject.start(sim)
    before = _live(subject)
    file, old, new = CHANGED
    text = (data / file).read_text("utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), "utf-8")
    _publish(sim)
    until(lambda: _live(subject) != before, 60, "the change to be live")
    subject.kill()
    subject.kills = 0  # this one struck nothing
    asyncio.run(_subscribe(subject, recipients, before))
    sim.tell("updates", before=True, chats=recipients, first_chat=CROWD)
    subject.environment["OTR_ADMINS"] = ""


def _publish(sim: Telegram) -> None:
    sim.tell("message", user_id=ADMIN, text="/reload")
    until(lambda: sim.tried("press", user_id=ADMIN, label="Publish"), 60, "the reload to be shown")


def _live(subject: Bot) -> str:
    with closing(_database(subject)) as db:
        return str(db.execute("select revision from publications order by rowid desc limit 1").fetchone()[0])


async def _subscribe(subject: Bot, recipients: int, revision: str) -> None:
    store = SqliteStore.open(_state(subject))
    now = datetime.now(UTC)
    hour = (now - timedelta(minutes=2)).time().replace(second=0, microsecond=0)
    for number in range(recipients):
        await store.choose(
            Subscriber(
                chat=CROWD + number,
                at=hour,
                zone=ZoneInfo("UTC"),
                revision=revision,
                slot=now.date() - timedelta(days=2),
            )
        )
    await store.close()


def _state(subject: Bot) -> Path:
    return Path(subject.environment["OTR_STATE"]) / "state.sqlite"


def _database(subject: Bot) -> sqlite3.Connection:
    return sqlite3.connect(f"{_state(subject).as_uri()}?mode=ro", uri=True, timeout=30)


def _over(subject: Bot) -> bool:
    """Whether every recipient's message has come to its end."""
    if not subject.alive:
        raise TooLong(f"the bot ended with {subject.code}:\n{subject.said()[-2000:]}")
    time.sleep(0.3)
    with closing(_database(subject)) as db:
        counted = dict(db.execute("select state, count(*) from deliveries group by state").fetchall())
    return bool(counted) and not counted.get("pending") and not counted.get("sending")


def _states(subject: Bot) -> dict[int, str]:
    """What the state says of each recipient that it still knows."""
    vault = Vault.read(_state(subject).with_name("state.key"))
    with closing(_database(subject)) as db:
        rows = db.execute("select s.sealed, d.state from deliveries d join subscribers s on s.id = d.subscriber")
        return {vault.open(sealed): state for sealed, state in rows}
