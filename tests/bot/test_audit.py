"""The audit trail: nothing in it can be changed, taken out or swapped unseen; the state lets nobody try by accident."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.__main__ import main
from bot.audit import BEGINNING, Act, Entry, chained, verify
from bot.store import Publication
from bot.store.migrations import migrations
from bot.store.sqlite import SqliteStore
from tests.bot.harness import ADMIN, Chat
from tests.bot.test_admin import CNN, edit_kirby, publish

NOW = datetime(2026, 1, 1, tzinfo=UTC)
any_text = st.text(st.characters(), max_size=20)
any_act = st.builds(
    Act,
    at=st.datetimes(timezones=st.just(UTC)),
    admin=st.integers(0, 2**53),
    act=any_text,
    revision=any_text,
    detail=any_text,
)


def chain(acts: list[Act]) -> list[Entry]:
    entries: list[Entry] = []
    for act in acts:
        entries.append(chained(act, entries[-1] if entries else None))
    return entries


chains = st.lists(any_act, min_size=1, max_size=8).map(chain)


@given(chains)
def test_a_chain_as_it_was_written_is_whole(entries: list[Entry]) -> None:
    assert verify(entries) is None
    assert verify(entries, entries[-1].hash[:12]) is None
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert all(verify(entries[:stop]) is None for stop in range(len(entries))), (
        "an end that is cut off shows in no chain"
    )


@given(chains, st.data())
def test_any_change_of_any_field_is_seen_where_it_was_made(entries: list[Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(sorted(asdict(entries[at]))))
    old = getattr(entries[at], field)
    new = data.draw((st.integers() if isinstance(old, int) else any_text).filter(lambda value: value != old))
    entries[at] = replace(entries[at], **{field: new})
    broken = verify(entries)
    assert broken
    assert broken.place == at + 1


@given(chains, st.data())
def test_who_seals_a_changed_entry_anew_breaks_the_next(entries: list[Entry], data: st.DataObject) -> None:
    entries = [*entries, chained(Act(at=NOW, admin=1, act="last"), entries[-1])]
    at = data.draw(st.integers(0, len(entries) - 2))
    forged = replace(entries[at], admin=entries[at].admin + 1)
    entries[at] = replace(forged, hash=forged.sealed())
    broken = verify(entries)
    assert broken
    assert broken.place == at + 2


@given(chains.filter(lambda entries: len(entries) > 1), st.data())
def test_what_is_taken_out_put_in_or_swapped_is_seen(entries: list[Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 2))
    assert verify(entries[:at] + entries[at + 1 :])
    assert verify(entries[: at + 1] + entries[at:])
    assert verify([*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]])


@given(chains.filter(lambda entries: len(entries) > 1))
def test_a_noted_head_shows_an_end_that_was_cut_off_and_a_chain_written_anew(entries: list[Entry]) -> None:
    head = entries[-1].hash[:12]
    assert verify(entries[:-1], head)
    assert verify([], head)
    anew = chain([Act(at=NOW, admin=9, act="forged") for _ in entries])
    assert verify(anew) is None, "which no chain can show by itself"
    assert verify(anew, head)


def test_what_cannot_be_stored_is_replaced_before_it_is_sealed() -> None:
    entry = chained(Act(at=NOW, admin=1, act="\ud800", detail="a\0b" + "x" * 100_000), None)
    assert (entry.act, entry.detail[:3], len(entry.detail)) == ("?", "a�b", 1000)
    assert entry.previous == BEGINNING
    assert verify([entry]) is None


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore.open(tmp_path / "state.sqlite")
    yield store
    await store.close()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


async def test_acts_are_read_back_as_a_whole_chain(store: SqliteStore) -> None:
    assert (await store.audit(), await store.head()) == ([], "")
    await store.note(Act(at=NOW, admin=1, act="correct", revision="a", detail="a number \ud800\0"))
    await store.publish(Publication(revision="a", at=NOW, admin=1, how="reload"), "why")
    await store.publish(Publication(revision="b", at=NOW, admin=2, how="rollback"))
    entries = await store.audit()
    assert [(one.act, one.admin, one.revision) for one in entries] == [
        ("correct", 1, "a"),
        ("publish", 1, "a"),
        ("rollback", 2, "b"),
    ]
    assert entries[1].detail == "why"
    assert verify(entries) is None
    assert await store.head() == entries[-1].hash


@pytest.mark.parametrize(
    "sql",
    [
        "update audit set admin = 9",
        "delete from audit",
        "delete from audit where number = 2",
        "insert or replace into audit select number, at, 9, act, revision, detail, previous, hash from audit where number = 1",
        "insert into audit select -1, at, 9, act, revision, detail, previous, hash from audit where number = 1",
    ],
)
async def test_the_state_lets_nobody_change_or_take_out_an_entry(store: SqliteStore, state: Path, sql: str) -> None:
    for number in range(2):
        await store.note(Act(at=NOW, admin=number, act="propose"))
    other = sqlite3.connect(state)
    with pytest.raises(sqlite3.IntegrityError, match="audit trail"):
        other.execute(sql)
    other.close()
    assert verify(await store.audit()) is None


async def test_a_publication_without_its_act_is_none(store: SqliteStore, state: Path) -> None:
    await store.publish(Publication(revision="a", at=NOW, admin=1, how="reload"))
    other = sqlite3.connect(state)
    other.execute("create trigger full before insert on audit begin select raise(abort, 'no room'); end")
    other.close()
    with pytest.raises(sqlite3.IntegrityError, match="no room"):
        await store.publish(Publication(revision="b", at=NOW, admin=1, how="reload"))
    assert [one.revision for one in await store.publications()] == ["a"]
    assert len(await store.audit()) == 1


async def test_a_state_of_before_the_trail_gets_one_and_keeps_what_it_held(tmp_path: Path, state: Path) -> None:
    old = Database(state)
    first = next(iter(migrations.pending(old)))
    migrations.apply(old, stop_before="audit")
    assert first.name == "first"
    assert "audit" not in old.table_names()
    old.table("publications").insert({"revision": "a", "at": NOW.isoformat(), "admin": 1, "how": "start"})
    old.close()
    store = SqliteStore.open(state)
    assert [one.revision for one in await store.publications()] == ["a"]
    await store.publish(Publication(revision="b", at=NOW, admin=1, how="reload"))
    assert [entry.act for entry in await store.audit()] == ["publish"]
    await store.close()


def kept(tmp_path: Path, *acts: Act) -> str:
    """A state with these acts; gives the head of its trail."""

    async def write() -> str:
        store = SqliteStore.open(tmp_path / "state.sqlite")
        for act in acts:
            await store.note(act)
        head = await store.head()
        await store.close()
        return head

    return asyncio.run(write())


def run(tmp_path: Path, *words: str):
    return CliRunner().invoke(main, ["audit", *words], env={"OTR_STATE": str(tmp_path)})


def test_the_command_prints_the_trail_and_says_that_it_is_whole(tmp_path: Path) -> None:
    head = kept(tmp_path, Act(at=NOW, admin=1, act="retract", revision="a" * 64, detail="two\nlines \x1b[2J"))
    said = run(tmp_path)
    assert said.exit_code == 0
    assert "retract  aaaaaaaaaaaa  two�lines �[2J\n" in said.output
    assert f"The chain of 1 is whole; its head is {head}." in said.output
    assert run(tmp_path, "--head", head[:12]).exit_code == 0
    assert run(tmp_path, "--head", "0" * 12).exit_code == 1


def test_the_command_says_where_the_chain_breaks(state: Path, tmp_path: Path) -> None:
    kept(tmp_path, *(Act(at=NOW, admin=number, act="propose") for number in range(3)))
    forger = sqlite3.connect(state)
    forger.execute("drop trigger audit_is_not_changed")
    forger.execute("update audit set admin = 7 where number = 2")
    forger.commit()
    forger.close()
    said = run(tmp_path)
    assert said.exit_code == 1
    assert "The chain breaks at entry 2: it is not what was written." in said.output


def test_the_command_on_nothing_says_so(tmp_path: Path) -> None:
    said = run(tmp_path)
    assert (said.exit_code, said.output) == (0, "There is no state yet, so there is no audit trail.\n")
    assert run(tmp_path, "--head", "ab").exit_code == 1


def test_a_trail_without_entries_is_said_to_be_empty(tmp_path: Path) -> None:
    kept(tmp_path)
    assert "is empty" in run(tmp_path).output


async def test_what_admins_do_in_the_chat_stands_in_the_trail_and_its_head_in_the_status(chat: Chat) -> None:
    edit_kirby(chat)
    await publish(chat)
    await chat.ask("/rollback", ADMIN)
    await chat.ask("/reload", ADMIN)
    await chat.press("Cancel", ADMIN, method="editMessageText")
    chat.edit(CNN, "not permanents", "not permanent")
    await chat.ask("/reload", ADMIN)
    entries = await chat.bot.office.store.audit()
    expected = "start propose publish rollback propose cancel refused"
    assert " ".join(entry.act for entry in entries) == expected
    assert [entry.admin for entry in entries] == [0, *[ADMIN] * 6]
    assert entries[1].detail == f"proposed by {ADMIN}: 0 added, 1 changed, 0 removed"
    assert entries[-1].detail == "1 problem"
    assert verify(entries) is None
    assert f"Audit trail: {entries[-1].hash[:12]} " in (await chat.ask("/status", ADMIN))["text"]
