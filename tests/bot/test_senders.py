"""Tricks with senders: raw updates that Telegram delivers though no admin sits in front of them, and what comes of them.

What only admins may do is collected from the handlers themselves, so a command or button of tomorrow is tried here too.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
import telegram

from bot import handlers, menus
from bot.handlers.gate import AdminCommand, AdminPress, AdminWords, first_time, may_press
from tests.bot.harness import ADMIN, OTHER_ADMIN, READER, Chat, Clock, chatting, settings_for

Update = dict[str, Any]
KINDS = ("private", "group", "supergroup", "channel")
GROUP_ANONYMOUS, TELEGRAM, CHANNEL_BOT = 1087968824, 777000, 136817688
ADMINS = range(100_000, 100_120)
"""So many that no chat of theirs is answered faster than Telegram lets one be."""

_numbers, _turns = count(1), cycle(ADMINS)


def user(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "A", **more}


def place(kind: str, number: int = ADMIN) -> dict[str, Any]:
    if kind == "private":
        return {"id": number, "type": "private", "first_name": "A"}
    return {
        "id": {"group": -77, "supergroup": -1000000000077, "channel": -1000000000078}[kind],
        "type": kind,
        "title": "T",
    }


def message(chat: Chat, text: str, kind: str = "private", /, **more: Any) -> dict[str, Any]:
    """A message of an admin, now, in a chat of a kind. `who` changes the sender, `more` the message; what is None in it is taken out."""
    admin = next(_turns)
    told = {
        "message_id": 10_000 + next(_numbers),
        "date": int(chat.clock.seconds()),
        "chat": place(kind, admin),
        "from": user(admin, username="admin_1000") | more.pop("who", {}),
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        if text[:1] == "/"
        else [],
    }
    return {name: value for name, value in (told | more).items() if value is not None}


def ago(chat: Chat, **by: float) -> int:
    earlier = Clock()
    earlier.now = chat.clock.now
    earlier.forward(**{unit: -number for unit, number in by.items()})
    return int(earlier.seconds())


CHANNEL = place("channel")
ORIGINS: dict[str, Update] = {
    "user": {"type": "user", "sender_user": user(ADMIN), "date": 1},
    "hidden_user": {"type": "hidden_user", "sender_user_name": "Admin", "date": 1},
    "chat": {"type": "chat", "sender_chat": place("supergroup"), "date": 1},
    "channel": {"type": "channel", "chat": CHANNEL, "message_id": 5, "date": 1},
}
BOT = user(1087000001, is_bot=True, username="another_bot")

# Each gives what is otherwise in a message of the admin, and under which name the update has it.
MESSAGES: dict[str, tuple[str, Callable[[Chat, str], Update]]] = {
    "edited": ("edited_message", lambda chat, _: {"edit_date": int(chat.clock.seconds())}),
    "edited, as new": ("message", lambda chat, _: {"edit_date": int(chat.clock.seconds())}),
    **{
        f"forwarded from {kind}": ("message", lambda _chat, _kind, origin=origin: {"forward_origin": origin})
        for kind, origin in ORIGINS.items()
    },
    "forwarded, as before 2024": ("message", lambda *_: {"forward_date": 1, "forward_from": user(ADMIN)}),
    "forwarded by itself": ("message", lambda *_: {"is_automatic_forward": True}),
    "anonymous admin": (
        "message",
        lambda _, kind: {"from": user(GROUP_ANONYMOUS, is_bot=True), "sender_chat": place(kind)},
    ),
    "in the name of a chat": ("message", lambda _, kind: {"sender_chat": place(kind)}),
    "in the name of a channel": (
        "message",
        lambda *_: {"from": user(CHANNEL_BOT, is_bot=True), "sender_chat": CHANNEL},
    ),
    "linked channel": (
        "message",
        lambda *_: {"from": user(TELEGRAM), "sender_chat": CHANNEL, "is_automatic_forward": True},
    ),
    "signed by an admin": ("message", lambda *_: {"author_signature": "Admin"}),
    "channel post": ("channel_post", lambda *_: {"from": None, "sender_chat": CHANNEL}),
    "channel post with an admin's id": ("channel_post", lambda *_: {}),
    "edited channel post": ("edited_channel_post", lambda chat, _: {"edit_date": int(chat.clock.seconds())}),
    "via a bot": ("message", lambda *_: {"via_bot": BOT}),
    "business message": ("business_message", lambda *_: {"business_connection_id": "b"}),
    "edited business message": ("edited_business_message", lambda *_: {"business_connection_id": "b"}),
    "business message, as new": ("message", lambda *_: {"business_connection_id": "b"}),
    "written by a business bot": ("message", lambda *_: {"sender_business_bot": BOT}),
    "scheduled": ("message", lambda *_: {"is_from_offline": True}),
    "stale": ("message", lambda chat, _: {"date": ago(chat, seconds=121)}),
    "of yesterday": ("message", lambda chat, _: {"date": ago(chat, hours=23)}),
    "from a bot": ("message", lambda *_: {"who": {"is_bot": True}}),
    "from a bot with a name": ("message", lambda *_: {"from": BOT | {"username": "admin_1000"}}),
    "an admin's name": ("message", lambda *_: {"from": user(stranger(), username="admin_1000", first_name="Admin")}),
    "in an admin's chat": ("message", lambda *_: {"from": user(stranger())}),
    "in another's chat": ("message", lambda _, kind: {"chat": place(kind, READER)}),
    "nobody": ("message", lambda *_: {"from": None}),
}

# Each gives what is otherwise in a press of the admin on a message of ours, now.
PRESSED: dict[str, Callable[[Chat, str], Update]] = {
    "who is no admin": lambda *_: {"from": user(stranger())},
    "who has an admin's name": lambda *_: {"from": user(stranger(), username="admin_1000")},
    "a bot": lambda *_: {"who": {"is_bot": True}},
    "anonymous admin": lambda *_: {"from": user(GROUP_ANONYMOUS, is_bot=True)},
    "in another's chat": lambda chat, kind: {"message": below(chat, place(kind, READER))},
    "another admin in an admin's chat": lambda *_: {"from": user(OTHER_ADMIN)},
    "below an inline message": lambda *_: {"message": None, "inline_message_id": "i"},
    "below an inline message and one of ours": lambda *_: {"inline_message_id": "i"},
    "below no message": lambda *_: {"message": None},
    "below a business message": lambda *_: {"below": {"business_connection_id": "b"}},
    "below an old message": lambda chat, _: {"below": {"date": ago(chat, minutes=61)}},
    "below a message that is not shown": lambda *_: {"below": {"date": 0}},
    "a game": lambda *_: {"data": None, "game_short_name": "g"},
}


def below(chat: Chat, where: dict[str, Any]) -> dict[str, Any]:
    return {"message_id": 3, "date": int(chat.clock.seconds()), "chat": where, "text": "…"}


def stranger() -> int:
    """Somebody who has not written yet, so that nobody is passed over for writing too fast."""
    return 900_000 + next(_numbers)


def press(chat: Chat, prefix: str, kind: str = "private", **more: Any) -> Update:
    """A press of an admin, now; `who` changes the sender, `below` the message, `more` the rest."""
    admin = next(_turns)
    told = {
        "id": f"press-{next(_numbers)}",
        "from": user(admin) | more.pop("who", {}),
        "chat_instance": "1",
        "data": f"{prefix}:yes:0123456789abcdef",
        "message": below(chat, place(kind, admin)) | more.pop("below", {}),
        **more,
    }
    return {"callback_query": {name: value for name, value in told.items() if value is not None}}


@pytest.fixture
async def chat(tmp_path: Path, moment: Clock) -> AsyncIterator[Chat]:
    """The bot in a private chat and two groups, with no bound on how much one may ask of it."""
    admins = ",".join(map(str, (ADMIN, OTHER_ADMIN, *ADMINS)))
    patient = {"OTR_REPLIES_A_MINUTE": "100000", "OTR_ADMINS": admins}
    async with chatting(settings_for(tmp_path, **patient), moment) as chat:
        for kind in ("group", "supergroup"):
            await chat.sim("group", title="T", type=kind, chat_id=place(kind)["id"])
        yield chat


@pytest.fixture
def taken(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What passed the gate, as it says itself."""
    caplog.set_level(logging.INFO, "bot.handlers.gate")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "bot.handlers.gate"]


def commands(chat: Chat) -> list[str]:
    found = [one for one in handlers.in_order(chat.bot.office) if isinstance(one, AdminCommand)]
    return sorted(name for one in found for name in one.commands)


def prefixes(chat: Chat) -> list[str]:
    return sorted(one.prefix for one in handlers.in_order(chat.bot.office) if isinstance(one, AdminPress))


async def deliver(chat: Chat, updates: list[Update]) -> None:
    """Deliver raw updates, and wait until the bot has done with every one."""
    counts = chat.bot.intake.counts
    wanted = counts.finished + counts.flood + len(updates)
    for update in updates:
        await chat.sim("update", update=update)
    for _ in range(6000):
        if counts.finished + counts.flood >= wanted:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"of {wanted} updates, done with: {counts}")


def tricks(chat: Chat) -> Iterator[Update]:
    for kind in KINDS:
        for under, trick in MESSAGES.values():
            for text in (*(f"/{name} x" for name in commands(chat)), "John Kirby, spokesperson"):
                yield {under: message(chat, text, kind, **trick(chat, kind))}
        for trick in PRESSED.values():
            for prefix in prefixes(chat):
                yield press(chat, prefix, kind, **trick(chat, kind))
    for kind in KINDS[1:]:
        for name in commands(chat):
            yield {"message": message(chat, f"/{name}", kind)}
        for prefix in prefixes(chat):
            yield press(chat, prefix, kind)


async def test_no_trick_reaches_what_only_admins_may_do(
    chat: Chat, taken: Callable[[], list[str]], record_property: Callable[[str, object], None]
) -> None:
    office = chat.bot.office
    before = (await office.store.head(), len(await office.store.publications()), contents(chat.data))
    sent = list(tricks(chat))
    assert len(MESSAGES) + len(PRESSED) >= 40
    assert len(sent) > 40 * len(KINDS) * len(prefixes(chat))
    await deliver(chat, sent)
    record_property("tricks", len(sent))
    record_property("that reached a command", len(taken()))
    assert taken() == []
    assert (await office.store.head(), len(await office.store.publications()), contents(chat.data)) == before


async def test_the_gate_itself_lets_no_trick_through(chat: Chat) -> None:
    """Also of the kinds that the intake passes over before: it is a gate by itself."""
    office = chat.bot.office
    guarded = [
        one.filters for one in handlers.in_order(office) if isinstance(one, AdminCommand | AdminWords) and one.filters
    ]
    for trick in tricks(chat):
        update = telegram.Update.de_json(trick | {"update_id": 1}, None)
        if late(chat, trick):
            continue  # judged behind the filter, so that it can be said
        if query := update.callback_query:
            assert not query.data or not may_press(query, office.admins)
        else:
            assert not any(one.check_update(update) for one in guarded)


def late(chat: Chat, trick: Update) -> bool:
    told = next(iter(trick.values()))
    return int(told.get("message", told).get("date", ago(chat, seconds=0))) < ago(chat, seconds=120)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


async def test_what_an_admin_sends_himself_arrives(
    chat: Chat, taken: Callable[[], list[str]], record_property: Callable[[str, object], None]
) -> None:
    named, buttons = commands(chat), prefixes(chat)
    for text in (f"/{name}" for name in named):
        await deliver(chat, [{"message": message(chat, text)}])
    await deliver(chat, [{"message": message(chat, "/status", date=ago(chat, seconds=119))}])
    await deliver(chat, [press(chat, prefix) for prefix in buttons])
    wanted = [*(f"an admin's command is taken: {name}" for name in (*named, "status"))]
    wanted += [f"an admin's press is taken: {prefix}" for prefix in buttons]
    record_property("genuine ones", len(wanted))
    record_property("taken", len(taken()))
    assert sorted(taken()) == sorted(wanted)


async def test_the_menu_of_admins_is_what_the_gate_guards(chat: Chat) -> None:
    """A command that is in the menu of admins alone and is not guarded would be found here."""
    assert set(menus.ADMIN) == set(commands(chat))
    assert {"e", "r", "v", "w"} <= set(prefixes(chat))
    assert sum(isinstance(one, AdminWords) for one in handlers.in_order(chat.bot.office)) >= 2


async def test_nobody_else_answers_to_a_button_or_a_command_of_admins(chat: Chat) -> None:
    """Were there a second handler for one, it would be reached by whom the gate turned away."""
    others = [
        one for one in handlers.in_order(chat.bot.office) if not isinstance(one, AdminCommand | AdminPress | AdminWords)
    ]
    names = {name for one in others for name in getattr(one, "commands", ())}
    patterns = [one.pattern for one in others if hasattr(one, "pattern") and one.pattern]
    assert names.isdisjoint(commands(chat))
    assert not any(pattern.match(f"{prefix}:yes:0") for pattern in patterns for prefix in prefixes(chat))


async def test_a_command_that_comes_late_is_refused_in_words(chat: Chat) -> None:
    await chat.ask("/start", ADMIN)
    after = await chat.last()
    await chat.sim(
        "update",
        update={
            "message": message(chat, "/reload", date=ago(chat, minutes=3), chat=place("private"), who={"id": ADMIN})
        },
    )
    said = (await chat.until(after, chat_id=ADMIN))[0]["message"]["text"]
    assert "Send it again" in said
    assert "more than two minutes ago" in said


async def test_a_button_of_an_old_message_is_refused_in_words(chat: Chat) -> None:
    await chat.ask("/revisions", ADMIN)
    after = await chat.last()
    old = press(chat, "v", message=below(chat, place("private")) | {"date": ago(chat, minutes=61)}, who={"id": ADMIN})
    await chat.sim("update", update=old)
    assert "too old" in (await chat.until(after, chat_id=ADMIN))[0]["message"]["text"]


async def test_a_press_that_is_delivered_twice_acts_once(chat: Chat, taken: Callable[[], list[str]]) -> None:
    first = press(chat, "r")
    await deliver(chat, [first, first, press(chat, "r"), first])
    assert len(taken()) == 2


def test_only_so_many_presses_are_remembered() -> None:
    before: OrderedDict[str, None] = OrderedDict()
    told = [first_time(before, f"press-{number % 3}", most=2) for number in (0, 0, 1, 1, 2, 0)]
    assert told == [True, False, True, False, True, True]
    assert len(before) == 2


async def test_what_an_admin_was_asked_for_is_not_taken_from_others(chat: Chat, taken: Callable[[], list[str]]) -> None:
    """The words that complete an order: only the admin's own, in time."""
    await chat.ask("/retract cnn-not-going-to-fight", ADMIN)
    words = "It was denied."
    cheats = [
        {under: message(chat, words, kind, **({"chat": place(kind), "who": {"id": ADMIN}} | trick(chat, kind)))}
        for name, (under, trick) in MESSAGES.items()
        for kind in KINDS
        if name != "from a bot"
    ]
    await deliver(chat, cheats)
    assert taken() == ["an admin's command is taken: retract"]
    after = await chat.last()
    await chat.sim("update", update={"message": message(chat, words, chat=place("private"), who={"id": ADMIN})})
    assert words in (await chat.until(after, chat_id=ADMIN))[0]["message"]["text"]
    assert taken()[-1] == "an admin's command is taken: words"
