"""Canaries: a token, a question and a name that nobody may find again, whatever fails, in any log at any level or file."""

import asyncio
import contextlib
import gc
import io
import logging
import shutil
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from bot.api import Api
from bot.app import CannotStart, running
from bot.handlers import errors
from bot.http import AiohttpRequest, Timeouts
from bot.local import LocalApi, serving
from bot.local.dispatch import Reply
from bot.logs import Discreet
from bot.secret import Secret
from bot.settings import CHECKOUT, Settings, SettingsRefused
from tests.bot.faults import Faults, refusal
from tests.bot.harness import ADMIN, READER, Chat, Clock, settings_for
from tests.bot.test_http import raw_server

TOKEN = "7654321:canary-token-that-nobody-may-see"
WORD = "zebracanary"
QUESTION = f"are {WORD} troops going to fight in Ukraine?"
NAME, USERNAME = "Xanthippe-Canary", "canaryusername"
READERS = (WORD, NAME, USERNAME)
WHO = {"first_name": NAME, "username": USERNAME}


class Tape(logging.Handler):
    """Everything that is logged, as it is logged in production, and the tracebacks behind it with all their variables."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(Discreet())
        self.lines, self.locals = io.StringIO(), io.StringIO()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.write(self.format(record) + "\n")
        if record.exc_info and record.exc_info[1]:
            self.locals.write(with_variables(record.exc_info[1]))


def with_variables(error: BaseException) -> str:
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


@pytest.fixture
def tape() -> Iterator[Tape]:
    """Every logger at DEBUG."""
    tape, root = Tape(), logging.getLogger()
    before = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    level = root.level
    root.addHandler(tape)
    root.setLevel(logging.DEBUG)
    for name in before:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield tape
    root.removeHandler(tape)
    root.setLevel(level)
    for name, was in before.items():
        logging.getLogger(name).setLevel(was)


@asynccontextmanager
async def canary(tmp_path: Path, **more: str) -> AsyncIterator[Chat]:
    """The bot with a token of its own, on templates and data that a test may break."""
    templates, clock = tmp_path / "templates", Clock()
    if not templates.exists():
        shutil.copytree(CHECKOUT / "templates", templates)
    environment = {
        "OTR_TELEGRAM_TOKEN": TOKEN,
        "OTR_TEMPLATES": str(templates),
        "OTR_RUNTIME": str(tmp_path / "runtime"),
        "OTR_REPLIES_A_MINUTE": "100000",
        **more,
    }
    settings = settings_for(tmp_path, **environment)
    api = LocalApi(token=TOKEN, clock=clock.seconds, admin_ids=settings.admins)
    async with (
        serving(api) as address,
        running(settings, token=settings.token, api=address, clock=clock) as bot,
        httpx.AsyncClient(base_url=address, timeout=60) as http,
    ):
        yield Chat(http=http, api=api, clock=clock, bot=bot, data=settings.data)


# Each makes something fail while it holds what a reader wrote. A fresh reader each time: none is answered too fast.
Mode = Callable[[Chat, int], Awaitable[object]]


async def asks(chat: Chat, who: int, text: str = QUESTION) -> None:
    await chat.sim("message", user_id=who, text=text, **WHO)


def refused(status: int, words: str, text: str = QUESTION, method: str = "sendMessage", **parameters: Any) -> Mode:
    """The Bot API refuses, and quotes in its refusal what was asked."""

    async def mode(chat: Chat, who: int) -> None:
        reply = refusal(status, f"{words}: {QUESTION} {NAME} {TOKEN}", **parameters)
        chat.api.bot_plane.faults = Faults(method, [reply, reply])
        await asks(chat, who, text)

    return mode


def replied(body: Any, method: str = "sendMessage", status: int = 200) -> Mode:
    async def mode(chat: Chat, who: int) -> None:
        chat.api.bot_plane.faults = Faults(method, [lambda: Reply(status=status, body=body)])
        await asks(chat, who)

    return mode


def delivered(*updates: dict[str, Any]) -> Mode:
    async def mode(chat: Chat, who: int) -> None:
        for update in updates:
            await chat.sim("update", update=update)
        await asks(chat, who)

    return mode


def pressed(*data: str) -> Mode:
    async def mode(chat: Chat, who: int) -> None:
        await asks(chat, who)
        for one in data:
            await chat.forge(one, 1, who, who)

    return mode


async def handler_raises(chat: Chat, who: int) -> None:
    with pytest.raises(ValueError, match=WORD) as raised:
        failing(QUESTION, NAME)
    context: Any = SimpleNamespace(error=raised.value)
    await errors.reporter(chat.bot.office)({"question": QUESTION}, context)


def failing(*words: str) -> None:
    raise ValueError(*words)


async def template_is_gone(chat: Chat, who: int) -> None:
    templates = chat.bot.office.settings.templates
    for file in templates.glob("[acfuw]*.j2"):
        file.write_text("{{ view.nonsense }}{{ page.nonsense }}", encoding="utf-8")
    await asks(chat, who)
    await chat.sim("inline", user_id=who, query=QUESTION)
    await asks(chat, who + 1, f"/{WORD}")


async def store_is_closed(chat: Chat, who: int) -> None:
    await chat.bot.office.store.close()
    for text in (QUESTION, "/digest 07:30", "/export", "/forget"):
        await asks(chat, who, text)


async def data_is_broken(chat: Chat, who: int) -> None:
    (chat.data / "names.toml").write_text(f"[{WORD}]\n", encoding="utf-8")
    await asks(chat, ADMIN, "/reload")


MODES: dict[str, Mode] = {
    "an answer": asks,
    "a handler raises": handler_raises,
    "refused, for reasons of its own": refused(400, "Bad Request"),
    "HTML cannot be read": refused(400, "Bad Request: can't parse entities: unsupported start tag"),
    "chat not found": refused(400, "Bad Request: chat not found"),
    "moved": refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100),
    "token refused": refused(401, "Unauthorized"),
    "blocked": refused(403, "Forbidden"),
    "not found": refused(404, "Not Found"),
    "conflict": refused(409, "Conflict"),
    "too many": refused(429, "Too Many Requests", retry_after=0.1),
    "server error": refused(500, "Internal Server Error"),
    "bad gateway": replied({"ok": False, "description": QUESTION}, status=502),
    "garbage for an answer": replied({"garbage": [QUESTION, TOKEN]}),
    "a result that is none": replied({"ok": True, "result": {"text": QUESTION}}),
    "polling refused": refused(500, "Internal Server Error", method="getUpdates"),
    "polling conflict": refused(409, "Conflict", method="getUpdates"),
    "garbage for updates": replied({"ok": True, "result": [QUESTION, 7, None, {"update_id": QUESTION}]}, "getUpdates"),
    "no updates but words": replied({"ok": True, "result": QUESTION}, "getUpdates"),
    "upload refused": refused(400, "Bad Request: FILE_PARTS_INVALID", "/export", "sendDocument"),
    "poison": delivered(
        {"message": {"nonsense": QUESTION}},
        {"message": {"message_id": QUESTION, "chat": NAME, "date": USERNAME, "text": [WORD]}},
        {"message": QUESTION},
        {"callback_query": {"id": 1, "data": [WORD], "from": {"id": USERNAME}}},
        {"inline_query": {"query": QUESTION}},
        {WORD: {"text": QUESTION}},
        {"my_chat_member": {"chat": {"title": NAME}}},
    ),
    "odd buttons": pressed(f"c:{WORD}", f"q:{WORD}:1", "q:", f"y:{WORD}", f"d:in:{WORD}", WORD, f"r:yes:{WORD}", "n"),
    "a link": lambda chat, who: asks(chat, who, f"/start fact_{WORD}"),
    "an unknown command": lambda chat, who: asks(chat, who, f"/{WORD} {QUESTION}"),
    "a bad hour": lambda chat, who: asks(chat, who, f"/digest {WORD}"),
    "broken data": data_is_broken,
    "templates that fail": template_is_gone,
    "a closed store": store_is_closed,
}


def clean(text: str, *more: str) -> bool:
    return not any(needle.casefold() in text.casefold() for needle in (TOKEN, *more))


async def done(chat: Chat, before: int) -> None:
    """Wait until what was sent is handled; what is held back by a refusal goes on behind."""
    counts = chat.bot.intake.counts
    for _ in range(100):
        await asyncio.sleep(0.01)
        if counts.finished > before and counts.finished + counts.flood >= counts.taken:
            return


async def test_no_canary_is_logged_or_kept_whatever_fails(tmp_path: Path, tape: Tape) -> None:
    assert len(MODES) >= 20
    async with canary(tmp_path) as chat:
        for number, (name, mode) in enumerate(MODES.items()):
            before, seen = chat.bot.intake.counts.finished, tape.lines.tell()
            await mode(chat, READER + 1000 * (number + 1))
            await done(chat, before)
            assert clean(tape.lines.getvalue()[seen:], *READERS), name
        assert clean(tape.locals.getvalue())
        assert clean("\n".join(reprs()))
    assert clean(tape.lines.getvalue(), *READERS)
    assert "a handler failed: ValueError" in tape.lines.getvalue()
    kept = [file for folder in ("state", "runtime") for file in (tmp_path / folder).rglob("*") if file.is_file()]
    assert len(kept) > 2
    assert [file.name for file in kept if not clean(file.read_bytes().decode("latin-1"), *READERS)] == []


def reprs() -> Iterator[str]:
    """What everything of ours and of the library for Telegram says of itself, and every task."""
    for thing in gc.get_objects():
        module = str(getattr(type(thing), "__module__", ""))
        if module.partition(".")[0] in {"bot", "answers", "telegram"} and not module.startswith("bot.local"):
            with contextlib.suppress(Exception):
                yield repr(thing)
    yield from map(repr, asyncio.all_tasks())


def test_the_tape_would_hear_a_canary(tape: Tape) -> None:
    """So that the test above can fail."""
    logging.getLogger("bot.x").debug("a question: %s", QUESTION)
    try:
        failing(TOKEN)
    except ValueError:
        logging.getLogger("other").exception("told")
    assert not clean(tape.lines.getvalue(), *READERS)
    assert not clean(tape.locals.getvalue())
    assert "ValueError at test_leaks.py" in tape.lines.getvalue()


@pytest.mark.parametrize("reply", [b"HTTP/1.1 200 OK\r\n\r\n" + QUESTION.encode(), b"zebra", b"", None])
async def test_no_failure_of_a_connection_holds_the_token_in_any_variable(reply: bytes | None) -> None:
    request = AiohttpRequest(
        Secret(TOKEN), connections=1, timeouts=Timeouts(connect=0.3, read=0.3, write=0.1, pool=0.3)
    )
    await request.initialize()
    try:
        async with raw_server(reply) as root:
            with pytest.raises(Exception) as failed:  # noqa: PT011 - whichever it is
                await Api(root, request).call("sendMessage", {"chat_id": READER, "text": QUESTION})
    finally:
        await request.shutdown()
    with pytest.raises(Exception) as closed:  # noqa: PT011 - whichever it is
        await Api("http://127.0.0.1:9", request).call("getMe", {})
    for failure in (failed.value, closed.value):
        assert clean(with_variables(failure) + repr(failure) + str(failure))
        assert clean(str(failure), *READERS)


async def test_a_call_that_is_cancelled_does_not_either() -> None:
    request = AiohttpRequest(Secret(TOKEN), connections=1)
    await request.initialize()
    try:
        async with raw_server(None) as root:
            call = asyncio.create_task(Api(root, request).call("getMe", {}))
            await asyncio.sleep(0.1)
            call.cancel()
            with pytest.raises(asyncio.CancelledError) as cancelled:
                await call
    finally:
        await request.shutdown()
    assert clean(with_variables(cancelled.value) + repr(call))


def test_settings_that_are_refused_do_not_show_the_token(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN, encoding="utf-8")
    for name, value in (("OTR_TELEGRAM_TOKEN", TOKEN), ("OTR_TELEGRAM_TOKEN_FILE", str(file))):
        with pytest.raises(SettingsRefused) as refused:
            Settings.read({name: value, "OTR_ADMINS": "bob"})
        assert clean(with_variables(refused.value).partition("bot/settings.py")[2])
        assert clean(repr(Settings.read({name: value})))


async def test_a_bot_whose_token_is_refused_does_not_show_it(tmp_path: Path, tape: Tape) -> None:
    async with serving(LocalApi(token="1:other")) as root:
        settings = settings_for(tmp_path, OTR_TELEGRAM_TOKEN=TOKEN)
        with pytest.raises(CannotStart) as why:
            async with running(settings, token=settings.token, api=root):
                pass
    assert clean(with_variables(why.value).partition("bot/app.py")[2] + tape.lines.getvalue() + tape.locals.getvalue())


async def test_a_bot_that_waits_for_the_network_does_not_either(tmp_path: Path, tape: Tape) -> None:
    settings = settings_for(tmp_path, OTR_TELEGRAM_TOKEN=TOKEN)
    with pytest.raises(TimeoutError) as late:
        async with asyncio.timeout(5), running(settings, token=settings.token, api="http://127.0.0.1:9"):
            pass
    assert clean(with_variables(late.value).partition("bot/app.py")[2] + tape.lines.getvalue() + tape.locals.getvalue())


PRODUCTION = """
import asyncio, gc, logging, sys, threading, warnings
from bot.logs import of_the_loop, only_kinds, to_stderr
to_stderr()
only_kinds()
words = "zebracanary" + sys.argv[1]

class Dying:
    def __del__(self):
        raise ValueError(words)

async def main():
    asyncio.get_running_loop().set_exception_handler(of_the_loop)
    async def fails():
        raise ValueError(words)
    task = asyncio.create_task(fails(), name=words)
    await asyncio.sleep(0.01)
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(lambda: 1 / len(words[:0]))
    await asyncio.sleep(0.01)

def thread():
    raise ValueError(words)

warnings.warn(words)
logging.getLogger("bot").error("%d", words)
logging.getLogger("bot").error("two\\nlines\\x1b[31m")
logging.getLogger("other").error(words)
Dying()
other = threading.Thread(target=thread)
other.start()
other.join()
asyncio.run(main())
raise ValueError(words)
"""


def test_production_tells_kinds_and_places_whatever_ends(tmp_path: Path) -> None:
    """The main program, a thread, a task, a callback, a finaliser, a warning, and a log line that cannot be made."""
    ended = subprocess.run(
        [sys.executable, "-c", PRODUCTION, NAME], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert clean(ended.stderr + ended.stdout, *READERS)
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("ValueError at ") == 4
    assert "ZeroDivisionError at " in ended.stderr
    assert "two lines [31m" in ended.stderr
