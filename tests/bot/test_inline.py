"""Inline queries: cited cards that can be put into any chat."""

from tests.bot.harness import READER, Chat, quotes


async def test_a_question_gives_a_card_for_each_passage_that_answers(chat: Chat) -> None:
    found = await chat.sim("inline", user_id=READER, query="are US troops going to fight in Ukraine?", wait=10)
    assert [result["title"] for result in found["results"]] == [
        "CNN, 2 Feb 2022 · John Kirby",
        "CBC News, 2 Feb 2022 · John Kirby",
    ]
    assert found["button"]["text"] == "Ask me in private"


async def test_a_chosen_card_carries_words_source_and_a_link_to_the_fact(chat: Chat) -> None:
    group = (await chat.sim("group", title="Rumours", type="group"))["chat_id"]
    found = await chat.sim("inline", user_id=READER, query="are US troops going to fight in Ukraine?", wait=10)
    await chat.sim("choose", user_id=READER, chat_id=group, result_id=found["results"][0]["id"])
    posted = (await chat.http.get("/sim/transcript", params={"chat_id": group})).json()["messages"][-1]
    assert "not going to fight in Ukraine" in quotes(posted)[0]
    assert "CNN · reported 2 Feb 2022" in posted["text"]
    link = posted["reply_markup"]["inline_keyboard"][0][0]["url"]
    assert link.endswith("start=fact_cnn-not-going-to-fight")


async def test_nothing_typed_gives_no_card(chat: Chat) -> None:
    assert (await chat.sim("inline", user_id=READER, query="", wait=10))["results"] == []


async def test_what_is_not_on_record_gives_no_card_and_says_so(chat: Chat) -> None:
    found = await chat.sim("inline", user_id=READER, query="who won the chess championship?", wait=10)
    assert found["results"] == []
    assert found["button"]["text"].startswith("Nothing on the record")
