"""Questions through the whole bot: the message in, the answer and its buttons out."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import CHECKOUT
from tests.bot.harness import OTHER_READER, READER, Chat, Clock, chatting, labels, quotes, settings_for

FIGHT = "are US troops going to fight in Ukraine?"


async def test_a_question_is_answered_with_the_words_of_both_outlets(chat: Chat) -> None:
    answer = await chat.ask(FIGHT)
    assert quotes(answer) == [
        "Kirby said that the moves were not permanents and emphasized, “These forces are not going to fight in Ukraine.”",
        (
            '"These forces are not going to fight in Ukraine," said Kirby, reaffirming the American commitment to the'
            " defence of the alliance laid out in Article 5 of the NATO treaty."
        ),
    ]
    assert "CNN · reported 2 Feb 2022, over 4 years ago" in answer["text"]
    assert "CBC News · reported 2 Feb 2022, over 4 years ago" in answer["text"]
    assert "As of 22 Nov 2026" in answer["text"]
    assert labels(answer) == ["Source in context", "Other sources", "This does not answer me"]


@pytest.mark.parametrize("place", ["Taiwan", "moldova", "Japan", "Kaliningrad"])
async def test_a_country_that_no_article_speaks_of_is_never_found(chat: Chat, place: str) -> None:
    answer = await chat.ask(f"are US troops going to fight in {place}?")
    assert "As of" in answer["text"]
    assert "nothing that clearly answers" in answer["text"] or "nothing on the record" in answer["text"]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Чи будуть американські солдати воювати в Україні?", "Це не відповідає на моє питання"),
        ("Werden US-Soldaten in der Ukraine kämpfen?", "Das beantwortet meine Frage nicht"),
    ],
)
async def test_buttons_speak_the_language_of_the_question(chat: Chat, question: str, label: str) -> None:
    answer = await chat.ask(question)
    assert labels(answer)[-1] == label


async def test_near_passages_can_be_seen_in_context_one_by_one(chat: Chat) -> None:
    answer = await chat.ask("are US troops going to fight in Taiwan?")
    assert "They do not speak of Taiwan." in answer["text"]
    assert labels(answer)[:2] == ["1 in context", "2 in context"]
    shown = await chat.press("2 in context")
    assert quotes(answer)[1] in shown["text"]


async def test_the_source_in_context_shows_what_stands_around_the_passage(chat: Chat) -> None:
    answer = await chat.ask(FIGHT)
    shown = await chat.press("Source in context")
    assert quotes(answer)[0] in shown["text"]
    assert "In addition, approximately 1,000 troops" in shown["text"]
    assert "The US has put 8,500 troops" in shown["text"]
    assert "By Natasha Bertrand" in shown["text"]
    assert shown["reply_to_message"]["message_id"] == answer["message_id"]


async def test_other_sources_are_the_other_facts_of_the_claim(chat: Chat) -> None:
    await chat.ask(FIGHT)
    shown = await chat.press("Other sources")
    assert [quote[:30] for quote in quotes(shown)] == ['"These forces are not going to']


async def test_a_fact_that_stands_alone_says_so(chat: Chat) -> None:
    await chat.ask("what is operation unifier?")
    shown = await chat.press("Other sources")
    assert "rests on this one passage" in shown["text"]


async def test_who_is_not_answered_gets_what_ranked_behind(chat: Chat) -> None:
    answer = await chat.ask(FIGHT)
    shown = await chat.press("This does not answer me")
    assert "may not answer this" in shown["text"]
    assert not set(quotes(shown)) & set(quotes(answer))
    assert (await chat.bot.office.store.counts(chat.bot.office.today()))["not_this"] == 1


async def test_after_half_an_hour_the_question_is_forgotten(chat: Chat) -> None:
    await chat.ask(FIGHT)
    chat.clock.forward(minutes=31)
    assert "I keep no questions" in (await chat.press("This does not answer me"))["text"]


async def test_when_nothing_ranked_behind_the_bot_says_so(chat: Chat) -> None:
    office = chat.bot.office
    reply = office.desk.ask(FIGHT, today=office.today())
    answer = await chat.ask(FIGHT)
    office.recent.keep(READER, answer["message_id"], replace(reply, answer=replace(reply.answer, ranking=())))
    assert "nothing else that comes near" in (await chat.press("This does not answer me"))["text"]


async def test_an_unknown_question_says_what_the_record_covers_and_offers_questions(chat: Chat) -> None:
    answer = await chat.ask("who won the chess championship?")
    assert "I have nothing on the record about that." in answer["text"]
    assert "29 passages from 2 articles by CBC News and CNN" in answer["text"]
    offered = labels(answer)
    assert len(offered) == 3
    assert quotes(await chat.press(offered[0]))


@pytest.mark.parametrize(
    "text",
    [
        "🙂🙂",
        "?!...",
        "\u202eabc\u202c ?",
        "'; drop table facts; --",
        'near("x" OR *) AND -fts:^"',
        "<b>bold</b><script>alert(1)</script>",
        "{{ 7*7 }}{% raw %}",
        "чи будуть війська США воювати?",
        "هل ستقاتل القوات؟",
        "a" * 301,
        "war " * 1000,
        "\u200b\u200d\ufeff",
        "NULL\tOR\n1=1",
    ],
)
async def test_any_text_gets_a_polite_answer(chat: Chat, text: str) -> None:
    answer = await chat.ask(text)
    assert answer["text"]
    assert "went wrong" not in answer["text"]
    assert "49" not in answer["text"]


async def test_an_overlong_question_is_asked_to_be_shortened(chat: Chat) -> None:
    assert "at most 300 characters" in (await chat.ask("why " * 100))["text"]


async def test_a_question_in_another_language_is_answered_with_the_english_passages_of_its_names(chat: Chat) -> None:
    answer = await chat.ask("чи будуть війська США воювати в Україні?")
    passages = {fact.quote.text: fact for fact in chat.bot.office.desk.snapshot.base.facts()}
    assert quotes(answer)
    assert all("Ukraine" in passages[quote].names for quote in quotes(answer))


async def test_a_question_of_which_no_word_is_known_is_unknown_and_offers_questions(chat: Chat) -> None:
    answer = await chat.ask("ใครชนะการแข่งขันหมากรุก")
    assert "nothing on the record about that" in answer["text"]
    assert len(labels(answer)) == 3


@pytest.mark.parametrize(
    ("text", "words", "offered"),
    [
        ("hello", "Ask me about what is on the record", 3),
        ("Привіт!", "Запитайте про те, що зафіксовано в новинах", 3),
        ("thank you", "You are welcome", 3),
        ("who are you?", "I am a program", 3),
        ("should I leave Kyiv?", "follow your local authorities and emergency services", 0),
        ("що мені робити?", "Дотримуйтеся, будь ласка, вказівок місцевої влади", 0),
        ("I am so scared", "talk to somebody you trust", 0),
        ("will my son be drafted?", "I cannot judge your own case", 3),
    ],
)
async def test_small_talk_and_calls_for_help_get_words_of_their_own_and_no_passage(
    chat: Chat, text: str, words: str, offered: int
) -> None:
    answer = await chat.ask(text)
    assert words in answer["text"]
    assert "nothing on the record" not in answer["text"]
    assert not quotes(answer)
    assert len(labels(answer)) == offered  # whoever is afraid or in danger is offered no news


async def test_an_aside_is_said_in_the_language_of_the_reader_where_that_is_translated(
    tmp_path: Path, moment: Clock
) -> None:
    templates = shutil.copytree(CHECKOUT / "templates", tmp_path / "templates")
    catalogue = templates / "locale" / "uk" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "You are welcome."\nmsgstr "Нема за що."\n',
        encoding="utf-8",
    )
    async with chatting(settings_for(tmp_path, OTR_TEMPLATES=str(templates)), moment) as chat:
        assert (await chat.ask("Дякую!"))["text"].startswith("Нема за що.")
        assert (await chat.ask("gracias"))["text"].startswith("You are welcome.")


async def test_a_photo_without_words_is_told_that_only_words_are_read(chat: Chat) -> None:
    after = await chat.last()
    await chat.sim("document", user_id=READER, file_name="x.txt", text="hello")
    assert "I read words only" in (await chat.until(after))[0]["message"]["text"]


async def test_an_unknown_command_is_said_to_be_one(chat: Chat) -> None:
    assert "do not know that command" in (await chat.ask("/frobnicate"))["text"]


async def test_ask_is_a_command_too_and_without_words_asks_for_them(chat: Chat) -> None:
    assert quotes(await chat.ask(f"/ask {FIGHT}"))
    assert "could not find a question" in (await chat.ask("/ask"))["text"]


async def test_a_forged_or_old_button_is_answered_politely(chat: Chat) -> None:
    await chat.ask(FIGHT)
    message = (await chat.http.get("/sim/transcript", params={"chat_id": READER})).json()["messages"][-1]["message_id"]
    for data in ("c:nope", "q:15d92d2e5d:99", "q:15d92d2e5d:x", "t:nope"):
        after = await chat.last()
        await chat.forge(data, message)
        assert "no longer on the record" in (await chat.until(after))[0]["message"]["text"]


class TestInGroups:
    @pytest.fixture
    async def group(self, chat: Chat) -> int:
        return (await chat.sim("group", title="Neighbours", type="supergroup"))["chat_id"]

    async def test_only_what_is_said_to_the_bot_is_answered(self, chat: Chat, group: int) -> None:
        after = await chat.last()
        await chat.sim("message", user_id=READER, chat_id=group, text=FIGHT)
        answer = await chat.ask(f"@{chat.bot.username} {FIGHT}", chat_id=group)
        assert quotes(answer)
        assert len(await chat.events(after, method="sendMessage")) == 1

    async def test_the_answer_is_a_reply_to_the_question(self, chat: Chat, group: int) -> None:
        answer = await chat.ask(f"/ask@{chat.bot.username} {FIGHT}", user=OTHER_READER, chat_id=group)
        assert answer["reply_to_message"]["text"].endswith(FIGHT)

    async def test_a_reply_to_the_bot_is_meant_for_it(self, chat: Chat, group: int) -> None:
        first = await chat.ask(f"@{chat.bot.username} {FIGHT}", chat_id=group)
        assert quotes(await chat.ask("what is operation unifier?", chat_id=group, reply_to=first["message_id"]))

    async def test_a_mention_of_somebody_else_is_not_meant_for_the_bot(self, chat: Chat, group: int) -> None:
        after = await chat.last()
        await chat.sim("message", user_id=READER, chat_id=group, text=f"@somebody {FIGHT}")
        await chat.ask(f"/ask {FIGHT}", chat_id=group)
        assert len(await chat.events(after, method="sendMessage")) == 1


async def test_many_questions_of_one_chat_are_answered_in_their_order(chat: Chat) -> None:
    after = await chat.last()
    asked = [FIGHT, "what is operation unifier?", "who won the chess championship?"] * 4
    for text in asked:
        await chat.sim("message", user_id=READER, text=text)
    answers = await chat.until(after, count=len(asked))
    starts = [event["message"]["text"][:12] for event in answers]
    assert starts == starts[:3] * 4
    assert len(set(starts[:3])) == 3
