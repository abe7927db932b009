"""The service manager is told that the bot is ready and lives, if there is one."""

import asyncio
import socket
from pathlib import Path

import pytest

from bot.notify import Manager, living


@pytest.mark.parametrize("abstract", [False, True])
async def test_it_is_told_that_we_are_ready_and_live(tmp_path: Path, *, abstract: bool) -> None:
    name = f"@otr-test-{tmp_path.name}-{abstract}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("\0" + name[1:] if abstract else name)
        manager.settimeout(5)
        life = asyncio.create_task(living(Manager({"NOTIFY_SOCKET": name})))
        await asyncio.sleep(0)
        assert [manager.recv(100), manager.recv(100)] == [b"READY=1", b"WATCHDOG=1"]
        life.cancel()


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": "/nowhere/at/all"}])
def test_where_nobody_listens_nothing_happens(environment: dict[str, str]) -> None:
    Manager(environment).tell("READY=1")
