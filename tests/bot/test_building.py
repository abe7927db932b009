"""The child process of a reload: what hangs, swells, crashes or is killed costs the child, and the readers nothing."""

import asyncio
import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from answers.desk import Shelf
from answers.errors import Refused
from bot.builder import MOST_PROBLEMS, Order, answer, for_want_of_memory
from bot.building import Building
from bot.settings import CHECKOUT, Settings
from tests.bot.harness import ADMIN, Chat, Clock, chatting, labels, settings_for
from tests.bot.test_admin import CNN, FIGHT, edit_kirby, publish

TODAY = date(2026, 11, 22)
PARENT_GONE = 1


def line(number: int) -> str:
    words = f"The convoy number {number} brought {number} tons of flour to the town number {number % 977}."
    return json.dumps({"id": f"p{number}", "outlet": "CNN", "date": "2022-02-02", "text": words}) + "\n"


def write(file: Path, lines: int) -> None:
    file.write_text("".join(map(line, range(lines))), encoding="utf-8")


def state(settings: Settings) -> list[str]:
    return sorted(file.name for file in settings.fact_bases.iterdir())


async def refused(settings: Settings, **more: float) -> str:
    with pytest.raises(Refused) as why:
        await Building(settings, **more).build("", TODAY)
    return str(why.value)


async def test_a_folder_is_built_ready_to_be_opened(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    built = await Building(settings).build("", TODAY)
    before = state(settings)
    assert Shelf(folder=settings.fact_bases).open(built.revision).base.count == 29
    assert state(settings) == before == [f"{built.revision}.json", f"{built.revision}.sqlite"]


async def test_problems_come_as_they_would_without_a_child(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    path = settings.data / CNN
    path.write_text(path.read_text(encoding="utf-8").replace("not permanents", "not permanent"), encoding="utf-8")
    (settings.data / "articles" / "lone.md").write_bytes(b"\xff\xfe no article")
    with pytest.raises(Refused) as expected:
        Shelf(folder=tmp_path / "elsewhere").build(settings.data)
    with pytest.raises(Refused) as found:
        await Building(settings).build("", TODAY)
    assert found.value.problems == expected.value.problems
    assert len(found.value.problems) > 1


async def test_what_takes_too_long_is_ended_and_said(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    write(file, 60_000)
    settings = settings_for(tmp_path, OTR_DATA=str(file), OTR_RELOAD_SECONDS="2")
    said = await refused(settings)
    assert "passages.jsonl: was not read and built within 2 s and 3072 MB (look for a file" in said
    assert state(settings) == [], "nothing is left half done"


async def test_what_takes_too_much_processor_time_is_ended_by_the_system(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    write(file, 60_000)
    settings = settings_for(tmp_path, OTR_DATA=str(file))
    assert "was not read and built within 300 s" in await refused(settings, threads=0.005)


async def test_what_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    with file.open("wb") as opened:
        opened.truncate(400_000_000)  # one line of nothing, which takes no room on the disk
    settings = settings_for(tmp_path, OTR_DATA=str(file), OTR_RELOAD_MEMORY="200")
    assert "needs more memory than there is" in await refused(settings)


@pytest.mark.parametrize("memory", ["1", "30", "60"])
async def test_a_limit_below_what_the_program_needs_is_no_crash(tmp_path: Path, memory: str) -> None:
    said = await refused(settings_for(tmp_path, OTR_RELOAD_MEMORY=memory))
    assert said.startswith("data: ")
    # Where memory ends is chance: where there is none left for the exit, Python's own is all that is told.
    assert (
        f"needs more memory than there is, or its process was killed (300 s and {memory} MB)" in said or "exit" in said
    )


@pytest.mark.parametrize(("number", "told"), [(errno.ENOMEM, True), (errno.EACCES, False), (None, False)])
def test_a_folder_that_cannot_be_listed_for_want_of_memory_is_no_fault_of_the_folder(
    number: int | None, told: bool
) -> None:
    assert for_want_of_memory(OSError(number, "data/articles")) is told


async def test_huge_files_and_pipes_are_refused_unread(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, OTR_RELOAD_SECONDS="20")
    with (settings.data / "articles" / "huge.md").open("wb") as opened:
        opened.truncate(50_000_000)
    os.mkfifo(settings.data / "facts" / "pipe.toml")
    said = await refused(settings)
    assert "articles/huge.md: is 50.0 MB large, and at most 5 MB are read" in said
    assert "facts/pipe.toml: is no regular file" in said


@pytest.fixture
def secret() -> Iterator[bytes]:
    os.environ["OTR_TELEGRAM_TOKEN"] = "123456:not-to-be-told"
    yield b"not-to-be-told"
    del os.environ["OTR_TELEGRAM_TOKEN"]


async def test_a_child_is_told_no_secret(tmp_path: Path, secret: bytes) -> None:
    file = tmp_path / "passages.jsonl"
    write(file, 60_000)
    building = Building(settings_for(tmp_path, OTR_DATA=str(file)))
    task = asyncio.create_task(building.build("", TODAY))
    pid = await building_pid(tmp_path / "state" / "factbases")
    assert secret not in known_of(pid, "environ") + known_of(pid, "cmdline")
    assert known_of(pid, "oom_score_adj").strip() == b"1000"
    assert os.getpgid(pid) == pid != os.getpgid(0)
    await building.close()
    with pytest.raises(Refused, match="the bot is being stopped"):
        await task
    with pytest.raises(Refused, match="the bot is being stopped"):
        await building.build("", TODAY)
    assert not alive(pid)


def known_of(pid: int, what: str) -> bytes:
    return Path(f"/proc/{pid}/{what}").read_bytes()


def drafts_in(folder: Path) -> list[str]:
    return [draft.name for draft in folder.glob(".*.building")]


async def building_pid(folder: Path) -> int:
    """The process that is writing a compiled file there, as soon as one is."""
    async with asyncio.timeout(20):
        while True:
            if drafts := drafts_in(folder):
                return int(drafts[0].split(".")[-2])
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def order(settings: Settings, **more: object) -> Order:
    told = {
        "data": str(settings.data),
        "templates": str(settings.templates),
        "folder": str(settings.fact_bases),
        "encoder": "lexical",
        "golden": "",
        "live": "",
        "today": "2022-02-10",
        "memory": 2**31,
        "processor": 60,
        "seconds": 60,
        **more,
    }
    return Order(**told)


def test_a_child_whose_parent_is_gone_ends_itself(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    write(file, 200_000)
    told = json.dumps(asdict(order(settings_for(tmp_path, OTR_DATA=str(file))))).encode() + b"\n"
    done = subprocess.run(
        [sys.executable, "-m", "bot.builder"], input=told, cwd=CHECKOUT, capture_output=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (PARENT_GONE, b"")


def test_problems_beyond_what_anybody_reads_are_counted(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    facts = "".join(f'[[fact]]\nid = "x{number}"\nquote = "{number}"\n' for number in range(MOST_PROBLEMS + 50))
    (settings.data / CNN).write_text(facts, encoding="utf-8")
    problems = answer(order(settings))["problems"]
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1]["message"].startswith("and ")


def test_what_else_goes_wrong_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    assert "NotADirectoryError" in answer(order(settings_for(tmp_path)))["failed"]


async def test_that_is_said_to_the_admin_too(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    settings.state.write_text("a file where the folder should be", encoding="utf-8")
    assert "data: could not be built: NotADirectoryError" in await refused(settings)


class TestInTheChat:
    @pytest.fixture
    async def chat(self, tmp_path: Path, moment: Clock) -> AsyncIterator[Chat]:
        file = tmp_path / "passages.jsonl"
        write(file, 20)
        async with chatting(settings_for(tmp_path, OTR_DATA=str(file)), moment) as chat:
            yield chat

    async def test_a_build_that_is_killed_changes_nothing_and_the_next_works(self, chat: Chat) -> None:
        live = chat.bot.office.desk.snapshot.base.revision
        folder = chat.bot.office.settings.fact_bases
        before = sorted(file.name for file in folder.iterdir())
        write(chat.data, 60_000)
        after = await chat.last()
        await chat.sim("message", user_id=ADMIN, text="/reload")
        pid = await building_pid(folder)
        assert "convoy number 7" in (await chat.ask("what did convoy number 7 bring?"))["text"]
        os.killpg(pid, signal.SIGKILL)
        said = (await chat.until(after, 2))[1]["message"]["text"]
        assert "Nothing was changed" in said
        assert "its process was killed" in said
        assert chat.bot.office.desk.snapshot.base.revision == live
        assert sorted(file.name for file in folder.iterdir()) == before

        write(chat.data, 21)
        shown = await chat.ask("/reload", ADMIN)
        assert "1 added, 0 changed, 0 removed" in shown["text"]
        assert labels(shown) == ["Publish", "Cancel"]
        await chat.press("Publish", ADMIN, method="editMessageText")
        assert chat.bot.office.desk.snapshot.base.count == 21

    async def test_who_began_a_build_can_roll_back_while_it_runs_and_the_bot_stops_without_it(
        self, tmp_path: Path, moment: Clock
    ) -> None:
        file = tmp_path / "passages.jsonl"
        write(file, 20)
        async with chatting(settings_for(tmp_path, OTR_DATA=str(file)), moment) as chat:
            write(file, 21)
            await publish(chat)
            write(file, 200_000)
            await chat.sim("message", user_id=ADMIN, text="/reload")
            pid = await building_pid(chat.bot.office.settings.fact_bases)
            assert "Rolled back." in (await chat.ask("/rollback", ADMIN))["text"]
            assert alive(pid)
        assert not alive(pid)


async def test_a_hostile_folder_is_refused_and_the_readers_are_served(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        nested = chat.data / "facts" / "2022-02-02-cbc-us-troops-eastern-europe.toml"
        nested.write_text("x = " + "[" * 200_000, encoding="utf-8")
        assert "Nothing was changed" in (await chat.ask("/reload", ADMIN))["text"]
        assert "fight in Ukraine" in (await chat.ask(FIGHT))["text"]
        assert "holds changes that are not live" in (await chat.ask("/status", ADMIN))["text"]


async def test_a_revision_whose_vectors_are_lost_meanwhile_is_not_published(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        edit_kirby(chat)
        publishing = chat.bot.office.publishing
        with pytest.raises(Refused, match="cannot be read"):
            publishing._open_built("0" * 64)  # no test reaches the moment between the child's end and the opening
