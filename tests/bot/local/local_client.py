"""Both planes of a served local Bot API in the words of a test, and a clock that the test moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from bot.local import LOCAL_TOKEN, LocalApi

Json = dict[str, Any]


@dataclass(slots=True)
class Clock:
    now: float = 1_700_000_000.0
    ticks: float = 0.0

    def wall(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.ticks


@dataclass(slots=True)
class Local:
    """Both planes of a served local Bot API."""

    api: LocalApi
    clock: Clock
    root: str
    http: httpx.AsyncClient
    token: str = LOCAL_TOKEN

    async def raw(self, method: str, **params: Any) -> httpx.Response:
        return await self.http.post(f"{self.root}/bot{self.token}/{method}", json=params)

    async def bot(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        body = (await self.raw(method, **params)).json()
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """Status and words of a call that must be refused."""
        response = await self.raw(method, **params)
        body = response.json()
        assert body["ok"] is False, body
        assert body["error_code"] == response.status_code
        return response.status_code, body["description"]

    async def sim(self, name: str, **fields: Any) -> Json:
        response = await self.http.post(f"{self.root}/sim/{name}", json=fields)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def sim_refused(self, name: str, **fields: Any) -> tuple[int, str]:
        response = await self.http.post(f"{self.root}/sim/{name}", json=fields)
        assert 400 <= response.status_code < 500, response.text
        return response.status_code, str(response.json()["error"])

    async def look(self, name: str, **query: Any) -> Json:
        response = await self.http.get(f"{self.root}/sim/{name}", params=query)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def updates(self, offset: int = 0, **params: Any) -> list[Json]:
        return list(await self.bot("getUpdates", offset=offset, **params))

    async def drain(self) -> list[Json]:
        """All pending updates, which are then confirmed."""
        self.clock.ticks += 10
        found = await self.updates()
        if found:
            self.clock.ticks += 10
            await self.updates(found[-1]["update_id"] + 1)
        return found

    async def drain_once(self, seen: list[int]) -> list[int]:
        """The numbers of one poll, confirmed up to the highest and added to those seen; as they came, repeats and all."""
        self.clock.ticks += 10
        numbers = [update["update_id"] for update in await self.updates(max(seen, default=-1) + 1)]
        seen += numbers
        return numbers

    async def say(self, text: str, user_id: int = 501, **fields: Any) -> Json:
        return await self.sim("message", user_id=user_id, text=text, **fields)

    async def send(self, text: str = "hello", chat_id: int = 501, **params: Any) -> Json:
        return dict(await self.bot("sendMessage", chat_id=chat_id, text=text, **params))
