"""Does the token, or what somebody asked, get to where it may be read: logs, state, what waits in memory?

The bot is driven through faults, poison, a kill and a stop with marks in its token and in every question; then all that it
left is searched for them, in the ways in which they may be written.
"""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote

from bot.local.faults import KINDS, LINE
from tests.faults.killer import Bot, bot
from tests.faults.rows import Row
from tests.faults.telegram import TOKEN, Telegram, TooLong, telegram, until

MARK = "Zanzibarquark"  # stands in every question, name and username
SECRET = TOKEN.partition(":")[2]
USER = 8_123_456_789


def leaks(*, kinds: tuple[str, ...] = tuple(KINDS), questions: int = 20) -> Row:
    with telegram() as sim, bot(sim) as subject:
        subject.start(sim)
        _ask(sim, questions)
        for kind in kinds:
            if KINDS[kind].act not in LINE:
                _through(sim, kind)
        _poisoned(sim)
        _settled(sim)
        sim.tell("updates", count=questions, text=f"killed {MARK}", first_chat=USER + 5000, chats=questions)
        subject.kill()
        subject.start(sim)
        _settled(sim)
        time.sleep(2)
        subject.terminate()
        subject.ended(20)
        read, hits = _searched(subject)
        lines = len(subject.said().splitlines())
    return Row(
        name="token and questions where they may be read",
        tried=f"{questions * 2 + 2 * len(kinds)} marked updates, {len(kinds)} kinds of faults; {lines:,} lines of log, {read:,} bytes",
        found="; ".join(hits) or "nowhere",
        bound="nowhere",
        passed=not hits and read > 0,
    )


def _ask(sim: Telegram, questions: int) -> None:
    for number in range(questions):
        user = USER + number
        sim.tell(
            "message", user_id=user, text=f"where is {MARK} {number}?", first_name=MARK, username=f"{MARK}{number}"
        )


def _through(sim: Telegram, kind: str) -> None:
    sim.tell("fault", kind=kind, times=2, delay=0.2)
    _ask(sim, 2)
    time.sleep(0.5)
    sim.tell("heal")


def _poisoned(sim: Telegram) -> None:
    for update in ({"message": {"text": MARK}}, {"callback_query": {"data": MARK}}, {MARK: 1}, {"message": MARK}):
        sim.tell("update", update=update)


def _settled(sim: Telegram) -> None:
    try:
        until(lambda: sim.pending == 0, 40, "the queue to be empty")
    except TooLong:
        return
    time.sleep(1)


def _searched(subject: Bot) -> tuple[int, list[str]]:
    """How many bytes were read, and where a mark stands."""
    read, hits = 0, []
    for path in subject.files():
        content = path.read_bytes()
        read += len(content)
        place = path.relative_to(subject.runtime if subject.runtime in path.parents else subject.folder)
        hits += [f"{what} in {place}" for what, written in _ways() if written in content]
    return read, sorted(set(hits))


def _ways() -> Iterator[tuple[str, bytes]]:
    """The marks as they may be written."""
    for what, mark in (("the token", SECRET), ("a question", MARK), ("a name", MARK.lower())):
        yield what, mark.encode()
        yield what, quote(mark).encode()
        yield what, b64encode(mark.encode()).rstrip(b"=")[:-2]
        yield what, mark.encode("utf-16-le")
        yield what, json.dumps(mark).encode()[1:-1]
