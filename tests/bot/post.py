"""A `Delivery` alone on a Bot API, with its own time: what left is noted, with when."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.alarms import Alarms
from bot.api import Api
from bot.delivery import HANGS, Delivery
from bot.http import AiohttpRequest, Fields, Files, Timeouts
from bot.local import LOCAL_TOKEN, LocalApi, serving
from bot.secret import Secret
from bot.store.sqlite import SqliteStore
from tests.bot.harness import Clock
from tests.bot.watch import OwnTime


class Noting(Api):
    """The Bot API, and when what was asked of it."""

    def __init__(self, root: str, request: AiohttpRequest, time: OwnTime) -> None:
        super().__init__(root, request)
        self.left: list[tuple[float, Any]] = []
        self._time = time

    async def call(self, method: str, fields: Fields, files: Files | None = None, *, read: float | None = None) -> Any:
        self.left.append((self._time.now, fields.get("chat_id")))
        return await super().call(method, fields, files, read=read)


@dataclass(slots=True, kw_only=True)
class Post:
    delivery: Delivery
    api: Noting
    local: LocalApi
    store: SqliteStore
    alarms: Alarms
    clock: Clock
    time: OwnTime
    http: httpx.AsyncClient

    async def sim(self, what: str, **fields: Any) -> int:
        """Something that people do; the chat that it happens in then."""
        response = await self.http.post(f"/sim/{what}", json=fields)
        assert response.status_code == 200, response.text
        return int(response.json()["chat_id"])

    def texts(self, chat: int) -> list[str]:
        """What stands in a chat."""
        return [message.content.text for message in self.local.world.rooms[chat].messages.values() if message.content]

    def times(self, chat: int | None = None) -> list[float]:
        """When something left, to a chat or to any."""
        return [when for when, where in self.api.left if chat in {None, where}]

    def meets(self, *chats: int) -> None:
        """These have written to the bot: it may write to them."""
        for chat in chats:
            self.local.world.private_room(self.local.world.meet(chat))


@asynccontextmanager
async def posting(
    tmp_path: Path, root: str | None = None, *, hangs: float = HANGS, first: int = 1
) -> AsyncIterator[Post]:
    """Delivery to a local Bot API, or to whatever listens at `root`."""
    local, clock, time = LocalApi(), Clock(), OwnTime()
    async with AsyncExitStack() as stack:
        if root is None:
            root = await stack.enter_async_context(serving(local))
        request = AiohttpRequest(Secret(LOCAL_TOKEN), connections=256, timeouts=Timeouts(connect=20, read=20))
        await request.initialize()
        stack.push_async_callback(request.shutdown)
        store = SqliteStore.open(tmp_path / "state.sqlite")
        stack.push_async_callback(store.close)
        alarms, api = Alarms(clock), Noting(root, request, time)
        delivery = Delivery(api, store, alarms, watch=time.watch(), jitter=lambda: 0.0, hangs=hangs, first=first)
        stack.push_async_callback(delivery.close, 1)
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=root, timeout=20))
        yield Post(
            delivery=delivery, api=api, local=local, store=store, alarms=alarms, clock=clock, time=time, http=http
        )
