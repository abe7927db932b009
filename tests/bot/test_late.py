"""Answers to questions that waited for long: they say when they were asked, in the reader's language and within a message."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.render import LONGEST, Rendered, length
from bot.handlers.question import headed
from tests.bot.harness import Chat, quotes

FIGHT = "are US troops going to fight in Ukraine?"


def asked(chat: Chat, **before: float) -> dict[str, Any]:
    return {"date": int((chat.clock.now - timedelta(**before)).timestamp())}


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ({"minutes": 31}, "You asked this at 11:29 UTC."),
        ({"hours": 12}, "You asked this at 00:00 UTC."),
        ({"hours": 12, "minutes": 1}, "You asked this on 21 Nov 2026 at 23:59 UTC."),
    ],
)
async def test_an_answer_that_comes_late_begins_with_when_it_was_asked(
    chat: Chat, before: dict[str, float], said: str
) -> None:
    late = await chat.ask(FIGHT, **asked(chat, **before))
    now = await chat.ask(FIGHT)
    assert late["text"].split("\n\n", 1) == [said, now["text"]]
    assert quotes(late) == quotes(now)


@pytest.mark.parametrize("minutes", [0, 29, 30, -5])
async def test_an_answer_in_time_does_not(chat: Chat, minutes: int) -> None:
    assert "You asked this" not in (await chat.ask(FIGHT, **asked(chat, minutes=minutes)))["text"]


async def test_it_is_said_in_the_language_of_the_answer(chat: Chat) -> None:
    question = "будут ли американские войска воевать в Украине?"
    assert (await chat.ask(question, **asked(chat, hours=1)))["text"].startswith("Вы спросили об этом в 11:00 UTC.")


async def test_the_ask_command_says_it_too(chat: Chat) -> None:
    assert "You asked this at" in (await chat.ask(f"/ask {FIGHT}", **asked(chat, hours=1)))["text"]


@given(st.integers(LONGEST - 30, LONGEST), st.sampled_from("xя💥"))
def test_a_line_and_an_answer_are_one_message_where_they_fit_and_two_where_not(units: int, letter: str) -> None:
    line, words = Rendered(html="<i>at noon</i>", text="at noon"), letter * (units // length(letter))
    answer = Rendered(html=f"<b>{words}</b>", text=words)
    told = headed(line, answer)
    assert all(one.fits for one in told)
    assert (len(told) == 1) == (length(words) + len("at noon\n\n") <= LONGEST)
    assert "".join(one.text for one in told).replace("\n\n", "") == f"at noon{words}"
