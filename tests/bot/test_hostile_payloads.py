"""What buttons and links bring back is anybody's to forge: whatever it is, it is answered or ignored, and grants nothing.

`make test` tries 450 of them; EXAMPLES=8000 tries a hundred thousand.
"""

import asyncio
import logging
from contextlib import AsyncExitStack
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot import handlers
from bot.handlers.gate import PRESSED_WITHIN, AdminPress
from tests.bot.harness import ADMIN, OTHER_ADMIN, READER, Chat, Clock, chatting, settings_for
from tests.bot.test_admin import edit_kirby, publish
from tests.bot.test_senders import ADMINS, below, contents, deliver, message, place, press, stranger

EACH = 25
SHAPES = (
    "c:CODE o:CODE q:CODE:0 n t:CODE l:10 f:CODE d:on d:stop d:hours d:zones d:at:07:00 d:in:Europe/Kyiv y:forget y:keep"
    " r:yes:KEY r:sure:KEY r:two:KEY r:no:KEY v:REVISION w:by:KEY:0 w:yes:KEY w:no:KEY e:KEY:begin e:KEY:publish"
    " e:KEY:speaker e:KEY:skip k:resume:KEY k:cancel:1 k:tell:1 k:no: x:"
).split()
ODD = st.sampled_from(
    (
        *(
            "",
            ":",
            "::",
            "9" * 20,
            "9" * 5000,
            "-1",
            "٣",
            "½",
            "²",
            "𝟗",
            "0x1",
            "1e9",
            "NaN",
            "\x00",
            "\n",
            "💥",
            "'",
            '"',
        ),
        *("%s", "%(x)s", "{{7*7}}", "<b>", "../../x", "\u202e", "a" * 4000, "0" * 16, "NULL", "1 OR 1=1", "[]"),
    )
)
_admins = cycle(ADMINS)


@st.composite
def payloads(draw: st.DrawFn, shapes: tuple[str, ...]) -> str:
    """A payload of one of these shapes, with parts put in the place of others, left out, doubled or changed by a letter."""
    parts = draw(st.sampled_from(shapes)).split(":")
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(parts) - 1))
        part = draw(st.one_of(ODD, st.text(max_size=12), st.just(parts[at] + parts[at]), st.just(parts[at][:-1])))
        parts[at : at + draw(st.integers(0, 1))] = [part] * draw(st.integers(1, 2))
    return ":".join(parts)


@pytest.fixture
def runner() -> Any:
    with asyncio.Runner() as runner:
        yield runner


def known(chat: Chat, shapes: list[str]) -> tuple[str, ...]:
    """The shapes with the names of what is there, and without; and one for every button that only admins may press."""
    guarded = [f"{one.prefix}:yes:KEY" for one in handlers.in_order(chat.bot.office) if isinstance(one, AdminPress)]
    base = chat.bot.office.desk.snapshot.base
    code = base.fact("cnn-not-going-to-fight").code
    named = [shape.replace("CODE", code).replace("REVISION", base.revision[:16]) for shape in shapes]
    return tuple(dict.fromkeys((*shapes, *named, *guarded)))


def failures(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What went wrong in a handler. That a chat is not there, for nobody has written in it, is none of that."""
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR and "failed" in one.getMessage()]


@pytest.mark.parametrize("of_admins", [False, True])
def test_no_button_is_too_odd(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, runner: asyncio.Runner, *, of_admins: bool
) -> None:
    def update(chat: Chat, data: str) -> dict[str, Any]:
        who = next(_admins) if of_admins else stranger()
        return press(chat, "", data=data, who={"id": who}, message=below(chat, place("private", who)))

    _tried(tmp_path, caplog, runner, SHAPES, update)


def test_no_link_is_too_odd(tmp_path: Path, caplog: pytest.LogCaptureFixture, runner: asyncio.Runner) -> None:
    def update(chat: Chat, data: str) -> dict[str, Any]:
        who = stranger()
        return {"message": message(chat, f"/start {data}", chat=place("private", who), who={"id": who})}

    _tried(
        tmp_path, caplog, runner, ["fact_CODE", "fact_cnn-not-going-to-fight", "fact_", "inline", "forget", "x"], update
    )


def _tried(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, runner: asyncio.Runner, shapes: list[str], update: Any
) -> None:
    stack = AsyncExitStack()
    admins = ",".join(map(str, ADMINS))
    lenient = settings_for(tmp_path, OTR_REPLIES_A_MINUTE="100000", OTR_ADMINS=admins)
    chat = runner.run(stack.enter_async_context(chatting(lenient, Clock())))
    office = chat.bot.office
    before = (runner.run(office.store.head()), contents(chat.data))

    # Nothing is made smaller: twenty-five payloads are few enough to look at, and each try is a trip to the bot.
    @settings(
        max_examples=max(1, settings.default.max_examples // 6),
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(st.lists(payloads(known(chat, shapes)), min_size=EACH, max_size=EACH))
    def tried(found: list[str]) -> None:
        runner.run(deliver(chat, [update(chat, data) for data in found]))
        assert failures(caplog) == [], found
        caplog.clear()

    tried()
    assert (runner.run(office.store.head()), contents(chat.data)) == before
    runner.run(stack.aclose())


async def buttons_of_admins(chat: Chat) -> list[tuple[int, str]]:
    """A message and its first button for each kind that only an admin may press."""
    edit_kirby(chat)
    await publish(chat)
    chat.edit(
        "facts/2022-02-02-cnn-us-troops-eastern-europe.toml", "press secretary of the Pentagon", "press secretary"
    )
    found = []
    for command in ("/revisions", "/retract cnn-not-going-to-fight It was denied.", "/reload"):
        shown = await chat.ask(command, ADMIN)
        found.append((shown["message_id"], shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]))
    return found


async def test_a_good_button_does_nothing_for_others_elsewhere_or_later(chat: Chat) -> None:
    office = chat.bot.office
    found = await buttons_of_admins(chat)
    assert [data[:2] for _, data in found] == ["v:", "w:", "r:"]
    before = (await office.store.head(), contents(chat.data), office.desk.snapshot.base.revision)
    for number, data in found:
        for user, where in (
            (READER, READER),
            (READER, ADMIN),
            (OTHER_ADMIN, ADMIN),
            (ADMIN, READER),
            (ADMIN, OTHER_ADMIN),
        ):
            await deliver(chat, [_pressed(chat, number, data, user, where)])
        group = place("supergroup")
        await deliver(chat, [_pressed(chat, number, data, ADMIN, 0), *_in(chat, group, number, data)])
    chat.clock.forward(seconds=PRESSED_WITHIN.total_seconds() + 1)
    stale = int(chat.clock.seconds() - PRESSED_WITHIN.total_seconds() - 1)
    for number, data in found:
        await deliver(chat, [_pressed(chat, number, data, ADMIN, ADMIN, date=stale)])
    assert (await office.store.head(), contents(chat.data), office.desk.snapshot.base.revision) == before


def _pressed(chat: Chat, number: int, data: str, user: int, where: int, **more: Any) -> dict[str, Any]:
    shown = below(chat, place("private", where)) | {"message_id": number} | more
    return press(chat, "", data=data, who={"id": user}, message=shown)


def _in(chat: Chat, where: dict[str, Any], number: int, data: str) -> list[dict[str, Any]]:
    return [press(chat, "", data=data, who={"id": ADMIN}, message=below(chat, where) | {"message_id": number})]


async def test_a_good_button_acts_once_however_often_its_press_comes(chat: Chat) -> None:
    """The very same press again, which a network can bring; and another press of the same button."""
    office = chat.bot.office
    number, data = (await buttons_of_admins(chat))[-1]
    for same in (_pressed(chat, number, data, ADMIN, ADMIN), _pressed(chat, number, data, ADMIN, ADMIN)):
        await deliver(chat, [same, same])
    assert len(await office.store.publications()) == 3


@pytest.mark.parametrize("number", ["9" * 5000, "٣", "²", "-1", "", "0:0"])
async def test_a_number_that_no_button_of_ours_has_names_nothing(chat: Chat, number: str) -> None:
    code = chat.bot.office.desk.snapshot.base.fact("cnn-not-going-to-fight").code
    shown = await chat.ask("/help")
    after = await chat.last()
    await chat.forge(f"q:{code}:{number}", shown["message_id"])
    assert "no longer on the record" in (await chat.until(after))[0]["message"]["text"]
