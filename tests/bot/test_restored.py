"""A state that was put back wakes nothing up: nobody gets by himself what he may have got already."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.backup import new_key, put_back, take
from bot.store.sqlite import SqliteStore
from tests.bot.harness import READER, Chat, Clock, chatting, settings_for
from tests.bot.test_admin import edit_kirby, publish
from tests.bot.test_digest import serve, subscribe

BEFORE, DUE, AFTER = (datetime(2026, 11, 23, *at, tzinfo=UTC) for at in ((7, 0), (8, 0, 1), (8, 30)))


class Disaster:
    """A bot whose state is lost at half past eight, and put back from a backup that was taken when somebody says so."""

    def __init__(self, tmp_path: Path) -> None:
        self.settings = settings_for(tmp_path)
        self.file, self.identity = tmp_path / "backup.age", tmp_path / "identity"
        self.recipient = new_key(self.identity)

    def take(self, chat: Chat) -> None:
        take(self.settings.state_file, self.file, self.recipient, chat.clock())

    def put_back(self) -> int:
        settings = self.settings
        return put_back(self.file, self.identity, settings.state_file, settings.key, AFTER).ended


@pytest.fixture
def disaster(tmp_path: Path) -> Disaster:
    return Disaster(tmp_path)


async def news(chat: Chat) -> None:
    """A reader who will be told something at eight the next day."""
    await subscribe(chat)
    edit_kirby(chat)
    await publish(chat)


async def test_a_digest_that_was_sent_after_the_backup_is_not_sent_again(disaster: Disaster, moment: Clock) -> None:
    async with chatting(disaster.settings, moment) as chat:
        await news(chat)
        moment.now = BEFORE
        disaster.take(chat)
        moment.now = DUE
        assert await serve(chat) == 1
    moment.now = AFTER
    assert disaster.put_back() == 0
    async with chatting(disaster.settings, moment) as chat:
        await chat.ask("what is operation unifier?")
        assert await serve(chat) == 0
        await forget_that_it_was_restored(chat)
        assert await serve(chat) == 1, "the test sees what it is about"


async def test_the_next_digest_comes_by_itself(disaster: Disaster, moment: Clock) -> None:
    async with chatting(disaster.settings, moment) as chat:
        await news(chat)
        moment.now = BEFORE
        disaster.take(chat)
    moment.now = AFTER
    disaster.put_back()
    async with chatting(disaster.settings, moment) as chat:
        await chat.ask("what is operation unifier?")
        moment.now = DUE + timedelta(days=1)
        assert await serve(chat) == 1


async def test_a_run_that_was_under_way_does_not_go_on(disaster: Disaster, moment: Clock) -> None:
    async with chatting(disaster.settings, moment) as chat:
        await news(chat)
        moment.now = DUE
        await chat.bot.digests.look()
        disaster.take(chat)
        assert await serve(chat) == 1
    moment.now = AFTER
    assert disaster.put_back() == 1
    async with chatting(disaster.settings, moment) as chat:
        await chat.ask("what is operation unifier?")
        assert await serve(chat) == 0
        await forget_that_it_was_restored(chat)
        assert await serve(chat) == 0
        found = await chat.bot.office.store.subscriber(READER)
        assert found


async def forget_that_it_was_restored(chat: Chat) -> None:
    store = chat.bot.office.store
    assert isinstance(store, SqliteStore)
    await store._write(lambda db: db.execute("delete from state where name = 'restored_at'"))
