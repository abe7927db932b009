"""Who must say yes before what readers were told changes: one admin, two, or the only one twice; and what all are shown."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.audit import verify
from tests.bot.harness import ADMIN, OTHER_ADMIN, OTHER_READER, READER, Chat, Clock, chatting, labels, settings_for
from tests.bot.test_admin import CBC, CNN, FIGHT, edit_kirby, publish, say_first

THIRD_ADMIN = 1002
GRAVE = "cnn-not-going-to-fight"


def retract(chat: Chat) -> None:
    head, rest = (chat.data / CNN).read_text(encoding="utf-8").split(f'id = "{GRAVE}"')
    rest = rest.replace('status = "published"', 'status = "retracted"\nwithdrawn = 2022-02-03\nnote = "misheard"', 1)
    (chat.data / CNN).write_text(f'{head}id = "{GRAVE}"{rest}', encoding="utf-8")


async def retracted(chat: Chat) -> bool:
    return "was withdrawn" in (await chat.ask(FIGHT))["text"]


async def acts(chat: Chat) -> list[tuple[str, int]]:
    entries = await chat.bot.office.store.audit()
    assert verify(entries) is None
    return [(entry.act, entry.admin) for entry in entries]


async def button(chat: Chat, label: str, chat_id: int) -> tuple[int, str]:
    """The message that shows a button of this label, and what the button sends."""
    messages = (await chat.http.get("/sim/transcript", params={"chat_id": chat_id})).json()["messages"]
    message = next(m for m in reversed(messages) if label in labels(m))
    buttons = [one for row in message["reply_markup"]["inline_keyboard"] for one in row]
    return message["message_id"], next(one["callback_data"] for one in buttons if one["text"] == label)


async def edited(chat: Chat, after: int, chat_id: int) -> str:
    return (await chat.until(after, method="editMessageText", chat_id=chat_id))[-1]["message"]["text"]


class TestTwoAdmins:
    @pytest.fixture(autouse=True)
    async def proposed(self, chat: Chat) -> None:
        await chat.ask("/start", OTHER_ADMIN)
        retract(chat)

    async def test_one_proposes_and_the_other_confirms(self, chat: Chat) -> None:
        shown = await chat.ask("/reload", ADMIN)
        assert f"One admin's word is not enough, for what readers were told changes: {GRAVE}" in shown["text"]
        after = await chat.last()
        asked = await chat.press("Publish", ADMIN)
        assert asked["chat"]["id"] == OTHER_ADMIN
        assert labels(asked) == ["Confirm", "Cancel"]
        assert "status: published → retracted" in asked["text"]
        (waiting,) = await chat.until(after, method="editMessageText", chat_id=ADMIN)
        assert "Waits for a second admin" in waiting["message"]["text"]
        assert "1 other admin was asked" in waiting["message"]["text"]
        assert labels(waiting["message"]) == ["Cancel"]
        assert not await retracted(chat)

        after = await chat.last()
        await chat.press("Confirm", OTHER_ADMIN, method="editMessageText")
        done = await chat.until(after, 2, method="editMessageText")
        assert {one["message"]["chat"]["id"] for one in done} == {ADMIN, OTHER_ADMIN}
        assert all("Published." in one["message"]["text"] and not labels(one["message"]) for one in done)
        assert await retracted(chat)
        assert await acts(chat) == [
            ("start", 0),
            ("propose", ADMIN),
            ("confirm", ADMIN),
            ("second confirm", OTHER_ADMIN),
            ("publish", OTHER_ADMIN),
        ]

    async def test_the_one_who_proposed_is_not_the_second(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        message, data = await button(chat, "Publish", ADMIN)
        await say_first(chat)
        for forged in (data, data.replace(":yes:", ":two:"), data.replace(":yes:", ":sure:")):
            await chat.forge(forged, message, ADMIN, ADMIN)
        await chat.ask("/status", ADMIN)
        assert not await retracted(chat)

    async def test_a_tap_that_comes_twice_asks_once(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        message, data = await button(chat, "Publish", ADMIN)
        after = await chat.last()
        for number in range(3):
            await chat.forge(data, message, ADMIN, ADMIN) if number else await chat.press("Publish", ADMIN)
        await chat.ask("/status", ADMIN)
        assert len(await chat.events(after, method="sendMessage", chat_id=OTHER_ADMIN)) == 1
        await chat.press("Confirm", OTHER_ADMIN, method="editMessageText")
        assert await retracted(chat)

    @pytest.mark.parametrize("who", [ADMIN, OTHER_ADMIN])
    async def test_either_can_cancel_and_both_are_told(self, chat: Chat, who: int) -> None:
        await chat.ask("/reload", ADMIN)
        await say_first(chat)
        message, data = await button(chat, "Confirm", OTHER_ADMIN)
        after = await chat.last()
        await chat.press("Cancel", who, method="editMessageText")
        told = await chat.until(after, 2, method="editMessageText")
        assert all("Cancelled" in one["message"]["text"] for one in told)
        after = await chat.last()
        await chat.forge(data, message, OTHER_ADMIN, OTHER_ADMIN)
        assert "no longer good" in await edited(chat, after, OTHER_ADMIN)
        assert not await retracted(chat)
        assert (await acts(chat))[-1] == ("cancel", who)

    async def test_the_other_cannot_cancel_what_he_was_not_asked(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        message, data = await button(chat, "Cancel", ADMIN)
        await chat.forge(data, message, OTHER_ADMIN, ADMIN)
        await chat.ask("/status", ADMIN)
        assert ("cancel", OTHER_ADMIN) not in await acts(chat)

    async def test_who_is_no_admin_confirms_nothing(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        await say_first(chat)
        message, data = await button(chat, "Confirm", OTHER_ADMIN)
        await chat.forge(data, message, READER, READER)
        assert not await retracted(chat)

    async def test_the_second_has_half_an_hour(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        chat.clock.forward(minutes=9)
        await say_first(chat)
        chat.clock.forward(minutes=31)
        done = await chat.press("Confirm", OTHER_ADMIN, method="editMessageText")
        assert "no longer good" in done["text"]
        assert not await retracted(chat)

    async def test_after_twenty_nine_minutes_it_is_still_good(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        await say_first(chat)
        chat.clock.forward(minutes=29)
        await chat.press("Confirm", OTHER_ADMIN, method="editMessageText")
        assert await retracted(chat)

    async def test_nothing_is_confirmed_when_something_else_was_published_meanwhile(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        await say_first(chat)
        message, data = await button(chat, "Confirm", OTHER_ADMIN)
        mended = (chat.data / CNN).read_text(encoding="utf-8").replace('status = "retracted"', 'status = "published"')
        mended = mended.replace('withdrawn = 2022-02-03\nnote = "misheard"\n', "")
        (chat.data / CNN).write_text(mended, encoding="utf-8")
        edit_kirby(chat)
        await publish(chat, OTHER_ADMIN)
        after = await chat.last()
        await chat.forge(data, message, OTHER_ADMIN, OTHER_ADMIN)
        assert "no longer good" in await edited(chat, after, OTHER_ADMIN)
        assert not await retracted(chat)

    async def test_who_sends_reload_himself_and_publishes_the_same_is_the_second(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        await say_first(chat)
        await chat.ask("/reload", OTHER_ADMIN)
        done = await chat.press("Publish", OTHER_ADMIN, method="editMessageText")
        assert "Published." in done["text"]
        assert (await acts(chat))[-2:] == [("second confirm", OTHER_ADMIN), ("publish", OTHER_ADMIN)]

    async def test_a_folder_that_was_changed_again_needs_its_own_two(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        await say_first(chat)
        chat.edit(CBC, 'role = "Pentagon spokesperson"', 'role = "spokesperson"')
        await chat.ask("/reload", OTHER_ADMIN)
        after = await chat.last()
        await chat.press("Publish", OTHER_ADMIN, method="editMessageText")
        assert "Waits for a second admin" in await edited(chat, after, OTHER_ADMIN)
        assert not await retracted(chat)

    async def test_a_rollback_asks_nobody(self, chat: Chat) -> None:
        await chat.ask("/reload", ADMIN)
        await say_first(chat)
        await chat.press("Confirm", OTHER_ADMIN, method="editMessageText")
        assert "Rolled back." in (await chat.ask("/rollback", OTHER_ADMIN))["text"]
        assert not await retracted(chat)


async def test_another_admin_who_never_wrote_cannot_be_reached_and_that_is_said(chat: Chat) -> None:
    retract(chat)
    await chat.ask("/reload", ADMIN)
    waiting = await chat.press("Publish", ADMIN, method="editMessageText")
    assert "No other admin could be reached" in waiting["text"]
    await chat.ask("/reload", OTHER_ADMIN)
    await chat.press("Publish", OTHER_ADMIN, method="editMessageText")
    assert await retracted(chat)


async def test_what_is_only_added_or_no_news_to_readers_needs_one(chat: Chat) -> None:
    edit_kirby(chat)
    await publish(chat)
    assert (await acts(chat))[1:] == [("propose", ADMIN), ("publish", ADMIN)]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (CBC, "low = 75000", "low = 76000"),
        (CNN, "published = 2022-02-02", "published = 2022-02-01"),
        (CNN, 'speaker = "John Kirby"', 'speaker = "Jens Stoltenberg"'),
    ],
)
async def test_a_figure_a_day_or_a_speaker_needs_two(chat: Chat, file: str, old: str, new: str) -> None:
    where = file if "published" not in old else f"articles/{Path(file).stem}.md"
    chat.edit(where, old, new)
    assert "One admin's word is not enough" in (await chat.ask("/reload", ADMIN))["text"]


class TestTheOnlyAdmin:
    @pytest.fixture
    async def alone(self, tmp_path: Path, moment: Clock) -> AsyncIterator[Chat]:
        async with chatting(settings_for(tmp_path, OTR_ADMINS=str(ADMIN)), moment) as chat:
            retract(chat)
            yield chat

    async def test_presses_twice(self, alone: Chat) -> None:
        await alone.ask("/reload", ADMIN)
        again = await alone.press("Publish", ADMIN, method="editMessageText")
        assert "You are the only admin" in again["text"]
        assert "status: published → retracted" in again["text"]
        assert labels(again) == ["Publish all the same", "Cancel"]
        assert not await retracted(alone)
        done = await alone.press("Publish all the same", ADMIN, method="editMessageText")
        assert "Published." in done["text"]
        assert await retracted(alone)
        assert [act for act, _ in await acts(alone)][-3:] == ["confirm", "confirm", "publish"]

    async def test_a_tap_that_comes_twice_is_one(self, alone: Chat) -> None:
        await alone.ask("/reload", ADMIN)
        message, data = await button(alone, "Publish", ADMIN)
        for _ in range(2):
            await alone.forge(data, message, ADMIN, ADMIN)
        await alone.ask("/status", ADMIN)
        assert not await retracted(alone)

    async def test_who_skips_the_first_press_is_refused(self, alone: Chat) -> None:
        await alone.ask("/reload", ADMIN)
        message, data = await button(alone, "Publish", ADMIN)
        after = await alone.last()
        await alone.forge(data.replace(":yes:", ":sure:"), message, ADMIN, ADMIN)
        assert "no longer good" in await edited(alone, after, ADMIN)
        assert not await retracted(alone)

    async def test_a_word_that_no_button_says_is_none(self, alone: Chat) -> None:
        await alone.ask("/reload", ADMIN)
        message, data = await button(alone, "Publish", ADMIN)
        after = await alone.last()
        await alone.forge(data.replace(":yes:", ":perhaps:"), message, ADMIN, ADMIN)
        await alone.ask("/status", ADMIN)
        assert await alone.events(after, method="editMessageText") == []

    async def test_after_ten_minutes_he_begins_again(self, alone: Chat) -> None:
        await alone.ask("/reload", ADMIN)
        await alone.press("Publish", ADMIN, method="editMessageText")
        alone.clock.forward(minutes=11)
        done = await alone.press("Publish all the same", ADMIN, method="editMessageText")
        assert "no longer good" in done["text"]


async def test_with_three_admins_each_of_the_others_is_asked_and_told(tmp_path: Path, moment: Clock) -> None:
    admins = f"{ADMIN},{OTHER_ADMIN},{THIRD_ADMIN}"
    async with chatting(settings_for(tmp_path, OTR_ADMINS=admins), moment) as chat:
        for admin in (OTHER_ADMIN, THIRD_ADMIN):
            await chat.ask("/start", admin)
        retract(chat)
        await chat.ask("/reload", ADMIN)
        await chat.press("Publish", ADMIN, method="editMessageText")
        after = await chat.last()
        await chat.press("Confirm", THIRD_ADMIN, method="editMessageText")
        told = await chat.until(after, 3, method="editMessageText")
        assert {one["message"]["chat"]["id"] for one in told} == {ADMIN, OTHER_ADMIN, THIRD_ADMIN}
        assert await retracted(chat)


class TestTheRadius:
    async def test_tells_how_many_chats_were_shown_what_changes(self, chat: Chat) -> None:
        for reader in (READER, OTHER_READER, READER):
            await chat.ask(FIGHT, reader)
        retract(chat)
        text = (await chat.ask("/reload", ADMIN))["text"]
        assert f"In the last day 2 chats were shown what changes or goes:\n• {GRAVE}: 2" in text

    async def test_forgets_them_after_a_day(self, chat: Chat) -> None:
        await chat.ask(FIGHT)
        chat.clock.forward(hours=25)
        retract(chat)
        assert "Nobody was shown what changes or goes" in (await chat.ask("/reload", ADMIN))["text"]

    async def test_counts_whoever_opened_the_context_or_a_link(self, chat: Chat) -> None:
        await chat.ask(f"/start fact_{GRAVE}")
        await chat.press("Source in context", READER)
        retract(chat)
        assert f"{GRAVE}: 1" in (await chat.ask("/reload", ADMIN))["text"]

    async def test_names_gaps_names_and_topics(self, chat: Chat) -> None:
        gap = '\n[[gap]]\nabout = "The weather in Lviv"\nquestions = ["How warm is it in Lviv?"]\n'
        with (chat.data / "gaps.toml").open("a", encoding="utf-8") as file:
            file.write(gap)
        text = (await chat.ask("/reload", ADMIN))["text"]
        assert "gaps: 1 added, 0 changed, 0 removed (The weather in Lviv)" in text
        assert "0 added, 0 changed, 0 removed\n" in text
        assert "Nobody was shown" not in text

    async def test_lists_the_golden_questions_that_get_another_answer(self, tmp_path: Path, moment: Clock) -> None:
        golden = tmp_path / "golden"
        golden.mkdir()
        lines = [{"question": FIGHT}, {"question": "what is operation unifier?"}, {"question": "hello"}]
        (golden / "own.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        async with chatting(settings_for(tmp_path), moment) as chat:
            retract(chat)
            text = (await chat.ask("/reload", ADMIN))["text"]
        assert "Golden questions that get another answer: 1 (asked: 3 of 3)" in text
        assert f"• {FIGHT}: found {GRAVE} → " in text
        assert "unifier" not in text

    async def test_says_why_they_could_not_be_asked(self, tmp_path: Path, moment: Clock) -> None:
        (tmp_path / "golden").write_text("this is no JSON", encoding="utf-8")
        async with chatting(settings_for(tmp_path), moment) as chat:
            edit_kirby(chat)
            text = (await chat.ask("/reload", ADMIN))["text"]
            assert "The golden questions could not be asked: golden:1:" in text
            await chat.press("Publish", ADMIN, method="editMessageText")
            assert "press secretary of the Pentagon" in (await chat.ask(FIGHT))["text"]
