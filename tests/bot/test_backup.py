"""Backups: taken while the bot writes, read by the private key alone, and put back without waking anything up."""

import asyncio
import os
import sqlite3
import stat
import subprocess
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyrage
import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.audit import verify
from bot.backup import BackupRefused, new_key, put_back, take
from bot.singleton import only_one
from bot.store import Subscriber, copies
from bot.store.sqlite import SqliteStore
from tests.bot.files import content
from tests.bot.harness import READER, Chat, Clock, chatting, settings_for

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE = Subscriber(chat=7, at=time(7, 30), zone=ZoneInfo("Europe/Kyiv"), revision="a", slot=date(2026, 1, 1))


class Place:
    """A state folder, a key pair, and where the backup goes."""

    def __init__(self, folder: Path) -> None:
        self.state, self.key = folder / "state" / "state.sqlite", folder / "state" / "state.key"
        self.file, self.identity = folder / "away" / "state.age", folder / "private"
        self.file.parent.mkdir()
        self.recipient = new_key(self.identity)

    async def open(self) -> SqliteStore:
        return SqliteStore.open(self.state, self.key)

    async def with_store(self, work: Callable[[SqliteStore], Awaitable[object]]) -> None:
        store = await self.open()
        await work(store)
        await store.close()

    def take(self, now: datetime = NOW) -> int:
        return take(self.state, self.file, self.recipient, now)

    def put_back(self, now: datetime = NOW, **more):
        return put_back(self.file, self.identity, self.state, self.key, now, **more)

    def become_what_a_kill_would_leave(self, folder: Path) -> None:
        subprocess.run(["cp", "-r", self.state.parent, folder], check=True)
        self.state, self.key = folder / self.state.name, folder / self.key.name

    def left(self) -> set[str]:
        return {file.name for file in self.state.parent.iterdir()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def everybody(store: SqliteStore) -> Awaitable[object]:
    return asyncio.gather(*(store.choose(replace(ONE, chat=chat)) for chat in range(1, 31)))


async def chats(place: Place) -> set[int]:
    store = await place.open()
    found = {one.chat for one in await store.subscribers()}
    await store.close()
    return found


async def test_a_backup_put_back_is_what_was_there_when_it_was_taken(place: Place) -> None:
    await place.with_store(everybody)
    size = place.take()
    assert size == place.file.stat().st_size > 0
    assert stat.S_IMODE(place.file.stat().st_mode) == 0o600
    await place.with_store(lambda store: store.choose(replace(ONE, chat=99)))
    done = place.put_back(NOW + HOUR)
    assert (done.copied_at, done.subscribers, done.forgotten, done.ended) == (NOW, 30, 0, 0)
    assert await chats(place) == set(range(1, 31))
    assert place.left() == {"state.sqlite", "state.key", "forgotten"}


async def test_without_the_private_key_a_backup_tells_nothing(place: Place, tmp_path: Path) -> None:
    await place.with_store(everybody)
    place.take()
    sealed = place.file.read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1")
    assert b"SQLite" not in sealed
    new_key(tmp_path / "another")
    place.identity = tmp_path / "another"
    before = content(place.state)
    with pytest.raises(BackupRefused, match="not one for this private key; the state is as it was"):
        place.put_back()
    assert content(place.state) == before
    assert not [name for name in place.left() if name.startswith(".")]


async def test_even_with_it_a_backup_without_the_key_of_the_vault_names_nobody(place: Place) -> None:
    await place.with_store(everybody)
    place.take()
    key = place.key.read_text(encoding="ascii").strip()
    identity = pyrage.x25519.Identity.from_str(place.identity.read_text(encoding="ascii").splitlines()[1])
    plain = pyrage.decrypt(place.file.read_bytes(), [identity])
    assert plain.startswith(b"SQLite format 3")
    assert bytes.fromhex(key) not in plain
    assert key.encode() not in plain
    place.key.unlink()
    with pytest.raises(BackupRefused, match="without it nobody can say who subscribed"):
        place.put_back()
    place.key.write_text("ab" * 32, encoding="ascii")
    with pytest.raises(BackupRefused, match="is not the one that the state was sealed with"):
        place.put_back()


async def test_whoever_was_forgotten_since_stays_forgotten(place: Place) -> None:
    await place.with_store(everybody)
    place.take()
    await place.with_store(lambda store: store.forget(7, NOW + HOUR))
    done = place.put_back(NOW + 2 * HOUR)
    assert (done.forgotten, done.subscribers) == (1, 29)
    assert 7 not in await chats(place)
    again = place.put_back(NOW + 3 * HOUR)
    assert again.forgotten == 1, "however often it is put back"


@pytest.mark.parametrize("lost", ["gone", "nonsense"])
async def test_even_when_the_database_was_lost(place: Place, lost: str) -> None:
    await place.with_store(everybody)
    place.take()
    await place.with_store(lambda store: store.forget(7, NOW + HOUR))
    place.state.unlink()
    if lost == "nonsense":
        place.state.write_bytes(b"nonsense" * 5000)
    assert place.put_back(NOW + 2 * HOUR).forgotten == 1
    assert 7 not in await chats(place)


async def test_even_when_only_the_database_remembers(place: Place) -> None:
    await place.with_store(everybody)
    place.take()
    await place.with_store(lambda store: store.forget(7, NOW + HOUR))
    (place.state.parent / "forgotten").unlink()
    assert place.put_back(NOW + 2 * HOUR).forgotten == 1
    assert (place.state.parent / "forgotten").read_text(encoding="ascii")


async def test_whoever_came_back_before_the_backup_was_taken_stays(place: Place) -> None:
    await place.with_store(everybody)
    await place.with_store(lambda store: store.forget(7, NOW - HOUR))
    await place.with_store(lambda store: store.choose(ONE))
    place.take()
    assert place.put_back(NOW + HOUR).forgotten == 0
    assert 7 in await chats(place)
    await place.with_store(lambda store: store.forget(7, NOW + 2 * HOUR))
    assert place.put_back(NOW + 3 * HOUR).forgotten == 1


async def test_a_row_that_nobody_can_open_is_not_put_back(place: Place) -> None:
    await place.with_store(everybody)
    with closing(sqlite3.connect(place.state)) as db:
        db.execute("update subscribers set sealed = zeroblob(37) where id = 5")
        db.commit()
    place.take()
    done = place.put_back(NOW + HOUR)
    assert (done.forgotten, done.subscribers) == (1, 29)
    assert len(await chats(place)) == 29


async def test_a_copy_with_a_damaged_page_is_not_put_back(place: Place) -> None:
    await place.with_store(everybody)
    place.take()
    identity = pyrage.x25519.Identity.from_str(place.identity.read_text(encoding="ascii").splitlines()[1])
    plain = bytearray(pyrage.decrypt(place.file.read_bytes(), [identity]))
    plain[-4096:-2048] = b"x" * 2048
    place.file.write_bytes(pyrage.encrypt(bytes(plain), [identity.to_public()]))
    with pytest.raises(BackupRefused, match="no whole copy of a state"):
        place.put_back()


async def test_a_backup_older_than_the_tombstones_is_taken_only_when_told_to(place: Place) -> None:
    await place.with_store(everybody)
    place.take()
    late = NOW + timedelta(days=28, seconds=1)
    with pytest.raises(BackupRefused, match=r"older than 28 days.*--old"):
        place.put_back(late)
    assert place.put_back(late, old=True).subscribers == 30


async def test_a_restored_state_says_so_and_ends_what_was_under_way(place: Place) -> None:
    def runs(db) -> None:
        for slot, state, closed in (
            ("1", "done", 5),
            ("2", "open", None),
            ("3", "paused", None),
            ("4", "canary", None),
        ):
            sql = "insert into runs (slot, kind, state, revision, facts, opened, not_after, closed) values (?, 'routine', ?, 'a', '', 0, 0, ?)"
            db.execute(sql, [slot, state, closed])

    await place.with_store(everybody)
    await place.with_store(lambda store: store._write(runs))
    place.take()
    done = place.put_back(NOW + HOUR)
    with closing(sqlite3.connect(place.state)) as db:
        states = db.execute("select state from runs order by number").fetchall()
        assert [state for (state,) in states] == ["done", "aborted", "aborted", "aborted"]
        marks = dict(db.execute("select name, value from state").fetchall())
    assert done.ended == 3
    assert marks["restored_at"] == (NOW + HOUR).isoformat()
    assert "copied_at" not in marks
    store = await place.open()
    trail = await store.audit()
    assert (trail[-1].act, trail[-1].admin, verify(trail)) == ("restore", 0, None)
    assert trail[-1].detail == "of a backup of 2026-11-22 12:00: 0 forgotten again, 3 runs ended"
    await store.close()


async def test_what_is_replaced_is_kept_when_wanted(place: Place) -> None:
    await place.with_store(everybody)
    place.take()
    await place.with_store(lambda store: store.choose(replace(ONE, chat=99)))
    keep = place.state.with_name("state.sqlite.before-restore")
    for _ in range(2):
        place.put_back(NOW + HOUR, keep=keep)
    place.state.unlink()
    keep.rename(place.state)
    assert await chats(place) == set(range(1, 31)), "the second time it is what the first one put back"


async def test_what_was_still_in_the_log_of_a_killed_bot_is_kept_with_the_rest(place: Place) -> None:
    await place.with_store(everybody)
    place.take()
    killed = await place.open()
    await killed.choose(replace(ONE, chat=99))
    keep = place.state.with_name("before")
    place.put_back(NOW + HOUR, keep=keep)
    with closing(sqlite3.connect(keep)) as db:
        assert db.execute("select count(*) from subscribers").fetchone() == (31,)
    await killed.close()


async def test_a_restore_that_is_killed_at_its_last_step_leaves_the_state_whole(place: Place, tmp_path: Path) -> None:
    running = await place.open()
    await everybody(running)
    place.become_what_a_kill_would_leave(tmp_path / "killed")
    await running.close()
    assert place.state.with_name("state.sqlite-wal").stat().st_size, "what was written last stands in the log alone"
    with pytest.raises(FileNotFoundError):
        copies.put_back(tmp_path / "no copy", place.state, keep=None)
    assert await chats(place) == set(range(1, 31))


@pytest.mark.parametrize("kept", [True, False])
async def test_a_log_whose_database_was_lost_is_never_read_into_another(place: Place, *, kept: bool) -> None:
    await place.with_store(everybody)
    place.take()
    place.state.unlink()
    log = place.state.with_name("state.sqlite-wal")
    log.write_bytes(b"a log")
    keep = place.state.with_name("before")
    place.put_back(NOW + HOUR, keep=keep if kept else None)
    assert not log.exists()
    assert keep.with_name("before-wal").exists() == kept
    assert await chats(place) == set(range(1, 31))


async def test_a_file_that_is_no_state_is_not_put_back(place: Place, tmp_path: Path) -> None:
    await place.with_store(everybody)
    before = content(place.state)
    recipient = pyrage.x25519.Recipient.from_str(place.recipient)
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as db:
        db.execute("create table state (name, value)")
    for plain in (b"", b"hello", b"SQLite format 3\0" + b"\0" * 5000, other.read_bytes()):
        place.file.write_bytes(pyrage.encrypt(plain, [recipient]))
        with pytest.raises(BackupRefused, match="the state is as it was"):
            place.put_back()
    place.file.write_bytes(b"hello")
    with pytest.raises(BackupRefused, match="this is no backup"):
        place.put_back()
    assert content(place.state) == before


@pytest.mark.parametrize("text", ["", "# nothing\n", "AGE-SECRET-KEY-1NONSENSE", "age1public"])
def test_what_is_no_private_key_is_said_to_be_none_and_not_repeated(place: Place, text: str) -> None:
    SqliteStore.open(place.state, place.key)._let_go()
    place.take()
    place.identity.write_text(text, encoding="ascii")
    with pytest.raises(BackupRefused, match="holds no private key") as why:
        place.put_back()
    assert "NONSENSE" not in str(why.value)


def test_what_cannot_be_written_or_read_is_said_in_words(place: Place) -> None:
    with pytest.raises(BackupRefused, match="there is no state"):
        place.take()
    SqliteStore.open(place.state, place.key)._let_go()
    place.file.mkdir()
    with pytest.raises(BackupRefused, match="nothing was written"):
        place.take()
    place.file.rmdir()
    with pytest.raises(BackupRefused, match="no public key for backups"):
        take(place.state, place.file, "age1nonsense", NOW)
    place.state.write_bytes(b"nonsense" * 1000)
    with pytest.raises(BackupRefused, match="cannot be copied"):
        place.take()
    with pytest.raises(BackupRefused, match="cannot be written"):
        new_key(place.identity / "below-a-file")
    assert not [name for name in place.left() if name.startswith(".")]
    assert list(place.file.parent.iterdir()) == []


def test_a_copy_that_a_killed_backup_left_is_taken_away_a_day_later(place: Place) -> None:
    SqliteStore.open(place.state, place.key)._let_go()
    old, young = (place.state.parent / f".backup.{name}" for name in ("old", "young"))
    for file, age in ((old, 86_401), (young, 60)):
        file.touch()
        os.utime(file, (NOW.timestamp() - age,) * 2)
    place.take()
    assert (old.exists(), young.exists()) == (False, True)


def run(place: Place, *words: str, **environment: str) -> Result:
    told = {"OTR_STATE": str(place.state.parent), **environment}
    return CliRunner().invoke(main, list(words), env=told)


def test_the_command_makes_a_key_takes_a_backup_and_puts_it_back(place: Place, tmp_path: Path) -> None:
    identity = tmp_path / "backup.key"
    said = run(place, "backup", "--new-key", str(identity))
    public = said.output.strip()
    assert public.startswith("age1")
    assert "AGE-SECRET" not in said.output
    assert stat.S_IMODE(identity.stat().st_mode) == 0o600
    again = run(place, "backup", "--new-key", str(identity))
    assert (again.exit_code, "left as it is" in again.output) == (1, True)
    SqliteStore.open(place.state, place.key)._let_go()
    taken = run(place, "backup", str(place.file), OTR_BACKUP_KEY=public)
    assert taken.exit_code == 0, taken.output
    assert f"keep a copy of {place.key} too" in taken.output
    assert "within 28 days" in taken.output
    back = run(place, "restore", str(place.file), "--identity", str(identity), "--keep")
    assert back.exit_code == 0, back.output
    assert "0 subscribers" in back.output
    assert "No digest of before now is sent by itself" in back.output
    assert (place.state.parent / "state.sqlite.before-restore").exists()
    back = run(place, "restore", str(place.file), "--identity", str(identity))
    assert "What stood there is gone." in back.output


def test_the_command_refuses_without_a_public_key_and_says_how_to_make_one(place: Place) -> None:
    said = run(place, "backup", str(place.file))
    assert said.exit_code == 2
    assert "python -m bot backup --new-key backup.key" in said.output
    assert run(place, "backup").exit_code == 2
    wrong = run(place, "backup", str(place.file), OTR_BACKUP_KEY="AGE-SECRET-KEY-1XYZ")
    assert (wrong.exit_code, "OTR_BACKUP_KEY" in wrong.output) == (2, True)
    assert run(place, "backup", str(place.file), "--to", place.recipient).exit_code == 1, "there is no state yet"


def test_the_command_does_not_put_back_under_a_running_bot(place: Place) -> None:
    SqliteStore.open(place.state, place.key)._let_go()
    place.take()
    words = ("restore", str(place.file), "--identity", str(place.identity))
    with only_one(place.state.parent):
        assert run(place, *words).exit_code == 75
    place.file.write_bytes(b"nonsense")
    said = run(place, *words)
    assert (said.exit_code, "this is no backup" in said.output) == (1, True)


async def test_a_backup_is_taken_while_the_bot_writes(place: Place, tmp_path: Path, moment: Clock) -> None:
    settings = settings_for(tmp_path, OTR_BACKUP_KEY=place.recipient)
    async with chatting(settings, moment) as chat:
        await chat.ask("/digest 08:00", READER)
        stop = asyncio.Event()
        writing = asyncio.create_task(_counting(chat, stop))
        for _ in range(3):
            await asyncio.to_thread(take, settings.state_file, place.file, settings.backup_key, chat.clock())
        stop.set()
        written = await writing
        assert sum((await chat.bot.office.store.counts(date(2026, 1, 1))).values()) == written > 0
        assert "fight" in (await chat.ask("are US troops going to fight in Ukraine?"))["text"]
    place.state, place.key = settings.state_file, settings.key
    place.put_back(chat.clock())
    assert await chats(place) == {READER}


async def _counting(chat: Chat, stop: asyncio.Event) -> int:
    written = 0
    while not stop.is_set():
        await chat.bot.office.store.count(date(2026, 1, 1), "found")
        written += 1
    return written
