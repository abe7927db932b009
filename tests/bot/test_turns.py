"""Follow-up questions: read with those before them in the chat, for minutes, each asker apart, and nowhere on the disk."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.turns import MOST_CHATS, MOST_TURNS, Turns
from tests.bot.harness import OTHER_READER, READER, Chat, Clock, labels, quotes

POLAND = "are US troops deploying to Poland?"
FOLLOW_UP = "and in Romania?"
WRITTEN_OUT = "are US troops deploying to Romania?"


def said(chat: Chat, question: str) -> str:
    """What the desk answers to a question that nothing came before."""
    office = chat.bot.office
    return office.desk.ask(question, today=office.today()).shown.rendered.text


def shown(chat: Chat, question: str) -> list[str]:
    """The passages of that answer."""
    office = chat.bot.office
    return [fact.quote.text for fact in office.desk.ask(question, today=office.today()).shown.facts]


async def test_a_follow_up_is_read_with_the_question_before_it(chat: Chat) -> None:
    first = await chat.ask(POLAND)
    answer = await chat.ask(FOLLOW_UP)
    assert "Poland" in quotes(first)[0]
    assert "Romania" in quotes(answer)[0]
    assert quotes(answer) == shown(chat, WRITTEN_OUT)
    assert ("nothing that clearly answers" in answer["text"]) == ("nothing that clearly" in said(chat, WRITTEN_OUT))
    assert said(chat, WRITTEN_OUT) != said(chat, FOLLOW_UP)


async def test_a_question_that_stands_alone_is_read_alone(chat: Chat) -> None:
    await chat.ask(POLAND)
    assert "on the record about that" in (await chat.ask("who won the chess championship?"))["text"]


async def test_after_ten_minutes_the_question_before_is_forgotten(chat: Chat) -> None:
    await chat.ask(POLAND)
    chat.clock.forward(minutes=11)
    answer = await chat.ask(FOLLOW_UP)
    assert chat.bot.office.turns.of((READER, READER)) == (FOLLOW_UP,)
    assert "nothing that clearly answers" in answer["text"]
    assert quotes(answer) == shown(chat, FOLLOW_UP)


async def test_a_suggested_question_that_was_pressed_can_be_followed_up(chat: Chat) -> None:
    pressed = labels(await chat.ask("/start"))[0]
    await chat.press(pressed)
    await chat.ask(FOLLOW_UP)
    assert chat.bot.office.turns.of((READER, READER)) == (pressed, FOLLOW_UP)


async def test_in_a_group_each_asker_has_his_own_thread(chat: Chat) -> None:
    group = (await chat.sim("group", title="Neighbours", type="supergroup"))["chat_id"]
    await chat.ask(f"/ask {POLAND}", user=READER, chat_id=group)
    await chat.ask("/ask what is operation unifier?", user=OTHER_READER, chat_id=group)
    answer = await chat.ask(f"/ask {FOLLOW_UP}", user=READER, chat_id=group)
    assert quotes(answer) == shown(chat, WRITTEN_OUT)
    turns = chat.bot.office.turns
    assert turns.of((group, READER)) == (POLAND, FOLLOW_UP)
    assert turns.of((group, OTHER_READER)) == ("what is operation unifier?",)
    assert turns.of((READER, READER)) == ()


async def test_nothing_of_a_thread_is_on_the_disk(chat: Chat, tmp_path: Path) -> None:
    for text in ("are zebracanary troops deploying to Poland?", "and in Romania, zebracanary?"):
        await chat.ask(text)
    kept = [file.read_bytes() for file in (tmp_path / "state").rglob("*") if file.is_file()]
    assert kept
    assert not any(b"zebracanary" in content for content in kept)


def test_only_the_last_few_questions_count() -> None:
    turns = Turns(Clock())
    for number in range(MOST_TURNS + 2):
        turns.keep((1, 1), str(number))
    assert turns.of((1, 1)) == tuple(map(str, range(2, MOST_TURNS + 2)))


def test_of_too_many_chats_the_quietest_is_forgotten_first() -> None:
    turns = Turns(Clock())
    for chat in range(MOST_CHATS):
        turns.keep((chat, 1), "x")
    turns.keep((0, 1), "again")
    turns.keep((MOST_CHATS, 1), "one too many")
    assert turns.of((0, 1)) == ("x", "again")
    assert turns.of((1, 1)) == ()
    assert turns.of((MOST_CHATS, 1)) == ("one too many",)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 8)), max_size=30))
def test_what_counts_is_what_the_asker_said_in_the_last_ten_minutes(said: list[tuple[int, int]]) -> None:
    clock = Clock()
    turns, spoken = Turns(clock), []
    for number, (asker, minutes) in enumerate(said):
        clock.forward(minutes=minutes)
        turns.keep((7, asker), str(number))
        spoken.append((asker, clock.now, str(number)))
    for asker in (1, 2, 3):
        own = [(at, text) for one, at, text in spoken if one == asker][-MOST_TURNS:]
        assert turns.of((7, asker)) == tuple(text for at, text in own if (clock.now - at).total_seconds() <= 600)
