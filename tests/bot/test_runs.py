"""Runs as admins and readers see them: the canary, /halt and /resume, corrections, the channel, what is left unsent."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.local.dispatch import Call, Reply
from bot.runs import Kind, Progress, Row, RunState
from bot.settings import SettingsRefused
from tests.bot.faults import Faults, refusal
from tests.bot.harness import (
    ADMIN,
    OTHER_ADMIN,
    OTHER_READER,
    READER,
    Chat,
    Clock,
    chatting,
    labels,
    settings_for,
)
from tests.bot.test_admin import CBC, edit_kirby, publish, publish_together
from tests.bot.test_digest import serve, show, subscribe

MORNING = datetime(2026, 11, 23, 8, 0, 1, tzinfo=UTC)


async def due(chat: Chat, *later: int, readers: int = 1) -> None:
    """A digest with news is due for some readers, for others it is an hour later; both admins can be reached."""
    await chat.ask("/start", OTHER_ADMIN)
    for reader in range(READER, READER + readers):
        await subscribe(chat, reader, "08:00")
    for reader in later:
        await subscribe(chat, reader, "09:00")
    edit_kirby(chat)
    await publish(chat)
    chat.clock.now = MORNING


async def told(chat: Chat, after: int, who: int = READER) -> list[str]:
    return [
        one["message"]["text"] for one in await chat.events(after, method="sendMessage", chat_id=who) if one["message"]
    ]


async def runs(chat: Chat) -> dict[str, Progress]:
    return {one.run.slot: one for one in await chat.bot.office.store.progress()}


async def only(chat: Chat) -> Progress:
    (one,) = await chat.bot.office.store.progress()
    return one


class TestCanary:
    async def test_the_admins_are_shown_it_a_minute_before_the_readers(self, chat: Chat) -> None:
        await due(chat)
        after = await chat.last()
        assert await chat.bot.digests.serve() == 0
        (shown,) = await told(chat, after, ADMIN)
        assert await told(chat, after, OTHER_ADMIN) == [shown]
        chat.clock.forward(seconds=59)
        assert await chat.bot.digests.serve() == 0
        chat.clock.forward(seconds=2)
        assert await chat.bot.digests.serve() == 1
        assert await told(chat, after) == [shown]
        assert (await only(chat)).run.state is RunState.DONE

    async def test_one_press_stops_it_for_all_and_it_is_told_by_the_next(self, chat: Chat) -> None:
        await due(chat, OTHER_READER)
        await chat.bot.digests.serve()
        after = await chat.last()
        assert "Stopped." in (await chat.press("Stop: it goes to 1 in a minute", ADMIN))["text"]
        assert "too late" in (await chat.press("Stop: it goes to 1 in a minute", OTHER_ADMIN))["text"]
        chat.clock.forward(hours=1, minutes=2)
        assert await serve(chat) == 0, "the same text does not leave an hour later in another run either"
        assert [one.run.state for one in await chat.bot.office.store.progress()] == [RunState.ABORTED] * 2
        assert not await told(chat, after)
        chat.clock.forward(days=1)
        assert await serve(chat) == 2

    async def test_a_text_that_was_shown_is_not_shown_again_that_day(self, chat: Chat) -> None:
        await due(chat, OTHER_READER)
        assert await serve(chat) == 1
        after = await chat.last()
        chat.clock.forward(hours=1)
        assert await chat.bot.digests.serve() == 1
        assert not await told(chat, after, ADMIN)

    async def test_without_an_admin_who_can_be_reached_it_leaves(self, tmp_path: Path, moment: Clock) -> None:
        async with chatting(settings_for(tmp_path), moment) as chat:
            await due(chat)
        async with chatting(settings_for(tmp_path, OTR_ADMINS=""), moment) as chat:
            await chat.until(0, chat_id=READER)
            await chat.bot.digests.serve()
            assert (await only(chat)).counts.keys() <= {Row.SENT, Row.GONE}

    async def test_an_admin_who_blocked_the_bot_is_no_failure(self, chat: Chat) -> None:
        await due(chat)
        for admin in (ADMIN, OTHER_ADMIN):
            await chat.sim("block", user_id=admin)
        assert await chat.bot.digests.serve() == 1

    async def test_what_telegram_will_not_have_is_paused_and_an_alarm(
        self, chat: Chat, caplog: pytest.LogCaptureFixture
    ) -> None:
        await due(chat)
        chat.api.bot_plane.faults = Faults("sendMessage", [refusal(400, "Bad Request: message is too long")] * 2)
        assert await serve(chat) == 0
        assert (await only(chat)).run.state is RunState.PAUSED
        assert "canary_failed" in caplog.text
        chat.api.bot_plane.faults = Faults("sendMessage")
        await chat.ask("/resume", ADMIN)
        assert "go on" in (await chat.press("Go on", ADMIN, method="editMessageText"))["text"]
        assert await serve(chat) == 1

    async def test_while_the_bot_api_is_away_nothing_opens(self, chat: Chat) -> None:
        await due(chat)
        away = refusal(429, "Too Many Requests", retry_after=1)
        chat.api.bot_plane.faults = Faults("sendMessage", [away] * 2)
        await chat.bot.digests.look()
        assert (await only(chat)).run.opens is None
        assert await serve(chat) == 1

    async def test_what_is_published_meanwhile_is_shown_first(self, chat: Chat) -> None:
        await due(chat)
        await chat.bot.digests.serve()
        chat.edit(CBC, 'role = "', 'role = "the ')
        await publish(chat)
        after = await chat.last()
        chat.clock.forward(seconds=61)
        assert await chat.bot.digests.serve() == 0, "the text is another one now"
        (shown,) = await told(chat, after, ADMIN)
        chat.clock.forward(seconds=61)
        assert await chat.bot.digests.serve() == 1
        assert await told(chat, after) == [shown]


class TestHalting:
    @pytest.mark.parametrize("command", ["/halt", "/resume", "/runs"])
    async def test_who_is_no_admin_is_told_what_everybody_is_told(self, chat: Chat, command: str) -> None:
        assert (await chat.ask(command))["text"] == (await chat.ask("/frobnicate"))["text"]

    async def test_one_word_stops_everything_also_after_a_restart(self, tmp_path: Path, moment: Clock) -> None:
        settings = settings_for(tmp_path)
        async with chatting(settings, moment) as chat:
            await due(chat)
            await show(chat)
            assert "Halted since 2026-11-23 08:01 UTC" in (await chat.ask("/halt", ADMIN))["text"]
            assert await serve(chat) == 0
        async with chatting(settings, moment) as chat:
            assert await serve(chat) == 0
            for user in (READER, ADMIN, OTHER_ADMIN):
                await chat.ask("/start", user)
            assert "Halted since" in (await chat.ask("/status", ADMIN))["text"]
            assert "waiting 1; 1 minute more" in (await chat.ask("/resume", ADMIN))["text"]
            await chat.press("Go on", ADMIN, method="editMessageText")
            assert await serve(chat) == 1
            acts = [entry.act for entry in await chat.bot.office.store.audit()]
            assert [act for act in acts if act in {"halt", "resume"}] == ["halt", "resume"]

    async def test_there_is_nothing_to_resume(self, chat: Chat) -> None:
        assert "nothing to resume" in (await chat.ask("/resume", ADMIN))["text"]
        assert "none yet" in (await chat.ask("/runs", ADMIN))["text"]

    async def test_a_button_is_good_for_what_it_showed(self, chat: Chat) -> None:
        await chat.ask("/halt", ADMIN)
        shown = await chat.ask("/resume", ADMIN)
        assert "Nothing was changed" in (await chat.press("Cancel", ADMIN, method="editMessageText"))["text"]
        chat.clock.forward(minutes=1)
        data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        await chat.forge(data, shown["message_id"], user=READER, chat=READER)
        assert await chat.bot.office.store.halted()
        await chat.ask("/resume", ADMIN)
        await chat.press("Go on", ADMIN, method="editMessageText")
        await chat.ask("/halt", ADMIN)
        after = await chat.last()
        await chat.forge(data, shown["message_id"], user=ADMIN, chat=ADMIN)
        edited = (await chat.until(after, method="editMessageText"))[0]["message"]
        assert "no longer good" in edited["text"]
        assert await chat.bot.office.store.halted()

    async def test_what_is_on_its_way_is_all_that_leaves_after_a_halt(self, chat: Chat) -> None:
        await due(chat, readers=30)
        await show(chat)
        sending = asyncio.create_task(chat.bot.digests.serve())
        after = await chat.last()
        await chat.until(after, count=3)
        await chat.ask("/halt", ADMIN)
        halted = sum([len(await told(chat, after, who)) for who in range(READER, READER + 30)])
        assert await sending <= halted + 10 < 30
        assert (await only(chat)).counts[Row.PENDING] > 0


class Full(Faults):
    """The state cannot be written while a message is on its way, and half a second longer."""

    def __init__(self, store: Any) -> None:
        super().__init__("sendMessage")
        self.store, self.was = store, False

    async def before(self, call: Call) -> Reply | None:
        if call.method == self.method and not self.was:
            self.was = True
            await self.only_read("on")
            asyncio.get_running_loop().call_later(0.5, lambda: asyncio.ensure_future(self.only_read("off")))
        return None

    async def only_read(self, how: str) -> None:
        await self.store._do(lambda db: db.execute(f"pragma query_only = {how}").fetchall())


class TestSettling:
    async def test_three_refusals_in_a_row_pause_a_run(self, chat: Chat) -> None:
        await due(chat, readers=12)
        await show(chat)
        chat.api.bot_plane.faults = Faults("sendMessage", [refusal(400, "Bad Request: nonsense")] * 3)
        await chat.bot.digests.serve()
        one = await only(chat)
        assert one.run.state is RunState.PAUSED
        assert one.counts[Row.FAILED] == 3
        assert one.counts[Row.PENDING] > 0

    async def test_an_unclear_try_is_not_repeated_and_has_been_seen(self, chat: Chat) -> None:
        await due(chat)
        await show(chat)
        chat.api.bot_plane.faults = Faults("sendMessage", [refusal(502, "Bad Gateway")])
        assert await chat.bot.digests.serve() == 0
        chat.clock.forward(hours=1)
        assert await serve(chat) == 0
        assert (await only(chat)).counts == {Row.UNKNOWN: 1}
        chat.clock.forward(days=1)
        assert await serve(chat) == 0, "he may have seen it, so there is nothing new"

    async def test_an_outcome_is_written_down_once_the_state_can_be_written_again(self, chat: Chat) -> None:
        await due(chat)
        await show(chat)
        full = chat.api.bot_plane.faults = Full(chat.bot.office.store)
        assert await chat.bot.digests.serve() == 1
        assert full.was
        assert (await only(chat)).counts == {Row.SENT: 1}

    async def test_after_twenty_hours_what_is_left_is_skipped(self, chat: Chat) -> None:
        await due(chat)
        await show(chat)
        await chat.ask("/halt", ADMIN)
        chat.clock.now = datetime(2026, 11, 24, 4, 0, 1, tzinfo=UTC)
        await chat.bot.digests.serve()
        one = await only(chat)
        assert (one.run.state, one.counts) == (RunState.DONE, {Row.SKIPPED: 1})

    async def test_who_left_is_told_nothing_and_stays_counted(self, chat: Chat) -> None:
        await due(chat, readers=2)
        await show(chat)
        await chat.ask("/digest stop", READER)
        after = await chat.last()
        assert await chat.bot.digests.serve() == 1
        assert not await told(chat, after, READER)
        assert (await only(chat)).counts == {Row.SENT: 1, Row.LEFT: 1}

    async def test_who_blocked_the_bot_is_counted_so(self, chat: Chat) -> None:
        await due(chat, readers=2)
        await show(chat)
        chat.api.bot_plane.faults = Faults("sendMessage", [refusal(403, "Forbidden: bot was blocked by the user")])
        assert await chat.bot.digests.serve() == 1
        assert (await only(chat)).counts == {Row.SENT: 1, Row.BLOCKED: 1}

    async def test_a_newer_run_takes_the_place_of_an_older(self, chat: Chat) -> None:
        await due(chat)
        await show(chat)
        await chat.ask("/digest 09:00", READER)
        await chat.ask("/halt", ADMIN)
        chat.clock.forward(hours=1)
        await chat.bot.digests.serve()
        found = await runs(chat)
        assert found["daily/2026-11-23/UTC/08:00"].counts == {Row.SKIPPED: 1}
        assert found["daily/2026-11-23/UTC/09:00"].counts == {Row.PENDING: 1}

    async def test_rows_are_pruned_after_a_week_and_stay_counted(self, chat: Chat) -> None:
        await due(chat)
        assert await serve(chat) == 1
        chat.clock.forward(days=7, minutes=5)
        await chat.bot.digests.prune()
        found = await runs(chat)
        assert found["daily/2026-11-23/UTC/08:00"].counts == {Row.SENT: 1}

    async def test_what_a_killed_bot_left_on_its_way_is_unknown(self, tmp_path: Path, moment: Clock) -> None:
        settings = settings_for(tmp_path)
        async with chatting(settings, moment) as chat:
            await due(chat)
            await show(chat)
            office = chat.bot.office
            await office.store.open_due(moment())
            claims = await office.store.claim_rows(10, office.live(), moment())
            assert [one.chat for one in claims.rows] == [READER]
        async with chatting(settings, moment) as chat:
            assert await serve(chat) == 0
            assert (await only(chat)).counts == {Row.UNKNOWN: 1}


def retract(chat: Chat) -> None:
    text = (chat.data / CBC).read_text(encoding="utf-8")
    blocks = text.split("[[fact]]")
    blocks[1] = blocks[1].replace(
        'status = "published"', 'status = "retracted"\nwithdrawn = 2026-11-22\nnote = "A slip"'
    )
    (chat.data / CBC).write_text("[[fact]]".join(blocks), encoding="utf-8")


class TestCorrecting:
    async def withdrawn(self, chat: Chat) -> None:
        await subscribe(chat)
        retract(chat)
        await publish_together(chat)

    async def test_the_admin_who_published_is_offered_to_tell_it_at_once(self, chat: Chat) -> None:
        await self.withdrawn(chat)
        after = await chat.last()
        assert "told in a minute" in (await chat.press("Tell the subscribers now", OTHER_ADMIN))["text"]
        assert "told already" in (await chat.press("Tell the subscribers now", OTHER_ADMIN))["text"]
        assert await serve(chat) == 1
        (text,) = await told(chat, after)
        assert text.startswith("Correction No 1, 22 Nov 2026")
        assert "A slip" in text
        one = await only(chat)
        assert (one.run.slot, one.run.kind, one.counts) == ("correction/1", Kind.CORRECTION, {Row.SENT: 1})

    async def test_what_only_adds_is_not_offered(self, chat: Chat) -> None:
        await subscribe(chat)
        words = "The option to add an additional 140 is also on the table."
        text = (chat.data / CBC).read_text(
            encoding="utf-8"
        ) + f'\n[[fact]]\nid = "cbc-option-again"\nquote = "{words}"\n'
        (chat.data / CBC).write_text(text, encoding="utf-8")
        await chat.ask("/reload", ADMIN)
        assert not labels(await chat.press("Publish", ADMIN, method="editMessageText"))

    async def test_a_rollback_that_takes_away_offers_it_too(self, chat: Chat) -> None:
        await subscribe(chat)
        edit_kirby(chat)
        await publish(chat)
        assert labels(await chat.ask("/rollback", ADMIN)) == ["Tell the subscribers now"]

    async def test_an_unclear_correction_comes_once_more_and_says_so(self, chat: Chat) -> None:
        await self.withdrawn(chat)
        await chat.press("Tell the subscribers now", OTHER_ADMIN)
        await show(chat)
        chat.api.bot_plane.faults = Lost("sendMessage", 2)
        after = await chat.last()
        assert await chat.bot.digests.serve() == 0
        chat.clock.forward(seconds=179)
        assert await chat.bot.digests.serve() == 0
        chat.clock.forward(seconds=2)
        assert await chat.bot.digests.serve() == 0
        chat.clock.forward(hours=3)
        assert await chat.bot.digests.serve() == 0
        first, again = await told(chat, after)
        assert first.startswith("Correction No 1")
        assert "This is a repeat" not in first
        assert "This is a repeat" in again
        assert (await only(chat)).counts == {Row.UNKNOWN: 1}

    async def test_it_takes_the_place_of_what_waits_and_the_next_digest_tells_all(self, chat: Chat) -> None:
        await due(chat)
        await show(chat)
        await chat.ask("/halt", ADMIN)
        retract(chat)
        await publish_together(chat)
        await chat.press("Tell the subscribers now", OTHER_ADMIN)
        await chat.ask("/resume", ADMIN)
        await chat.press("Go on", ADMIN, method="editMessageText")
        after = await chat.last()
        assert await serve(chat) == 1
        (text,) = await told(chat, after)
        assert text.startswith("Correction No 1")
        assert (await runs(chat))["daily/2026-11-23/UTC/08:00"].counts == {Row.SKIPPED: 1}
        chat.clock.forward(days=1)
        assert await serve(chat) == 1
        assert "A slip" in (await told(chat, after))[-1]

    async def test_what_was_seen_before_and_is_kept_no_more_cannot_be_told(self, chat: Chat) -> None:
        old = chat.bot.office.desk.snapshot.base.file
        await self.withdrawn(chat)
        await chat.press("Tell the subscribers now", OTHER_ADMIN)
        old.unlink()
        assert await serve(chat) == 0
        assert not await chat.bot.office.store.under_way()
        assert "told already" in (await chat.press("Tell the subscribers now", OTHER_ADMIN))["text"]

    async def test_a_button_of_an_earlier_publication_tells_nothing(self, chat: Chat) -> None:
        await self.withdrawn(chat)
        edit_kirby(chat)
        await publish(chat, ADMIN)
        number = (await chat.bot.office.store.publications())[1].number
        after = await chat.last()
        await chat.forge(f"k:tell:{number}", 1, user=ADMIN, chat=ADMIN)
        assert "something else was published" in (await chat.until(after))[0]["message"]["text"]


class Lost(Faults):
    """Carries the first calls out and loses the answers."""

    def __init__(self, method: str, times: int) -> None:
        super().__init__(method)
        self.times = times

    async def after(self, call: Call, reply: Reply) -> Reply:
        if call.method == self.method and self.times:
            self.times -= 1
            return refusal(500, "Internal Server Error")()
        return reply


class TestChannel:
    @pytest.mark.parametrize("channel", ["@on_the_record", "-1001234567890"])
    async def test_it_gets_the_general_digest_as_one_post(self, tmp_path: Path, moment: Clock, channel: str) -> None:
        async with chatting(settings_for(tmp_path, OTR_CHANNEL=channel), moment) as chat:
            named = {"username": channel[1:]} if channel.startswith("@") else {"chat_id": int(channel)}
            where = (await chat.sim("channel", title="The record", **named))["chat_id"]
            await chat.ask("/start", ADMIN)
            await chat.bot.digests.serve()
            edit_kirby(chat)
            await publish(chat)
            chat.clock.now = MORNING
            after = await chat.last()
            assert await serve(chat) == 1
            messages = [one["message"] for one in await chat.events(after, method="sendMessage") if one.get("message")]
            (post,) = [message["text"] for message in messages if message["chat"]["id"] == where]
            assert post.startswith("On the record: what is new, 23 Nov 2026")
            assert (await runs(chat))["channel/2026-11-23/UTC"].counts == {Row.SENT: 1}
            chat.clock.forward(days=1)
            assert await serve(chat) == 0, "nothing new, no post"


@pytest.mark.parametrize("bad", ["channel", "@x", "-99", "-100abc"])
def test_a_channel_is_a_name_or_its_number(tmp_path: Path, bad: str) -> None:
    with pytest.raises(SettingsRefused, match="OTR_CHANNEL"):
        settings_for(tmp_path, OTR_CHANNEL=bad)
