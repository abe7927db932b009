"""The digest: subscribing, the hour, what is sent and what is not. The clock is the test's."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.bot.faults import Faults, refusal
from tests.bot.harness import (
    ADMIN,
    OTHER_READER,
    READER,
    Chat,
    Clock,
    chatting,
    labels,
    quotes,
    settings_for,
)
from tests.bot.test_admin import CBC, edit_kirby, publish, publish_together


async def subscribe(chat: Chat, user: int = READER, words: str = "") -> None:
    await chat.ask(f"/digest {words}".strip(), user)
    if not words:
        await chat.press("Subscribe", user, method="editMessageText")


async def show(chat: Chat) -> int:
    """What is due is shown to the admins, and their minute passes; how many messages were on their way from before."""
    arrived = await chat.bot.digests.serve()
    chat.clock.forward(seconds=61)
    return arrived


async def serve(chat: Chat) -> int:
    """What is due, with the minute that the admins have; how many messages arrived."""
    return await show(chat) + await chat.bot.digests.serve()


class TestSubscribing:
    async def test_begins_at_the_hour_of_the_house_and_says_so(self, chat: Chat) -> None:
        assert "You do not get it." in (await chat.ask("/digest"))["text"]
        shown = await chat.press("Subscribe", method="editMessageText")
        assert "You get it at 08:00, UTC, where it is now 12:00." in shown["text"]
        assert labels(shown) == ["Change the hour", "Change the time zone", "Stop the digest"]

    async def test_hour_and_zone_are_chosen_by_buttons(self, chat: Chat) -> None:
        await subscribe(chat)
        await chat.press("Change the hour", method="editMessageText")
        await chat.press("19:00", method="editMessageText")
        await chat.press("Change the time zone", method="editMessageText")
        shown = await chat.press("Europe/Kyiv", method="editMessageText")
        assert "You get it at 19:00, Europe/Kyiv, where it is now 14:00." in shown["text"]

    @pytest.mark.parametrize("words", ["07:30 Europe/Kyiv", "Europe/Kyiv 07:30", "7:30 europe/kyiv"])
    async def test_they_can_be_written_too(self, chat: Chat, words: str) -> None:
        assert "You get it at 07:30, Europe/Kyiv" in (await chat.ask(f"/digest {words}"))["text"]

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("25:00", "not an hour"),
            ("07:30:15", "not an hour"),
            ("12:00+02:00", "not an hour"),
            ("99", "not an hour"),
            ("Kiev", "do not know that time zone"),
            ("../etc/passwd", "do not know that time zone"),
        ],
    )
    async def test_what_is_no_hour_and_no_zone_is_said_to_be_none(self, chat: Chat, words: str, said: str) -> None:
        assert said in (await chat.ask(f"/digest {words}"))["text"]
        assert await chat.bot.office.store.subscriber(READER) is None

    async def test_stopping_deletes_the_subscription(self, chat: Chat) -> None:
        await subscribe(chat)
        assert "You get no digest any more" in (await chat.press("Stop the digest"))["text"]
        assert await chat.bot.office.store.subscriber(READER) is None
        assert "nothing to stop" in (await chat.press("Stop the digest"))["text"]

    async def test_stop_can_be_written_too(self, chat: Chat) -> None:
        await subscribe(chat)
        assert "You get no digest any more" in (await chat.ask("/digest stop"))["text"]

    async def test_a_press_that_is_forged_in_a_group_subscribes_nobody(self, chat: Chat) -> None:
        group = (await chat.sim("group", title="G", type="group"))["chat_id"]
        where = {"id": group, "type": "group", "title": "G"}
        below = {"message_id": 1, "date": int(chat.clock.seconds()), "chat": where}
        sender = {"id": READER, "is_bot": False, "first_name": "F"}
        press = {"id": "f", "from": sender, "chat_instance": "1", "data": "d:on", "message": below}
        await chat.sim("update", update={"callback_query": press})
        await chat.ask("/ask what is operation unifier?", chat_id=group)
        assert await chat.bot.office.store.subscribers() == []

    async def test_a_group_is_told_to_ask_in_private(self, chat: Chat) -> None:
        group = (await chat.sim("group", title="G", type="group"))["chat_id"]
        assert "private chats" in (await chat.ask("/digest", chat_id=group))["text"]


class TestServing:
    async def test_a_digest_comes_at_the_set_hour_and_once(self, chat: Chat) -> None:
        await subscribe(chat)
        edit_kirby(chat)
        await publish(chat)
        chat.clock.now = datetime(2026, 11, 23, 7, 59, 59, tzinfo=UTC)
        assert await serve(chat) == 0
        after = await chat.last()
        chat.clock.forward(seconds=1)
        assert await serve(chat) == 1
        digest = (await chat.until(after, chat_id=READER))[0]["message"]
        assert digest["text"].startswith("On the record: what is new, 23 Nov 2026")
        assert "press secretary of the Pentagon" in digest["text"]
        assert labels(digest) == ["Stop the digest"]
        assert await serve(chat) == 0

    async def test_nothing_new_nothing_sent(self, chat: Chat) -> None:
        await subscribe(chat)
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        assert await serve(chat) == 0
        found = await chat.bot.office.store.subscriber(READER)
        assert found
        assert found.slot == date(2026, 11, 23)

    async def test_what_readers_cannot_see_is_no_news(self, chat: Chat) -> None:
        await subscribe(chat)
        chat.edit(CBC, "questions = [", 'questions = [\n  "Is this a question that no reader sees?",')
        await publish(chat)
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        assert await serve(chat) == 0

    async def test_what_is_withdrawn_comes_first_struck_through(self, chat: Chat) -> None:
        await subscribe(chat)
        text = (chat.data / CBC).read_text(encoding="utf-8")
        blocks = text.split("[[fact]]")
        blocks[1] = blocks[1].replace(
            'status = "published"', 'status = "retracted"\nwithdrawn = 2026-11-22\nnote = "A slip"'
        )
        (chat.data / CBC).write_text("[[fact]]".join(blocks), encoding="utf-8")
        edit_kirby(chat)
        await publish_together(chat)
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        after = await chat.last()
        await serve(chat)
        digest = (await chat.until(after, chat_id=READER))[0]["message"]
        assert digest["text"].index("Withdrawn") < digest["text"].index("A slip") < digest["text"].index("Changed")
        assert any(entity["type"] == "strikethrough" for entity in digest["entities"])

    async def test_a_new_fact_is_quoted_under_new(self, chat: Chat) -> None:
        await subscribe(chat)
        path = chat.data / CBC
        words = "The option to add an additional 140 is also on the table."
        text = path.read_text(encoding="utf-8") + f'\n[[fact]]\nid = "cbc-option-again"\nquote = "{words}"\n'
        path.write_text(text, encoding="utf-8")
        await publish(chat)
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        after = await chat.last()
        await serve(chat)
        assert words in quotes((await chat.until(after, chat_id=READER))[0]["message"])

    async def test_a_reader_of_another_zone_gets_it_at_his_own_hour(self, chat: Chat) -> None:
        await subscribe(chat, READER, "08:00 Asia/Tokyo")
        await subscribe(chat, OTHER_READER, "08:00 America/New_York")
        edit_kirby(chat)
        await publish(chat)
        chat.clock.now = datetime(2026, 11, 22, 23, 1, tzinfo=UTC)
        after = await chat.last()
        assert await serve(chat) == 1
        assert (await chat.events(after, method="sendMessage"))[-1]["chat_id"] == READER

    async def test_who_blocked_the_bot_is_forgotten(self, chat: Chat) -> None:
        await subscribe(chat)
        await subscribe(chat, OTHER_READER)
        await chat.sim("block", user_id=READER)
        await chat.ask("what is operation unifier?", OTHER_READER)
        await chat.ask("what is operation unifier?", ADMIN)
        edit_kirby(chat)
        await publish(chat)
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        await serve(chat)
        assert [one.chat for one in await chat.bot.office.store.subscribers()] == [OTHER_READER]

    async def test_an_account_that_is_gone_is_forgotten_when_it_is_written_to(self, chat: Chat) -> None:
        await subscribe(chat)
        await chat.sim("delete_account", user_id=READER)
        edit_kirby(chat)
        await publish(chat)
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        await serve(chat)
        assert await chat.bot.office.store.subscribers() == []

    async def test_what_telegram_would_not_have_is_told_by_the_next_digest(self, chat: Chat) -> None:
        await subscribe(chat)
        edit_kirby(chat)
        await publish(chat)
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        await show(chat)
        chat.api.bot_plane.faults = Faults("sendMessage", [refusal(400, "Bad Request: nonsense")] * 2)
        assert await chat.bot.digests.serve() == 0
        chat.api.bot_plane.faults = Faults("sendMessage")
        assert await serve(chat) == 0
        chat.clock.forward(days=1)
        assert await serve(chat) == 1

    async def test_what_could_not_leave_is_tried_again_while_the_slot_is_fresh(self, chat: Chat) -> None:
        await subscribe(chat)
        edit_kirby(chat)
        await publish(chat)
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        await show(chat)
        chat.api.bot_plane.faults = Faults("sendMessage", [refusal(429, "Too Many Requests", retry_after=1)])
        assert await chat.bot.digests.serve() == 0
        chat.clock.forward(seconds=5)
        assert await serve(chat) == 1

    async def test_a_revision_that_is_kept_no_more_is_no_failure(self, chat: Chat) -> None:
        await subscribe(chat)
        edit_kirby(chat)
        old = chat.bot.office.desk.snapshot.base.file
        await publish(chat)
        old.unlink()
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        assert await serve(chat) == 0


async def test_the_bot_looks_by_itself(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path), moment, look_every=timedelta(milliseconds=50)) as chat:
        await subscribe(chat)
        edit_kirby(chat)
        await publish(chat)
        after = await chat.last()
        chat.clock.now = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)
        while not [run for run in await chat.bot.office.store.under_way() if run.opens]:  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.02)
        chat.clock.forward(seconds=61)
        digest = (await chat.until(after, chat_id=READER))[0]["message"]
        assert digest["text"].startswith("On the record: what is new")
