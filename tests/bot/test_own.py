"""What a reader may ask about himself: /privacy, /export, /forget, from his own chat and about it alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.store.tombstones import KEPT
from tests.bot.faults import Faults, refusal
from tests.bot.harness import OTHER_READER, READER, Chat, Clock, Message, chatting, labels, settings_for

EDIT: dict[str, Any] = {"method": "editMessageText"}
FIGHT = "are US troops going to fight in Ukraine?"


async def exported(chat: Chat, user: int = READER) -> dict[str, Any]:
    """The file that /export gives."""
    after = await chat.last()
    await chat.sim("message", user_id=user, text="/export")
    sent = (await chat.until(after, method="sendDocument"))[0]["message"]["document"]
    file = await chat.http.get("/sim/file", params={"file_id": sent["file_id"]})
    found: dict[str, Any] = json.loads(file.text)
    return found


async def forget(chat: Chat, user: int = READER, label: str = "Delete it all") -> Message:
    await chat.ask("/forget", user)
    return await chat.press(label, user, **EDIT)


async def test_privacy_says_what_is_kept_how_long_and_who_else_can_read(chat: Chat) -> None:
    text = (await chat.ask("/privacy"))["text"]
    for said in ("not end-to-end encrypted", "Your questions, your name", f"{KEPT.days} days", "/forget", "/export"):
        assert said in text


@pytest.mark.parametrize(
    ("language", "said"),
    [("uk", "Що я зберігаю"), ("ru-RU", "Что я храню"), ("de", "Was ich aufbewahre"), ("xx", "What I keep")],
)
async def test_a_reader_is_told_in_his_language(chat: Chat, language: str, said: str) -> None:
    assert said in (await chat.ask("/privacy", language_code=language))["text"]


async def test_who_has_no_digest_is_told_that_nothing_is_kept(chat: Chat) -> None:
    await chat.ask(FIGHT)
    assert "I keep nothing about this chat" in (await chat.ask("/export"))["text"]
    assert not await chat.events(method="sendDocument")


async def test_an_export_holds_what_was_chosen_and_nobody_else(chat: Chat) -> None:
    await chat.ask("/digest 07:30 Europe/Kyiv")
    await chat.ask("/digest 22:00", OTHER_READER)
    found = await exported(chat)
    assert found["chat"] == READER
    assert (found["subscription"]["at"], found["subscription"]["zone"]) == ("07:30", "Europe/Kyiv")
    assert str(OTHER_READER) not in json.dumps(found)
    assert "22:00" not in json.dumps(found)


async def test_forgetting_asks_first_and_says_what_stays(chat: Chat) -> None:
    await chat.ask("/digest 07:30")
    asked = await chat.ask("/forget")
    assert labels(asked) == ["Delete it all", "Keep it"]
    assert "Telegram keeps this chat" in asked["text"]
    assert f"{KEPT.days} days" in asked["text"]
    assert "stays as it was" in (await chat.press("Keep it", **EDIT))["text"]
    assert await chat.bot.office.store.subscriber(READER)


async def test_one_press_forgets_rows_and_memory_of_this_chat_alone(chat: Chat) -> None:
    office = chat.bot.office
    for user in (READER, OTHER_READER):
        await chat.ask("/digest 07:30", user)
        answer = await chat.ask(FIGHT, user)
        assert office.recent.of(user, answer["message_id"])
    assert "Done" in (await forget(chat))["text"]
    assert await office.store.subscriber(READER) is None
    assert await office.store.subscriber(OTHER_READER)
    assert (office.turns.of((READER, READER)), office.turns.of((OTHER_READER, OTHER_READER))) == ((), (FIGHT,))
    assert office.recent.of(READER, answer["message_id"] - 4) is None
    assert office.recent.of(OTHER_READER, answer["message_id"])
    shown = next(iter(office.recent.of(OTHER_READER, answer["message_id"]).shown))  # type: ignore[union-attr]
    assert office.seen.of([shown])[0] == 1


async def test_after_it_the_export_holds_the_mark_alone(chat: Chat) -> None:
    await chat.ask("/digest 07:30")
    await forget(chat)
    found = await exported(chat)
    assert found == {"chat": READER, "forgotten": chat.clock.now.isoformat()}


async def test_forgetting_twice_and_having_had_nothing_is_no_error(chat: Chat) -> None:
    for _ in range(2):
        assert "Done" in (await forget(chat))["text"]


@pytest.mark.parametrize("command", ["/export", "/forget"])
async def test_in_a_group_nobody_is_shown_or_forgotten(chat: Chat, command: str) -> None:
    group = (await chat.sim("group", title="G", type="group"))["chat_id"]
    assert "private chat" in (await chat.ask(command, chat_id=group))["text"]


async def test_nobody_forgets_another(chat: Chat) -> None:
    """A button that another sends, or in another's chat, or with other words."""
    await chat.ask("/digest 07:30")
    message = (await chat.ask("/forget"))["message_id"]
    await chat.forge("y:forget", message, OTHER_READER, READER)
    for odd in ("y:", "y:forget:1", "y:FORGET", "y:forget\n"):
        await chat.forge(odd, message, READER, READER)
    await chat.ask("/help")
    assert await chat.bot.office.store.subscriber(READER)


async def test_what_could_not_be_deleted_is_said(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        await chat.ask("/digest 07:30")
        await chat.ask("/forget")
        state = tmp_path / "state" / "state.sqlite"
        forgotten = state.with_name("forgotten")
        forgotten.mkdir()  # a folder is in the way of the file
        assert "could not delete" in (await chat.press("Delete it all", **EDIT))["text"]
        forgotten.rmdir()
        assert "Done" in (await forget(chat))["text"]


async def test_a_file_that_telegram_does_not_take_does_no_harm(chat: Chat) -> None:
    await chat.ask("/digest 07:30")
    chat.api.bot_plane.faults = Faults("sendDocument", [refusal(400, "Bad Request: FILE_PARTS_INVALID")])
    assert "everything that I keep" in (await chat.ask("/export"))["text"]
    assert "How to ask" in (await chat.ask("/help"))["text"]
