"""Reload, rollback and status: who may, what is shown, what is changed, and that nothing is changed by half."""

from datetime import UTC, datetime

import pytest

from bot.publishing import before
from bot.store import Publication
from tests.bot.harness import ADMIN, OTHER_ADMIN, READER, Chat, labels, quotes

CNN = "facts/2022-02-02-cnn-us-troops-eastern-europe.toml"
CBC = "facts/2022-02-02-cbc-us-troops-eastern-europe.toml"
FIGHT = "are US troops going to fight in Ukraine?"
OLD_ROLE, NEW_ROLE = 'role = "Pentagon press secretary"', 'role = "press secretary of the Pentagon"'


def edit_kirby(chat: Chat) -> None:
    text = (chat.data / CNN).read_text(encoding="utf-8")
    at = text.index('id = "cnn-not-going-to-fight"')
    (chat.data / CNN).write_text(text[:at] + text[at:].replace(OLD_ROLE, NEW_ROLE, 1), encoding="utf-8")


async def publish(chat: Chat, admin: int = ADMIN) -> None:
    shown = await chat.ask("/reload", admin)
    assert labels(shown) == ["Publish", "Cancel"]
    await chat.press("Publish", admin, method="editMessageText")


async def say_first(chat: Chat) -> None:
    """The first admin's word, until he is told that it waits for another's."""
    after = await chat.last()
    await chat.press("Publish", ADMIN)
    await chat.until(after, method="editMessageText", chat_id=ADMIN)


async def publish_together(chat: Chat) -> None:
    """What one admin's word is not enough for: another one confirms it."""
    await chat.ask("/start", OTHER_ADMIN)
    await chat.ask("/reload", ADMIN)
    await say_first(chat)
    await chat.press("Confirm", OTHER_ADMIN, method="editMessageText")


@pytest.mark.parametrize("command", ["/reload", "/rollback", "/rollback 1", "/revisions", "/status"])
async def test_who_is_no_admin_is_told_what_everybody_is_told(chat: Chat, command: str) -> None:
    assert (await chat.ask(command))["text"] == (await chat.ask("/frobnicate"))["text"]


@pytest.mark.parametrize("trick", [{"forwarded": True}, {"via_bot": True}, {"sender_chat": -100123}])
@pytest.mark.parametrize("command", ["/reload", "/rollback", "/status"])
async def test_a_command_that_the_admin_did_not_write_here_and_now_is_none(
    chat: Chat, command: str, trick: dict[str, object]
) -> None:
    await chat.ask("/start", ADMIN)
    edit_kirby(chat)
    assert "do not know that command" in (await chat.ask(command, ADMIN, **trick))["text"]


async def test_an_edited_command_never_reaches_the_bot(chat: Chat) -> None:
    await chat.ask("hello", ADMIN)
    after = await chat.last()
    await chat.sim("message", user_id=ADMIN, text="/status", edited=True)
    await chat.ask("what is operation unifier?")
    assert len(await chat.events(after, method="sendMessage")) == 1


async def test_an_admin_of_a_group_commands_nothing_there(chat: Chat) -> None:
    group = (await chat.sim("group", title="Editors", type="group"))["chat_id"]
    after = await chat.last()
    await chat.sim("message", user_id=ADMIN, chat_id=group, text=f"/status@{chat.bot.username}")
    await chat.ask("/ask what is operation unifier?", chat_id=group)
    assert len(await chat.events(after, method="sendMessage")) == 1


async def test_an_edit_is_shown_confirmed_answered_and_rolled_back(chat: Chat) -> None:
    assert "Pentagon press secretary" in (await chat.ask(FIGHT))["text"]
    edit_kirby(chat)
    shown = await chat.ask("/reload", ADMIN)
    assert "0 added, 1 changed, 0 removed" in shown["text"]
    assert "cnn-not-going-to-fight" in shown["text"]
    assert "Pentagon press secretary" in (await chat.ask(FIGHT))["text"], "nothing is live before it is confirmed"

    done = await chat.press("Publish", ADMIN, method="editMessageText")
    assert "Published." in done["text"]
    assert not labels(done)
    assert "press secretary of the Pentagon" in (await chat.ask(FIGHT))["text"]

    assert "Rolled back." in (await chat.ask("/rollback", ADMIN))["text"]
    assert "Pentagon press secretary" in (await chat.ask(FIGHT))["text"]
    assert "The data folder holds changes that are not live" in (await chat.ask("/status", ADMIN))["text"]
    assert "no earlier revision" in (await chat.ask("/rollback", ADMIN))["text"]


async def test_the_diff_names_what_is_added_changed_and_removed(chat: Chat) -> None:
    text = (chat.data / CBC).read_text(encoding="utf-8")
    blocks = text.split("[[fact]]")
    gone = blocks.pop(2)
    (chat.data / CBC).write_text("[[fact]]".join(blocks), encoding="utf-8")
    edit_kirby(chat)
    added = '\n[[fact]]\nid = "cnn-nato-not-activated-again"\nquote = "NATO has not yet activated a multinational response force"\n'
    (chat.data / CNN).write_text((chat.data / CNN).read_text(encoding="utf-8") + added, encoding="utf-8")
    shown = await chat.ask("/reload", ADMIN)
    removed_id = gone.split('id = "', 1)[1].split('"', 1)[0]
    assert "1 added, 1 changed, 1 removed" in shown["text"]
    assert all(id_ in shown["text"] for id_ in (removed_id, "cnn-not-going-to-fight", "cnn-nato-not-activated-again"))
    assert "NATO has not yet activated a multinational response force" in quotes(shown)


async def test_cancelling_changes_nothing(chat: Chat) -> None:
    edit_kirby(chat)
    await chat.ask("/reload", ADMIN)
    assert "Cancelled" in (await chat.press("Cancel", ADMIN, method="editMessageText"))["text"]
    assert "Pentagon press secretary" in (await chat.ask(FIGHT))["text"]


async def test_nothing_changed_is_nothing_to_publish(chat: Chat) -> None:
    assert "Nothing to publish" in (await chat.ask("/reload", ADMIN))["text"]


async def test_problems_are_all_named_and_the_live_base_stays(chat: Chat) -> None:
    chat.edit(CNN, "not permanents", "not permanent")
    chat.edit(CBC, 'status = "published"', 'status = "publishd"')
    shown = await chat.ask("/reload", ADMIN)
    assert "Nothing was changed" in shown["text"]
    assert "did you mean: Kirby said that the moves were not permanents" in shown["text"]
    assert "did you mean published?" in shown["text"]
    assert quotes(await chat.ask(FIGHT))


async def test_many_problems_come_as_a_file(chat: Chat) -> None:
    for name in (CNN, CBC):
        text = (chat.data / name).read_text(encoding="utf-8")
        (chat.data / name).write_text(text.replace('known = "cue"', 'known = "heard"'), encoding="utf-8")
    after = await chat.last()
    shown = await chat.ask("/reload", ADMIN)
    assert "in the file below" in shown["text"]
    document = (await chat.until(after, method="sendDocument"))[0]["message"]["document"]
    file = (await chat.http.get("/sim/file", params={"file_id": document["file_id"]})).text
    assert document["file_name"] == "problems.txt"
    assert file.count("known must be one of") > 10


async def test_a_fact_too_long_for_a_message_is_refused(chat: Chat) -> None:
    long = "word " * 900 + "end."
    article = next((chat.data / "articles").glob("*cnn*"))
    article.write_text(article.read_text(encoding="utf-8") + "\n" + long + "\n", encoding="utf-8")
    path = chat.data / CNN
    path.write_text(
        path.read_text(encoding="utf-8") + f'\n[[fact]]\nid = "cnn-long"\nquote = "{long}"\n', encoding="utf-8"
    )
    shown = await chat.ask("/reload", ADMIN)
    assert "cnn-long does not fit a message" in shown["text"]


class TestTheButton:
    @pytest.fixture(autouse=True)
    async def proposed(self, chat: Chat) -> None:
        edit_kirby(chat)
        await chat.ask("/reload", ADMIN)

    async def good(self, chat: Chat) -> bool:
        return "of the Pentagon" in (await chat.ask(FIGHT))["text"]

    async def data(self, chat: Chat, chat_id: int = ADMIN) -> tuple[int, str]:
        messages = (await chat.http.get("/sim/transcript", params={"chat_id": chat_id})).json()["messages"]
        message = next(m for m in reversed(messages) if "Publish" in labels(m))
        return message["message_id"], message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

    async def test_is_no_good_after_ten_minutes(self, chat: Chat) -> None:
        chat.clock.forward(minutes=11)
        assert "no longer good" in (await chat.press("Publish", ADMIN, method="editMessageText"))["text"]
        assert not await self.good(chat)

    @pytest.mark.parametrize("where", [ADMIN, OTHER_ADMIN])
    async def test_is_no_good_for_another_admin(self, chat: Chat, where: int) -> None:
        message, data = await self.data(chat)
        await chat.forge(data, message, OTHER_ADMIN, where)
        assert not await self.good(chat)

    async def test_does_nothing_for_who_is_no_admin(self, chat: Chat) -> None:
        message, data = await self.data(chat)
        await chat.forge(data, message, READER, ADMIN)
        assert not await self.good(chat)

    async def test_works_once(self, chat: Chat) -> None:
        message, data = await self.data(chat)
        await chat.press("Publish", ADMIN, method="editMessageText")
        after = await chat.last()
        await chat.forge(data, message, ADMIN, ADMIN)
        assert "no longer good" in (await chat.until(after, method="editMessageText"))[0]["message"]["text"]
        assert len(await chat.bot.office.store.publications()) == 2

    async def test_is_no_good_when_something_else_was_published_meanwhile(self, chat: Chat) -> None:
        message, data = await self.data(chat)
        chat.edit(CBC, 'role = "Pentagon spokesperson"', 'role = "spokesperson"')
        await publish(chat, OTHER_ADMIN)
        after = await chat.last()
        await chat.forge(data, message, ADMIN, ADMIN)
        assert "no longer good" in (await chat.until(after, method="editMessageText"))[0]["message"]["text"]


async def test_rolling_back_twice_goes_back_twice(chat: Chat) -> None:
    first = chat.bot.office.desk.snapshot.base.revision
    edit_kirby(chat)
    await publish(chat)
    second = chat.bot.office.desk.snapshot.base.revision
    chat.edit(CBC, 'role = "Pentagon spokesperson"', 'role = "spokesperson"')
    await publish(chat)
    for earlier in (second, first):
        await chat.ask("/rollback", ADMIN)
        assert chat.bot.office.desk.snapshot.base.revision == earlier


async def test_a_retracted_fact_is_said_to_be_withdrawn_with_the_day_the_reason_and_what_stands_now(chat: Chat) -> None:
    text = (chat.data / CNN).read_text(encoding="utf-8")
    head, rest = text.split('id = "cnn-not-going-to-fight"')
    rest = rest.replace(
        'status = "published"',
        'status = "corrected"\nwithdrawn = 2022-02-03\nnote = "CNN misquoted him"\nreplaced_by = "cbc-not-going-to-fight"',
        1,
    )
    (chat.data / CNN).write_text(head + 'id = "cnn-not-going-to-fight"' + rest, encoding="utf-8")
    await publish_together(chat)
    assert "was corrected on 3 Feb 2022" in (await chat.ask(FIGHT))["text"]
    fact = await chat.ask("/start fact_cnn-not-going-to-fight")
    assert "was corrected on 3 Feb 2022" in fact["text"]
    assert "Reason: CNN misquoted him" in fact["text"]
    assert "What stands now" in fact["text"]
    assert any(entity["type"] == "strikethrough" for entity in fact["entities"])
    assert labels(fact) == ["Source in context", "What stands now, in context"]


A, B, C = "a", "b", "c"


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([("start", A)], []),
        ([("start", A), ("reload", B)], [A]),
        ([("start", A), ("reload", B), ("rollback", A)], []),
        ([("start", A), ("reload", B), ("reload", C)], [B, A]),
        ([("start", A), ("reload", B), ("reload", C), ("rollback", B)], [A]),
        ([("start", A), ("reload", B), ("reload", A), ("reload", C), ("rollback", A)], [B]),
        ([("start", A), ("reload", B), ("rollback", A), ("reload", C)], [A]),
    ],
)
def test_what_was_live_before_follows_from_the_publications(
    history: list[tuple[str, str]], expected: list[str]
) -> None:
    when = datetime(2026, 1, 1, tzinfo=UTC)
    newest_first = [Publication(revision=r, at=when, admin=1, how=how) for how, r in reversed(history)]
    assert before(newest_first, history[-1][1]) == expected
