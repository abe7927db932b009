"""The local Bot API as a process of its own, in the words of a measure: crowds write, faults are set, the ledger is read."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

TOKEN = "123456:canaryAAtokenZZ0123456789abcdefgh"
CHECK_EVERY = 0.02
Json = dict[str, Any]


class TooLong(AssertionError):
    """What was waited for did not happen."""


class Telegram:
    def __init__(self, address: str) -> None:
        self.address = address
        self._http = httpx.Client(base_url=address, timeout=120)

    def close(self) -> None:
        self._http.close()

    def tell(self, act: str, **fields: Any) -> Json:
        """POST /sim/`act`."""
        answer = self._patiently(lambda: self._http.post(f"/sim/{act}", json=fields))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def tried(self, act: str, **fields: Any) -> bool:
        """POST /sim/`act`; whether that could be done."""
        return self._patiently(lambda: self._http.post(f"/sim/{act}", json=fields)).status_code == 200

    def look(self, what: str, **query: Any) -> Json:
        """GET /sim/`what`."""
        answer = self._patiently(lambda: self._http.get(f"/sim/{what}", params=query))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def _patiently(self, call: Callable[[], httpx.Response]) -> httpx.Response:
        """While the line is cut, for us it is cut too."""
        for _ in range(300):
            try:
                return call()
            except httpx.TransportError:
                time.sleep(0.1)
        raise TooLong("the local Bot API is away")

    @property
    def pending(self) -> int:
        return int(self.look("state")["pending_updates"])

    @property
    def polls(self) -> int:
        return int(self.look("state")["polls"])

    @property
    def accepted(self) -> int:
        """How many messages were accepted so far."""
        return int(self.look("state")["accepted_messages"])

    def calls(self, method: str, answer: str | None = None) -> int:
        """How often a method was called, or was answered in one way."""
        counted: dict[str, int] = self.look("ledger")["calls"].get(method, {})
        return counted.get(answer, 0) if answer else sum(counted.values())

    def answered(self) -> dict[int, int]:
        """How many messages each chat was sent."""
        return {int(chat): times for chat, times in self.look("ledger", chats=1)["by_chat"].items()}

    def sent(self, chat: int) -> int:
        return sum(message["times"] for message in self.look("ledger", messages=1, chat_id=chat)["messages"])


def until(seen: Callable[[], object], seconds: float, what: str) -> float:
    """Wait until `seen` is true; the seconds that it took. Raises `TooLong`."""
    began = time.monotonic()
    while not seen():
        if time.monotonic() - began > seconds:
            raise TooLong(f"waited {seconds:.0f} s for {what}")
        time.sleep(CHECK_EVERY)
    return time.monotonic() - began


@contextmanager
def telegram(*, seed: int = 0, latency: float = 0.0) -> Iterator[Telegram]:
    """A Bot API that lives as long as the block; `latency` in milliseconds."""
    command = [sys.executable, "-m", "bot.local", "--token", TOKEN, "--seed", str(seed), "--latency", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout
            sim = Telegram(program.stdout.readline().strip())
            yield sim
            sim.close()
        finally:
            program.kill()
