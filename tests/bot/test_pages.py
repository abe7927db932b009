"""What is said beside answers: start, help, sources, topics, privacy; deep links and menus."""

import pytest

from tests.bot.harness import ADMIN, READER, Chat, labels, quotes

ADMINS = (
    "review",
    "correct",
    "supersede",
    "retract",
    "status",
    "reload",
    "rollback",
    "revisions",
    "runs",
    "halt",
    "resume",
)


async def test_start_says_what_this_is_and_offers_questions_that_work(chat: Chat) -> None:
    welcome = await chat.ask("/start")
    assert "word for word" in welcome["text"]
    assert "29 passages from 2 articles" in welcome["text"]
    assert quotes(await chat.press(labels(welcome)[1]))


async def test_a_deep_link_opens_a_fact_by_id_or_code(chat: Chat) -> None:
    fact = chat.bot.office.desk.snapshot.base.fact("cnn-not-going-to-fight")
    for payload in (f"fact_{fact.id}", f"fact_{fact.code}"):
        assert fact.quote.text in quotes(await chat.ask(f"/start {payload}"))


async def test_a_deep_link_to_a_fact_that_is_gone_says_so(chat: Chat) -> None:
    assert "no longer on the record" in (await chat.ask("/start fact_gone"))["text"]


async def test_help_lists_the_commands_and_names_the_bot(chat: Chat) -> None:
    text = (await chat.ask("/help"))["text"]
    assert all(
        f"/{name} – " in text
        for name in ("ask", "help", "sources", "topics", "corrections", "privacy", "digest", "export", "forget")
    )
    assert f"@{chat.bot.username}" in text
    assert "/reload" not in text


async def test_sources_are_the_articles_with_outlet_date_and_authors(chat: Chat) -> None:
    text = (await chat.ask("/sources"))["text"]
    assert "CBC News, 2 Feb 2022" in text
    assert "Natasha Bertrand, Barbara Starr, and Jeremy Herb" in text


async def test_a_topic_shows_its_passages(chat: Chat) -> None:
    topics = labels(await chat.ask("/topics"))
    assert len(topics) == len(chat.bot.office.desk.snapshot.base.coverage.topics)
    for topic in topics:
        shown = await chat.press(topic)
        assert shown["text"].startswith(topic)
        assert quotes(shown)


@pytest.mark.parametrize(
    ("user", "group", "expected"),
    [
        (READER, False, ["help", "sources", "topics", "corrections", "privacy", "digest", "export", "forget"]),
        (ADMIN, False, ["help", "sources", "topics", "corrections", "privacy", "digest", "export", "forget", *ADMINS]),
        (READER, True, ["ask", "help", "sources", "topics", "corrections", "privacy"]),
    ],
)
@pytest.mark.parametrize("language", ["", "en"])
async def test_menus_are_set_for_each_place_and_language(
    chat: Chat, user: int, *, group: bool, expected: list[str], language: str
) -> None:
    await chat.ask("/start", user)
    where = (await chat.sim("group", title="G", type="group"))["chat_id"] if group else user
    found = await chat.http.get("/sim/commands", params={"user_id": user, "chat_id": where, "language_code": language})
    assert [command["command"] for command in found.json()["commands"]] == expected


async def test_an_admin_who_has_never_pressed_start_gets_his_menu_with_his_first_command(chat: Chat) -> None:
    after = await chat.last()
    await chat.ask("/status", ADMIN)
    await chat.until(after, count=2, method="setMyCommands")
    found = await chat.http.get("/sim/commands", params={"user_id": ADMIN, "chat_id": ADMIN, "language_code": ""})
    assert [command["command"] for command in found.json()["commands"]][-3:] == ["runs", "halt", "resume"]
