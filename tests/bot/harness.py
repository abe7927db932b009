"""The real bot on the local Bot API, in the words of a test: say something, press something, read what came back."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bot.app import Running, running
from bot.local import LOCAL_TOKEN, LocalApi, serving
from bot.secret import Secret
from bot.settings import CHECKOUT, Settings

READER, OTHER_READER, ADMIN, OTHER_ADMIN = 501, 502, 1000, 1001
Message = dict[str, Any]


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(slots=True, kw_only=True)
class Chat:
    """Telegram as the bot's users see it."""

    http: httpx.AsyncClient
    api: LocalApi
    clock: Clock
    bot: Running
    data: Path

    async def sim(self, what: str, **fields: Any) -> dict[str, Any]:
        response = await self.http.post(f"/sim/{what}", json=fields)
        assert response.status_code == 200, response.text
        return response.json()

    async def events(self, after: int = 0, **query: Any) -> list[dict[str, Any]]:
        return (await self.http.get("/sim/outbox", params={"after": after, **query})).json()["events"]

    async def last(self) -> int:
        return (await self.http.get("/sim/outbox")).json()["last"]

    async def until(
        self, after: int, count: int = 1, method: str = "sendMessage", **query: Any
    ) -> list[dict[str, Any]]:
        """The first `count` calls of a method after an event; fails after thirty seconds without them, which only a busy machine takes."""
        found = await self.events(after, count=count, wait=30, method=method, **query)
        assert len(found) >= count, f"waited for {count} {method}, got {found}"
        return found

    async def ask(self, text: str, user: int = READER, **fields: Any) -> Message:
        """Write as a user; gives the message that the bot answers with, there: an alarm to an admin is no answer."""
        after = await self.last()
        await self.sim("message", user_id=user, text=text, **fields)
        return (await self.until(after, chat_id=fields.get("chat_id", user)))[0]["message"]

    async def press(self, label: str, user: int = READER, *, method: str = "sendMessage", **fields: Any) -> Message:
        """Press the newest button of this label; gives the message that the bot sends, or edits, then."""
        after = await self.last()
        await self.sim("press", user_id=user, label=label, wait=10, **fields)
        return (await self.until(after, method=method))[0]["message"]

    async def forge(self, data: str, message: int, user: int = READER, chat: int = READER) -> None:
        """A press that Telegram delivers though no button has this data: anybody can send one."""
        sender = {"id": user, "is_bot": False, "first_name": "F"}
        where = {"id": chat, "type": "private", "first_name": "F"}
        below = {"message_id": message, "date": int(self.clock.seconds()), "chat": where}
        press = {
            "id": f"forged-{user}-{data}-{await self.last()}",
            "from": sender,
            "chat_instance": "1",
            "data": data,
            "message": below,
        }
        await self.sim("update", update={"callback_query": press})

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a file of the data folder as an editor would."""
        path = self.data / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def labels(message: Message) -> list[str]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def quotes(message: Message) -> list[str]:
    """The passages that a message shows as quotations. Offsets count UTF-16 units."""
    units = message["text"].encode("utf-16-le")
    return [
        units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in message.get("entities", ())
        if entity["type"] == "blockquote"
    ]


def settings_for(tmp_path: Path, **more: str) -> Settings:
    """Settings with a state folder and a copy of the data of their own; by words only, for an encoder takes a second."""
    data = tmp_path / "data"
    if not data.exists():
        shutil.copytree(CHECKOUT / "data", data)
    return Settings.read(
        {
            "OTR_STATE": str(tmp_path / "state"),
            "OTR_DATA": str(data),
            "OTR_ADMINS": f"{ADMIN},{OTHER_ADMIN}",
            "OTR_ENCODER": "lexical",
            "OTR_GOLDEN": str(tmp_path / "golden"),
            "OTR_RUNTIME": str(tmp_path / "runtime"),
            "OTR_REPLIES_A_MINUTE": "6000",
            **more,
        }
    )


@asynccontextmanager
async def chatting(settings: Settings, clock: Clock, **more: Any) -> AsyncIterator[Chat]:
    """The bot with these settings, polling a local Bot API of its own."""
    async with AsyncExitStack() as stack:
        api = LocalApi(clock=clock.seconds, admin_ids=settings.admins)
        address = await stack.enter_async_context(serving(api))
        bot = await stack.enter_async_context(
            running(settings, token=Secret(LOCAL_TOKEN), api=address, clock=clock, **more)
        )
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=address, timeout=60))
        chat = Chat(http=http, api=api, clock=clock, bot=bot, data=settings.data)
        await chat.until(0, method="setMyShortDescription")  # the last of the menus, which nobody else waits for
        yield chat
