"""Starting, stopping and starting again: what is live, what is said, and what cannot start."""

import asyncio
import logging
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from answers.errors import Refused
from bot.app import CannotStart, running
from bot.local import LOCAL_TOKEN, LocalApi, serving
from bot.secret import Secret
from bot.settings import CHECKOUT
from bot.store.sqlite import SqliteStore
from tests.bot.harness import ADMIN, Clock, chatting, settings_for
from tests.bot.test_admin import CNN, edit_kirby, publish

FIGHT = "are US troops going to fight in Ukraine?"


async def test_a_restart_publishes_nothing(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        edit_kirby(chat)
    async with chatting(settings_for(tmp_path), moment) as chat:
        assert "Pentagon press secretary" in (await chat.ask(FIGHT))["text"]
        await publish(chat)
    async with chatting(settings_for(tmp_path), moment) as chat:
        assert "press secretary of the Pentagon" in (await chat.ask(FIGHT))["text"]
        await chat.ask("/rollback", ADMIN)
    async with chatting(settings_for(tmp_path), moment) as chat:
        assert "Pentagon press secretary" in (await chat.ask(FIGHT))["text"]


async def test_a_data_folder_broken_after_publishing_does_not_stop_the_bot(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        chat.edit(CNN, "not permanents", "not permanent")
    async with chatting(settings_for(tmp_path), moment) as chat:
        assert "fight in Ukraine" in (await chat.ask(FIGHT))["text"]


async def test_a_damaged_live_revision_is_built_again_from_the_data(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        file = chat.bot.office.desk.snapshot.base.file
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-100])
    async with chatting(settings_for(tmp_path), moment) as chat:
        assert "fight in Ukraine" in (await chat.ask(FIGHT))["text"]


async def test_a_first_start_on_broken_data_names_the_problems(tmp_path: Path, moment: Clock) -> None:
    settings = settings_for(tmp_path)
    (settings.data / "names.toml").write_text("[nonsense]\n", encoding="utf-8")
    with pytest.raises(Refused, match="unknown kind nonsense"):
        async with chatting(settings, moment):
            pass


async def test_a_token_that_telegram_does_not_know_cannot_start(tmp_path: Path) -> None:
    async with serving(LocalApi()) as address:
        with pytest.raises(CannotStart, match="does not know this token"):
            async with running(settings_for(tmp_path), token=Secret("123456:" + "A" * 35), api=address):
                pass


async def test_a_bot_that_is_up_before_its_network_waits_for_it(
    tmp_path: Path, moment: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(LocalApi()) as address:
        port = int(address.rpartition(":")[2])
    settings = settings_for(tmp_path)
    with caplog.at_level(logging.WARNING):
        async with AsyncExitStack() as stack:
            bot = asyncio.create_task(
                stack.enter_async_context(running(settings, token=Secret(LOCAL_TOKEN), api=address, clock=moment))
            )
            async with asyncio.timeout(30):
                while "trying again" not in caplog.text:  # noqa: ASYNC110 - a log tells nobody that it was written
                    await asyncio.sleep(0.05)
            await stack.enter_async_context(serving(LocalApi(), port=port))
            assert (await bot).username == "local_bot"
    assert "OTR_TELEGRAM_API" in caplog.text
    assert LOCAL_TOKEN not in caplog.text


async def test_a_state_that_is_no_database_cannot_start(tmp_path: Path, moment: Clock) -> None:
    settings = settings_for(tmp_path)
    settings.state.mkdir()
    settings.state_file.write_bytes(b"nonsense, not a database at all" * 100)
    with pytest.raises(CannotStart, match="cannot be opened"):
        async with chatting(settings, moment):
            pass


async def test_without_the_key_of_its_subscribers_it_cannot_start_and_says_what_to_do(
    tmp_path: Path, moment: Clock
) -> None:
    settings = settings_for(tmp_path)
    async with chatting(settings, moment) as chat:
        await chat.ask("/digest 08:00")
    settings.key.rename(tmp_path / "elsewhere")
    with pytest.raises(CannotStart, match="put it back, or set OTR_KEY_FILE to where it is; nothing was changed"):
        async with chatting(settings, moment):
            pass
    async with chatting(settings_for(tmp_path, OTR_KEY_FILE=str(tmp_path / "elsewhere")), moment) as chat:
        assert len(await chat.bot.office.store.subscribers()) == 1
    assert not settings.key.exists()


@asynccontextmanager
async def make_run(tmp_path: Path, **more: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`python -m bot run` as a process of its own, and the address of its chat page."""
    environment = {
        **os.environ,
        "OTR_STATE": str(tmp_path / "state"),
        "OTR_RUNTIME": str(tmp_path / "runtime"),
        "OTR_LOCAL_PORT": "0",
        "OTR_ENCODER": "lexical",
        **more,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=CHECKOUT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        async with asyncio.timeout(30):
            line = (await process.stdout.readline()).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        yield process, found.group() if found else line
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_run_prints_its_address_answers_there_and_stops_when_told(tmp_path: Path) -> None:
    async with make_run(tmp_path) as (process, address), httpx.AsyncClient(base_url=address, timeout=20) as http:
        assert "<title>" in (await http.get("/")).text
        await http.post("/sim/message", json={"user_id": 501, "text": FIGHT})
        found = await http.get("/sim/outbox", params={"method": "sendMessage", "wait": 10})
        assert "fight in Ukraine" in found.json()["events"][0]["message"]["text"]
        for _ in range(2):
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            out, err = await process.communicate()
    assert process.returncode == 0
    assert b"Stopping" in out
    assert b"Traceback" not in err


async def test_neither_log_nor_state_holds_the_token_or_a_question(tmp_path: Path) -> None:
    secret = "zebra-canary-question"
    async with make_run(tmp_path) as (process, address), httpx.AsyncClient(base_url=address, timeout=20) as http:
        await http.post("/sim/message", json={"user_id": 501, "text": f"what about {secret} troops?"})
        await http.get("/sim/outbox", params={"method": "sendMessage", "wait": 10})
        await http.post("/sim/update", json={"update": {"message": {"nonsense": secret}}})
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(15):
            out, err = await process.communicate()
    files = [file for file in (tmp_path / "state").rglob("*") if file.is_file()]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files if file.parent.name == "state")
    kept = b"".join(file.read_bytes() for file in files)
    for needle in (secret.encode(), LOCAL_TOKEN.encode()):
        assert needle not in out + err + kept


async def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    async with serving(LocalApi()) as address:
        port = address.rpartition(":")[2]
        async with make_run(tmp_path, OTR_LOCAL_PORT=port) as (process, _):
            async with asyncio.timeout(15):
                _, err = await process.communicate()
    assert process.returncode == 2
    assert b"OTR_LOCAL_PORT" in err
    assert len(err.splitlines()) == 1


async def test_dry_run_shows_the_digest_and_how_many_would_get_it(tmp_path: Path, moment: Clock) -> None:
    settings = settings_for(tmp_path)
    async with chatting(settings, moment) as chat:
        await chat.ask("/digest 08:00")
        edit_kirby(chat)
        await publish(chat)
    environment = {**os.environ, "OTR_STATE": str(settings.state), "OTR_DATA": str(settings.data)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "digest",
        "--dry-run",
        cwd=CHECKOUT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    assert "To 1 of 1" in out.decode()
    assert "press secretary of the Pentagon" in out.decode()
    store = SqliteStore.open(settings.state_file)
    assert [one.slot.isoformat() for one in await store.subscribers()] == ["2026-11-22"]
    await store.close()
