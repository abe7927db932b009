"""Is an update lost, or answered twice? Under kill -9, at SIGTERM, with poison, repeats and numbers that begin anew.

Every update is written by a user of its own, so that the ledger tells for each how often it was answered.
"""

from __future__ import annotations

import random
import time
from contextlib import suppress

from tests.faults.killer import bot
from tests.faults.rows import Row
from tests.faults.telegram import Telegram, TooLong, telegram, until

CROWD = 7_000_000
PATIENCE = 90.0
PARTS = 4  # in which a round comes: what comes again was confirmed before
LONGEST_LIFE = 6.0  # seconds that a bot may take to give the answers after which it is killed


def counted(sim: Telegram, first: int, count: int) -> tuple[int, int]:
    """Of the users of a crowd: how many got nothing, and how many answers were too many."""
    answered = sim.answered()
    got = [answered.get(user, 0) for user in range(first, first + count)]
    return sum(times == 0 for times in got), sum(max(times - 1, 0) for times in got)


def settle(sim: Telegram, first: int, count: int, *, quiet: float = 1.0, seconds: float = PATIENCE) -> None:
    """Wait until all of a crowd have their answer, or until nothing is pending and no more answers come for a while."""
    since, last = time.monotonic(), -1
    began = since
    while time.monotonic() - began < seconds:
        accepted = sim.accepted
        if accepted != last:
            since, last = time.monotonic(), accepted
        if time.monotonic() - since > quiet and (counted(sim, first, count)[0] == 0 or _idle(sim, since)):
            return
        time.sleep(0.1)


def _idle(sim: Telegram, since: float) -> bool:
    """Nothing waits, and for so long that what sleeps would have spoken."""
    return sim.pending == 0 and time.monotonic() - since > 4


def kills(kind: str, *, times: int, each: int, slow: float, most: float = 1.0, seed: int = 1) -> Row:
    """kill -9, or SIGTERM twice, amid a crowd's answers, after a random number of them: none is lost, at most `most` a kill come twice.

    What is on its way when the bot dies was accepted, and nobody can know it: it is sent again, for else it could be lost.
    """
    chance = random.Random(seed)
    with telegram(seed=seed) as sim, bot(sim, kind, seed=seed) as subject:
        written = amid = 0
        while subject.kills < times:
            written += _crowd(sim, chance, written, each, slow)
            before = sim.accepted
            subject.start(sim)
            _live(sim, before + chance.randrange(each), chance.uniform(0, 0.05))
            subject.strike()
            amid += before < sim.accepted < before + each
        subject.start(sim)
        settle(sim, CROWD, written, quiet=3.0, seconds=PATIENCE + written / 100)
        lost, twice = counted(sim, CROWD, written)
    return Row(
        name=f"kill -9, now and then SIGTERM twice, while updates wait ({NAMES[kind]})",
        tried=f"{times:,} kills and {subject.stops:,} stops, {amid:,} of all amid answers; {written:,} updates, {slow:.0%} of them slow",
        found=f"{lost:,} lost; {twice:,} answered twice ({twice / times:.2f} a kill); {subject.late} stops late or not with exit 0",
        bound=f"0 lost; at most {most:.0f} twice a kill; 0 late",
        passed=lost == 0 and twice <= most * times and subject.late == 0,
    )


def _live(sim: Telegram, answers: int, longer: float) -> None:
    """Wait for so many answers in all, and a moment longer."""
    with suppress(TooLong):
        until(lambda: sim.accepted > answers, LONGEST_LIFE, "answers")
    time.sleep(longer)


NAMES = {"run": "the bot", "echo": "intake and delivery alone", "stock": "stock python-telegram-bot"}


def _crowd(sim: Telegram, chance: random.Random, written: int, count: int, slow: float) -> int:
    texts = [f"{'slow' if chance.random() < slow else 'quick'} {written + number}" for number in range(count)]
    sim.tell("updates", texts=texts, first_chat=CROWD + written)
    return count


def stopping(kind: str, *, waiting: int, signals: int, after: int = 100, bound: float = 15.0) -> Row:
    """SIGTERM, once or twice, while thousands wait: it ends soon, and its successor finds everything."""
    with telegram() as sim, bot(sim, kind) as subject:
        sim.tell("updates", count=waiting, chats=waiting)
        subject.start(sim)
        until(lambda: sim.accepted >= min(after, waiting // 4), PATIENCE, "the first answers")
        for number in range(signals):
            time.sleep(0.3 * bool(number))
            subject.terminate()
        took = subject.ended(60)
        code, before = subject.code, sim.accepted
        subject.start(sim)
        settle(sim, CROWD, waiting, seconds=PATIENCE + waiting / 50)
        lost, twice = counted(sim, CROWD, waiting)
    ended = "not within 60 s" if took is None else f"{took:.1f} s"
    return Row(
        name=f"SIGTERM{' twice' if signals > 1 else ''} while updates wait ({NAMES[kind]})",
        tried=f"{waiting:,} waiting, {before:,} answered before it ended",
        found=f"{lost:,} lost; {twice:,} answered twice; exit {code} after {ended}",
        bound=f"0 lost; 0 twice; exit 0 within {bound:.0f} s",
        passed=lost == 0 and twice == 0 and code == 0 and took is not None and took <= bound,
    )


def poison(kind: str, *, alone: int, among: int) -> Row:
    """Updates that nobody can read: each costs no more than two polls, and the next good one is answered."""
    with telegram() as sim, bot(sim, kind) as subject:
        subject.start(sim)
        sim.tell("updates", count=1, first_chat=CROWD - 1)
        until(lambda: sim.sent(CROWD - 1), PATIENCE, "the first answer, which takes longer than others")
        wasted, slowest = _one_by_one(sim, alone)
        made = sim.tell("updates", count=among, chats=among, poison=0.5, first_chat=CROWD + 1000)
        settle(sim, CROWD + 1000, among)
        lost, twice = counted(sim, CROWD + 1000, among)
        alive = subject.alive
    return Row(
        name=f"updates that cannot be read ({NAMES[kind]})",
        tried=f"{alone} one by one, {made['poisoned']:,} among {among:,} good ones",
        found=f"{wasted} polls wasted on the worst; next good one after {slowest}; {lost} good ones lost, {twice} twice",
        bound="at most 2 polls each; 0 lost; 0 twice; alive",
        passed=alive and wasted <= 2 and lost == 0 and twice == 0,
    )


def _one_by_one(sim: Telegram, alone: int) -> tuple[int, str]:
    """The polls that the worst poison took, and how long a good update after one waited for its answer at most."""
    from bot.local.sim.crowding import POISON

    wasted, slowest = 0, 0.0
    for number in range(alone):
        before = sim.calls("getUpdates", "200")
        sim.tell("update", update=POISON[number % len(POISON)])
        try:
            until(lambda: sim.pending == 0, 3, "the poison to go")
        except TooLong:
            return sim.calls("getUpdates", "200") - before, "never"
        wasted = max(wasted, sim.calls("getUpdates", "200") - before)
        sim.tell("updates", count=1, first_chat=CROWD + number)
        slowest = max(slowest, until(lambda user=CROWD + number: sim.sent(user), 30, "the next good one"))  # type: ignore[misc]
    return wasted, f"{slowest:.2f} s"


def repeats(kind: str, *, count: int, rounds: int, share: float = 0.3) -> Row:
    """Updates come again, shuffled, and their numbers begin anew further down: each is handled once."""
    with telegram(seed=3) as sim, bot(sim, kind) as subject:
        subject.start(sim)
        sim.tell("updates", duplicate_share=share, shuffle=20)
        for turn in range(rounds):
            for part in range(PARTS):
                first = CROWD + (turn * PARTS + part) * count
                sim.tell("updates", count=count, chats=count, first_chat=first, restart_ids=turn > 0 and part == 0)
                until(lambda: sim.pending == 0, PATIENCE, "the queue to be empty")
        settle(sim, CROWD, written := count * rounds * PARTS)
        lost, twice = counted(sim, CROWD, written)
        again = sim.look("state")["repeated_updates"]
    return Row(
        name=f"updates again, shuffled, renumbered ({NAMES[kind]})",
        tried=f"{written:,} updates, {again:,} of them again, {rounds - 1} new beginnings",
        found=f"{lost:,} lost; {twice:,} answered twice",
        bound="0 lost; 0 twice",
        passed=lost == 0 and twice == 0,
    )
