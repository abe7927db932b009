"""The outbox of the real state against a ledger: whatever order people, admins, crashes and the network act in, nobody
gets a routine digest twice, nothing is called sent that was not, and everybody ends in one named state.
"""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.audit import Act
from bot.delivery import Sent
from bot.digests.promises import SETTLES, verdict
from bot.digests.slots import correction, due, last_slot
from bot.outcomes import Outcome
from bot.runs import Claimed, Edition, Kind, Row, RunState
from bot.store import Subscriber
from bot.store.sqlite import SqliteStore

T = TypeVar("T")
AT_ONCE = 3
CHATS = st.integers(1, 5)
HOURS = st.sampled_from([time(8), time(9)])
OUTCOMES = st.sampled_from([*Outcome, *[Outcome.SENT, Outcome.UNKNOWN] * 3])
ARRIVES = st.booleans()


@dataclass
class Ledger:
    """What Telegram did, whatever the bot believes: which subscription got which edition of which run."""

    got: Counter[tuple[int, int]] = field(default_factory=Counter)
    tries: Counter[tuple[int, int]] = field(default_factory=Counter)
    told: dict[int, tuple[int, int]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def deliver(self, who: int, claimed: Claimed) -> None:
        self.got[claimed.run, who] += 1
        if claimed.kind is Kind.ROUTINE:
            since, to = (int(revision) for revision in (claimed.edition.since, claimed.edition.revision))
            if since < self.told.get(who, (0, 0))[1]:
                self.twice.append(f"{who} was told {self.told[who]} and then {(since, to)}")
            self.told[who] = (since, to)


class Outbox(RuleBasedStateMachine):
    """A subscription is known by the number of its beginning: who comes back is another one."""

    @initialize()
    def begin(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        self.store = SqliteStore.open(self.folder / "state.sqlite")
        self.now, self.live, self.publication = datetime(2026, 11, 22, 12, tzinfo=UTC), 0, 0
        self.who: dict[int, int] = {}
        self.begun = 0
        self.flying: list[tuple[int, Claimed]] = []
        self.ledger, self.rows, self.sent = Ledger(), Counter[int](), Counter[tuple[int, int]]()
        self.unclear, self.halted = 0, False
        for chat in (1, 2, 3, 4, 5):
            self.subscribe(chat, time(8))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def act(self) -> Act:
        return Act(at=self.now, admin=1, act="test")

    @rule(chat=CHATS, at=HOURS)
    def subscribe(self, chat: int, at: time) -> None:
        one = Subscriber(chat=chat, at=at, zone=ZoneInfo("UTC"), revision=str(self.live), slot=self.now.date())
        one = Subscriber(chat=chat, at=at, zone=one.zone, revision=one.revision, slot=last_slot(one, self.now))
        self.do(self.store.choose(one))
        if chat not in self.who:
            self.begun += 1
            self.who[chat] = self.begun

    @rule(chat=CHATS)
    def unsubscribe(self, chat: int) -> None:
        assert self.do(self.store.unsubscribe(chat)) == (self.who.pop(chat, None) is not None)

    @rule()
    def publish(self) -> None:
        self.live, self.publication = self.live + 1, self.publication + 1

    @rule(hour=st.sampled_from([8, 9]), news=st.sampled_from([1, 2]))
    def morning(self, hour: int, news: int) -> None:
        """The next day, with something new in most cases."""
        self.live, self.publication = self.live + news, self.publication + news
        self.now = self.now.replace(hour=hour) + timedelta(days=1)
        self.look()
        self.claim(AT_ONCE)

    @rule(looks=st.integers(1, 8))
    def wait(self, looks: int) -> None:
        """Time passes, and the bot looks often enough to see every slot."""
        for _ in range(looks):
            self.now += timedelta(hours=5)
            self.look()

    @rule()
    def look(self) -> None:
        """What `Digests.look` does, with a canary that nobody stops."""
        plans = list(due(self.do(self.store.hours()), self.now))
        self.do(self.store.open_runs(plans, str(self.live), self.now))
        for run in self.do(self.store.under_way()):
            if run.state is RunState.CANARY and not run.fanned:
                self.fan_out(run.number, run.kind)
        while self.do(self.store.sweep(self.now)):
            pass
        self.open()

    @precondition(lambda self: self.publication)
    @rule()
    def correct(self) -> None:
        plan = correction(self.publication, ("a-fact",), self.now)
        self.do(self.store.open_runs([plan], str(self.live), self.now))
        self.do(self.store.open_runs([plan], str(self.live), self.now))
        self.look()

    def fan_out(self, run: int, kind: Kind) -> None:
        while True:
            chunk = self.do(self.store.fan_out(run, str(self.live)))
            self.compose(run, kind, chunk.lacking)
            if chunk.last:
                break
        self.rows[run] = sum(self.counts()[run].values())

    def compose(self, run: int, kind: Kind, since: tuple[str, ...]) -> None:
        """An edition says since when and up to when it tells; a revision of an even number tells nothing since the one before."""
        made = []
        for revision in since:
            quiet = int(revision) == self.live or (self.live == int(revision) + 1 and self.live % 2 == 0)
            html = "" if quiet else f"{kind} {revision} {self.live}"
            made += [
                Edition(since=revision, revision=str(self.live), repeat=repeat, html=html)
                for repeat in ((False, True) if kind is Kind.CORRECTION else (False,))
            ]
        self.do(self.store.add_editions(run, made, self.now))

    def open(self) -> None:
        for run in self.do(self.store.under_way()):
            if run.state is RunState.CANARY and run.fanned:
                editions, _ = self.do(self.store.unshown(run.number, str(self.live), self.now))
                self.do(self.store.show(run.number, editions, self.now, self.now))
        self.do(self.store.open_due(self.now))

    def last_correction(self) -> None:
        """Everybody who is there and saw something else gets it, whatever was lost before, once or once more."""
        self.subscribe(1, time(8))
        self.live, self.publication = self.live + 2, self.publication + 2
        self.correct()
        runs = [run for run in self.do(self.store.under_way()) if run.kind is Kind.CORRECTION]
        number, there = runs[-1].number, set(self.who.values())
        arrives = True
        for _ in range(8):
            self.claim(AT_ONCE)
            while self.flying:
                arrives = not arrives
                self.settle(0, Outcome.UNKNOWN, arrives=arrives)
                self.claim(AT_ONCE)
            self.now += SETTLES
        waiting = [one for one in self.do(self.store.progress(most=100)) if one.run.number == number]
        assert not any(one.left for one in waiting)
        told = {who for run, who in self.ledger.tries if run == number}
        assert there <= told, "somebody was not told of a correction"
        assert all(self.ledger.tries[number, who] == 2 for who in there)

    def counts(self) -> dict[int, dict[Row, int]]:
        return {one.run.number: one.counts for one in self.do(self.store.progress(most=100))}

    @rule(most=st.integers(1, AT_ONCE))
    def claim(self, most: int) -> None:
        places = min(most, AT_ONCE - len(self.flying))
        if not places:
            return
        claims = self.do(self.store.claim_rows(places, str(self.live), self.now))
        kinds = {run.number: run.kind for run in self.do(self.store.under_way())}
        for lacking in claims.lacking:
            self.compose(lacking.run, kinds[lacking.run], lacking.since)
        self.open()
        assert len(claims.rows) <= places
        assert not (self.halted and claims.rows), "claimed though everything is halted"
        for claimed in claims.rows:
            assert claimed.chat in self.who, "claimed though he had left"
            assert claimed.chat not in {one.chat for _, one in self.flying}, "two at once"
            assert claimed.edition.revision == str(self.live), "an edition of what is not live any more"
            self.flying.append((self.who[claimed.chat], claimed))
            self.ledger.tries[claimed.run, self.who[claimed.chat]] += 1

    @rule(outcomes=st.lists(st.tuples(OUTCOMES, ARRIVES), min_size=1, max_size=4))
    def work(self, outcomes: list[tuple[Outcome, bool]]) -> None:
        """What `Sending.work` does."""
        for outcome, arrives in outcomes:
            self.claim(AT_ONCE)
            if self.flying:
                self.settle(0, outcome, arrives=arrives)
        self.claim(AT_ONCE)

    @precondition(lambda self: self.flying)
    @rule(which=st.integers(0, AT_ONCE), outcome=OUTCOMES, arrives=ARRIVES)
    def settle(self, which: int, outcome: Outcome, *, arrives: bool) -> None:
        who, claimed = self.flying.pop(which % len(self.flying))
        if outcome is Outcome.SENT or (outcome is Outcome.UNKNOWN and arrives):
            self.ledger.deliver(who, claimed)
        self.unclear += outcome is Outcome.UNKNOWN
        if outcome is Outcome.SENT:
            self.sent[claimed.run, who] += 1
        if outcome in {Outcome.BLOCKED, Outcome.GONE} and self.who.get(claimed.chat) == who:
            del self.who[claimed.chat]
            self.do(self.store.retire(claimed.chat))
        self.do(self.store.settle(claimed, verdict(claimed, Sent(outcome, message=7), self.now)))

    @rule(arrives=st.lists(ARRIVES, min_size=AT_ONCE, max_size=AT_ONCE))
    def crash(self, arrives: list[bool]) -> None:
        for (who, claimed), did in zip(self.flying, arrives, strict=False):
            if did:
                self.ledger.deliver(who, claimed)
        self.unclear += len(self.flying)
        self.flying = []
        self.do(self.store.close())
        self.store = SqliteStore.open(self.folder / "state.sqlite")
        self.do(self.store.recover(self.now + SETTLES))
        self.now += SETTLES
        self.claim(AT_ONCE)

    @rule(most=st.integers(1, AT_ONCE))
    def halt(self, most: int) -> None:
        self.do(self.store.halt(self.act()))
        self.halted = True
        self.claim(most)

    @precondition(lambda self: self.halted)
    @rule()
    def resume(self) -> None:
        self.do(self.store.resume(self.act()))
        self.halted = False

    @rule(which=st.integers(0, 20), for_good=st.booleans())
    def stop_one(self, which: int, *, for_good: bool) -> None:
        runs = self.do(self.store.under_way())
        if runs and for_good:
            self.do(self.store.abort(runs[which % len(runs)].number, self.act()))
        elif runs:
            self.do(self.store.pause(runs[which % len(runs)].number, "test"))

    @rule()
    def prune(self) -> None:
        while self.do(self.store.prune(self.now)):
            pass

    @invariant()
    def nobody_gets_one_twice(self) -> None:
        if not hasattr(self, "store"):
            return
        assert not self.ledger.twice, self.ledger.twice
        kinds = {one.run.number: one.run.kind for one in self.do(self.store.progress(most=100))}
        for (run, who), copies in self.ledger.got.items():
            assert copies <= (2 if kinds[run] is Kind.CORRECTION else 1), f"{who} got run {run} {copies} times"

    @invariant()
    def everybody_stays_counted(self) -> None:
        if not hasattr(self, "store"):
            return
        counts = self.counts()
        for run, rows in self.rows.items():
            assert sum(counts.get(run, {}).values()) == rows
            assert counts.get(run, {}).get(Row.SENT, 0) == sum(1 for one, _ in self.sent if one == run), (
                "called sent falsely"
            )
        unknown = sum(one.get(Row.UNKNOWN, 0) for one in counts.values())
        assert unknown <= self.unclear

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        try:
            self.finish()
        finally:
            self.do(self.store.close())
            self.do(self.loop.shutdown_default_executor())
            self.loop.close()
            shutil.rmtree(self.folder)

    def finish(self) -> None:
        """In fair weather everything ends by itself, within the time that a correction lasts, and who is told is told."""
        self.resume()
        while self.flying:
            self.settle(0, Outcome.SENT, arrives=True)
        self.last_correction()
        for _ in range(16):
            self.now += timedelta(hours=5)
            self.look()
            self.claim(AT_ONCE)
            while self.flying:
                self.settle(0, Outcome.SENT, arrives=True)
                self.claim(AT_ONCE)
        self.nobody_gets_one_twice()
        self.everybody_stays_counted()
        left = {row for counts in self.counts().values() for row in counts}
        assert not left & {Row.SENDING}
        for one in self.do(self.store.progress(most=100)):
            if one.run.not_after <= self.now:
                assert not one.left


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(stateful_step_count=30)
