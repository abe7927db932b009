"""What Telegram refuses, and what becomes of a message then. The faults are the local Bot API's own."""

import logging
from collections.abc import Iterator

import pytest

from answers.render import Rendered
from bot.delivery import Outcome
from tests.bot.faults import Faults, refusal
from tests.bot.harness import READER, Chat

HELLO = Rendered(html="<b>hello</b>", text="hello")


@pytest.fixture
async def reader(chat: Chat) -> Chat:
    await chat.ask("/start")
    return chat


async def send(chat: Chat) -> tuple[Outcome, int]:
    sent = await chat.bot.office.delivery.send(READER, HELLO)
    return sent.outcome, sent.message


async def test_a_message_that_arrives_is_sent(reader: Chat) -> None:
    outcome, message = await send(reader)
    assert outcome is Outcome.SENT
    assert message > 0


async def test_patience_is_kept_when_asked_for(reader: Chat) -> None:
    reader.api.bot_plane.faults = Faults(
        "sendMessage", [refusal(429, "Too Many Requests: retry after 1", retry_after=1)]
    )
    assert (await send(reader))[0] is Outcome.SENT


async def test_more_patience_than_an_answer_is_worth_is_not_sent(reader: Chat) -> None:
    reader.api.bot_plane.faults = Faults(
        "sendMessage", [refusal(429, "Too Many Requests: retry after 1900", retry_after=1900)]
    )
    assert (await send(reader))[0] is Outcome.NOT_SENT


async def test_html_that_cannot_be_read_is_sent_as_plain_text_and_alarms(
    reader: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Rendered(html="<b>hello", text="hello")
    with caplog.at_level(logging.ERROR):
        sent = await reader.bot.office.delivery.send(READER, broken)
    assert sent.outcome is Outcome.SENT
    assert "alarm html: can't parse entities" in caplog.text
    assert (await reader.events())[-1]["message"]["text"] == "hello"


async def test_what_telegram_will_not_have_is_refused(reader: Chat) -> None:
    sent = await reader.bot.office.delivery.send(READER, Rendered(html="x" * 4097, text="x"))
    assert sent.outcome is Outcome.REFUSED


@pytest.mark.parametrize("status", [500, 502])
async def test_an_answer_that_got_lost_is_not_sent_twice(reader: Chat, status: int) -> None:
    faults = Faults("sendMessage", [refusal(status, "Internal Server Error")] * 2)
    reader.api.bot_plane.faults = faults
    assert (await send(reader))[0] is Outcome.UNKNOWN
    assert len(faults.replies) == 1


async def test_a_blocked_chat_and_one_that_is_gone_are_told_apart(reader: Chat) -> None:
    assert (await reader.bot.office.delivery.send(987654, HELLO)).outcome is Outcome.GONE
    await reader.sim("block", user_id=READER)
    assert (await send(reader))[0] is Outcome.BLOCKED


async def test_a_group_that_moved_is_followed(reader: Chat) -> None:
    group = (await reader.sim("group", title="G", type="group"))["chat_id"]
    new = (await reader.sim("migrate", chat_id=group))["chat_id"]
    assert (await reader.bot.office.delivery.send(group, HELLO)).outcome is Outcome.SENT
    transcript = (await reader.http.get("/sim/transcript", params={"chat_id": new})).json()
    assert transcript["messages"][-1]["text"] == "hello"


async def test_an_edit_that_changes_nothing_is_no_failure(reader: Chat) -> None:
    _, message = await send(reader)
    assert (await reader.bot.office.delivery.edit(READER, message, HELLO)).outcome is Outcome.SENT


async def test_an_edit_of_what_is_not_there_is_refused(reader: Chat) -> None:
    assert (await reader.bot.office.delivery.edit(READER, 424242, HELLO)).outcome is Outcome.REFUSED


async def test_a_press_too_old_to_be_answered_is_let_go(reader: Chat) -> None:
    await reader.bot.office.delivery.toast("no-such-query")
    assert (await send(reader))[0] is Outcome.SENT


async def test_when_a_handler_fails_the_reader_is_told_and_the_log_keeps_his_words_out(
    reader: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    await reader.bot.office.store.close()
    with caplog.at_level(logging.DEBUG):
        answer = await reader.ask("/digest 07:30 my-secret-zone")
    assert "Something went wrong here" in answer["text"]
    assert "my-secret-zone" not in "".join(record.getMessage() for record in ours(caplog))


async def test_a_state_that_fails_costs_no_answer(reader: Chat) -> None:
    await reader.bot.office.store.close()
    assert "fight in Ukraine" in (await reader.ask("are US troops going to fight in Ukraine?"))["text"]


def ours(caplog: pytest.LogCaptureFixture) -> Iterator[logging.LogRecord]:
    return (record for record in caplog.records if record.name.startswith("bot"))
